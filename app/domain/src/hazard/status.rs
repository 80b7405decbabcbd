//! The states and what each takes. A transition consumes the stage and may refuse.

use super::{Deed, Entry, Found, Hazard};
use crate::{
    checklist::Severity,
    id::{HazardId, PersonId},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Waits to be assigned.
    Found,
    /// Somebody has to put it right.
    Assigned,
    /// Reported as put right by this person, who may not accept it.
    Rectified {
        by: PersonId,
    },
    /// A major hazard accepted by one person; waits for another.
    AcceptedOnce {
        rectified_by: PersonId,
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

/// Why a deed does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Misfit {
    #[error("already closed by {by} at {at}")]
    AlreadyClosed { by: String, at: DateTime<Utc> },
    #[error("already reported as put right by {by} at {at}")]
    AlreadyRectified { by: String, at: DateTime<Utc> },
    #[error("already assigned by {by} at {at}")]
    AlreadyAssigned { by: String, at: DateTime<Utc> },
    #[error("already found and recorded")]
    AlreadyFound,
    #[error("not assigned yet")]
    NotAssigned,
    #[error("nothing has been reported as put right")]
    NothingToAccept,
    #[error("who reported it put right may not accept it")]
    OwnWork,
    #[error("a major hazard is accepted by two different people")]
    SamePersonTwice,
    #[error("no extension was asked for")]
    NoExtensionAsked,
    #[error("an extension was asked for and waits for its answer")]
    ExtensionWaits,
    #[error("only a major hazard is listed or suspended")]
    NotMajor,
    #[error("referred to {authority}")]
    Referred { authority: String },
    #[error("merged into another hazard")]
    Merged { into: HazardId },
    #[error("still open")]
    StillOpen,
    #[error("cannot be merged into itself")]
    IntoItself,
}

impl Stage {
    /// A general hazard fixed on the spot is closed at once; a major one still wants its two acceptances.
    pub(super) fn found(found: &Found, by: PersonId, at: DateTime<Utc>) -> Self {
        match (&found.fixed, found.level) {
            (None, _) => Self::Found,
            (Some(_), Severity::General) => Self::Closed { by, at },
            (Some(_), Severity::Major) => Self::Rectified { by },
        }
    }

    pub fn is_open(&self) -> bool {
        matches!(self, Self::Found | Self::Assigned | Self::Rectified { .. } | Self::AcceptedOnce { .. })
    }

    /// The word stored for filtering, equal to its tag.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Assigned => "assigned",
            Self::Rectified { .. } => "rectified",
            Self::AcceptedOnce { .. } => "accepted_once",
            Self::Closed { .. } => "closed",
            Self::Referred { .. } => "referred",
            Self::Merged { .. } => "merged",
        }
    }

    /// The stage after this entry.
    pub(super) fn after(self, entry: &Entry, hazard: &Hazard) -> Result<Self, Misfit> {
        let by = entry.by;
        match (self, &entry.deed) {
            (_, Deed::Found(_)) => Err(Misfit::AlreadyFound),

            (Self::Found | Self::Assigned, Deed::Assigned(_)) => Ok(Self::Assigned),
            (Self::Assigned, Deed::Rectified { .. }) => Ok(Self::Rectified { by }),
            (Self::Assigned, Deed::ExtensionAsked { .. }) => {
                if hazard.extension.is_none() {
                    Ok(Self::Assigned)
                } else {
                    Err(Misfit::ExtensionWaits)
                }
            }
            (Self::Assigned, Deed::ExtensionGranted { .. } | Deed::ExtensionRefused { .. }) => {
                if hazard.extension.is_some() { Ok(Self::Assigned) } else { Err(Misfit::NoExtensionAsked) }
            }

            (Self::Rectified { by: rectified_by }, Deed::Accepted { .. }) => {
                if by == rectified_by {
                    Err(Misfit::OwnWork)
                } else if hazard.level() == Severity::Major {
                    Ok(Self::AcceptedOnce { rectified_by, by })
                } else {
                    Ok(Self::Closed { by, at: entry.when() })
                }
            }
            (Self::AcceptedOnce { rectified_by, by: first }, Deed::Accepted { .. }) => {
                if by == rectified_by {
                    Err(Misfit::OwnWork)
                } else if by == first {
                    Err(Misfit::SamePersonTwice)
                } else {
                    Ok(Self::Closed { by, at: entry.when() })
                }
            }
            (Self::Rectified { by: rectified_by }, Deed::Returned { .. }) if by == rectified_by => {
                Err(Misfit::OwnWork)
            }
            (Self::Rectified { .. } | Self::AcceptedOnce { .. }, Deed::Returned { .. }) => Ok(Self::Assigned),

            (stage, Deed::Listed { .. } | Deed::Suspended { .. }) if stage.is_open() => {
                if hazard.level() == Severity::Major { Ok(stage) } else { Err(Misfit::NotMajor) }
            }
            (stage, Deed::Referred { authority, .. }) if stage.is_open() => {
                Ok(Self::Referred { authority: authority.clone() })
            }
            (stage, Deed::Merged { into }) if stage.is_open() => {
                if *into == hazard.id {
                    Err(Misfit::IntoItself)
                } else {
                    Ok(Self::Merged { into: *into })
                }
            }
            (stage, Deed::Reopened { .. }) => {
                if stage.is_open() {
                    Err(Misfit::StillOpen)
                } else {
                    Ok(Self::Found)
                }
            }

            (Self::Referred { authority }, _) => Err(Misfit::Referred { authority }),
            (Self::Merged { into }, _) => Err(Misfit::Merged { into }),
            (Self::Closed { .. }, _) => Err(hazard.closed_already()),
            (Self::Rectified { .. } | Self::AcceptedOnce { .. }, _) => Err(hazard.rectified_already()),
            (Self::Found, Deed::Accepted { .. } | Deed::Returned { .. }) => Err(Misfit::NothingToAccept),
            (Self::Found, _) => Err(Misfit::NotAssigned),
            (Self::Assigned, _) => Err(Misfit::NothingToAccept),
        }
    }
}

impl Hazard {
    /// The newest entry that counted and is of this sort; the log always holds one when the stage says so.
    fn newest(&self, sort: impl Fn(&Deed) -> bool) -> (String, DateTime<Utc>) {
        let entry = self.log.iter().rev().find(|entry| entry.misfit.is_none() && sort(&entry.deed));
        entry.map_or_else(|| (String::new(), self.found_at), |entry| (entry.name.clone(), entry.when()))
    }

    fn closed_already(&self) -> Misfit {
        let (by, at) = self.newest(|deed| matches!(deed, Deed::Accepted { .. } | Deed::Found(_)));
        Misfit::AlreadyClosed { by, at }
    }

    fn rectified_already(&self) -> Misfit {
        let (by, at) = self.newest(|deed| matches!(deed, Deed::Rectified { .. } | Deed::Found(_)));
        Misfit::AlreadyRectified { by, at }
    }
}
