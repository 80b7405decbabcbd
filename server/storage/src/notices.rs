//! 消息: what people are told, and the ways out of the house by which it goes.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{NoticeChannelId, NoticeId, OfficeId, PersonId},
    notice::{DeliveryRow, Notice, NoticeChannel, NoticeDelivery, NoticeFacts, NoticeKind, NoticeSettings},
};
use std::{collections::HashSet, fmt};

/// A notice that is to be there, under the key that says of what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    pub key: String,
    pub notice: Notice,
}

/// A channel, and what of it is sealed by the installation's own secret.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredChannel {
    pub channel: NoticeChannel,
    pub secret: Vec<u8>,
}

impl fmt::Debug for StoredChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredChannel").field("id", &self.channel.id).finish_non_exhaustive()
    }
}

/// How many notices of a channel wait, and how many did not go in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryCount {
    pub channel: NoticeChannelId,
    pub waiting: u64,
    pub failed: u64,
}

/// A delivery with what it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDelivery {
    pub delivery: NoticeDelivery,
    pub notice: Notice,
}

/// Who is told what, and how that went.
#[async_trait]
pub trait ReadNotices: Send + Sync {
    /// As every office has them, where it never decided anything.
    async fn notice_settings(&self, office: OfficeId) -> Result<NoticeSettings>;
    /// What the rules look at, without the people and without what their phones hold: hazards and tasks that are due until
    /// this day or late, and what happened since that moment. What cannot be read is left out: it keeps nobody else's notice.
    async fn notice_facts(
        &self,
        office: OfficeId,
        since: DateTime<Utc>,
        until: NaiveDate,
    ) -> Result<NoticeFacts>;
    /// Those of these keys under which there is a notice.
    async fn known_notices(&self, office: OfficeId, keys: &[String]) -> Result<HashSet<String>>;
    /// Of one person, at most `most`, the newest first.
    async fn notices(&self, office: OfficeId, person: PersonId, most: u32) -> Result<Vec<Notice>>;
    async fn unseen_notices(&self, office: OfficeId, person: PersonId) -> Result<u64>;
    /// By their names.
    async fn notice_channels(&self, office: OfficeId) -> Result<Vec<StoredChannel>>;
    /// At most `most`, the newest first.
    async fn notice_deliveries(&self, office: OfficeId, most: u32) -> Result<Vec<DeliveryRow>>;
    /// Of every channel that has any.
    async fn delivery_counts(&self, office: OfficeId) -> Result<Vec<DeliveryCount>>;
    /// Where something waits whose time has come.
    async fn offices_to_deliver(&self, now: DateTime<Utc>) -> Result<Vec<OfficeId>>;
}

/// Making notices, seeing them, and sending them.
#[async_trait]
pub trait WriteNotices: Send {
    async fn notice_settings(&mut self, office: OfficeId) -> Result<NoticeSettings>;
    async fn put_notice_settings(&mut self, office: OfficeId, settings: &NoticeSettings) -> Result<()>;
    /// Writes those whose key the office does not have yet, and announces them to their people. Gives which these are.
    async fn put_notices(&mut self, office: OfficeId, notices: &[NewNotice]) -> Result<Vec<NoticeId>>;
    /// Notes when these of the person's own were seen first, and announces them. Gives how many that were.
    async fn see_notices(
        &mut self,
        office: OfficeId,
        person: PersonId,
        notices: &[NoticeId],
        at: DateTime<Utc>,
    ) -> Result<u64>;
    async fn notice_channels(&mut self, office: OfficeId) -> Result<Vec<StoredChannel>>;
    /// Makes it, or writes it over the one of its id.
    async fn put_notice_channel(&mut self, office: OfficeId, channel: &StoredChannel) -> Result<()>;
    /// Writes those of which the channel does not have the notice yet.
    async fn put_deliveries(&mut self, office: OfficeId, deliveries: &[NoticeDelivery]) -> Result<()>;
    /// Those whose time has come, at most `most`, the oldest first, each with one try more. Nobody else takes them until that
    /// moment. One whose notice cannot be read fails.
    async fn take_deliveries(
        &mut self,
        office: OfficeId,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<StoredDelivery>>;
    /// Says what became of them. What has ended stays as it is.
    async fn settle_deliveries(&mut self, office: OfficeId, deliveries: &[NoticeDelivery]) -> Result<()>;
    /// Ends whatever waits for this channel as failed, in these words. Gives which notices these were.
    async fn end_deliveries(
        &mut self,
        office: OfficeId,
        channel: NoticeChannelId,
        at: DateTime<Utc>,
        failure: &str,
    ) -> Result<Vec<(NoticeId, NoticeKind)>>;
    /// Takes away notices that were made before this moment, at most `most`, the oldest first, with their deliveries; phones that
    /// may still have one are told. Gives how many that were.
    async fn forget_notices(&mut self, office: OfficeId, before: DateTime<Utc>, most: u32) -> Result<u64>;
}
