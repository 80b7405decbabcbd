//! # A list and what was said of it
//!
//! The table as it was read, with corrections, ticks and rows left out. What the list would do is reckoned from this and
//! from the records of the moment, every time it is looked at and once more when it is written; so nothing that changed
//! meanwhile is overwritten unseen.

use super::{
    columns::{Column, Columns},
    reading::{Cell, Nature, ReadError, Row, Table, doubt, spot},
    words::{self, Wrong},
};
use domain::{
    datum::Datum,
    import::{CellError, FieldChange, ImportAsk, ImportCoordinates, ImportOffer},
    limits,
    party::Party,
    place::{Community, Grid},
    text::Lang,
};
use i18n::import as t;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};
use uuid::Uuid;

/// Faults that a row tells of, and characters that they show of a cell and say of it: what a list says decides nothing
/// about what an answer weighs.
const FAULTS: usize = 5;
const SHOWN: usize = 60;
const REASON: usize = 300;

/// Faults of one list that are all told; of the rows beyond them each tells its first.
const FAULTS_OF_LIST: usize = 1_000;

/// What is kept of a list until it is written or forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub table: Table,
    #[serde(default)]
    pub corrections: BTreeMap<u32, BTreeMap<String, Cell>>,
    #[serde(default)]
    pub ticks: BTreeMap<u32, BTreeSet<String>>,
    #[serde(default)]
    pub left: BTreeSet<u32>,
    #[serde(default)]
    pub datum: Option<Datum>,
    #[serde(default)]
    pub swapped: bool,
    /// The office's records as they were when the list was read.
    #[serde(default)]
    pub base: BTreeMap<Uuid, String>,
}

impl Plan {
    pub fn new(table: Table, datum: Option<Datum>) -> Self {
        Self {
            table,
            corrections: BTreeMap::new(),
            ticks: BTreeMap::new(),
            left: BTreeSet::new(),
            datum,
            swapped: false,
            base: BTreeMap::new(),
        }
    }

    /// What is made of each row; not beyond the deadline, whatever the rows make it look up.
    pub fn validated<'a, T>(
        &'a self,
        deadline: Instant,
        mut validate: impl FnMut(&'a Row) -> T,
    ) -> Result<Vec<T>, ReadError> {
        let mut rows = Vec::with_capacity(self.table.rows.len());
        for row in &self.table.rows {
            if Instant::now() > deadline {
                return Err(ReadError::TooSlow);
            }
            rows.push(validate(row));
        }
        Ok(rows)
    }
}

/// A record by what it says, to tell whether somebody changed it since. Sites and accounts are texts, numbers and lists,
/// which were read from JSON and can be said in it again.
pub fn fingerprint(record: &impl Serialize) -> String {
    let text = serde_json::to_vec(record).unwrap_or_default();
    short(&text)
}

fn short(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}

/// A question about a row, ticked where a person has confirmed this very question.
pub fn asked(
    plan: &Plan,
    row: u32,
    about: &str,
    words: String,
    tick: &str,
    other: Option<ImportOffer>,
) -> ImportAsk {
    let id = short(format!("{about}\n{words}").as_bytes());
    let ticked = plan.ticks.get(&row).is_some_and(|ticks| ticks.contains(&id));
    ImportAsk { id, words, tick: tick.to_owned(), ticked, other }
}

/// What one row would do.
#[derive(Debug, Clone)]
pub struct ValidatedRow<T> {
    pub row: u32,
    pub key: String,
    pub name: String,
    pub about: String,
    pub faults: Vec<CellError>,
    pub changes: Vec<FieldChange>,
    pub asks: Vec<ImportAsk>,
    pub old: Option<T>,
    /// None where the row is wrong or left out.
    pub record: Option<T>,
    /// The hash of a new password.
    pub password: Option<String>,
    pub left: bool,
}

impl<T> ValidatedRow<T> {
    /// A row of which no more is known than what stands in these columns.
    pub fn begin(reading: &RowReading<'_>, key: &Column, name: &Column) -> Self {
        let line = |text: &str| words::short(&words::line(text), limits::NAME);
        let seen = |column: &Column| reading.raw(column).map(|cell| line(&cell.text)).unwrap_or_default();
        Self {
            row: reading.row.number,
            key: seen(key),
            name: seen(name),
            about: String::new(),
            faults: vec![],
            changes: vec![],
            asks: vec![],
            old: None,
            record: None,
            password: None,
            left: reading.plan.left.contains(&reading.row.number),
        }
    }
}

/// What a whole list would do.
#[derive(Debug, Clone)]
pub struct ListValidation<T> {
    pub rows: Vec<ValidatedRow<T>>,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    /// That are written before the sites which name them: new ones, and those that got a code.
    pub parties: Vec<Party>,
    /// New communities and grids, by name.
    pub new_places: Vec<String>,
    pub notes: Vec<String>,
    pub blocked: Vec<String>,
    pub coordinates: Option<ImportCoordinates>,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// The list has no such column: nothing is said.
    Absent,
    /// The cell is empty: nothing is said.
    Empty,
    /// What stands there is to go.
    Clear,
    Words(String),
    /// Told among the faults.
    Wrong,
}

/// One row being validated.
pub struct RowReading<'a> {
    pub plan: &'a Plan,
    pub columns: &'a Columns,
    pub row: &'a Row,
    pub lang: Lang,
    pub is_new: bool,
    pub faults: Vec<CellError>,
    /// Faults beyond those that are told.
    pub more: usize,
    pub changes: Vec<FieldChange>,
    pub asks: Vec<ImportAsk>,
}

/// How much a list has told of its faults so far.
#[derive(Debug, Default)]
pub struct ErrorBudget(usize);

impl ErrorBudget {
    /// The row's faults, fewer where the list has told enough; the last one says how many more there are.
    pub fn of(&mut self, reading: &mut RowReading<'_>) -> Vec<CellError> {
        let mut faults = std::mem::take(&mut reading.faults);
        let all = faults.len() + reading.more;
        if self.0 >= FAULTS_OF_LIST {
            faults.truncate(1);
        }
        self.0 += faults.len();
        let more = all - faults.len();
        if let Some(last) = faults.last_mut().filter(|_| more > 0) {
            last.reason.push_str(&t::and_more_faults(reading.lang, more));
        }
        faults
    }
}

impl<'a> RowReading<'a> {
    pub fn new(plan: &'a Plan, columns: &'a Columns, row: &'a Row, lang: Lang) -> Self {
        let (faults, changes, asks) = (vec![], vec![], vec![]);
        Self { plan, columns, row, lang, is_new: false, faults, more: 0, changes, asks }
    }

    /// The cell as corrected, else as it is in the file.
    pub fn raw(&self, column: &Column) -> Option<&'a Cell> {
        let corrected = self.plan.corrections.get(&self.row.number).and_then(|row| row.get(column.id));
        corrected.or_else(|| {
            let position = self.columns.position(column)?;
            self.plan.table.cell(self.row, position)
        })
    }

    fn is_corrected(&self, column: &Column) -> bool {
        self.plan.corrections.get(&self.row.number).is_some_and(|row| row.contains_key(column.id))
    }

    /// Further faults are only counted.
    pub fn is_full(&self) -> bool {
        self.faults.len() >= FAULTS
    }

    pub fn fault(&mut self, column: &Column, reason: impl Into<String>, offers: Vec<String>) {
        if self.is_full() {
            self.more += 1;
            return;
        }
        let shown = self.raw(column).map(|cell| words::short(&cell.text, SHOWN)).unwrap_or_default();
        let cell = self.columns.position(column).map(|position| spot(position, self.row.number));
        let reason: String = reason.into();
        self.faults.push(CellError {
            column: column.id.to_owned(),
            heading: column.name(self.lang),
            cell: cell.unwrap_or_default(),
            shown: if column.is_secret { String::new() } else { shown },
            reason: words::short(&reason, REASON),
            offers: offers.into_iter().filter(|offer| offer.chars().count() <= SHOWN).collect(),
        });
    }

    pub fn wrong(&mut self, column: &Column, wrong: Wrong) {
        self.fault(column, wrong.reason, wrong.offers);
    }

    /// What the cell says, cleaned; what a spreadsheet put there is refused.
    pub fn given(&mut self, column: &Column) -> CellValue {
        self.given_beside(column, "")
    }

    /// The same where the record says something already: who repeats that means it, however it looks.
    pub fn given_beside(&mut self, column: &Column, known: &str) -> CellValue {
        if !self.columns.has(column) && !self.is_corrected(column) {
            return CellValue::Absent;
        }
        let Some(cell) = self.raw(column) else { return CellValue::Empty };
        let said = column.said(cell);
        let is_known = || !known.is_empty() && words::key(&said) == words::key(known);
        let spoilt = || column.doubt(cell, self.lang).filter(|_| !is_known());
        if cell.nature != Nature::Said
            && let Some(wrong) = doubt(cell, self.lang).or_else(spoilt)
        {
            self.wrong(column, wrong);
            return CellValue::Wrong;
        }
        if words::says_empty(&said) {
            return CellValue::Clear;
        }
        let text = if column.is_exact { words::exact(&said) } else { words::line(&said) };
        if text.is_empty() {
            return CellValue::Empty;
        }
        if let Err(reason) = column.check(&text, self.lang) {
            self.fault(column, reason, vec![]);
            return CellValue::Wrong;
        }
        CellValue::Words(text)
    }

    /// A field of words: what it becomes. Where nothing is said it stays; a new record needs what is `needed`.
    pub fn text(&mut self, column: &Column, old: Option<&str>, needed: bool) -> String {
        let before = old.unwrap_or_default();
        match self.given_beside(column, before) {
            CellValue::Wrong => before.to_owned(),
            CellValue::Absent | CellValue::Empty if needed && before.is_empty() => {
                self.missing(column);
                String::new()
            }
            CellValue::Absent | CellValue::Empty => before.to_owned(),
            CellValue::Clear if needed => {
                self.missing(column);
                before.to_owned()
            }
            CellValue::Clear => {
                self.cleared(column, before);
                String::new()
            }
            CellValue::Words(after) if words::key(&after) == words::key(before) && !before.is_empty() => {
                before.to_owned()
            }
            CellValue::Words(after) => {
                self.change(column, before, &after, false);
                after
            }
        }
    }

    /// What a field must say; None where it stays as it is, which only that of a known record can.
    pub fn needed(&mut self, column: &Column, is_known: bool) -> Option<String> {
        match self.given(column) {
            CellValue::Words(words) => Some(words),
            CellValue::Wrong => None,
            CellValue::Absent | CellValue::Empty if is_known => None,
            CellValue::Absent | CellValue::Empty | CellValue::Clear => {
                self.missing(column);
                None
            }
        }
    }

    pub fn missing(&mut self, column: &Column) {
        let reason = if self.columns.has(column) {
            t::cell_missing(self.lang, column.name(self.lang))
        } else {
            t::column_missing(self.lang, column.name(self.lang))
        };
        self.fault(column, reason, vec![]);
    }

    pub fn change(&mut self, column: &Column, before: &str, after: &str, loss: bool) {
        if !self.is_new {
            self.changes.push(FieldChange {
                heading: column.name(self.lang),
                before: before.to_owned(),
                after: after.to_owned(),
                loss,
            });
        }
    }

    /// A field that is emptied on purpose still wants a tick.
    pub fn cleared(&mut self, column: &Column, before: &str) {
        if before.is_empty() || self.is_new {
            return;
        }
        self.change(column, before, "", true);
        self.ask(column.id, t::ask_clear(self.lang, column.name(self.lang)), t::tick_clear(self.lang), None);
    }

    /// A question about what the row does; another change makes another question.
    pub fn ask(&mut self, about: &str, words: String, tick: &str, other: Option<ImportOffer>) {
        let last = self.changes.last().map(|change| (change.before.as_str(), change.after.as_str()));
        let about = format!("{about} {last:?}");
        self.asks.push(asked(self.plan, self.row.number, &about, words, tick, other));
    }

    /// Where the record is not what it was when the list was read.
    pub fn ask_if_moved(&mut self, id: Uuid, now: &str) {
        let base = self.plan.base.get(&id);
        if base.is_some_and(|base| base == now) || (self.changes.is_empty() && self.asks.is_empty()) {
            return;
        }
        self.ask(&format!("moved {now}"), t::ask_moved(self.lang).to_owned(), t::tick_moved(self.lang), None);
    }
}
