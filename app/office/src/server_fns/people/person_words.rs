//! An account's fields as text, shown when two people have changed the same account.

use crate::{
    i18n::{office as t, places},
    server_fns::meanwhile::{FieldChange, RawChange},
};
use domain::{role::Role, sync::Directory, text::Lang};
use serde_json::Value;

pub fn in_words(lang: Lang, directory: &Directory, change: RawChange) -> FieldChange {
    change.in_words(|field| label(lang, field), |field, value| words(lang, directory, field, value))
}

fn label(lang: Lang, field: &str) -> &'static str {
    match field {
        "name" => t::person_name(lang),
        "username" => t::username(lang),
        "role" => t::role(lang),
        "phone" => t::phone_number(lang),
        "department" => t::own_department(lang),
        "grids" => t::own_grids(lang),
        "communities" => t::own_communities(lang),
        "sites" => t::own_sites(lang),
        "certificates" => t::certificates(lang),
        "disabled" => t::is_disabled(lang),
        _ => t::people(lang),
    }
}

fn words(lang: Lang, directory: &Directory, field: &str, value: &Value) -> String {
    match (field, value) {
        ("role", Value::String(word)) => {
            Role::parse(word).map(|role| role.name().get(lang).to_owned()).unwrap_or_default()
        }
        ("department", Value::String(id)) => {
            let known = directory.departments.iter().find(|one| one.id.to_string() == *id);
            known.map(|one| one.name.clone()).unwrap_or_default()
        }
        ("grids", Value::Array(grids)) => {
            let grid = |id: &str| directory.grids.iter().find(|grid| grid.id.to_string() == id);
            let community = |id| directory.communities.iter().find(|one| one.id == id).map(|one| &one.name);
            let name = |id: &Value| {
                let grid = grid(id.as_str()?)?;
                Some(format!("{} · {}", community(grid.community)?, grid.name))
            };
            grids.iter().filter_map(name).collect::<Vec<_>>().join(t::between_choices(lang))
        }
        ("communities", Value::Array(communities)) => {
            let name = |id: &Value| {
                let id = id.as_str()?;
                let known = directory.communities.iter().find(|one| one.id.to_string() == id)?;
                Some(known.name.clone())
            };
            communities.iter().filter_map(name).collect::<Vec<_>>().join(t::between_choices(lang))
        }
        (_, Value::Bool(yes)) => if *yes { places::yes(lang) } else { places::no(lang) }.to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Null) => String::new(),
        (_, other) => other.to_string(),
    }
}
