//! 手机提醒: where the browsers of an office's phones take messages. Each is its session's, and goes with it.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId},
    text::Lang,
};
use std::fmt;

/// Tries in a row that may come to nothing; then a browser is thought gone.
pub const PUSH_FAILURES: u32 = 100;

/// Of one browser, as its phone handed it over.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPushSubscription {
    /// Of the phone; one has one browser.
    pub session: i64,
    pub endpoint: String,
    /// 65 bytes.
    pub p256dh: Vec<u8>,
    /// 16 bytes.
    pub auth: Vec<u8>,
    pub lang: Lang,
    pub since: DateTime<Utc>,
}

impl fmt::Debug for NewPushSubscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPushSubscription").field("session", &self.session).finish_non_exhaustive()
    }
}

/// With whose it is, and how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPushSubscription {
    pub person: PersonId,
    pub subscription: NewPushSubscription,
    /// When its service last took a message; none: not yet.
    pub last_success: Option<DateTime<Utc>>,
    /// Tries since then that came to nothing.
    pub failures: u32,
}

/// What came of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushOutcome {
    /// The browser's service has taken it.
    Taken,
    Failed,
    /// The service says that there is no such browser any more.
    Gone,
}

/// Browsers that may be told something.
#[async_trait]
pub trait ReadPushSubscriptions: Send + Sync {
    /// Of an office: those whose session lasts and whose account is in use.
    async fn push_subscriptions(
        &self,
        office: OfficeId,
        now: DateTime<Utc>,
    ) -> Result<Vec<StoredPushSubscription>>;
}

/// Handing over, giving up, and noting how it went.
#[async_trait]
pub trait WritePushSubscriptions: Send {
    /// In the place of the one that its session had; whichever other session had this browser has it no more. The same once more
    /// changes nothing but the language.
    async fn put_push_subscription(&mut self, subscription: &NewPushSubscription) -> Result<()>;
    /// Where there is none, nothing.
    async fn end_push_subscription(&mut self, session: i64) -> Result<()>;
    /// Notes what came of a try, if the session still has this browser. One that is gone, or has failed [`PUSH_FAILURES`] times in a
    /// row, is forgotten.
    async fn push_tried(
        &mut self,
        session: i64,
        endpoint: &str,
        outcome: PushOutcome,
        now: DateTime<Utc>,
    ) -> Result<()>;
}
