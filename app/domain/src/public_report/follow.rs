//! What came of a report, in the words of whoever sent it. Nothing here names a person of the office or of the site.

use super::{PublicReport, ReportEvent, ReportQuestion, ReportState, RewardStage};
use crate::{
    fen::Fen,
    hazard::{EventRecord, Hazard, HazardEvent, HazardStatusKind},
    place::Location,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt;

/// 查询码: by which somebody follows what they reported; `7K2M-94QD`. Letters and figures that nobody takes for one another.
#[derive(Clone, PartialEq, Eq)]
pub struct FollowCode(String);

/// Crockford's: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl FollowCode {
    /// Out of what only the installation could have made.
    pub fn of(mark: &[u8; 32]) -> Self {
        let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map_or('0', char::from);
        Self(mark.iter().take(8).map(letter).collect())
    }

    /// As people type it: whatever blanks, dashes and case. None: it cannot be one.
    pub fn typed(text: &str) -> Option<Self> {
        let letter = |c: char| match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            'U' => 'V',
            other => other,
        };
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(letter).collect();
        let fits = plain.len() == 8 && plain.bytes().all(|byte| LETTERS.contains(&byte));
        fits.then_some(Self(plain))
    }

    /// Without the dash.
    pub fn plain(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FollowCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at_checked(4).unwrap_or((self.0.as_str(), ""));
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for FollowCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FollowCode(…)")
    }
}

/// How far it has come, for a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowStatus {
    Received,
    Confirmed,
    /// Somebody has to put it right.
    BeingPutRight,
    Closed,
    /// Another authority has it.
    Referred,
    NothingFound,
    Discarded,
}

/// A line of what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowStep {
    Received(DateTime<Utc>),
    Confirmed(DateTime<Utc>),
    /// It was known already, or is a hazard of its own now.
    Hazard(DateTime<Utc>),
    /// Until when it is to be put right.
    Assigned(DateTime<Utc>, NaiveDate),
    PutRight(DateTime<Utc>),
    SentBack(DateTime<Utc>),
    Closed(DateTime<Utc>),
    Referred(DateTime<Utc>),
    NothingFound(DateTime<Utc>),
    Discarded(DateTime<Utc>),
}

/// What the page of a code shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    pub number: String,
    pub what: String,
    pub place: String,
    pub location: Option<Location>,
    pub status: FollowStatus,
    pub steps: Vec<FollowStep>,
    pub answer: String,
    /// What the office asks, and what was said to it.
    pub question: Option<ReportQuestion>,
    pub reward: Option<(RewardStage, Fen)>,
    /// How often the number that was left has been opened; none: none was left.
    pub opened: Option<u32>,
}

impl PublicReport {
    /// `hazard`: what came of it, or what it was joined to. `opened`: see [`Followed::opened`].
    pub fn followed(&self, hazard: Option<&Hazard>, opened: Option<u32>) -> Followed {
        let mut steps = vec![FollowStep::Received(self.received_at)];
        steps.extend(self.events.iter().filter_map(|record| match &record.event {
            ReportEvent::Confirmed { .. } => Some(FollowStep::Confirmed(record.at)),
            ReportEvent::Joined { .. } | ReportEvent::BecameHazard { .. } => {
                Some(FollowStep::Hazard(record.at))
            }
            ReportEvent::NothingFound { .. } => Some(FollowStep::NothingFound(record.at)),
            ReportEvent::Discarded { .. } => Some(FollowStep::Discarded(record.at)),
            ReportEvent::Released
            | ReportEvent::Answered { .. }
            | ReportEvent::Asked { .. }
            | ReportEvent::RewardProposed { .. }
            | ReportEvent::RewardApproved
            | ReportEvent::RewardPaid => None,
        }));
        steps.extend(hazard.into_iter().flat_map(of_hazard));
        let status = match self.state {
            ReportState::Quarantined | ReportState::Received => FollowStatus::Received,
            ReportState::Confirmed => FollowStatus::Confirmed,
            ReportState::Joined(_) | ReportState::Hazard(_) => {
                hazard.map_or(FollowStatus::BeingPutRight, |hazard| status_of(hazard.status.kind()))
            }
            ReportState::NothingFound => FollowStatus::NothingFound,
            ReportState::Discarded => FollowStatus::Discarded,
        };
        Followed {
            number: self.number.clone(),
            what: self.what.clone(),
            place: self.place.words.clone(),
            location: self.place.location,
            status,
            steps,
            answer: self.answer.clone(),
            question: self.question.clone(),
            reward: self.reward.as_ref().map(|reward| (reward.stage(), reward.sum.sum)),
            opened,
        }
    }
}

fn status_of(status: HazardStatusKind) -> FollowStatus {
    match status {
        HazardStatusKind::Closed => FollowStatus::Closed,
        HazardStatusKind::Referred => FollowStatus::Referred,
        HazardStatusKind::Found
        | HazardStatusKind::Assigned
        | HazardStatusKind::Rectified
        | HazardStatusKind::AcceptedOnce
        | HazardStatusKind::Merged => FollowStatus::BeingPutRight,
    }
}

fn of_hazard(hazard: &Hazard) -> Vec<FollowStep> {
    let step = |record: &EventRecord| {
        let at = record.when();
        match &record.event {
            HazardEvent::Assigned(plan) => Some(FollowStep::Assigned(at, plan.deadline)),
            HazardEvent::Rectified(_) | HazardEvent::RectifiedByParty(_) | HazardEvent::FoundRectified(_) => {
                Some(FollowStep::PutRight(at))
            }
            HazardEvent::Returned(_) | HazardEvent::Reopened(_) => Some(FollowStep::SentBack(at)),
            HazardEvent::Accepted(_) | HazardEvent::FoundClosed(_) => Some(FollowStep::Closed(at)),
            HazardEvent::Referred(_) => Some(FollowStep::Referred(at)),
            HazardEvent::Found(_)
            | HazardEvent::ExtensionAsked(_)
            | HazardEvent::ExtensionAskedByParty(_)
            | HazardEvent::PartyWrote(_)
            | HazardEvent::ExtensionGranted(_)
            | HazardEvent::ExtensionRefused(_)
            | HazardEvent::AcceptedOnce(_)
            | HazardEvent::Listed(_)
            | HazardEvent::Suspended(_)
            | HazardEvent::SuspensionLifted(_)
            | HazardEvent::Merged(_)
            | HazardEvent::PlaceChanged(_)
            | HazardEvent::Rejected(_) => None,
        }
    };
    hazard.events.iter().filter_map(step).collect()
}
