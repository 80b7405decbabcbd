//! Writing a list: what was seen in the preview, in one turn of the writer, or nothing.

use super::{
    By, ImportError, body, kept, subject,
    validation::{self, Changes, Records, Was, Written},
};
use crate::{
    error::Error,
    import::plan::Plan,
    parties,
    people::{NewHash, PersonChange, SaveError, save_all},
    places,
    services::Services,
    sites,
    storage::{StoreError, StoredImport, Transaction},
};
use domain::{
    audit::Act,
    import::{ImportKind, ImportTally},
    person::Person,
    role::Actor,
    text::Lang,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// How often a list is validated again because records changed meanwhile.
const TRIES: usize = 3;

/// Writes a list that was kept.
pub async fn write(
    state: &Services,
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
    state: &Services,
    by: &By,
    what: ImportKind,
    file: &str,
    plan: Plan,
    kept: Option<Uuid>,
    lang: Lang,
) -> Result<StoredImport, ImportError> {
    // Judging takes a while, and nobody waits for it: it is done before the write transaction.
    let mut plan = plan;
    for _ in 0..TRIES {
        let judged = validation::validate(state, by, what, plan, lang).await?;
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
    state: &Services,
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
        Error::Place(why) => ImportError::Blocked(places::in_words(*lang, why).1),
        Error::Unavailable(why) => ImportError::Store(StoreError::Unavailable(why)),
        other => ImportError::Bug(other.to_string()),
    })?;
    let places = tx.places(by.office).await?;
    for party in &written.parties {
        let before = tx.party(by.office, party.id).await?;
        parties::put(state, &mut *tx, by.office, &by.author, before.as_ref(), party).await?;
    }
    for Was { before, after } in &written.sites {
        sites::put(state, &mut *tx, by.office, &by.author, &places, before.as_ref(), after).await?;
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

/// By the one writer of accounts, with the row of each.
pub(super) async fn save_people(
    state: &Services,
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
