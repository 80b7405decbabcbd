//! Whether the changes and the records agree about who is to hear of what.

use crate::{Record, Result};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::OfficeId;
use std::fmt;

/// Changes of a record that are not what its row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudienceFault {
    pub record: Record,
    /// Its kind and its id.
    pub name: String,
    /// Words of audiences that see the record and would not hear of it.
    pub missing: Vec<String>,
    /// Of audiences that hear of it and do not see it.
    pub wrong: Vec<String>,
}

impl fmt::Display for AudienceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "change {}:", self.name)?;
        if !self.missing.is_empty() {
            write!(f, " {} would not hear of it", self.missing.join(", "))?;
        }
        if !self.wrong.is_empty() {
            write!(f, " {} hears of it and does not see it", self.wrong.join(", "))?;
        }
        Ok(())
    }
}

/// Where the two disagree.
#[async_trait]
pub trait ReadAudiences: Send + Sync {
    async fn audience_faults(&self, office: OfficeId) -> Result<Vec<AudienceFault>>;
}

/// Has them agree.
#[async_trait]
pub trait WriteAudiences: Send {
    /// Announces anew whatever the changes do not say as the records do, and what ended since then and nobody has heard of.
    /// Gives how many records that were.
    async fn rebuild_audiences(&mut self, office: OfficeId, since: DateTime<Utc>) -> Result<u64>;
}
