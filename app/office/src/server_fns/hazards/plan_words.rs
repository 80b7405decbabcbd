//! What a form of a hazard is based on: how many events it had, and the plan that stood then. Where others have gone on
//! meanwhile, what they did is told, and of an assignment each of the five points may be chosen.

use super::hazard_form::HazardForm;
use crate::{
    error::AppError,
    i18n::{money, office as t, trade},
    server_fns::meanwhile::{FieldChange, Meanwhile, RawChange, changes},
};
use chrono::{DateTime, Utc};
use domain::{
    fen::Fen,
    hazard::{CommandField, EventRecord, Hazard, HazardCommandKind},
    place::Department,
    text::Lang,
    time,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

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
        let seen = hazard.events.len();
        hazard.plan.as_ref().map_or_else(
            || Self { seen, ..Self::default() },
            |plan| Self {
                seen,
                department: plan.department.map(|id| id.to_string()).unwrap_or_default(),
                responsible: plan.responsible.clone(),
                measures: plan.measures.clone(),
                funds: plan.funds.plain(),
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
    form: &HazardForm,
    hazard: &Hazard,
    departments: &[Department],
    now: DateTime<Utc>,
) -> Result<usize, AppError> {
    let based: Based = serde_json::from_str(&form.base).unwrap_or_default();
    if based.seen == hazard.events.len() {
        return Ok(hazard.events.len());
    }
    let since = hazard.events.iter().skip(based.seen);
    let line = |record: &EventRecord| {
        format!("{} {} {}", trade::did(lang, &record.event), record.name, time::near(record.when(), now))
    };
    let changed = if form.kind() == Some(HazardCommandKind::Assign) {
        // Of the five points: that something happened is told by itself.
        let theirs = Based { seen: based.seen, ..Based::on(hazard) };
        changes(&based.text(), &theirs, &with_plain_sum(form))
    } else {
        vec![]
    };
    let meanwhile = Meanwhile {
        base: base_of_hazard(hazard),
        happened: since.map(line).collect(),
        fields: changed.into_iter().map(|change| in_words(lang, departments, change)).collect(),
    };
    Err(AppError::Changed { meanwhile })
}

/// What was typed, with the sum as the base says it: however it was written, the same sum is no change.
fn with_plain_sum(form: &HazardForm) -> BTreeMap<String, String> {
    let mut given = form.given.clone();
    if let Ok(sum) = form.text(CommandField::Funds).parse::<Fen>() {
        given.insert(CommandField::Funds.as_str().to_owned(), sum.plain());
    }
    given
}

fn in_words(lang: Lang, departments: &[Department], change: RawChange) -> FieldChange {
    let RawChange { field, theirs, mine, both } = change;
    let kind = HazardCommandKind::Assign;
    let asked = kind.row().asks.iter().find(|asks| asks.field.as_str() == field);
    let label = asked.map_or("", |asks| t::field_label(lang, kind, asks.field));
    let words = |value: Value| {
        let text = value.as_str().unwrap_or_default();
        if let Some(sum) = text.parse::<Fen>().ok().filter(|_| field == CommandField::Funds.as_str()) {
            return money::sum(lang, sum);
        }
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
