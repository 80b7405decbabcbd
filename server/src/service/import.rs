//! # Importing: plan → preview → write → undo
//!
//! A list is read once, away from the threads that answer, and kept for a day in the name of whoever sent it. What it would
//! change is reckoned anew each time somebody looks, and once more before it is written: in the writer's turn the records
//! must still say what it was reckoned by, so what is written is what was seen, or it is not written. All rows that are not left out are written, or none. For a week the last list of each kind can
//! be taken back.

mod judging;
mod marked;
mod passwords;
mod preview;
mod undo;

pub use judging::Judged;
pub use undo::{last, undo};

use crate::{
    backend::places::in_words,
    import::{
        columns, knows,
        plan::Plan,
        reading::{self, Cell, Nature, ReadError, Table},
    },
    password::PasswordError,
    service::{
        people::{NewHash, PersonChange, Rule, SaveError, save_all},
        places::{self, PlacesError},
        sites,
    },
    state::AppState,
    storage::{StoreError, StoredImport, StoredPlan, Transaction},
};
use app::{
    backend::import::{ImportFile, ImportKind, ImportMark, ImportPreview, ImportTally, ImportView},
    i18n::import as t,
};
use chrono::Days;
use domain::{
    audit::{Act, Author, Origin, Subject, SubjectKind},
    datum::Datum,
    id::{OfficeId, PersonId},
    person::Person,
    role::Actor,
    text::Lang,
};
use judging::{Changes, Records, Was, Written};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use thiserror::Error;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    task::spawn_blocking,
    time::timeout,
};
use uuid::Uuid;

/// Lists that one server reads or judges at the same time, and how long the next one waits.
static READINGS: Semaphore = Semaphore::const_new(2);
const PATIENCE: Duration = Duration::from_secs(15);

/// How often a list is judged anew because somebody changed records while it was judged.
const TRIES: usize = 3;

/// How long a list waits to be written.
const KEPT: Days = Days::new(1);

/// Characters of a correction.
const LONGEST_CORRECTION: usize = 2000;

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
    pub fn actor(actor: &Actor) -> Self {
        let author = Author { by: actor.into(), origin: Origin::default() };
        Self { office: actor.office, person: Some(actor.person), name: actor.name.clone(), author }
    }

    pub fn command_line(office: OfficeId) -> Self {
        Self { office, person: None, name: "xunan import".to_owned(), author: Author::command_line() }
    }
}

#[derive(Debug, Error)]
pub enum ImportError {
    /// The file is no list; whoever sends it can mend that.
    #[error(transparent)]
    File(#[from] ReadError),
    #[error("too many lists are being read")]
    Busy,
    #[error("no such list, or its day is over")]
    NotFound,
    #[error("the records change faster than the list is judged")]
    Moving,
    /// Rows are wrong or want somebody's word: nothing was written.
    #[error("{} rows are wrong, {} want a word", .0.wrong, .0.unconfirmed)]
    Open(ImportTally),
    /// What stands in the way of the whole list, in the person's language.
    #[error("{0}")]
    Blocked(String),
    #[error("there is nothing to write")]
    Nothing,
    #[error("it cannot be taken back any more")]
    TooLate,
    /// A rule that every account keeps, whoever writes it.
    #[error("row {row}: {rule:?}")]
    Rule { row: u32, rule: Rule },
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Ours to mend.
    #[error("a list could not be kept: {0}")]
    Bug(String),
}

impl ImportError {
    /// What the person can do about it; none where it is ours.
    pub fn words(&self, lang: Lang) -> Option<String> {
        Some(match self {
            Self::File(error) => error.words(lang),
            Self::Busy => t::file_busy(lang).to_owned(),
            Self::Moving => t::records_move(lang).to_owned(),
            Self::Open(tally) => t::still_open(lang, tally.wrong, tally.unconfirmed),
            Self::Blocked(words) => words.clone(),
            Self::Nothing => t::nothing_to_write(lang).to_owned(),
            Self::TooLate => t::too_late(lang).to_owned(),
            Self::Rule { row, rule } => t::row_refused(lang, *row, rule.words(lang)),
            Self::NotFound => t::plan_gone(lang).to_owned(),
            Self::Password(_) | Self::Store(_) | Self::Bug(_) => return None,
        })
    }
}

/// Reads a file away from the threads that answer; a reader that fails ends nothing but itself.
pub async fn read(what: ImportKind, file: ImportFile) -> Result<Table, ImportError> {
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

async fn turn() -> Result<SemaphorePermit<'static>, ImportError> {
    let turn = timeout(PATIENCE, READINGS.acquire()).await;
    turn.ok().and_then(Result::ok).ok_or(ImportError::Busy)
}

/// What a file says, with its passwords as hashes only and the office's records as they are now.
pub async fn plan(
    state: &AppState,
    by: &By,
    what: ImportKind,
    file: ImportFile,
    datum: Option<Datum>,
    lang: Lang,
) -> Result<Plan, ImportError> {
    let mut plan = Plan::new(read(what, file).await?, datum);
    if what == ImportKind::People {
        passwords::hide(state, by.office, &mut plan, lang).await?;
    }
    plan.base = judging::versions(state, by.office, what).await?;
    Ok(plan)
}

/// What a list would do now, for whoever keeps it elsewhere.
pub async fn look(
    state: &AppState,
    by: &By,
    what: ImportKind,
    plan: Plan,
    lang: Lang,
) -> Result<Judged, ImportError> {
    judging::judge(state, by, what, plan, lang).await
}

/// Keeps a list until it is written or its day is over.
pub async fn send(
    state: &AppState,
    actor: &Actor,
    what: ImportKind,
    file: ImportFile,
    datum: Option<Datum>,
    lang: Lang,
) -> Result<Uuid, ImportError> {
    let name: String = file.name.chars().filter(|c| !c.is_control()).take(120).collect();
    let plan = plan(state, &By::actor(actor), what, file, datum, lang).await?;
    let now = state.now();
    let stored = StoredPlan {
        id: state.new_id(),
        office: actor.office,
        person: actor.person,
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

pub async fn preview(
    state: &AppState,
    actor: &Actor,
    id: Uuid,
    view: ImportView,
    lang: Lang,
) -> Result<ImportPreview, ImportError> {
    let (stored, plan) = kept(state, actor, id).await?;
    let judged = judging::judge(state, &By::actor(actor), stored.what, plan, lang).await?;
    Ok(preview::of(&stored, &judged, view, lang))
}

pub async fn what(state: &AppState, actor: &Actor, id: Uuid) -> Result<ImportKind, ImportError> {
    let stored = state.store.import_plan(actor.office, actor.person, id, state.now()).await?;
    Ok(stored.ok_or(ImportError::NotFound)?.what)
}

/// The list with what is wrong and what would change beside each row, as a workbook.
pub async fn marked(
    state: &AppState,
    actor: &Actor,
    id: Uuid,
    lang: Lang,
) -> Result<(String, Vec<u8>), ImportError> {
    let (stored, plan) = kept(state, actor, id).await?;
    let judged = judging::judge(state, &By::actor(actor), stored.what, plan, lang).await?;
    // Half a million cells are written away from the threads that answer, too.
    let _turn = turn().await?;
    let what = stored.what;
    let writing = spawn_blocking(move || {
        marked::workbook(what, &judged, lang).map_err(|error| ImportError::Bug(error.to_string()))
    });
    let book = writing.await.map_err(|error| ImportError::Bug(error.to_string()))?;
    Ok((stored.file, book?))
}

pub async fn mark(
    state: &AppState,
    actor: &Actor,
    id: Uuid,
    mark: ImportMark,
    lang: Lang,
) -> Result<(), ImportError> {
    let (mut stored, mut plan) = kept(state, actor, id).await?;
    match mark {
        ImportMark::Correct { row, column, value } => {
            let value: String = value.chars().take(LONGEST_CORRECTION).collect();
            let known = columns(stored.what).iter().find(|known| known.id == column);
            let known = known.ok_or(ImportError::NotFound)?;
            let cell = match known.is_secret {
                true => passwords::of_row(state, actor.office, &plan, row, &value, lang).await?,
                false => Cell { text: value, nature: Nature::Said },
            };
            if plan.table.rows.iter().any(|known| known.number == row) {
                plan.corrections.entry(row).or_default().insert(column, cell);
            }
        }
        ImportMark::Restore { row, column } => {
            if let Some(row) = plan.corrections.get_mut(&row) {
                row.remove(&column);
            }
        }
        ImportMark::Tick { row, ask } => {
            plan.ticks.entry(row).or_default().insert(ask.chars().take(32).collect());
        }
        ImportMark::Untick { row, ask } => {
            if let Some(row) = plan.ticks.get_mut(&row) {
                row.remove(&ask);
            }
        }
        ImportMark::TickAll => {
            let mut judged = judging::judge(state, &By::actor(actor), stored.what, plan, lang).await?;
            judged.agree();
            plan = judged.into_plan();
        }
        ImportMark::Leave { row } => {
            plan.left.insert(row);
        }
        ImportMark::Take { row } => {
            plan.left.remove(&row);
        }
        ImportMark::LeaveWrong => {
            let judged = judging::judge(state, &By::actor(actor), stored.what, plan, lang).await?;
            let wrong = judged.wrong_rows();
            plan = judged.into_plan();
            plan.left.extend(wrong);
        }
        ImportMark::Datum { datum, swapped } => {
            plan.datum = Some(datum);
            plan.swapped = swapped;
        }
    }
    stored.body = body(&plan)?;
    let mut tx = state.store.write().await?;
    tx.put_import_plan(&stored, state.now()).await?;
    Ok(tx.commit().await?)
}

pub async fn forget(state: &AppState, actor: &Actor, id: Uuid) -> Result<(), ImportError> {
    let mut tx = state.store.write().await?;
    tx.end_import_plan(actor.person, id).await?;
    Ok(tx.commit().await?)
}

/// Writes a list that was kept.
pub async fn write(
    state: &AppState,
    by: &By,
    actor: &Actor,
    id: Uuid,
    lang: Lang,
) -> Result<Uuid, ImportError> {
    let (stored, plan) = kept(state, actor, id).await?;
    let written = put(state, by, stored.what, &stored.file, plan, Some(id), lang).await?;
    Ok(written.id)
}

/// All rows that are not left out, or none.
pub async fn put(
    state: &AppState,
    by: &By,
    what: ImportKind,
    file: &str,
    plan: Plan,
    kept: Option<Uuid>,
    lang: Lang,
) -> Result<StoredImport, ImportError> {
    // Judging takes a while, and nobody waits for it: it is done before the writer's turn.
    let mut plan = plan;
    for _ in 0..TRIES {
        let judged = judging::judge(state, by, what, plan, lang).await?;
        let tally = judged.tally();
        if let Some(blocked) = judged.blocked().first() {
            return Err(ImportError::Blocked(blocked.clone()));
        }
        if tally.open() > 0 {
            return Err(ImportError::Open(tally));
        }
        let tx = state.store.write().await?;
        // Nobody else writes from here on: where the records are as they were, what was judged is written over.
        let now = Records::read(state, by.office, what).await?;
        if judged.is_of(&now) {
            let mut written = judged.written();
            now.keep_visits(&mut written);
            return put_written(tx, state, by, file, written, &Writing { what, tally, kept, lang }).await;
        }
        plan = judged.into_plan();
    }
    Err(ImportError::Moving)
}

/// What there is to say of a list that is written.
struct Writing {
    what: ImportKind,
    tally: ImportTally,
    kept: Option<Uuid>,
    lang: Lang,
}

async fn put_written(
    mut tx: Box<dyn Transaction>,
    state: &AppState,
    by: &By,
    file: &str,
    written: Changes,
    writing: &Writing,
) -> Result<StoredImport, ImportError> {
    let Writing { what, tally, kept, lang } = writing;
    if written.is_empty() {
        return Err(ImportError::Nothing);
    }
    let added = places::add(state, &mut *tx, by.office, &by.author, &written.communities, &written.grids);
    added.await.map_err(|error| match error {
        PlacesError::Store(error) => ImportError::Store(error),
        PlacesError::Rejected(why) => ImportError::Blocked(in_words(*lang, why).1),
    })?;
    let places = tx.places(by.office).await?;
    for Was { before, after } in &written.sites {
        tx.put_site(by.office, after).await?;
        sites::tell(state, &mut *tx, by.office, &by.author, &places, before.as_ref(), after).await?;
    }
    save_people(state, &mut *tx, by, &written.people).await?;
    let import = StoredImport {
        id: state.new_id(),
        office: by.office,
        what: *what,
        file: file.to_owned(),
        by: by.name.clone(),
        at: state.now(),
        body: body(&Written::from(written))?,
        undone: None,
    };
    tx.put_import(&import).await?;
    let counts = json!({ "new": tally.writes_new, "changed": tally.writes_changed });
    let entry = state.audit(by.office, &by.author, Act::Imported, subject(&import));
    tx.put_audit(&entry.change(&Value::Null, &counts)).await?;
    if let (Some(id), Some(person)) = (kept, by.person) {
        tx.end_import_plan(person, *id).await?;
    }
    tx.commit().await?;
    Ok(import)
}

async fn kept(state: &AppState, actor: &Actor, id: Uuid) -> Result<(StoredPlan, Plan), ImportError> {
    let stored = state.store.import_plan(actor.office, actor.person, id, state.now()).await?;
    let stored = stored.ok_or(ImportError::NotFound)?;
    let plan = serde_json::from_str(&stored.body).map_err(|error| ImportError::Bug(error.to_string()))?;
    Ok((stored, plan))
}

fn body(what: &impl serde::Serialize) -> Result<String, ImportError> {
    serde_json::to_string(what).map_err(|error| ImportError::Bug(error.to_string()))
}

/// As 操作记录 calls a list.
fn subject(import: &StoredImport) -> Subject {
    Subject::new(SubjectKind::Import, import.id, import.file.clone())
}

/// By the one writer of accounts, with the row of each.
async fn save_people(
    state: &AppState,
    tx: &mut dyn Transaction,
    by: &By,
    people: &[(u32, Was<Person>, Option<String>)],
) -> Result<(), ImportError> {
    if people.is_empty() {
        return Ok(());
    }
    let change = |(_, was, hash): &(u32, Was<Person>, Option<String>)| PersonChange {
        person: was.after.clone(),
        // Somebody else chose it: it is changed at the first sign-in.
        password: hash.clone().map(|hash| NewHash { hash, due: by.person != Some(was.after.id), keep: None }),
    };
    let saved = save_all(state, tx, by.office, &by.author, people.iter().map(change).collect()).await;
    saved.map_err(|error| match error {
        SaveError::Store(error) => error.into(),
        SaveError::Rule { position, rule } => {
            ImportError::Rule { row: people.get(position).map_or(0, |(row, ..)| *row), rule }
        }
    })
}
