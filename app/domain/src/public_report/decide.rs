//! What comes of what somebody of the office wants of a report.

use super::{PublicReport, ReportEvent, ReportState, RewardStage, RewardSum};
use crate::{
    id::{HazardId, PersonId},
    limits::{Field, OverLimit, check_text},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is wanted of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportCommand {
    /// 放行: nothing speaks against it after all.
    Release,
    /// 不予受理
    Discard {
        reason: String,
    },
    /// 属实: somebody has looked.
    Confirm {
        note: String,
    },
    /// 未发现隐患
    FindNothing {
        reason: String,
    },
    /// 并入隐患: it tells of a hazard that is known.
    Join {
        hazard: HazardId,
    },
    /// 立为隐患
    MakeHazard {
        hazard: HazardId,
    },
    /// 答复
    Answer {
        words: String,
    },
    /// 问举报人: once, by the page of the code.
    Ask {
        words: String,
    },
    ProposeReward {
        sum: RewardSum,
    },
    ApproveReward,
    PayReward,
}

/// The commands without what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportCommandKind {
    Release,
    Discard,
    Confirm,
    FindNothing,
    Join,
    MakeHazard,
    Answer,
    Ask,
    ProposeReward,
    ApproveReward,
    PayReward,
}

impl ReportCommandKind {
    pub const ALL: [Self; 11] = [
        Self::Release,
        Self::Confirm,
        Self::MakeHazard,
        Self::Join,
        Self::FindNothing,
        Self::Discard,
        Self::Answer,
        Self::Ask,
        Self::ProposeReward,
        Self::ApproveReward,
        Self::PayReward,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Discard => "discard",
            Self::Confirm => "confirm",
            Self::FindNothing => "find_nothing",
            Self::Join => "join",
            Self::MakeHazard => "make_hazard",
            Self::Answer => "answer",
            Self::Ask => "ask",
            Self::ProposeReward => "propose_reward",
            Self::ApproveReward => "approve_reward",
            Self::PayReward => "pay_reward",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Why it is not done. Each has words, which say what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportRefusal {
    /// It has come further, or to something else.
    #[error("the report does not stand so that this could be done")]
    Moved,
    #[error("the words are missing")]
    WordsMissing,
    /// Nothing is paid for what turned out to be none.
    #[error("no hazard came of it")]
    NoHazard,
    #[error("the reward has come further")]
    RewardMoved,
    #[error("whoever proposed it does not approve it")]
    OwnProposal,
    #[error("{0}")]
    OverLimit(OverLimit),
}

impl ReportCommand {
    pub fn kind(&self) -> ReportCommandKind {
        match self {
            Self::Release => ReportCommandKind::Release,
            Self::Discard { .. } => ReportCommandKind::Discard,
            Self::Confirm { .. } => ReportCommandKind::Confirm,
            Self::FindNothing { .. } => ReportCommandKind::FindNothing,
            Self::Join { .. } => ReportCommandKind::Join,
            Self::MakeHazard { .. } => ReportCommandKind::MakeHazard,
            Self::Answer { .. } => ReportCommandKind::Answer,
            Self::Ask { .. } => ReportCommandKind::Ask,
            Self::ProposeReward { .. } => ReportCommandKind::ProposeReward,
            Self::ApproveReward => ReportCommandKind::ApproveReward,
            Self::PayReward => ReportCommandKind::PayReward,
        }
    }

    fn check(&self) -> Result<(), ReportRefusal> {
        let (words, field, needed) = match self {
            Self::Discard { reason } | Self::FindNothing { reason } => (reason, Field::Reason, true),
            Self::Confirm { note } => (note, Field::Note, false),
            Self::Answer { words } | Self::Ask { words } => (words, Field::What, true),
            Self::Release
            | Self::Join { .. }
            | Self::MakeHazard { .. }
            | Self::ProposeReward { .. }
            | Self::ApproveReward
            | Self::PayReward => return Ok(()),
        };
        check_text(field, words).map_err(ReportRefusal::OverLimit)?;
        if needed && words.trim().is_empty() { Err(ReportRefusal::WordsMissing) } else { Ok(()) }
    }
}

impl PublicReport {
    /// Whether the report stands so that this may be wanted of it, whoever asks.
    pub fn allows(&self, kind: ReportCommandKind) -> bool {
        let stage = self.reward.as_ref().map(super::Reward::stage);
        match kind {
            ReportCommandKind::Release => self.state == ReportState::Quarantined,
            ReportCommandKind::Discard => {
                matches!(self.state, ReportState::Quarantined | ReportState::Received)
            }
            ReportCommandKind::Confirm => self.state == ReportState::Received,
            ReportCommandKind::FindNothing | ReportCommandKind::Join | ReportCommandKind::MakeHazard => {
                matches!(self.state, ReportState::Received | ReportState::Confirmed)
            }
            ReportCommandKind::Answer => {
                !matches!(self.state, ReportState::Quarantined | ReportState::Discarded)
            }
            ReportCommandKind::Ask => self.state.kind().is_open() && self.question.is_none(),
            ReportCommandKind::ProposeReward => {
                self.state.hazard().is_some() && matches!(stage, None | Some(RewardStage::Proposed))
            }
            ReportCommandKind::ApproveReward => stage == Some(RewardStage::Proposed),
            ReportCommandKind::PayReward => stage == Some(RewardStage::Approved),
        }
    }
}

/// What happens.
///
/// # Errors
/// Where it does not fit any more, or lacks words.
pub fn decide(
    report: &PublicReport,
    command: &ReportCommand,
    by: PersonId,
) -> Result<ReportEvent, ReportRefusal> {
    command.check()?;
    let kind = command.kind();
    if !report.allows(kind) {
        return Err(match kind {
            ReportCommandKind::ProposeReward if report.state.hazard().is_none() => ReportRefusal::NoHazard,
            ReportCommandKind::ProposeReward
            | ReportCommandKind::ApproveReward
            | ReportCommandKind::PayReward => ReportRefusal::RewardMoved,
            ReportCommandKind::Release
            | ReportCommandKind::Discard
            | ReportCommandKind::Confirm
            | ReportCommandKind::FindNothing
            | ReportCommandKind::Join
            | ReportCommandKind::MakeHazard
            | ReportCommandKind::Answer
            | ReportCommandKind::Ask => ReportRefusal::Moved,
        });
    }
    Ok(match command.clone() {
        ReportCommand::Release => ReportEvent::Released,
        ReportCommand::Discard { reason } => ReportEvent::Discarded { reason },
        ReportCommand::Confirm { note } => ReportEvent::Confirmed { note },
        ReportCommand::FindNothing { reason } => ReportEvent::NothingFound { reason },
        ReportCommand::Join { hazard } => ReportEvent::Joined { hazard },
        ReportCommand::MakeHazard { hazard } => ReportEvent::BecameHazard { hazard },
        ReportCommand::Answer { words } => ReportEvent::Answered { words },
        ReportCommand::Ask { words } => ReportEvent::Asked { words },
        ReportCommand::ProposeReward { sum } => ReportEvent::RewardProposed { sum },
        ReportCommand::ApproveReward => {
            if report.reward.as_ref().is_some_and(|reward| reward.proposed.by == by) {
                return Err(ReportRefusal::OwnProposal);
            }
            ReportEvent::RewardApproved
        }
        ReportCommand::PayReward => ReportEvent::RewardPaid,
    })
}
