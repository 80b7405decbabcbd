//! 派单: work that the office gave to this person, giving it to others, handing it on and withdrawing it.
//! Watch [`Topic::Records`] and [`Topic::Outbox`].
//!
//! What is written of it is kept with each change until it is given: one at a time, as one writes.
//!
//! A task goes off the list as soon as it is done here, though nobody has heard of that yet.

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Known, Tx},
    given_tasks, outbox,
    platform::Settings as _,
    records, sealed_settings, session,
};
use chrono::NaiveDate;
use domain::{
    device::{
        StoreName,
        given_task::{BegunTask, GivenHere, Holder, TaskOperation},
        queue::{About, Queued},
        submitted_visit::SubmittedVisit,
    },
    id::{FormId, HazardId, OperationId, PersonId, SiteId, TaskId},
    order::{collected, sort_by_key},
    sync::Payload,
    task::{NewTask, Task, TaskCommand, TaskSubject},
};

/// What this person has still to see to, the most pressing first.
pub async fn mine(device: &Device) -> Result<Known<Task>, DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let stores = [StoreName::Records, StoreName::Outbox, StoreName::Operations];
    let (Known { mut known, newer }, visits, taken_away) = db::read(&device.db, &stores, async |tx| {
        let tasks: Known<Task> = tx.records().await?;
        if tasks.known.is_empty() {
            return Ok((tasks, vec![], vec![]));
        }
        Ok((tasks, outbox::unsent_visits(tx).await?, unsent_changes(tx).await?))
    })
    .await?;
    known.retain(|task| task.is_open() && task.person == me && !taken_away.contains(&task.id));
    known.retain(|task| !visits.iter().any(|visit| does(visit, me, task)));
    if known.iter().any(|task| task.about.hazard().is_some()) {
        let hazards = records::hazards(device).await?.known;
        known.retain(|task| !hazards.iter().any(|hazard| task.done_by_hazard(hazard).is_some()));
    }
    sort_by_key(&mut known, |task| (task.until, task.given_at));
    Ok(Known { known, newer })
}

/// Whether a visit that waits to be sent is what was wanted.
fn does(visit: &SubmittedVisit, me: PersonId, task: &Task) -> bool {
    let whole = visit.forms.iter().filter(|filled| filled.only.is_empty());
    let whole: Vec<FormId> = collected(whole.map(|filled| filled.form.clone()));
    visit.outcome.is_done() && task.is_met_by(visit.site, me, visit.submitted_at, &whole)
}

/// Tasks that were handed on or withdrawn here, of which nobody has heard yet.
async fn unsent_changes(tx: &Tx<'_>) -> Result<Vec<TaskId>, DeviceError> {
    let mut changed = vec![];
    for queued in tx.all::<Queued>(StoreName::Outbox).await? {
        if !queued.waits() || !matches!(queued.about, About::Task { .. }) {
            continue;
        }
        let operation: Option<TaskOperation> = tx.readable(StoreName::Operations, &queued.key()).await?;
        changed.extend(operation.and_then(|operation| operation.taken_away()));
    }
    Ok(changed)
}

/// Work that was given about the same and not taken, and the submission that says why.
pub async fn refused(
    device: &Device,
    about: &TaskSubject,
) -> Result<Option<(OperationId, NewTask)>, DeviceError> {
    let me = session::owner(device);
    db::read(&device.db, &[StoreName::Outbox, StoreName::Operations], async |tx| {
        let mut newest = None;
        for queued in tx.all::<Queued>(StoreName::Outbox).await? {
            if queued.waits() || !matches!(queued.about, About::Task { .. }) || Some(queued.owner) != me {
                continue;
            }
            let operation: Option<TaskOperation> = tx.readable(StoreName::Operations, &queued.key()).await?;
            let given = operation.and_then(TaskOperation::given);
            let of_this = given.filter(|new| is_about_the_same(&new.about, about));
            newest = of_this.map(|new| (queued.submission, new)).or(newest);
        }
        Ok(newest)
    })
    .await
}

fn is_about_the_same(one: &TaskSubject, other: &TaskSubject) -> bool {
    match (one, other) {
        (TaskSubject::Visit { site: one, .. }, TaskSubject::Visit { site: other, .. }) => one == other,
        (TaskSubject::Hazard { hazard: one, .. }, TaskSubject::Hazard { hazard: other, .. }) => one == other,
        (TaskSubject::Visit { .. }, TaskSubject::Hazard { .. })
        | (TaskSubject::Hazard { .. }, TaskSubject::Visit { .. }) => false,
    }
}

/// What was begun about this and not given.
pub fn begun(device: &Device, about: &TaskSubject) -> Option<BegunTask> {
    kept(device).filter(|begun| is_about_the_same(&begun.about, about))
}

/// What was begun, about whatever.
pub(crate) fn kept(device: &Device) -> Option<BegunTask> {
    sealed_settings::read(device, &key(device)?)
}

/// One that was begun on another phone; false where one is begun here, and where it is not kept.
pub(crate) fn take_in(device: &Device, begun: &BegunTask) -> bool {
    count(device) == 0 && keep(device, begun)
}

/// One where something was begun, which is not read.
pub(crate) fn count(device: &Device) -> usize {
    usize::from(key(device).is_some_and(|key| device.settings.get(&key).is_some()))
}

/// Whether it is kept, in place of what was begun before; without room it lasts as long as the page.
pub fn keep(device: &Device, begun: &BegunTask) -> bool {
    key(device).is_some_and(|key| sealed_settings::keep(device, &key, begun))
}

/// Deletes what this person has begun, because it can no longer be decrypted.
pub(crate) fn forget_all(device: &Device, owner: PersonId) {
    device.settings.remove(&key_of(owner));
}

/// Sealed to the person: it says who is to do what.
fn key(device: &Device) -> Option<String> {
    session::owner(device).map(key_of)
}

fn key_of(owner: PersonId) -> String {
    format!("task.{owner}")
}

/// As the list of people has it; nothing before the first pull.
async fn name_of(device: &Device, person: PersonId) -> Result<String, DeviceError> {
    let directory = records::directory(device).await?;
    let known = directory.into_iter().flat_map(|directory| directory.colleagues);
    Ok(known.into_iter().find(|one| one.person == person).map(|one| one.name).unwrap_or_default())
}

/// Whether the very same waits to be sent: another tab gave it, or the page was thrown away before what was begun was forgotten. What was
/// withdrawn or handed on since can be given once more.
async fn is_given(tx: &Tx<'_>, me: Option<PersonId>, new: &NewTask) -> Result<bool, DeviceError> {
    let taken_away = unsent_changes(tx).await?;
    for queued in tx.all::<Queued>(StoreName::Outbox).await? {
        let About::Task { task, .. } = queued.about else { continue };
        if !queued.waits() || Some(queued.owner) != me || taken_away.contains(&task) {
            continue;
        }
        let operation: Option<TaskOperation> = tx.readable(StoreName::Operations, &queued.key()).await?;
        if operation.and_then(TaskOperation::given).as_ref() == Some(new) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives work, at this site, once. What was begun is forgotten. `instead`: a submission that was not taken and that this one takes the
/// place of.
pub async fn give(
    device: &Device,
    new: NewTask,
    site: SiteId,
    title: String,
    instead: Option<OperationId>,
) -> Result<(), DeviceError> {
    let task: TaskId = device.clock.new_id();
    let given = GivenHere {
        task,
        about: new.about.clone(),
        person: new.person,
        name: name_of(device, new.person).await?,
        until: new.until,
        before: None,
        withdrawn: false,
    };
    let hazard = match &new.about {
        TaskSubject::Visit { .. } => None,
        TaskSubject::Hazard { hazard, .. } => Some(*hazard),
    };
    let subject = outbox::Subject::Task { site, hazard };
    let me = session::owner(device);
    let is_new = db::write(&device.db, &outbox::STORES, async |tx| {
        if is_given(tx, me, &new).await? {
            return Ok(false);
        }
        let command = TaskCommand::Give(new);
        let payload = Payload::Task { task, event: device.clock.new_id(), command };
        outbox::enqueue(device, tx, title, subject, vec![payload], vec![]).await?;
        Ok(true)
    })
    .await?;
    if let Some(key) = key(device) {
        device.settings.remove(&key);
    }
    if is_new {
        given_tasks::remember(device, given);
    }
    if let Some(refused) = instead {
        outbox::dismiss(device, refused).await?;
    }
    device.changes.announce(Topic::Outbox);
    device.changes.wake();
    Ok(())
}

/// Work that this person may hand on or withdraw here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskHere {
    pub task: TaskId,
    pub person: PersonId,
    /// Of whoever has it.
    pub name: String,
    pub until: NaiveDate,
}

/// Where the work lies, as the outbox tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeAt {
    pub site: SiteId,
    pub hazard: Option<HazardId>,
    pub title: String,
}

impl From<Task> for TaskHere {
    fn from(task: Task) -> Self {
        Self { task: task.id, person: task.person, name: task.person_name, until: task.until }
    }
}

impl From<GivenHere> for TaskHere {
    fn from(given: GivenHere) -> Self {
        Self { task: given.task, person: given.person, name: given.name, until: given.until }
    }
}

/// What this person has about this, and what they gave about it from here; as it was before where the office did not take what
/// was done with it since.
pub async fn here(device: &Device, about: &TaskSubject) -> Result<Vec<TaskHere>, DeviceError> {
    let mine = mine(device).await?.known;
    let mine = mine.into_iter().filter(|task| is_about_the_same(&task.about.subject(), about));
    let mut here: Vec<_> = mine.map(TaskHere::from).collect();
    let refused = given_tasks::refused(device).await?;
    let given = given_tasks::without(given_tasks::remembered(device), &refused).into_iter();
    for given in given.filter(|given| !given.withdrawn && is_about_the_same(&given.about, about)) {
        if here.iter().all(|known| known.task != given.task) {
            here.push(given.into());
        }
    }
    Ok(here)
}

/// Somebody else has it from now on.
pub async fn hand_on(
    device: &Device,
    task: &TaskHere,
    to: PersonId,
    at: ChangeAt,
) -> Result<(), DeviceError> {
    let name = name_of(device, to).await?;
    send(device, task.task, TaskCommand::HandOn { to }, at).await?;
    given_tasks::change(device, |given| {
        for one in given.iter_mut().filter(|one| one.task == task.task) {
            // As it was shown, whatever the office did not take before.
            (one.person, one.name, one.withdrawn) = (task.person, task.name.clone(), false);
            one.hand_on(Holder { person: to, name: name.clone() });
        }
    });
    Ok(())
}

/// Nobody has it any more.
pub async fn withdraw(
    device: &Device,
    task: &TaskHere,
    reason: String,
    at: ChangeAt,
) -> Result<(), DeviceError> {
    send(device, task.task, TaskCommand::Withdraw { reason }, at).await?;
    given_tasks::change(device, |given| {
        for one in given.iter_mut().filter(|one| one.task == task.task) {
            (one.person, one.name, one.withdrawn) = (task.person, task.name.clone(), true);
        }
    });
    Ok(())
}

async fn send(device: &Device, task: TaskId, command: TaskCommand, at: ChangeAt) -> Result<(), DeviceError> {
    let ChangeAt { site, hazard, title } = at;
    let subject = outbox::Subject::Task { site, hazard };
    let payload = Payload::Task { task, event: device.clock.new_id(), command };
    db::write(&device.db, &outbox::STORES, async |tx| {
        outbox::enqueue(device, tx, title, subject, vec![payload], vec![]).await
    })
    .await?;
    device.changes.announce(Topic::Outbox);
    device.changes.wake();
    Ok(())
}
