//! A site's fields as text, shown when two people have changed the same site.

use crate::{
    i18n::{office as t, parties, places},
    server_fns::{
        meanwhile::{FieldChange, RawChange},
        sites::attributes_form::{self, AttributesForm},
    },
};
use domain::{risk::RiskLevel, sector::Sector, site::Contact, sync::Directory, text::Lang};
use serde_json::Value;

pub fn in_words(lang: Lang, directory: &Directory, change: RawChange) -> FieldChange {
    change.in_words(|field| label(lang, field), |field, value| words(lang, directory, field, value))
}

fn label(lang: Lang, field: &str) -> &'static str {
    match field {
        "name" => t::site_name(lang),
        "code" => t::code(lang),
        "kinds" => t::site_kinds(lang),
        "sector" => t::sector(lang),
        "risk" => t::risk(lang),
        "grid" => t::grid(lang),
        "attributes" => t::attributes(lang),
        "address" => t::address(lang),
        "latitude" => t::latitude(lang),
        "longitude" => t::longitude(lang),
        "contacts" => t::contacts(lang),
        "party" => parties::party(lang),
        "leader" => t::leader(lang),
        "department" => t::department(lang),
        "retired" => t::is_retired(lang),
        _ => t::site_facts(lang),
    }
}

fn words(lang: Lang, directory: &Directory, field: &str, value: &Value) -> String {
    match (field, value) {
        ("grid", Value::String(id)) => {
            let grid = directory.grids.iter().find(|grid| grid.id.to_string() == *id);
            let community = grid.and_then(|grid| {
                directory.communities.iter().find(|community| community.id == grid.community)
            });
            let names =
                community.into_iter().map(|one| &one.name).chain(grid.into_iter().map(|one| &one.name));
            names.cloned().collect::<Vec<_>>().join(" · ")
        }
        ("department", Value::String(id)) => {
            let known = directory.departments.iter().find(|one| one.id.to_string() == *id);
            known.map(|one| one.name.clone()).unwrap_or_default()
        }
        ("sector", Value::String(word)) => {
            Sector::parse(word).map(|sector| sector.name().get(lang).to_owned()).unwrap_or_default()
        }
        ("risk", Value::String(word)) => {
            RiskLevel::parse(word).map(|risk| risk.name().get(lang).to_owned()).unwrap_or_default()
        }
        ("kinds", Value::Array(kinds)) => {
            let name =
                |id: &str| directory.kinds.iter().find(|kind| kind.id.as_str() == id).map(|kind| &kind.name);
            let names = kinds.iter().filter_map(|id| name(id.as_str()?));
            let names: Vec<_> = names.map(|name| name.get(lang).to_owned()).collect();
            names.join(t::between_choices(lang))
        }
        ("contacts", contacts) => {
            let contacts: Vec<Contact> = serde_json::from_value(contacts.clone()).unwrap_or_default();
            let line = |one: &Contact| [one.name.as_str(), &one.duty, &one.phone].join(" ").trim().to_owned();
            let lines = contacts.iter().map(line).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join("；")
        }
        ("attributes", attributes) => {
            let form: AttributesForm = serde_json::from_value(attributes.clone()).unwrap_or_default();
            let known = attributes_form::words(lang, &form.read(lang).unwrap_or_default());
            let known = known.into_iter().map(|(name, words)| format!("{name} {words}"));
            known.collect::<Vec<_>>().join("；")
        }
        (_, Value::Bool(yes)) => if *yes { places::yes(lang) } else { places::no(lang) }.to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Null) => String::new(),
        (_, other) => other.to_string(),
    }
}
