//! To which of the office's records a row belongs, and what it comes to in the end: the same for every list.

use super::{
    columns::{Column, Columns},
    plan::{ErrorBudget, RowReading, ValidatedRow},
};
use domain::text::Lang;
use i18n::import as t;
use std::collections::HashMap;

/// The row that names each record first.
#[derive(Debug, Default)]
pub struct NamedRows(HashMap<String, u32>);

impl NamedRows {
    /// A record that an earlier row has named already is told of at the later one. An empty key names none.
    pub fn name(&mut self, reading: &mut RowReading<'_>, column: &Column, key: &str) {
        if let Some(first) = self.0.get(key).copied().filter(|_| !key.is_empty()) {
            reading.fault(column, t::twice(reading.lang, first), vec![]);
        }
        self.0.entry(key.to_owned()).or_insert(reading.row.number);
    }
}

impl<T: Clone> ValidatedRow<T> {
    /// The record that the row's key names; none of the office's: it is a new one.
    pub fn belongs_to(&mut self, reading: &mut RowReading<'_>, key: &str, old: Option<&T>) {
        reading.is_new = old.is_none();
        if !key.is_empty() {
            key.clone_into(&mut self.key);
        }
        self.old = old.cloned();
    }

    /// With what the reading of its cells has come to.
    pub fn end(mut self, mut reading: RowReading<'_>, told: &mut ErrorBudget) -> Self {
        self.faults = told.of(&mut reading);
        (self.changes, self.asks) = (reading.changes, reading.asks);
        self
    }
}

/// Says of a list without 状态 that rows which are out of use stay so.
pub fn still_off<T>(
    columns: &Columns,
    state: &Column,
    rows: &[ValidatedRow<T>],
    is_off: impl Fn(&T) -> bool,
    lang: Lang,
) -> Option<String> {
    let off = rows.iter().filter(|row| row.record.as_ref().is_some_and(&is_off)).count();
    (off > 0 && !columns.has(state)).then(|| t::still_off(lang, off))
}
