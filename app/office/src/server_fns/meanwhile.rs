//! A form says what it was based on: itself, as it was loaded. Where the record is no longer so when the form is saved,
//! nothing is written, and the person sees what the other one did, field by field, and chooses.
//!
//! Everything here is about forms as JSON objects, whichever they are.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

#[cfg(feature = "ssr")]
use crate::error::AppError;

/// Fields of a form that are about the form itself, or that no record shows.
const ABOUT_THE_FORM: [&str; 5] = ["base", "take", "page", "password", "datum"];

/// What the person chose where two had changed the same record: `theirs`, or else what was typed.
pub type Take = BTreeMap<String, String>;

/// The word for taking what the other one wrote.
pub const THEIRS: &str = "theirs";

/// What happened to a record after a form was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Meanwhile {
    /// What the form is to say next that it was based on.
    pub base: String,
    /// What others did, a line each.
    pub happened: Vec<String>,
    pub fields: Vec<FieldChange>,
}

/// A field that another person changed, in the person's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    pub label: String,
    pub theirs: String,
    pub mine: String,
    /// Both changed it.
    pub both: bool,
}

/// The same, before it is put into words.
#[derive(Debug, Clone, PartialEq)]
pub struct RawChange {
    pub field: String,
    pub theirs: Value,
    pub mine: Value,
    pub both: bool,
}

impl RawChange {
    /// By the form's own words: what a field is called, and what stands in it.
    pub fn in_words(
        self,
        label: impl Fn(&str) -> &'static str,
        words: impl Fn(&str, &Value) -> String,
    ) -> FieldChange {
        let Self { field, theirs, mine, both } = self;
        let (theirs, mine) = (words(&field, &theirs), words(&field, &mine));
        FieldChange { label: label(&field).to_owned(), theirs, mine, both, field }
    }
}

/// A form as what it is based on.
pub fn base_of(form: &impl Serialize) -> String {
    Value::Object(fields(form)).to_string()
}

/// Forms are texts under names, as browsers send them: they can always be said in JSON.
fn fields(form: &impl Serialize) -> Map<String, Value> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(form) else { return Map::new() };
    fields.retain(|name, _| !ABOUT_THE_FORM.contains(&name.as_str()));
    // Lines that a form offers and nobody filled are no lines.
    for list in fields.values_mut().filter_map(Value::as_array_mut) {
        list.retain(|line| !is_blank(line));
    }
    fields
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Array(values) => values.iter().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn read(base: &str) -> Map<String, Value> {
    serde_json::from_str(base).unwrap_or_default()
}

/// The form with what was chosen: where it says so, the other person's, which the form is based on by now.
pub fn settled<T: Serialize + DeserializeOwned + Clone>(form: &T, base: &str, take: &Take) -> T {
    let base = read(base);
    let Ok(Value::Object(mut all)) = serde_json::to_value(form) else { return form.clone() };
    for (field, _) in take.iter().filter(|(_, choice)| *choice == THEIRS) {
        if let (Some(theirs), false) = (base.get(field), ABOUT_THE_FORM.contains(&field.as_str())) {
            all.insert(field.clone(), theirs.clone());
        }
    }
    serde_json::from_value(Value::Object(all)).unwrap_or_else(|_| form.clone())
}

/// What another person changed since `base`, as far as it differs from what is to be saved. `theirs` is the form of the
/// record as it stands.
pub fn changes(base: &str, theirs: &impl Serialize, mine: &impl Serialize) -> Vec<RawChange> {
    let (base, theirs, mine) = (read(base), fields(theirs), fields(mine));
    let change = |(field, theirs): (String, Value)| {
        let was = base.get(&field).unwrap_or(&Value::Null);
        let mine = mine.get(&field).cloned().unwrap_or_default();
        let differs = theirs != *was && theirs != mine;
        differs.then(|| RawChange { both: mine != *was, field, theirs, mine })
    };
    theirs.into_iter().filter_map(change).collect()
}

/// Refuses what another person has changed since `base`, and says by `in_words` what they did.
#[cfg(feature = "ssr")]
pub fn refuse_changed(
    base: &str,
    theirs: &impl Serialize,
    mine: &impl Serialize,
    in_words: impl Fn(RawChange) -> FieldChange,
) -> Result<(), AppError> {
    let fields: Vec<_> = changes(base, theirs, mine).into_iter().map(in_words).collect();
    if fields.is_empty() {
        return Ok(());
    }
    let meanwhile = Meanwhile { base: base_of(theirs), fields, ..Meanwhile::default() };
    Err(AppError::Changed { meanwhile })
}

/// Reads, refuses what another person has changed, and writes. Where somebody came between reading and writing it is tried once
/// more, which reads again, and tells.
#[cfg(feature = "ssr")]
pub async fn keep_unchanged<T, F>(keep: impl Fn() -> F) -> Result<T, AppError>
where
    F: Future<Output = Result<T, AppError>>,
{
    let tried = keep().await;
    let came_between = matches!(&tried, Err(AppError::Changed { meanwhile }) if meanwhile.base.is_empty());
    if came_between { keep().await } else { tried }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    #[serde(default)]
    struct Form {
        name: String,
        risk: String,
        kinds: Vec<String>,
        base: String,
        take: Take,
        password: String,
    }

    fn form(name: &str, risk: &str) -> Form {
        Form { name: name.into(), risk: risk.into(), ..Form::default() }
    }

    #[test]
    fn only_what_another_changed_and_what_differs_is_asked() {
        let base = base_of(&form("a", "low"));
        let mine = Form { password: "x".into(), ..form("b", "low") };
        assert_eq!(changes(&base, &form("a", "low"), &mine), []);
        let both = changes(&base, &form("c", "high"), &mine);
        let names: Vec<_> = both.iter().map(|change| (change.field.as_str(), change.both)).collect();
        assert_eq!(names, [("name", true), ("risk", false)]);
        assert_eq!(changes(&base, &form("b", "low"), &mine), [], "both did the same");
    }

    #[test]
    fn a_form_that_says_nothing_is_based_on_nothing() {
        assert_eq!(changes("", &form("a", "low"), &form("b", "low")).len(), 1);
        assert_eq!(changes("nonsense", &form("a", "low"), &form("a", "low")), []);
    }

    #[test]
    fn what_was_chosen_is_taken_and_nothing_else() {
        let theirs = base_of(&form("c", "high"));
        let take = Take::from([("risk".into(), THEIRS.into()), ("name".into(), "mine".into())]);
        let settled = settled(&Form { password: "x".into(), ..form("b", "low") }, &theirs, &take);
        assert_eq!(
            (settled.name.as_str(), settled.risk.as_str(), settled.password.as_str()),
            ("b", "high", "x")
        );
    }
}
