//! What comes of a command to a task. Phones and the desk ask the same rule; what a phone cannot know, such as that somebody left
//! an hour ago, the server answers.

use super::{
    HazardNeed, NewTask, Task, TaskAbout, TaskCommand, TaskEvent, TaskRecord, TaskRefusal, TaskState,
    TaskSubject,
};
use crate::{
    hazard::{Hazard, Issued},
    id::{FormId, HazardId, PersonId, SiteId, TaskId},
    limits::OverLimit,
    permission::Withheld,
    role::{Action, Actor, ResourceScope, Role, Scope},
    severity::Severity,
    site::Site,
    time::{day_meant, happened, office_day},
    visit::Visit,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Somebody of the office whom work may be given to, as a list of people shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Colleague {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    pub scope: Scope,
    /// What the office took away from the role.
    #[serde(default, skip_serializing_if = "Withheld::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Action>))]
    pub withheld: Withheld,
}

impl Colleague {
    /// What the role may do as the office has it, wherever that is.
    pub fn may_do(&self, action: Action) -> bool {
        self.role.may(action) && !self.withheld.contains(action)
    }

    /// Whether any work can be given to them, wherever that is. Whoever is of a site is given none: their party answers for it.
    pub fn takes_work(&self) -> bool {
        let does = self.may_do(Action::Inspect) || self.may_do(Action::Recheck);
        does && self.may_do(Action::UseField) && !self.role.is_contact()
    }
}

impl From<&Actor> for Colleague {
    fn from(actor: &Actor) -> Self {
        let Actor { office: _, person, name, role, scope, withheld, extension_limit: _ } = actor;
        Self {
            person: *person,
            name: name.clone(),
            role: *role,
            scope: scope.clone(),
            withheld: withheld.clone(),
        }
    }
}

/// What the office's records say about what a command names.
pub trait TaskRecords {
    fn task(&self, id: TaskId) -> Option<&Task>;
    /// Whether there is a task of this id, of whatever office.
    fn is_taken(&self, id: TaskId) -> bool;
    fn site(&self, id: SiteId) -> Option<&Site>;
    fn hazard(&self, id: HazardId) -> Option<&Hazard>;
    fn has_form(&self, id: &FormId) -> bool;
    /// None where nobody of this office may sign in so.
    fn colleague(&self, id: PersonId) -> Option<&Colleague>;
}

/// What a command came to.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskAnswer {
    /// It happened: the task with it.
    Happened(Box<Task>),
    /// It came before: nothing more happens.
    Before,
}

/// Why nothing happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TaskRefused {
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
    #[error("the role or the place does not allow it")]
    NotAllowed,
    #[error("there is no such site")]
    UnknownSite,
    #[error("there is no such hazard")]
    UnknownHazard,
    #[error("the id was used for something else")]
    IdReused,
    #[error("{0:?}")]
    Refused(TaskRefusal),
}

/// Whether work of this kind, at this place, can be given to this person. `level` is the hazard's, where it is about one: whoever
/// rechecks accepts what was put right, and whoever is of a site accepts nothing.
///
/// # Errors
/// [`RoleMayNot`](TaskRefusal::RoleMayNot) or [`OutOfSight`](TaskRefusal::OutOfSight).
pub fn may_take(
    to: &Colleague,
    subject: &TaskSubject,
    place: &ResourceScope,
    level: Option<Severity>,
) -> Result<(), TaskRefusal> {
    let accepts = match subject {
        TaskSubject::Visit { .. } | TaskSubject::Hazard { need: HazardNeed::Chase, .. } => true,
        TaskSubject::Hazard { need: HazardNeed::Recheck, .. } => {
            level.is_none_or(|level| to.role.accepts(level))
        }
    };
    if !to.takes_work() || !to.may_do(subject.needs()) || !accepts {
        return Err(TaskRefusal::RoleMayNot);
    }
    if to.scope.covers(place) { Ok(()) } else { Err(TaskRefusal::OutOfSight) }
}

/// # Errors
/// Why it does not happen; then nothing is changed.
pub fn decide(
    records: &impl TaskRecords,
    id: TaskId,
    command: &TaskCommand,
    issued: &Issued<'_>,
) -> Result<TaskAnswer, TaskRefused> {
    command.check_limits()?;
    let known = records.task(id);
    if known.is_some_and(|task| task.record(issued.id).is_some()) {
        return Ok(TaskAnswer::Before);
    }
    match command {
        TaskCommand::Give(new) if known.is_none() && !records.is_taken(id) => give(records, id, new, issued),
        TaskCommand::Give(_) => Err(TaskRefused::IdReused),
        TaskCommand::HandOn { to } => {
            let task = open(records, known, issued)?;
            if task.person == *to {
                return Err(TaskRefused::Refused(TaskRefusal::AlreadyTheirs));
            }
            let subject = task.about.subject();
            let place = place(records, &subject)?;
            let to = taker(records, *to, &subject, &place)?;
            Ok(happens(task, issued, TaskEvent::HandedOn { to: to.person, name: to.name.clone() }))
        }
        TaskCommand::Withdraw { reason } => {
            let task = open(records, known, issued)?;
            if reason.trim().is_empty() {
                return Err(TaskRefused::Refused(TaskRefusal::ReasonMissing));
            }
            Ok(happens(task, issued, TaskEvent::Withdrawn { reason: reason.clone() }))
        }
    }
}

fn happens(task: &Task, issued: &Issued<'_>, event: TaskEvent) -> TaskAnswer {
    let mut task = task.clone();
    task.evolve(record(issued, event));
    TaskAnswer::Happened(Box::new(task))
}

fn record(issued: &Issued<'_>, event: TaskEvent) -> TaskRecord {
    let Issued { id, at, received_at, by } = *issued;
    TaskRecord { id, at, received_at, by: Some(by.person), name: by.name.clone(), event }
}

/// The task, where this person may do something about it. Whoever gave it may also take it back where they see the place no
/// more.
fn open<'a>(
    records: &impl TaskRecords,
    known: Option<&'a Task>,
    issued: &Issued<'_>,
) -> Result<&'a Task, TaskRefused> {
    let task = known.ok_or(TaskRefused::Refused(TaskRefusal::UnknownTask))?;
    let by = issued.by;
    let sees = place(records, &task.about.subject()).is_ok_and(|place| by.scope.covers(&place));
    if !by.may_do(Action::Assign) || (!sees && task.from != by.person) {
        return Err(TaskRefused::NotAllowed);
    }
    if task.is_open() { Ok(task) } else { Err(TaskRefused::Refused(TaskRefusal::Ended)) }
}

/// Where the work lies.
fn place(records: &impl TaskRecords, subject: &TaskSubject) -> Result<ResourceScope, TaskRefused> {
    match subject {
        TaskSubject::Visit { site, .. } => {
            records.site(*site).map(Visit::seen_at).ok_or(TaskRefused::UnknownSite)
        }
        TaskSubject::Hazard { hazard, .. } => {
            records.hazard(*hazard).map(|hazard| hazard.place).ok_or(TaskRefused::UnknownHazard)
        }
    }
}

/// Who is to get it, where that is possible.
fn taker<'a>(
    records: &'a impl TaskRecords,
    to: PersonId,
    subject: &TaskSubject,
    place: &ResourceScope,
) -> Result<&'a Colleague, TaskRefused> {
    let to = records.colleague(to).ok_or(TaskRefused::Refused(TaskRefusal::Left))?;
    let level = match subject {
        TaskSubject::Visit { .. } => None,
        TaskSubject::Hazard { hazard, .. } => records.hazard(*hazard).map(Hazard::level),
    };
    may_take(to, subject, place, level).map_err(TaskRefused::Refused)?;
    Ok(to)
}

fn give(
    records: &impl TaskRecords,
    id: TaskId,
    new: &NewTask,
    issued: &Issued<'_>,
) -> Result<TaskAnswer, TaskRefused> {
    let refused = |because| Err(TaskRefused::Refused(because));
    let NewTask { person, about: subject, note, until } = new;
    let place = place(records, subject)?;
    if !issued.by.may(Action::Assign, &place) {
        return Err(TaskRefused::NotAllowed);
    }
    let about = match subject {
        TaskSubject::Visit { site, forms } => {
            let site = records.site(*site).ok_or(TaskRefused::UnknownSite)?;
            if site.retired {
                return refused(TaskRefusal::SiteRetired);
            }
            if forms.iter().any(|form| !records.has_form(form)) {
                return refused(TaskRefusal::UnknownForm);
            }
            TaskAbout::Visit { site: site.id, site_name: site.name.clone(), forms: forms.clone() }
        }
        TaskSubject::Hazard { hazard, need } => {
            let hazard = records.hazard(*hazard).ok_or(TaskRefused::UnknownHazard)?;
            if !hazard.is_open() {
                return refused(TaskRefusal::HazardEnded);
            }
            let site = hazard.place.site;
            TaskAbout::Hazard {
                hazard: hazard.id,
                what: hazard.title().to_owned(),
                site,
                site_name: records.site(site).map(|site| site.name.clone()).unwrap_or_default(),
                need: *need,
            }
        }
    };
    let to = taker(records, *person, subject, &place)?;
    let given_at = happened(issued.at, issued.received_at);
    // Of a clock that cannot be right, as many days from when it happened.
    let until = day_meant(*until, issued.at, issued.received_at).filter(|day| *day >= office_day(given_at));
    let Some(until) = until else { return refused(TaskRefusal::DayPast) };
    let mut task = Task {
        id,
        person: to.person,
        person_name: to.name.clone(),
        from: issued.by.person,
        from_name: issued.by.name.clone(),
        about,
        note: note.clone(),
        until,
        given_at,
        state: TaskState::Open,
        events: vec![],
    };
    task.evolve(record(issued, TaskEvent::Given { to: to.person, name: to.name.clone() }));
    Ok(TaskAnswer::Happened(Box::new(task)))
}
