//! 责任人, 职务, 电话: three columns, several people in a cell, in one order.

use super::{
    columns::Column,
    plan::{CellValue, RowReading},
    sites::{CONTACT, DUTY, PHONE},
    words,
};
use domain::{limits::CONTACTS, site::Contact};
use i18n::import as t;

/// Between several in a cell, as exports write them.
pub const BETWEEN: &str = "、";

/// A part of several contacts in one cell.
pub fn joined(contacts: &[Contact], part: impl Fn(&Contact) -> &str) -> String {
    let parts: Vec<&str> = contacts.iter().map(part).collect();
    if parts.iter().all(|part| part.is_empty()) { String::new() } else { parts.join(BETWEEN) }
}

/// Where nothing is said, or the same, they stay as they are.
pub fn read(reading: &mut RowReading<'_>, old: &[Contact]) -> Vec<Contact> {
    let lang = reading.lang;
    let parts: [fn(&Contact) -> &str; 3] = [|one| &one.name, |one| &one.duty, |one| &one.phone];
    let before = parts.map(|part| joined(old, part));
    let given = [(&CONTACT, &before[0]), (&DUTY, &before[1]), (&PHONE, &before[2])];
    let given = given.map(|(column, before)| reading.given_beside(column, before));
    if given.iter().any(|given| matches!(given, CellValue::Wrong)) {
        return old.to_vec();
    }
    let is_said = |at: usize| match &given[at] {
        CellValue::Words(words) => words::key(words) != words::key(&before[at]),
        CellValue::Clear => !before[at].is_empty(),
        CellValue::Absent | CellValue::Empty | CellValue::Wrong => false,
    };
    if !(0..3).any(is_said) {
        return old.to_vec();
    }
    let [names, duties, phones] = &given;
    if matches!(names, CellValue::Clear) {
        reading.cleared(&CONTACT, &before[0]);
        return vec![];
    }
    let mut contacts: Vec<Contact> = match names {
        CellValue::Words(words) if is_said(0) => {
            let Some(named) = words::several_of(words, CONTACTS) else {
                reading.fault(&CONTACT, t::too_many_contacts(lang, CONTACTS), vec![]);
                return old.to_vec();
            };
            let known: Vec<String> = old.iter().map(|known| words::key(&known.name)).collect();
            let contact = |name: &str| {
                let plain = words::key(name);
                let known = known.iter().zip(old).find(|(known, _)| **known == plain);
                let new = || Contact { name: name.to_owned(), ..Contact::default() };
                known.map_or_else(new, |(_, contact)| contact.clone())
            };
            named.into_iter().map(contact).collect()
        }
        CellValue::Words(_) | CellValue::Absent | CellValue::Empty | CellValue::Clear | CellValue::Wrong => {
            old.to_vec()
        }
    };
    if contacts.len() > CONTACTS {
        reading.fault(&CONTACT, t::too_many_contacts(lang, CONTACTS), vec![]);
        return old.to_vec();
    }
    if contacts.is_empty() {
        reading.fault(&CONTACT, t::contact_wanted(lang), vec![]);
        return vec![];
    }
    spread(reading, &DUTY, duties, &mut contacts, |one| &mut one.duty);
    spread(reading, &PHONE, phones, &mut contacts, |one| &mut one.phone);
    let after = parts.map(|part| joined(&contacts, part));
    for (at, column) in [&CONTACT, &DUTY, &PHONE].into_iter().enumerate() {
        if before[at] != after[at] {
            let lost =
                (at == 0 && contacts.len() < old.len()) || (after[at].is_empty() && !before[at].is_empty());
            reading.change(column, &before[at], &after[at], lost);
            if lost && !reading.is_new {
                let words = t::ask_contact(lang, column.name(lang), before[at].clone(), after[at].clone());
                reading.ask(column.id, words, t::tick_change(lang), None);
            }
        }
    }
    contacts
}

/// Gives each person their part of a cell; the whole cell where there is one person.
fn spread(
    reading: &mut RowReading<'_>,
    column: &Column,
    given: &CellValue,
    contacts: &mut [Contact],
    part: fn(&mut Contact) -> &mut String,
) {
    match given {
        CellValue::Words(words) => {
            let words: Vec<&str> = match contacts.len() {
                1 => vec![words.as_str()],
                _ => words.split(words::BETWEEN).map(str::trim).collect(),
            };
            if words.len() > contacts.len() {
                let reason =
                    t::contacts_differ(reading.lang, contacts.len(), column.name(reading.lang), words.len());
                reading.fault(column, reason, vec![]);
                return;
            }
            for (contact, word) in contacts.iter_mut().zip(words) {
                if words::key(part(contact)) != words::key(word) {
                    *part(contact) = word.to_owned();
                }
            }
        }
        CellValue::Clear => contacts.iter_mut().for_each(|contact| part(contact).clear()),
        CellValue::Absent | CellValue::Empty | CellValue::Wrong => {}
    }
}
