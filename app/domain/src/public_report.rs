//! # 群众举报: a hazard that somebody without an account tells of
//!
//! Whoever sees something sends a photo, words and where it is ([`NewReport`]), and gets a number and a code by which to follow
//! it. Nobody believes it yet: the office looks ([`ReportCommand`]), and what it finds to be so becomes a hazard like any other,
//! or is joined to one that is open. What came of it is told in plain words on the page of the code ([`Followed`]).
//!
//! What the same people say of the same thing is one report with several voices ([`NewReport::is_of`]). Who said it is in no
//! record: a telephone number, where one was left, lies sealed apart from it, and a hazard knows the report by nothing but its
//! being there.
//!
//! A [`ReportCommand`] is decided ([`decide()`]) and comes to a [`ReportEvent`]; a [`PublicReport`] is the fold of its events.

mod contact;
mod decide;
mod follow;
mod list;
mod publish;
mod puzzle;
mod question;
mod reward;
mod sent;

pub use contact::{ContactHolder, ContactOpening, SealedContact, SealedShare};
pub use decide::{ReportCommand, ReportCommandKind, ReportRefusal, decide};
pub use follow::{FollowCode, FollowStatus, FollowStep, Followed};
pub use list::{
    DisclosureRow, HolderSeat, PublicReportFile, PublicReportFilter, PublicReportPage, PublicReportRow,
    ReportOpening, ReportSettingsFile,
};
pub use publish::PublishedHazard;
pub use puzzle::{LEAST_DIFFICULTY, MOST_DIFFICULTY, USUAL_DIFFICULTY, solves};
pub use question::{ReplyRefusal, ReportQuestion, ReportReply};
pub use reward::{PublicSettings, PublicSettingsRejection, Reward, RewardStage, RewardSum, Signed};
pub use sent::{NewReport, NotSent, REPORT_PHOTOS, ReportPlace, SAME_DAYS, Suspicion, is_outside};

use crate::{
    id::{EventId, HazardId, PersonId, PublicReportId},
    photo::PhotoHash,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A report as folded from its events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicReport {
    pub id: PublicReportId,
    /// `JB-2026-000012`
    pub number: String,
    pub what: String,
    pub place: ReportPlace,
    pub photos: Vec<PhotoHash>,
    pub received_at: DateTime<Utc>,
    pub state: ReportState,
    /// Why it was set aside first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspicion: Option<Suspicion>,
    /// The open hazard that whoever sent it took it for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_for: Option<HazardId>,
    /// What the office says to whoever sent it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
    /// What the office asks whoever sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<ReportQuestion>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<Reward>,
    /// What happened, in the server's order.
    #[serde(default)]
    pub events: Vec<ReportRecord>,
}

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// 待甄别: something speaks against it; nobody goes there before somebody has let it through.
    Quarantined,
    /// 待核实
    Received,
    /// 属实: somebody has looked, and it is so.
    Confirmed,
    /// 已并入: a hazard that was open already.
    Joined(HazardId),
    /// 已立隐患
    Hazard(HazardId),
    /// 未发现隐患
    NothingFound,
    /// 不予受理: no report of a hazard at all.
    Discarded,
}

/// The states without what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportStateKind {
    Quarantined,
    Received,
    Confirmed,
    Joined,
    Hazard,
    NothingFound,
    Discarded,
}

impl ReportStateKind {
    pub const ALL: [Self; 7] = [
        Self::Quarantined,
        Self::Received,
        Self::Confirmed,
        Self::Joined,
        Self::Hazard,
        Self::NothingFound,
        Self::Discarded,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quarantined => "quarantined",
            Self::Received => "received",
            Self::Confirmed => "confirmed",
            Self::Joined => "joined",
            Self::Hazard => "hazard",
            Self::NothingFound => "nothing_found",
            Self::Discarded => "discarded",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether somebody of the office still has to say what it is.
    pub fn is_open(self) -> bool {
        match self {
            Self::Quarantined | Self::Received | Self::Confirmed => true,
            Self::Joined | Self::Hazard | Self::NothingFound | Self::Discarded => false,
        }
    }
}

impl ReportState {
    pub fn kind(self) -> ReportStateKind {
        match self {
            Self::Quarantined => ReportStateKind::Quarantined,
            Self::Received => ReportStateKind::Received,
            Self::Confirmed => ReportStateKind::Confirmed,
            Self::Joined(_) => ReportStateKind::Joined,
            Self::Hazard(_) => ReportStateKind::Hazard,
            Self::NothingFound => ReportStateKind::NothingFound,
            Self::Discarded => ReportStateKind::Discarded,
        }
    }

    /// The hazard that came of it, or that it was joined to.
    pub fn hazard(self) -> Option<HazardId> {
        match self {
            Self::Joined(hazard) | Self::Hazard(hazard) => Some(hazard),
            Self::Quarantined | Self::Received | Self::Confirmed | Self::NothingFound | Self::Discarded => {
                None
            }
        }
    }
}

/// What happened to a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportEvent {
    /// It was let out of quarantine.
    Released,
    Discarded {
        reason: String,
    },
    Confirmed {
        note: String,
    },
    NothingFound {
        reason: String,
    },
    Joined {
        hazard: HazardId,
    },
    BecameHazard {
        hazard: HazardId,
    },
    Answered {
        words: String,
    },
    /// Of whoever sent it, on the page of the code.
    Asked {
        words: String,
    },
    RewardProposed {
        sum: RewardSum,
    },
    RewardApproved,
    RewardPaid,
}

/// What happened, by whom of the office and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRecord {
    pub id: EventId,
    pub at: DateTime<Utc>,
    pub by: PersonId,
    pub name: String,
    pub event: ReportEvent,
}

impl PublicReport {
    /// Takes in what happened; it never judges.
    pub fn evolve(&mut self, record: ReportRecord) {
        let signed = Signed { by: record.by, at: record.at };
        match &record.event {
            ReportEvent::Released => self.state = ReportState::Received,
            ReportEvent::Discarded { .. } => self.state = ReportState::Discarded,
            ReportEvent::Confirmed { .. } => self.state = ReportState::Confirmed,
            ReportEvent::NothingFound { .. } => self.state = ReportState::NothingFound,
            ReportEvent::Joined { hazard } => self.state = ReportState::Joined(*hazard),
            ReportEvent::BecameHazard { hazard } => self.state = ReportState::Hazard(*hazard),
            ReportEvent::Answered { words } => self.answer.clone_from(words),
            ReportEvent::Asked { words } => {
                let (words, asked_at) = (words.clone(), record.at);
                self.question = Some(ReportQuestion { words, asked_at, reply: None });
            }
            ReportEvent::RewardProposed { sum } => {
                self.reward = Some(Reward { sum: sum.clone(), proposed: signed, approved: None, paid: None });
            }
            ReportEvent::RewardApproved => {
                if let Some(reward) = &mut self.reward {
                    reward.approved = Some(signed);
                }
            }
            ReportEvent::RewardPaid => {
                if let Some(reward) = &mut self.reward {
                    reward.paid = Some(signed);
                }
            }
        }
        self.events.push(record);
    }

    /// What to call it in a list.
    pub fn title(&self) -> &str {
        &self.what
    }
}
