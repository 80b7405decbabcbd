//! # Importing: plan → preview → write → undo
//!
//! A list is read once, away from the threads that answer, and kept for a day in the name of whoever sent it. What it would
//! change is reckoned anew each time somebody looks, and once more before it is written: in the write transaction the records
//! must still say what it was reckoned by, so what is written is what was seen, or it is not written. All rows that are not
//! left out are written, or none. For a week the last list of each kind can be taken back.

mod mark;
mod marked;
mod passwords;
mod preview;
mod refusal;
mod undo;
mod validation;
mod write;

pub use mark::mark;
pub use refusal::ImportRefusal;
pub use undo::{last, take_back, undo};
pub use validation::ValidatedList;
pub use write::{put, write};

use crate::{
    asker::Asker,
    error::Error,
    import::{
        action, columns, knows,
        plan::Plan,
        reading::{self, ReadError, Table},
    },
    services::Services,
    storage::{StoredImport, StoredPlan},
};
use chrono::Days;
use domain::{
    audit::{Author, Subject, SubjectKind},
    datum::Datum,
    id::{OfficeId, PersonId},
    import::{ImportFile, ImportKind, ImportPreview, ImportView},
    role::Action,
    text::Lang,
};
use std::time::{Duration, Instant};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    task::spawn_blocking,
    time::timeout,
};
use uuid::Uuid;

/// Lists that one server reads or judges at the same time, and how long the next one waits.
static READINGS: Semaphore = Semaphore::const_new(2);
const PATIENCE: Duration = Duration::from_secs(15);

/// How long a list waits to be written.
const KEPT: Days = Days::new(1);

/// Who imports. At the machine itself there is nobody with an account.
#[derive(Debug, Clone)]
pub struct By {
    pub office: OfficeId,
    pub person: Option<PersonId>,
    pub name: String,
    /// For 操作记录.
    pub author: Author,
}

impl By {
    pub fn asker(by: &Asker) -> Self {
        let Asker { actor, .. } = by;
        Self {
            office: actor.office,
            person: Some(actor.person),
            name: actor.name.clone(),
            author: by.author(),
        }
    }

    pub fn command_line(office: OfficeId) -> Self {
        Self { office, person: None, name: "xunan import".to_owned(), author: Author::command_line() }
    }
}

/// Reads a file away from the threads that answer; a reader that fails ends nothing but itself.
pub async fn read(what: ImportKind, file: ImportFile) -> Result<Table, Error> {
    let _turn = turn().await?;
    let reading = spawn_blocking(move || reading::read(&file, &knows(columns(what)), Instant::now()));
    match reading.await {
        Ok(table) => Ok(table?),
        Err(error) => {
            tracing::error!(%error, "reading a list failed");
            Err(ReadError::Broken("reader").into())
        }
    }
}

pub(crate) async fn turn() -> Result<SemaphorePermit<'static>, Error> {
    turn_within(PATIENCE).await
}

async fn turn_within(patience: Duration) -> Result<SemaphorePermit<'static>, Error> {
    let turn = timeout(patience, READINGS.acquire()).await;
    turn.ok().and_then(Result::ok).ok_or_else(|| ImportRefusal::Busy.into())
}

/// What a file says, with its passwords as hashes only and the office's records as they are now.
pub async fn plan(
    state: &Services,
    by: &By,
    what: ImportKind,
    file: ImportFile,
    datum: Option<Datum>,
    lang: Lang,
) -> Result<Plan, Error> {
    let mut plan = Plan::new(read(what, file).await?, datum);
    if what == ImportKind::People {
        passwords::hide(state, by.office, &mut plan, lang).await?;
    }
    plan.base = validation::versions(state, by.office, what).await?;
    Ok(plan)
}

/// What an import would do now.
pub async fn look(
    state: &Services,
    by: &By,
    what: ImportKind,
    plan: Plan,
    lang: Lang,
) -> Result<ValidatedList, Error> {
    validation::validate(state, by, what, plan, lang).await
}

/// Before a list of this kind is sent, written or taken back. People open doors: for them the password was typed lately, too.
fn allow(by: &Asker, what: ImportKind) -> Result<(), Error> {
    by.allow(action(what))?;
    match what {
        ImportKind::Sites => Ok(()),
        ImportKind::People => by.confirmed(),
    }
}

/// Reads a list and keeps it until it is written or its day is over; nothing of it is written.
pub async fn send(
    state: &Services,
    by: &Asker,
    what: ImportKind,
    file: ImportFile,
    datum: Option<Datum>,
) -> Result<Uuid, Error> {
    allow(by, what)?;
    let name: String = file.name.chars().filter(|c| !c.is_control()).take(120).collect();
    let plan = plan(state, &By::asker(by), what, file, datum, by.lang).await?;
    let now = state.now();
    let stored = StoredPlan {
        id: state.new_id(),
        office: by.actor.office,
        person: by.actor.person,
        what,
        file: name,
        expires: now.checked_add_days(KEPT).unwrap_or(now),
        body: body(&plan)?,
    };
    let mut tx = state.store.write().await?;
    tx.put_import_plan(&stored, now).await?;
    tx.commit().await?;
    Ok(stored.id)
}

/// What a kept list would change.
pub async fn preview(
    state: &Services,
    by: &Asker,
    id: Uuid,
    view: ImportView,
) -> Result<ImportPreview, Error> {
    let (stored, plan) = kept(state, by, id).await?;
    let validated = validation::validate(state, &By::asker(by), stored.what, plan, by.lang).await?;
    Ok(preview::of(&stored, &validated, view, by.lang))
}

/// The list with what is wrong and what would change beside each row, as a workbook.
pub async fn marked(state: &Services, by: &Asker, id: Uuid) -> Result<(String, Vec<u8>), Error> {
    let (stored, plan) = kept(state, by, id).await?;
    let lang = by.lang;
    let validated = validation::validate(state, &By::asker(by), stored.what, plan, lang).await?;
    // Half a million cells are written away from the threads that answer, too.
    let _turn = turn().await?;
    let what = stored.what;
    let writing = spawn_blocking(move || {
        marked::workbook(what, &validated, lang).map_err(|error| Error::Bug(error.to_string()))
    });
    let book = writing.await.map_err(|error| Error::Bug(error.to_string()))?;
    Ok((stored.file, book?))
}

pub async fn forget(state: &Services, by: &Asker, id: Uuid) -> Result<(), Error> {
    by.allow(Action::ManageSites)?;
    let mut tx = state.store.write().await?;
    tx.end_import_plan(by.actor.person, id).await?;
    Ok(tx.commit().await?)
}

/// A kept list is its sender's, as long as they may import its kind.
async fn kept(state: &Services, by: &Asker, id: Uuid) -> Result<(StoredPlan, Plan), Error> {
    by.allow(Action::ManageSites)?;
    let stored = state.store.import_plan(by.actor.office, by.actor.person, id, state.now()).await?;
    let stored = stored.ok_or(Error::NotFound)?;
    by.allow(action(stored.what))?;
    let plan = serde_json::from_str(&stored.body).map_err(|error| Error::Bug(error.to_string()))?;
    Ok((stored, plan))
}

fn body(what: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(what).map_err(|error| Error::Bug(error.to_string()))
}

/// As 操作记录 calls a list.
fn subject(import: &StoredImport) -> Subject {
    Subject::new(SubjectKind::Import, import.id, import.file.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_third_list_waits_while_two_are_read_and_is_told_when_it_waits_too_long() {
        let (first, _second) = (turn().await.unwrap(), turn().await.unwrap());
        let third = turn_within(Duration::from_millis(10)).await;
        assert_eq!(third.err(), Some(Error::Import(ImportRefusal::Busy)));
        let words = ImportRefusal::Busy.words(Lang::Zh);
        assert!(words.contains("一分钟后"), "{words}");
        drop(first);
        drop(turn_within(Duration::from_millis(10)).await.unwrap());
    }
}
