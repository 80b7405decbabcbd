//! 派单 at the desk: who has what, giving it, handing it on, taking it back, and handing over all that somebody has. The rules
//! are `domain`'s ([`domain::task::decide`]); phones give work by the [`queue`](crate::queue).

mod file;
mod lookups;
mod settle;

pub use file::{file, giving, grid_holder, leaving, takers};
pub(crate) use lookups::{colleagues, read_colleagues, read_forms};
pub(crate) use settle::settle;

use crate::{
    asker::Asker,
    error::Error,
    people::{self, PersonChange},
    services::Services,
    spot_checks::{HandOver, Went},
    storage::Transaction,
};
use domain::{
    audit::Act,
    hazard::Issued,
    id::{GridId, PersonId, TaskId},
    person::Person,
    role::{Action, Role},
    task::{
        HandedOver, Task, TaskAnswer, TaskCommand, TaskFilter, TaskPage, TaskRefusal, TaskRefused, decide,
    },
    text::Lang,
};
use i18n::{limits, tasks as t};
use lookups::AtHand;
use serde_json::{Value, json};
use std::{collections::HashMap, slice};

/// What lies where the person sees it.
pub async fn list(state: &Services, by: &Asker, filter: &TaskFilter) -> Result<TaskPage, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.tasks(by.actor.office, &by.actor.scope, filter, state.now()).await?)
}

/// Gives work: makes the task.
pub async fn give(state: &Services, by: &Asker, command: &TaskCommand) -> Result<Task, Error> {
    act(state, by, state.new_id(), command).await
}

/// Hands it on, or withdraws it.
pub async fn act(state: &Services, by: &Asker, id: TaskId, command: &TaskCommand) -> Result<Task, Error> {
    by.allow(Action::UseOffice)?;
    by.allow(Action::Assign)?;
    let (office, now) = (by.actor.office, state.now());
    let mut tx = state.store.write().await?;
    let tasks = tx.tasks(office, &[id]).await?;
    let given = match command {
        TaskCommand::Give(new) => Some(&new.about),
        TaskCommand::HandOn { .. } | TaskCommand::Withdraw { .. } => None,
    };
    let records = AtHand::read(&mut *tx, office, tasks, given).await?;
    let issued = Issued { id: state.new_id(), at: now, received_at: Some(now), by: &by.actor };
    let answer = decide(&records, id, command, &issued).map_err(|refused| told(by.lang, command, refused))?;
    let task = match answer {
        TaskAnswer::Happened(task) => *task,
        // Its event's id was made this moment.
        TaskAnswer::Before => return Err(Error::Changed),
    };
    tx.put_tasks(office, slice::from_ref(&task)).await?;
    tx.commit().await?;
    Ok(task)
}

/// All open tasks of somebody who is away or leaves go to somebody else, or none of them; with the checks that they are to carry out, each
/// sealed anew, and the plans that they lead or are to go out in, where whoever hands over manages accounts or plans checks; with the
/// grids, if they are to go along. Whoever hands over the grids may manage accounts, and has typed the password lately: somebody sees more
/// by it.
pub async fn hand_over(
    state: &Services,
    by: &Asker,
    from: PersonId,
    to: PersonId,
    with_grids: bool,
) -> Result<HandedOver, Error> {
    by.allow(Action::UseOffice)?;
    by.allow(Action::Assign)?;
    if with_grids {
        by.allow(Action::ManagePeople)?;
        by.confirmed()?;
    }
    let (office, now) = (by.actor.office, state.now());
    let checks = if HandOver::may(by) { Some(HandOver::prepare(state, by, from).await?) } else { None };
    let mut tx = state.store.write().await?;
    let everybody = tx.people(office).await?;
    let person = |id| everybody.iter().find(|person| person.id == id);
    let leaves = person(from).ok_or(Error::NotFound)?;
    let takes = person(to).filter(|person| !person.disabled && person.id != from);
    let takes = takes.ok_or_else(|| Error::invalid("to", t::refusal(by.lang, TaskRefusal::Left)))?;
    let grids = if with_grids { take_grids(state, by, &mut *tx, leaves, takes).await? } else { vec![] };
    let open = tx.open_tasks_of(office, from).await?;
    let ids: Vec<TaskId> = open.iter().map(|task| task.id).collect();
    let tasks: HashMap<_, _> = open.into_iter().map(|task| (task.id, task)).collect();
    let records = AtHand::read(&mut *tx, office, tasks, None).await?;
    let command = TaskCommand::HandOn { to };
    let mut handed_on = vec![];
    for id in ids {
        let issued = Issued { id: state.new_id(), at: now, received_at: Some(now), by: &by.actor };
        match decide(&records, id, &command, &issued) {
            Ok(TaskAnswer::Happened(task)) => handed_on.push(*task),
            Ok(TaskAnswer::Before) => {}
            Err(TaskRefused::Refused(because)) => {
                let site = records.tasks.get(&id).map_or("", |task| task.about.site_name());
                let words = t::not_handed_over(by.lang, site.to_owned(), t::refusal(by.lang, because));
                return Err(Error::invalid("to", words));
            }
            Err(refused) => return Err(told(by.lang, &command, refused)),
        }
    }
    tx.put_tasks(office, &handed_on).await?;
    let checks = match checks {
        Some(checks) => checks.carry_out(state, &mut *tx, by, to).await?,
        None => Went::default(),
    };
    let Went { checks, plans } = checks;
    let done = HandedOver { tasks: handed_on.len(), grids: grids.len(), checks, plans };
    let became = json!({
        "to": takes.name, "tasks": done.tasks, "grids": done.grids, "checks": done.checks, "plans": done.plans,
    });
    let entry = state.audit(office, &by.author(), Act::HandedOver, people::subject(leaves));
    tx.put_audit(&entry.change(&Value::Null, &became)).await?;
    tx.commit().await?;
    if done.checks > 0 {
        // The hour of what was sealed anew is a job's.
        state.write_queue.jobs.notify_one();
    }
    Ok(done)
}

/// Those that the other person did not walk before.
async fn take_grids(
    state: &Services,
    by: &Asker,
    tx: &mut dyn Transaction,
    leaves: &Person,
    takes: &Person,
) -> Result<Vec<GridId>, Error> {
    if leaves.role != Role::Inspector || takes.role != Role::Inspector {
        return Err(Error::invalid("grids", t::grids_of_inspectors(by.lang)));
    }
    let new: Vec<_> = leaves.grids.iter().filter(|grid| !takes.grids.contains(grid)).copied().collect();
    if !new.is_empty() {
        let grids = takes.grids.iter().chain(&new).copied().collect();
        let change = PersonChange { person: Person { grids, ..takes.clone() }, password: None };
        people::save_all(state, tx, by.actor.office, &by.author(), vec![change]).await?;
    }
    Ok(new)
}

/// In the words of the form that asked.
fn told(lang: Lang, command: &TaskCommand, refused: TaskRefused) -> Error {
    match refused {
        TaskRefused::OverLimit(over) => Error::invalid(over.field.as_str(), limits::over(lang, over)),
        TaskRefused::NotAllowed => Error::NotAllowed,
        TaskRefused::UnknownSite | TaskRefused::UnknownHazard => Error::NotFound,
        TaskRefused::IdReused => Error::Changed,
        TaskRefused::Refused(because) => Error::invalid(field(command, because), t::refusal(lang, because)),
    }
}

/// Where it is to be mended.
fn field(command: &TaskCommand, because: TaskRefusal) -> &'static str {
    match because {
        TaskRefusal::DayPast => "until",
        TaskRefusal::UnknownForm => "forms",
        TaskRefusal::ReasonMissing => "reason",
        TaskRefusal::Left
        | TaskRefusal::RoleMayNot
        | TaskRefusal::OutOfSight
        | TaskRefusal::SiteRetired
        | TaskRefusal::HazardEnded
        | TaskRefusal::UnknownTask
        | TaskRefusal::Ended
        | TaskRefusal::AlreadyTheirs => match command {
            TaskCommand::Give(_) => "person",
            TaskCommand::HandOn { .. } => "to",
            TaskCommand::Withdraw { .. } => "reason",
        },
    }
}
