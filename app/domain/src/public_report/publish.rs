//! 公开: which major hazards the office tells everybody of. Nothing is told by itself.

use crate::{hazard::HazardStatusKind, id::HazardId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A listed major hazard, as anybody may read of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedHazard {
    pub hazard: HazardId,
    pub number: String,
    pub site_name: String,
    pub what: String,
    pub status: HazardStatusKind,
    pub deadline: Option<NaiveDate>,
    pub published_at: DateTime<Utc>,
}
