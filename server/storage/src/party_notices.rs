//! 告知责任主体: what parties are told of their hazards by short message, and how that went.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    hazard::Hazard,
    id::{HazardId, OfficeId},
    notice::PartyNotice,
};
use std::collections::HashSet;

/// A message, under the key that says of what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPartyNotice {
    pub key: String,
    /// What the installation's secret makes of the number; none: no mobile number is on record.
    pub number: Option<Vec<u8>>,
    pub notice: PartyNotice,
}

#[async_trait]
pub trait ReadPartyNotices: Send + Sync {
    /// Those that somebody has to put right, and that are due within these days or have been what they are since that moment. What
    /// cannot be read is left out.
    async fn hazards_to_tell(
        &self,
        office: OfficeId,
        since: DateTime<Utc>,
        due: (NaiveDate, NaiveDate),
    ) -> Result<Vec<Hazard>>;
    /// Those of these keys under which there is a message.
    async fn known_party_notices(&self, office: OfficeId, keys: &[String]) -> Result<HashSet<String>>;
    /// About one hazard, at most `most`, the newest first.
    async fn party_notices(&self, office: OfficeId, hazard: HazardId, most: u32) -> Result<Vec<PartyNotice>>;
    /// How many this number was sent since that moment.
    async fn party_notices_sent(&self, office: OfficeId, number: &[u8], since: DateTime<Utc>) -> Result<u64>;
    /// Where something waits whose time has come.
    async fn offices_to_tell_parties(&self, now: DateTime<Utc>) -> Result<Vec<OfficeId>>;
}

#[async_trait]
pub trait WritePartyNotices: Send {
    /// Writes those whose key the office does not have yet. Gives how many that were.
    async fn put_party_notices(&mut self, office: OfficeId, notices: &[StoredPartyNotice]) -> Result<u64>;
    /// Those whose time has come, at most `most`, the oldest first, each with one try more. Nobody else takes them until that
    /// moment.
    async fn take_party_notices(
        &mut self,
        office: OfficeId,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<StoredPartyNotice>>;
    /// Says what became of one, to which number and by which code. What has ended stays as it is.
    async fn settle_party_notice(&mut self, office: OfficeId, notice: &StoredPartyNotice) -> Result<()>;
}
