//! Writing a list: what was seen in the preview, in one turn of the writer, or nothing.

use super::{
    By, ImportRefusal, allow, body, kept, subject,
    validation::{self, Changes, Records, Was, Written},
};
use crate::{
    asker::Asker,
    error::Error,
    import::plan::Plan,
    parties,
    people::{NewHash, PersonChange, save_all},
    places,
    services::Services,
    sites,
    storage::{StoredImport, Transaction},
};
use domain::{
    audit::Act,
    import::{ImportKind, ImportTally},
    person::Person,
    text::Lang,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// How often a list is validated again because records changed meanwhile.
const TRIES: usize = 3;

/// Writes a list that was kept.
pub async fn write(state: &Services, by: &Asker, id: Uuid) -> Result<Uuid, Error> {
    let (stored, plan) = kept(state, by, id).await?;
    allow(by, stored.what)?;
    let written = put(state, &By::asker(by), stored.what, &stored.file, plan, Some(id), by.lang).await?;
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
) -> Result<StoredImport, Error> {
    // Judging takes a while, and nobody waits for it: it is done before the write transaction.
    let mut plan = plan;
    for _ in 0..TRIES {
        let validated = validation::validate(state, by, what, plan, lang).await?;
        let tally = validated.tally();
        if let Some(blocked) = validated.blocked().first() {
            return Err(ImportRefusal::Blocked(blocked.clone()).into());
        }
        if tally.open() > 0 {
            return Err(ImportRefusal::Open(tally).into());
        }
        let tx = state.store.write().await?;
        // Nobody else writes from here on: where the records are as they were, what was validated is written over.
        let now = Records::read(state, by.office, what).await?;
        if validated.is_of(&now) {
            let mut written = validated.written();
            now.keep_visits(&mut written);
            return put_written(tx, state, by, file, written, &Writing { what, tally, kept, lang }).await;
        }
        plan = validated.into_plan();
    }
    Err(ImportRefusal::Moving.into())
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
) -> Result<StoredImport, Error> {
    let Writing { what, tally, kept, lang } = writing;
    if written.is_empty() {
        return Err(ImportRefusal::Nothing.into());
    }
    let added = places::add(state, &mut *tx, by.office, &by.author, &written.communities, &written.grids);
    added.await.map_err(|error| match error {
        Error::Place(why) => ImportRefusal::Blocked(places::in_words(*lang, why).1).into(),
        other => other,
    })?;
    let places = tx.places(by.office).await?;
    let mut parties = vec![];
    for party in &written.parties {
        let before = tx.party(by.office, party.id).await?;
        parties::put(state, &mut *tx, by.office, &by.author, before.as_ref(), party).await?;
        parties.push(Was { before, after: party.clone() });
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
        body: body(&Written { parties, ..Written::from(written) })?,
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
) -> Result<(), Error> {
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
        Error::Account { position, rule } => {
            ImportRefusal::Rule { row: people.get(position).map_or(0, |(row, ..)| *row), rule }.into()
        }
        other => other,
    })
}
