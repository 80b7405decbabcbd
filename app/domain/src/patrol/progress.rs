//! 进度: how each door stands since the patrol began, and how far the street is. Worked out of the visits that a phone knows, those
//! that it has not sent yet among them.

use crate::{
    device::submitted_visit::SubmittedVisit,
    id::SiteId,
    time::office_time,
    visit::{Draft, VisitOutcome, VisitSummary},
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};

/// How often a grid is walked: a patrol begins anew with each of these, by the office's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rhythm {
    Day,
    Week,
    #[default]
    Month,
}

impl Rhythm {
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// In addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.as_str() == word)
    }

    /// The day on which the patrol of this day began, and the last day that belongs to it.
    pub fn around(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Day => (today, today),
            Self::Week => {
                let first = today - Days::new(today.weekday().num_days_from_monday().into());
                (first, first + Days::new(6))
            }
            Self::Month => {
                let first = today - Days::new(today.day0().into());
                // A month later there is always a first day: the last of this one is the day before.
                let next = first + Days::new(31);
                (first, next - Days::new(next.day().into()))
            }
        }
    }

    /// The moment at which the patrol of this day began.
    pub fn began(self, today: NaiveDate) -> DateTime<Utc> {
        let (first, _) = self.around(today);
        let zone = office_time(DateTime::UNIX_EPOCH).timezone();
        // The office's zone has no hour twice, and none that is left out.
        zone.from_local_datetime(&first.and_time(NaiveTime::MIN))
            .single()
            .map_or(DateTime::UNIX_EPOCH, |at| at.with_timezone(&Utc))
    }
}

/// Of a visit, what a door shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoorVisit {
    pub site: SiteId,
    pub at: DateTime<Utc>,
    pub outcome: VisitOutcome,
    /// Something failed.
    pub failed: bool,
}

impl From<&VisitSummary> for DoorVisit {
    fn from(visit: &VisitSummary) -> Self {
        Self {
            site: visit.site,
            at: visit.submitted_at,
            outcome: visit.outcome,
            failed: visit.tally.failed > 0,
        }
    }
}

/// What waits to be sent: that something failed is told by the hazards that were found.
impl From<&SubmittedVisit> for DoorVisit {
    fn from(visit: &SubmittedVisit) -> Self {
        let SubmittedVisit { site, outcome, submitted_at, .. } = visit;
        Self { site: *site, at: *submitted_at, outcome: *outcome, failed: false }
    }
}

/// What was tapped and can be taken back for a moment.
impl From<&Draft> for DoorVisit {
    fn from(draft: &Draft) -> Self {
        Self { site: draft.site, at: draft.started_at, outcome: draft.outcome(), failed: false }
    }
}

/// How a door stands since the patrol began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoorState {
    /// 没走
    NotWalked,
    /// 正常
    InOrder,
    /// 关门
    Closed,
    /// 拒绝
    Refused,
    /// 搬走
    Moved,
    /// 已拆
    Gone,
    /// 隐患
    Hazard,
}

impl DoorState {
    pub const ALL: [Self; 7] =
        [Self::NotWalked, Self::InOrder, Self::Closed, Self::Refused, Self::Moved, Self::Gone, Self::Hazard];

    fn of(visit: &DoorVisit) -> Self {
        if visit.failed { Self::Hazard } else { Self::met_with(visit.outcome) }
    }

    /// As a visit leaves it in which nothing failed.
    pub fn met_with(outcome: VisitOutcome) -> Self {
        match outcome {
            VisitOutcome::Done => Self::InOrder,
            VisitOutcome::Closed => Self::Closed,
            VisitOutcome::Refused => Self::Refused,
            VisitOutcome::Moved => Self::Moved,
            VisitOutcome::Gone => Self::Gone,
        }
    }

    /// Somebody has to come back: nothing was seen.
    pub fn is_unseen(self) -> bool {
        match self {
            Self::Closed | Self::Refused => true,
            Self::NotWalked | Self::InOrder | Self::Moved | Self::Gone | Self::Hazard => false,
        }
    }
}

/// A door's state, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Walked {
    pub state: DoorState,
    /// None: it was not walked.
    pub at: Option<DateTime<Utc>>,
}

/// How a site stands since then: as its newest visit says, but that what was found there stays a hazard. `found`: where and
/// when hazards were found.
pub fn state_of(
    site: SiteId,
    since: DateTime<Utc>,
    visits: &[DoorVisit],
    found: &[(SiteId, DateTime<Utc>)],
) -> Walked {
    let visits = visits.iter().filter(|visit| visit.site == site && visit.at >= since);
    let newest = visits.max_by_key(|visit| visit.at);
    let hazard = found.iter().filter(|(at, when)| *at == site && *when >= since).map(|(_, when)| *when).max();
    match (newest, hazard) {
        (_, Some(when)) => {
            Walked { state: DoorState::Hazard, at: Some(newest.map_or(when, |visit| visit.at.max(when))) }
        }
        (Some(visit), None) => Walked { state: DoorState::of(visit), at: Some(visit.at) },
        (None, None) => Walked { state: DoorState::NotWalked, at: None },
    }
}

/// How far a street is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub doors: usize,
    pub in_order: usize,
    pub closed: usize,
    pub refused: usize,
    /// Moved away, or torn down.
    pub gone: usize,
    pub hazards: usize,
}

impl Progress {
    pub fn of(states: impl IntoIterator<Item = DoorState>) -> Self {
        states.into_iter().fold(Self::default(), |mut progress, state| {
            progress.doors += 1;
            match state {
                DoorState::NotWalked => {}
                DoorState::InOrder => progress.in_order += 1,
                DoorState::Closed => progress.closed += 1,
                DoorState::Refused => progress.refused += 1,
                DoorState::Moved | DoorState::Gone => progress.gone += 1,
                DoorState::Hazard => progress.hazards += 1,
            }
            progress
        })
    }

    /// 已走
    pub fn walked(self) -> usize {
        self.in_order + self.closed + self.refused + self.gone + self.hazards
    }

    /// 没走
    pub fn left(self) -> usize {
        self.doors - self.walked()
    }

    /// 没看成: to be come back to.
    pub fn unseen(self) -> usize {
        self.closed + self.refused
    }
}
