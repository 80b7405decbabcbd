//! 派单: work that the office gave to this person, and giving it to others.
//! Watch [`Topic::Records`] and [`Topic::Outbox`].
//!
//! What is written of it is kept with each change until it is given: one at a time, as one writes.
//!
//! A task goes off the list as soon as it is done here, though nobody has heard of that yet.

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Known, Tx},
    outbox,
    platform::Settings as _,
    records, session,
};
use domain::{
    device::{
        StoreName,
        given_task::{BegunTask, TaskOperation},
        queue::{About, Queued},
        submitted_visit::{SubmittedVisit, VisitOperation},
    },
    id::{FormId, OperationId, PersonId, SiteId},
    json,
    order::{collected, sort_by_key},
    sync::Payload,
    task::{NewTask, Task, TaskCommand, TaskSubject},
};

/// What this person has still to see to, the most pressing first.
pub async fn mine(device: &Device) -> Result<Known<Task>, DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let stores = [StoreName::Records, StoreName::Outbox, StoreName::Operations];
    let (Known { mut known, newer }, visits) = db::read(&device.db, &stores, async |tx| {
        let tasks: Known<Task> = tx.records().await?;
        let visits = if tasks.known.is_empty() { vec![] } else { unsent_visits(tx).await? };
        Ok((tasks, visits))
    })
    .await?;
    known.retain(|task| {
        task.is_open() && task.person == me && !visits.iter().any(|visit| does(visit, me, task))
    });
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

/// One that cannot be read again is sent all the same, and says nothing here.
async fn unsent_visits(tx: &Tx<'_>) -> Result<Vec<SubmittedVisit>, DeviceError> {
    let mut visits = vec![];
    for queued in tx.all::<Queued>(StoreName::Outbox).await? {
        if !queued.waits() || !matches!(queued.about, About::Visit(_)) {
            continue;
        }
        match tx.get::<VisitOperation>(StoreName::Operations, &queued.key()).await {
            Ok(operation) => visits.extend(operation.map(SubmittedVisit::from)),
            Err(DeviceError::Unreadable(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(visits)
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
            match tx.get::<TaskOperation>(StoreName::Operations, &queued.key()).await {
                Ok(operation) => {
                    let given = operation.and_then(TaskOperation::given);
                    let of_this = given.filter(|new| is_about_the_same(&new.about, about));
                    newest = of_this.map(|new| (queued.submission, new)).or(newest);
                }
                Err(DeviceError::Unreadable(_)) => {}
                Err(error) => return Err(error),
            }
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
    let key = key(device)?;
    json::read(&device.encryption.open_text(&key, &device.settings.get(&key)?)?).ok()
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
    let sealed = key(device).and_then(|key| {
        let text = serde_json::to_string(begun).ok()?;
        let sealed = device.encryption.seal_text(&key, &text).ok()?;
        Some((key, sealed))
    });
    sealed.is_some_and(|(key, sealed)| device.settings.set(&key, &sealed))
}

/// Sealed to the person: it says who is to do what.
fn key(device: &Device) -> Option<String> {
    session::owner(device).map(|owner| format!("task.{owner}"))
}

/// Gives work, at this site. What was begun is forgotten. `instead`: a submission that was not taken and that this one takes the place of.
pub async fn give(
    device: &Device,
    new: NewTask,
    site: SiteId,
    title: String,
    instead: Option<OperationId>,
) -> Result<(), DeviceError> {
    let hazard = match &new.about {
        TaskSubject::Visit { .. } => None,
        TaskSubject::Hazard { hazard, .. } => Some(*hazard),
    };
    let subject = outbox::Subject::Task { site, hazard };
    let command = TaskCommand::Give(new);
    let payload = Payload::Task { task: device.clock.new_id(), event: device.clock.new_id(), command };
    db::write(&device.db, &outbox::STORES, async |tx| {
        outbox::enqueue(device, tx, title, subject, vec![payload], vec![]).await
    })
    .await?;
    if let Some(key) = key(device) {
        device.settings.remove(&key);
    }
    if let Some(refused) = instead {
        outbox::dismiss(device, refused).await?;
    }
    device.changes.announce(Topic::Outbox);
    device.changes.wake();
    Ok(())
}
