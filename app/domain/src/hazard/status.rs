//! Where a hazard stands. Overdue is no status; see [`crate::due`].

use crate::id::{HazardId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HazardStatus {
    /// Waits to be assigned.
    Found,
    /// Assigned to a responsible party.
    Assigned,
    /// Reported as put right by this person, who may not accept it.
    Rectified {
        /// None: by its party, by its code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    /// A major hazard accepted by one person; waits for another.
    AcceptedOnce {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rectified_by: Option<PersonId>,
        by: PersonId,
    },
    /// 销号
    Closed {
        by: PersonId,
        at: DateTime<Utc>,
    },
    Referred {
        authority: String,
    },
    Merged {
        into: HazardId,
    },
}

impl HazardStatus {
    pub fn kind(&self) -> HazardStatusKind {
        match self {
            Self::Found => HazardStatusKind::Found,
            Self::Assigned => HazardStatusKind::Assigned,
            Self::Rectified { .. } => HazardStatusKind::Rectified,
            Self::AcceptedOnce { .. } => HazardStatusKind::AcceptedOnce,
            Self::Closed { .. } => HazardStatusKind::Closed,
            Self::Referred { .. } => HazardStatusKind::Referred,
            Self::Merged { .. } => HazardStatusKind::Merged,
        }
    }

    /// Who of the office reported it as put right, while that waits to be accepted; none where its party did.
    pub fn rectified_by(&self) -> Option<PersonId> {
        match self {
            Self::Rectified { by } | Self::AcceptedOnce { rectified_by: by, .. } => *by,
            Self::Found
            | Self::Assigned
            | Self::Closed { .. }
            | Self::Referred { .. }
            | Self::Merged { .. } => None,
        }
    }

    /// When it was closed, where it is.
    pub fn closed_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Closed { at, .. } => Some(*at),
            Self::Found
            | Self::Assigned
            | Self::Rectified { .. }
            | Self::AcceptedOnce { .. }
            | Self::Referred { .. }
            | Self::Merged { .. } => None,
        }
    }
}

/// The same, without who and when: what lists are narrowed by and badges show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HazardStatusKind {
    Found,
    Assigned,
    Rectified,
    AcceptedOnce,
    Closed,
    Referred,
    Merged,
}

impl HazardStatusKind {
    pub const ALL: [Self; 7] = [
        Self::Found,
        Self::Assigned,
        Self::Rectified,
        Self::AcceptedOnce,
        Self::Closed,
        Self::Referred,
        Self::Merged,
    ];

    /// The word stored for filtering, equal to the status's tag.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Assigned => "assigned",
            Self::Rectified => "rectified",
            Self::AcceptedOnce => "accepted_once",
            Self::Closed => "closed",
            Self::Referred => "referred",
            Self::Merged => "merged",
        }
    }

    /// None: of a later version.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether it was reported as put right and waits to be accepted.
    pub const fn waits_to_be_accepted(self) -> bool {
        match self {
            Self::Rectified | Self::AcceptedOnce => true,
            Self::Found | Self::Assigned | Self::Closed | Self::Referred | Self::Merged => false,
        }
    }

    pub const fn is_open(self) -> bool {
        match self {
            Self::Found | Self::Assigned | Self::Rectified | Self::AcceptedOnce => true,
            Self::Closed | Self::Referred | Self::Merged => false,
        }
    }
}
