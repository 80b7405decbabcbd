//! Passwords of a list: checked by the rules of every password, kept as their hashes alone.

use crate::{
    error::Error,
    import::{
        Column, Columns, people,
        plan::Plan,
        reading::{Cell, Nature, Row},
        words,
    },
    password_rules,
    services::Services,
    storage::Places,
};
use domain::{
    id::{OfficeId, PersonId},
    person::Person,
    role::Role,
    text::Lang,
};
use i18n::import as t;
use uuid::Uuid;

/// Passwords that one list may set: each takes a while to hash.
const MOST: usize = 500;

/// Puts the hash in the place of each password; what the rules refuse is forgotten too.
pub(super) async fn hide(
    state: &Services,
    office: OfficeId,
    plan: &mut Plan,
    lang: Lang,
) -> Result<(), Error> {
    let columns = Columns::of(people::COLUMNS, &plan.table);
    let Some(position) = columns.position(&people::PASSWORD) else { return Ok(()) };
    let (places, known) = (state.store.places(office).await?, state.store.people(office).await?);
    let mut count = 0;
    for row in &mut plan.table.rows {
        let person = person_of(row, &columns, &known);
        let Some(cell) = row.cells.get_mut(position).filter(|cell| !cell.text.trim().is_empty()) else {
            continue;
        };
        count += 1;
        *cell = if count <= MOST {
            hidden(state, &places, &person, &cell.text, lang).await?
        } else {
            refused(t::too_many_passwords(lang, MOST))
        };
    }
    Ok(())
}

/// One that is typed into the preview.
pub(super) async fn of_row(
    state: &Services,
    office: OfficeId,
    plan: &Plan,
    number: u32,
    typed: &str,
    lang: Lang,
) -> Result<Cell, Error> {
    let (places, known) = (state.store.places(office).await?, state.store.people(office).await?);
    let columns = Columns::of(people::COLUMNS, &plan.table);
    let row = plan.table.rows.iter().find(|row| row.number == number).ok_or(Error::NotFound)?;
    hidden(state, &places, &person_of(row, &columns, &known), typed, lang).await
}

/// Whom the row speaks of, as far as a password must not be made of it.
fn person_of(row: &Row, columns: &Columns, known: &[Person]) -> Person {
    let said = |column: &Column| {
        let cell = columns.position(column).and_then(|position| row.cells.get(position));
        words::exact(cell.map(|cell| cell.text.as_str()).unwrap_or_default())
    };
    let username = said(&people::USERNAME);
    let old = known.iter().find(|person| person.username.eq_ignore_ascii_case(&username)).cloned();
    let mut person = old.unwrap_or_else(|| Person {
        id: PersonId(Uuid::nil()),
        username,
        name: String::new(),
        role: Role::Inspector,
        phone: String::new(),
        department: None,
        grids: vec![],
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    });
    for (column, part) in [(&people::NAME, &mut person.name), (&people::PHONE, &mut person.phone)] {
        let said = said(column);
        if !said.is_empty() {
            *part = said;
        }
    }
    person
}

async fn hidden(
    state: &Services,
    places: &Places,
    person: &Person,
    typed: &str,
    lang: Lang,
) -> Result<Cell, Error> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Cell::default());
    }
    if let Err(weak) = password_rules::check(typed, &password_rules::of(person, &places.office.name)) {
        return Ok(refused(password_rules::words(lang, weak)));
    }
    let hash = state.passwords.hash(typed.to_owned()).await?;
    Ok(Cell { text: hash, nature: Nature::Hashed })
}

fn refused(reason: String) -> Cell {
    Cell { text: String::new(), nature: Nature::Refused(reason) }
}
