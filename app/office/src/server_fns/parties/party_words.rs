//! A party's fields as text, shown when two people have changed the same party.

use crate::{
    i18n::{office, parties as t, places},
    server_fns::meanwhile::{FieldChange, RawChange},
};
use domain::{
    party::{PartyKind, PartyPerson},
    text::Lang,
};
use serde_json::Value;

pub fn in_words(lang: Lang, change: RawChange) -> FieldChange {
    change.in_words(|field| label(lang, field), |field, value| words(lang, field, value))
}

fn label(lang: Lang, field: &str) -> &'static str {
    match field {
        "name" => t::name(lang),
        "kind" => t::kind(lang),
        "credit_code" => t::credit_code(lang),
        "phone" => t::phone(lang),
        "people" => t::people(lang),
        "note" => t::note(lang),
        "retired" => office::is_retired(lang),
        _ => t::facts(lang),
    }
}

fn words(lang: Lang, field: &str, value: &Value) -> String {
    match (field, value) {
        ("kind", Value::String(word)) => {
            PartyKind::parse(word).map(|kind| kind.name().get(lang).to_owned()).unwrap_or_default()
        }
        ("people", people) => {
            let people: Vec<PartyPerson> = serde_json::from_value(people.clone()).unwrap_or_default();
            let lines = people.iter().map(person_words).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join("；")
        }
        (_, Value::Bool(yes)) => if *yes { places::yes(lang) } else { places::no(lang) }.to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Null) => String::new(),
        (_, other) => other.to_string(),
    }
}

/// `孙强 主要负责人 138…`
pub fn person_words(person: &PartyPerson) -> String {
    let parts = [&person.name, &person.post, &person.phone].map(|part| part.trim());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
