//! What this person gave from this phone: a task lies with whoever has it and with nobody else, so the phone remembers itself to whom it
//! went, sealed to the person. Whether that is still so the office says when it hears of a change.

use crate::{Device, DeviceError, db, platform::Settings as _, sealed_settings, session};
use chrono::Days;
use domain::{
    device::{
        StoreName,
        given_task::{GivenHere, RefusedChange, TaskOperation, TaskPayload},
        queue::{About, DeliveryStatus, Queued},
    },
    id::{OperationId, PersonId},
};

/// Those that are remembered, the newest last.
const KEPT: usize = 50;

/// Days after its last day for which one is.
const KEPT_DAYS: u64 = 30;

/// Without room it lasts as long as nobody asks; the desk hands on what is not remembered here.
pub(crate) fn remember(device: &Device, new: GivenHere) {
    change(device, |given| given.push(new));
}

pub(crate) fn change(device: &Device, by: impl FnOnce(&mut Vec<GivenHere>)) {
    let Some(key) = key(device) else { return };
    let mut given = remembered(device);
    by(&mut given);
    let more = given.len().saturating_sub(KEPT);
    given.drain(..more);
    sealed_settings::keep(device, &key, &given);
}

/// What the office did not take of what this person did with tasks, as far as it is still in the outbox.
pub(crate) async fn refused(device: &Device) -> Result<Vec<RefusedChange>, DeviceError> {
    let me = session::owner(device);
    db::read(&device.db, &[StoreName::Outbox, StoreName::Operations], async |tx| {
        let mut all = vec![];
        for queued in tx.all::<Queued>(StoreName::Outbox).await? {
            let DeliveryStatus::Refused { refusal } = &queued.status else { continue };
            if !matches!(queued.about, About::Task { .. }) || Some(queued.owner) != me {
                continue;
            }
            // One that cannot be read says nothing here, and is told of in the outbox all the same.
            let operation: Option<TaskOperation> = tx.readable(StoreName::Operations, &queued.key()).await?;
            let Some(TaskOperation { payload: TaskPayload::Task(given) }) = operation else { continue };
            let because = refusal.reason.clone();
            all.push(RefusedChange { submission: queued.submission, given, because });
        }
        Ok(all)
    })
    .await
}

/// As they are without what the office did not take.
pub(crate) fn without(mut given: Vec<GivenHere>, refused: &[RefusedChange]) -> Vec<GivenHere> {
    for change in refused {
        given = given.into_iter().filter_map(|one| one.without(change)).collect();
    }
    given
}

/// The submission goes out of the outbox: what it did not do is not done here either.
pub(crate) fn dismissed(device: &Device, submission: OperationId, refused: &[RefusedChange]) {
    let of_it: Vec<_> = refused.iter().filter(|change| change.submission == submission).cloned().collect();
    if !of_it.is_empty() {
        change(device, |given| *given = without(std::mem::take(given), &of_it));
    }
}

/// Without those whose day is long over.
pub(crate) fn remembered(device: &Device) -> Vec<GivenHere> {
    let given = key(device).and_then(|key| sealed_settings::read(device, &key));
    let mut given: Vec<GivenHere> = given.unwrap_or_default();
    let today = device.clock.today();
    given.retain(|one| one.until.checked_add_days(Days::new(KEPT_DAYS)).is_none_or(|last| last >= today));
    given
}

/// Deletes what is remembered of this person's, because it can no longer be decrypted.
pub(crate) fn forget_all(device: &Device, owner: PersonId) {
    device.settings.remove(&key_of(owner));
}

fn key(device: &Device) -> Option<String> {
    session::owner(device).map(key_of)
}

fn key_of(owner: PersonId) -> String {
    format!("tasks-given.{owner}")
}
