//! 心跳: what waits on phones, as they said themselves.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    device::heartbeat::{Heartbeat, UnsentFilter, UnsentPage, UnsentRow},
    id::{DeviceId, HeartbeatId, OfficeId, PersonId},
    role::Scope,
};
use tokio::sync::mpsc;

/// Phones of one person that are remembered; the one that was heard of least lately goes for the next.
pub const PHONES_OF_ONE: u32 = 8;

/// What a phone has said, on its way into the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHeartbeat {
    /// Of the row, where there is none yet of this person and phone.
    pub id: HeartbeatId,
    pub person: PersonId,
    pub device: DeviceId,
    pub heartbeat: Heartbeat,
    /// Since when the oldest waits, by the office's clock.
    pub since: Option<DateTime<Utc>>,
    /// The version of the app.
    pub app: String,
}

/// What waits on phones, listed. It is seen by whoever sees a grid that the person walks, or their department.
#[async_trait]
pub trait ReadHeartbeats: Send + Sync {
    async fn unsent(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &UnsentFilter,
        now: DateTime<Utc>,
    ) -> Result<UnsentPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_unsent(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &UnsentFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<UnsentRow>,
    ) -> Result<u32>;
    /// Phones of the office on which something has waited since then or longer, the longest first. One that cannot be read is
    /// left out.
    async fn unsent_since(&self, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<UnsentRow>>;
}

/// Noting what phones say.
#[async_trait]
pub trait WriteHeartbeats: Send {
    /// Of persons of this office, all of different persons or phones. What a phone said before it said what is noted is passed
    /// over; of one person the newest [`PHONES_OF_ONE`] stay.
    async fn put_heartbeats(
        &mut self,
        office: OfficeId,
        heartbeats: &[NewHeartbeat],
        now: DateTime<Utc>,
    ) -> Result<()>;
    /// Nothing is known any more of this person's work on this phone, until it speaks again.
    async fn forget_heartbeat(&mut self, office: OfficeId, person: PersonId, device: DeviceId) -> Result<()>;
}
