//! # 派单: work that is given to one person
//!
//! Somebody of the office gives a visit or a hazard to a person, until a day. The person has it on the phone, first of all, with
//! who gave it. It is done by the work itself: by a visit of that person at that site, or by what happens to the hazard
//! ([`Task::done_by_visit`], [`Task::done_by_hazard`]); nobody ticks it off. Whoever gives work may also withdraw it, or hand it
//! on to somebody else, who has the same until the same day.
//!
//! A task says who of the *office* sees to something. To whom the site's party answers, and until when a hazard is to be put
//! right, is the hazard's own business ([`RectificationPlan`](crate::hazard::RectificationPlan)): a task changes nothing of it.
//!
//! A [`TaskCommand`] is decided ([`decide()`]) and comes to a [`TaskEvent`]; a [`Task`] is the fold of its events.

mod decide;
mod file;
mod holder;
mod list;
mod settle;

pub use decide::{Colleague, TaskAnswer, TaskRecords, TaskRefused, decide, may_take};
pub use file::{GivingFile, HandOverFile, HandedOver, HandedOverEntry, TaskFile};
pub use holder::holder_of;
pub use list::{TaskFilter, TaskLate, TaskPage};

use crate::{
    id::{EventId, FormId, HazardId, PersonId, SiteId, TaskId, VisitId},
    role::Action,
    time::happened,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A task as folded from its events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    pub id: TaskId,
    /// Who is to see to it now.
    pub person: PersonId,
    /// The person's name, as it was when it was given or handed on.
    pub person_name: String,
    /// Who gave it.
    pub from: PersonId,
    pub from_name: String,
    pub about: TaskAbout,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The last day.
    pub until: NaiveDate,
    pub given_at: DateTime<Utc>,
    pub state: TaskState,
    /// What happened, in the server's order.
    pub events: Vec<TaskRecord>,
}

/// What a task is about, in words that a phone can show before it has read the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskAbout {
    /// Going there and checking.
    Visit {
        site: SiteId,
        site_name: String,
        /// The forms that are to be filled in; none: the person chooses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        forms: Vec<FormId>,
    },
    /// Seeing to a hazard.
    Hazard { hazard: HazardId, what: String, site: SiteId, site_name: String, need: HazardNeed },
}

/// What is to be done about a hazard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HazardNeed {
    /// 催办: see that it is put right.
    Chase,
    /// 复查: look at what was put right, and accept or return it.
    Recheck,
}

impl HazardNeed {
    pub const ALL: [Self; 2] = [Self::Chase, Self::Recheck];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chase => "chase",
            Self::Recheck => "recheck",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.as_str() == word)
    }
}

/// Where a task stands. Late is no state: see [`Task::is_late`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    Open,
    Done { at: DateTime<Utc>, by: TaskDoneBy },
    Withdrawn { at: DateTime<Utc>, reason: String },
}

/// What did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskDoneBy {
    Visit(VisitId),
    /// An event of the hazard.
    Hazard(EventId),
}

/// The states without what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStateKind {
    Open,
    Done,
    Withdrawn,
}

impl TaskStateKind {
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Withdrawn];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

impl TaskState {
    pub fn kind(&self) -> TaskStateKind {
        match self {
            Self::Open => TaskStateKind::Open,
            Self::Done { .. } => TaskStateKind::Done,
            Self::Withdrawn { .. } => TaskStateKind::Withdrawn,
        }
    }

    /// When it ended; none while it is open.
    pub fn ended_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Open => None,
            Self::Done { at, .. } | Self::Withdrawn { at, .. } => Some(*at),
        }
    }
}

/// What is wanted of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskCommand {
    /// 派给. It makes the task.
    Give(NewTask),
    /// 转派: somebody else has it from now on.
    HandOn { to: PersonId },
    /// 撤回
    Withdraw { reason: String },
}

impl TaskCommand {
    /// The hazard that has to be there before it.
    pub fn hazard(&self) -> Option<HazardId> {
        match self {
            Self::Give(NewTask { about: TaskSubject::Hazard { hazard, .. }, .. }) => Some(*hazard),
            Self::Give(NewTask { about: TaskSubject::Visit { .. }, .. })
            | Self::HandOn { .. }
            | Self::Withdraw { .. } => None,
        }
    }

    /// The site that has to be there before it.
    pub fn site(&self) -> Option<SiteId> {
        match self {
            Self::Give(NewTask { about: TaskSubject::Visit { site, .. }, .. }) => Some(*site),
            Self::Give(NewTask { about: TaskSubject::Hazard { .. }, .. })
            | Self::HandOn { .. }
            | Self::Withdraw { .. } => None,
        }
    }
}

/// What is given, to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTask {
    pub person: PersonId,
    pub about: TaskSubject,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub until: NaiveDate,
}

/// What a task is to be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskSubject {
    Visit {
        site: SiteId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        forms: Vec<FormId>,
    },
    Hazard {
        hazard: HazardId,
        need: HazardNeed,
    },
}

impl TaskSubject {
    /// What whoever gets it must be allowed to do there.
    pub fn needs(&self) -> Action {
        match self {
            Self::Visit { .. } => Action::Inspect,
            Self::Hazard { .. } => Action::Recheck,
        }
    }
}

/// What happened to a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskEvent {
    Given { to: PersonId, name: String },
    HandedOn { to: PersonId, name: String },
    Withdrawn { reason: String },
    Done { by: TaskDoneBy },
}

/// What happened, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskRecord {
    pub id: EventId,
    /// By the clock of who did it.
    pub at: DateTime<Utc>,
    /// By the office's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<DateTime<Utc>>,
    /// None: whoever may log in to the office's machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    #[serde(default)]
    pub name: String,
    pub event: TaskEvent,
}

impl TaskRecord {
    /// When it was done, as far as the office can say.
    pub fn when(&self) -> DateTime<Utc> {
        happened(self.at, self.received_at)
    }
}

/// Why a command to a task is not carried out. Each has words, which say what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskRefusal {
    /// Whoever is to get it has left: the account is switched off, or is none of this office.
    Left,
    /// That role does not do such work.
    RoleMayNot,
    /// It lies where that person sees nothing.
    OutOfSight,
    /// The site is not in use any more.
    SiteRetired,
    /// The hazard has ended: nothing is to be done.
    HazardEnded,
    UnknownForm,
    /// The last day is over.
    DayPast,
    /// There is no such task, or not where the person may see it.
    UnknownTask,
    /// It is done or withdrawn.
    Ended,
    /// That person has it already.
    AlreadyTheirs,
    ReasonMissing,
}

impl TaskRefusal {
    pub const ALL: [Self; 11] = [
        Self::Left,
        Self::RoleMayNot,
        Self::OutOfSight,
        Self::SiteRetired,
        Self::HazardEnded,
        Self::UnknownForm,
        Self::DayPast,
        Self::UnknownTask,
        Self::Ended,
        Self::AlreadyTheirs,
        Self::ReasonMissing,
    ];
}

impl TaskAbout {
    /// Where it lies.
    pub fn site(&self) -> SiteId {
        match self {
            Self::Visit { site, .. } | Self::Hazard { site, .. } => *site,
        }
    }

    pub fn site_name(&self) -> &str {
        match self {
            Self::Visit { site_name, .. } | Self::Hazard { site_name, .. } => site_name,
        }
    }

    /// Its site turned out to be this one.
    pub fn goes_on_at(&mut self, at: SiteId, called: &str) {
        match self {
            Self::Visit { site, site_name, .. } | Self::Hazard { site, site_name, .. } => {
                *site = at;
                called.clone_into(site_name);
            }
        }
    }

    /// That are to be filled in; none: whoever goes chooses.
    pub fn forms(&self) -> &[FormId] {
        match self {
            Self::Visit { forms, .. } => forms,
            Self::Hazard { .. } => &[],
        }
    }

    pub fn hazard(&self) -> Option<HazardId> {
        match self {
            Self::Visit { .. } => None,
            Self::Hazard { hazard, .. } => Some(*hazard),
        }
    }

    /// As it was asked for.
    pub fn subject(&self) -> TaskSubject {
        match self {
            Self::Visit { site, forms, .. } => TaskSubject::Visit { site: *site, forms: forms.clone() },
            Self::Hazard { hazard, need, .. } => TaskSubject::Hazard { hazard: *hazard, need: *need },
        }
    }
}

impl Task {
    /// What is remembered under this id.
    pub fn record(&self, id: EventId) -> Option<&TaskRecord> {
        self.events.iter().find(|record| record.id == id)
    }

    pub fn is_open(&self) -> bool {
        self.state == TaskState::Open
    }

    /// Open, and its last day is over.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.is_open() && self.until < today
    }

    /// Since when the person who has it now has it.
    pub fn held_since(&self) -> DateTime<Utc> {
        let came = |record: &&TaskRecord| match record.event {
            TaskEvent::Given { .. } | TaskEvent::HandedOn { .. } => true,
            TaskEvent::Withdrawn { .. } | TaskEvent::Done { .. } => false,
        };
        self.events.iter().rev().find(came).map_or(self.given_at, TaskRecord::when)
    }

    /// Takes in what happened; it never judges.
    pub fn evolve(&mut self, record: TaskRecord) {
        let at = record.when();
        match &record.event {
            TaskEvent::Given { to, name } | TaskEvent::HandedOn { to, name } => {
                (self.person, self.person_name) = (*to, name.clone());
            }
            TaskEvent::Withdrawn { reason } => {
                self.state = TaskState::Withdrawn { at, reason: reason.clone() };
            }
            TaskEvent::Done { by } => self.state = TaskState::Done { at, by: *by },
        }
        self.events.push(record);
    }
}
