//! What the rules look at: the records as far as somebody may have to be told of them.

use crate::{
    id::{EventId, HazardId, PersonId, SealedOrderId},
    role::{Actor, ResourceScope},
    severity::Severity,
    task::Task,
};
use chrono::{DateTime, NaiveDate, Utc};

/// Of one office, as of one moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NoticeFacts {
    /// Everybody who may sign in.
    pub people: Vec<Actor>,
    /// Open ones.
    pub tasks: Vec<TaskFact>,
    /// Open ones that wait to be put right and are due, and major ones that were found lately.
    pub hazards: Vec<HazardFact>,
    /// Lately.
    pub returns: Vec<ReturnFact>,
    /// Sealed ones whose hour has come lately.
    pub orders: Vec<OrderFact>,
    /// Phones that hold work which did not reach the office.
    pub unsent: Vec<UnsentFact>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFact {
    pub task: Task,
    /// Where its site lies.
    pub place: ResourceScope,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HazardFact {
    pub hazard: HazardId,
    pub place: ResourceScope,
    pub site_name: String,
    pub what: String,
    pub level: Severity,
    /// Whether somebody has still to put it right; else it waits to be accepted.
    pub to_rectify: bool,
    pub due: Option<NaiveDate>,
    /// By the finder's clock, bounded by the office's.
    pub found_at: DateTime<Utc>,
    pub found_by: PersonId,
    pub found_by_name: String,
}

/// What was put right was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFact {
    pub event: EventId,
    pub at: DateTime<Utc>,
    /// Who returned it.
    pub by: Option<PersonId>,
    pub by_name: String,
    pub reason: String,
    /// Who had reported it as put right.
    pub rectified_by: Option<PersonId>,
    pub hazard: HazardFact,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFact {
    pub order: SealedOrderId,
    pub person: PersonId,
    pub number: String,
    pub opens_at: DateTime<Utc>,
    /// Whether the office knows that it was opened.
    pub is_opened: bool,
}

/// As of the phone's last contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentFact {
    pub person: PersonId,
    /// Pieces of work that wait there.
    pub count: u32,
    /// Since when the oldest of them waits.
    pub since: DateTime<Utc>,
}
