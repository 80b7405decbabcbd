//! What a form of a hazard is based on: how many events it had, and the plan that stood then. Where others have gone on
//! meanwhile, what they did is told, and of an assignment each of the five points may be chosen.

use super::deed_form::DeedForm;
use crate::{
    error::Fault,
    i18n::{office as t, trade},
    server_fns::meanwhile::{FieldChange, Meanwhile, RawChange, changes},
};
use chrono::{DateTime, Utc};
use domain::{hazard::Hazard, place::Department, text::Lang, time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The five points as a form has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Plan {
    department: String,
    responsible: String,
    measures: String,
    funds: String,
    deadline: String,
    contingency: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Based {
    /// Events that the form knows of.
    seen: usize,
    #[serde(flatten, default)]
    plan: Plan,
}

fn plan(hazard: &Hazard) -> Plan {
    hazard.plan.as_ref().map_or_else(Plan::default, |plan| Plan {
        department: plan.department.map(|id| id.to_string()).unwrap_or_default(),
        responsible: plan.responsible.clone(),
        measures: plan.measures.clone(),
        funds: plan.funds.clone(),
        deadline: plan.deadline.to_string(),
        contingency: plan.contingency.clone(),
    })
}

/// What a form of this hazard is based on.
pub fn base_of_hazard(hazard: &Hazard) -> String {
    let based = Based { seen: hazard.log.len(), plan: plan(hazard) };
    serde_json::to_string(&based).unwrap_or_default()
}

/// The number of events that the form knew of, or what happened since.
pub fn nothing_since(
    lang: Lang,
    form: &DeedForm,
    hazard: &Hazard,
    departments: &[Department],
    now: DateTime<Utc>,
) -> Result<usize, Fault> {
    let based: Option<Based> = serde_json::from_str(&form.base).ok();
    let seen = based.as_ref().map(|based| based.seen);
    if seen == Some(hazard.log.len()) {
        return Ok(hazard.log.len());
    }
    let since = hazard.log.iter().skip(seen.unwrap_or_default());
    let line = |entry: &domain::hazard::Entry| {
        format!("{} {} {}", trade::did(lang, &entry.deed), entry.name, time::near(entry.when(), now))
    };
    let changed = match form.does.as_str() {
        "assigned" => {
            let base = serde_json::to_string(&based.unwrap_or_default().plan).unwrap_or_default();
            changes(&base, &plan(hazard), form)
        }
        _ => vec![],
    };
    let meanwhile = Meanwhile {
        base: base_of_hazard(hazard),
        happened: since.map(line).collect(),
        fields: changed.into_iter().map(|change| in_words(lang, departments, change)).collect(),
    };
    Err(Fault::Changed { meanwhile })
}

fn in_words(lang: Lang, departments: &[Department], change: RawChange) -> FieldChange {
    let RawChange { field, theirs, mine, both } = change;
    let label = match field.as_str() {
        "department" => t::department(lang),
        "responsible" => t::responsible_party(lang),
        "measures" => t::measures(lang),
        "funds" => t::funds(lang),
        "deadline" => t::deadline(lang),
        _ => t::contingency(lang),
    };
    let words = |value: Value| {
        let text = value.as_str().unwrap_or_default();
        let known = departments.iter().find(|one| field == "department" && one.id.to_string() == text);
        known.map_or_else(|| text.to_owned(), |one| one.name.clone())
    };
    FieldChange {
        label: label.to_owned(),
        theirs: words(theirs),
        mine: words(mine),
        both,
        field: field.clone(),
    }
}
