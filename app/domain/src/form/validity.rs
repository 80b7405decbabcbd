//! 使用期限: from which day on a version of a form is asked, and until when.

use super::Form;
use crate::{id::FormId, order::collected};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Both days included; none: without a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Validity {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// It was withdrawn. Visits begun before go on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Validity {
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    pub fn covers(&self, on: NaiveDate) -> bool {
        self.has_begun(on) && self.until.is_none_or(|until| on <= until)
    }

    pub fn has_begun(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on)
    }
}

/// Of each form the newest version that has begun, where that was not withdrawn; by their ids. Nobody goes back to an older one
/// because a newer was withdrawn.
pub fn in_use(forms: impl IntoIterator<Item = Form>, on: NaiveDate) -> Vec<Form> {
    let mut newest = BTreeMap::<FormId, Form>::new();
    for form in forms.into_iter().filter(|form| form.validity.has_begun(on)) {
        let known = newest.get(&form.id).map_or(0, |known| known.version);
        if form.version > known {
            newest.insert(form.id.clone(), form);
        }
    }
    let newest = newest.into_values().filter(|form| form.validity.covers(on));
    collected::<Vec<_>, _>(newest)
}
