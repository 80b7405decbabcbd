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

/// The events that a form knows of, and the five points as it has them. Flat, as what every form is based on: a field of
/// it is taken by its name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Based {
    seen: usize,
    department: String,
    responsible: String,
    measures: String,
    funds: String,
    deadline: String,
    contingency: String,
}

impl Based {
    fn on(hazard: &Hazard) -> Self {
        let seen = hazard.log.len();
        hazard.plan.as_ref().map_or_else(
            || Self { seen, ..Self::default() },
            |plan| Self {
                seen,
                department: plan.department.map(|id| id.to_string()).unwrap_or_default(),
                responsible: plan.responsible.clone(),
                measures: plan.measures.clone(),
                funds: plan.funds.clone(),
                deadline: plan.deadline.to_string(),
                contingency: plan.contingency.clone(),
            },
        )
    }

    /// Texts and a number can always be said in JSON; a form based on nothing is one that everything happened since.
    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What a form of this hazard is based on.
pub fn base_of_hazard(hazard: &Hazard) -> String {
    Based::on(hazard).text()
}

/// The number of events that the form knew of, or what happened since.
pub fn nothing_since(
    lang: Lang,
    form: &DeedForm,
    hazard: &Hazard,
    departments: &[Department],
    now: DateTime<Utc>,
) -> Result<usize, Fault> {
    let based: Based = serde_json::from_str(&form.base).unwrap_or_default();
    if based.seen == hazard.log.len() {
        return Ok(hazard.log.len());
    }
    let since = hazard.log.iter().skip(based.seen);
    let line = |entry: &domain::hazard::Entry| {
        format!("{} {} {}", trade::did(lang, &entry.deed), entry.name, time::near(entry.when(), now))
    };
    let changed = match form.does.as_str() {
        "assigned" => {
            // Of the five points: that something happened is told by itself.
            let theirs = Based { seen: based.seen, ..Based::on(hazard) };
            changes(&based.text(), &theirs, form)
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
