//! Where the headings are, and what stands under them.

use super::{Cell, Nature, ReadError, Row, Sheet, limits};
use crate::import::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Rows under their headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The sheet's name; a list with delimiters has none.
    pub sheet: String,
    pub heading_row: u32,
    pub headings: Vec<Heading>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// From 0.
    pub column: usize,
    /// As it is written, in one line.
    pub words: String,
    /// By which it is known: without spaces, breaks, widths and case.
    pub plain: String,
}

impl Table {
    pub fn recognised(&self, known: &dyn Fn(&str) -> bool) -> usize {
        count(&self.headings, known)
    }

    /// The cell in this column; an empty one where the row ends before.
    pub fn cell<'a>(&self, row: &'a Row, column: usize) -> Option<&'a Cell> {
        row.cells.get(column)
    }
}

/// Different headings that are known: a group's name over several columns counts once.
fn count(headings: &[Heading], known: &dyn Fn(&str) -> bool) -> usize {
    let plain: BTreeSet<&str> = headings.iter().map(|heading| heading.plain.as_str()).collect();
    plain.into_iter().filter(|plain| known(plain)).count()
}

/// The row among the first that names most columns; titles above it are passed over.
pub(super) fn find(sheet: Sheet, known: &dyn Fn(&str) -> bool) -> Result<Table, ReadError> {
    if sheet.rows.is_empty() {
        return Err(ReadError::Empty);
    }
    let headings = sheet.rows.iter().take(limits::HEAD).map(headings).collect::<Vec<_>>();
    // The first of the best.
    let best = headings.iter().enumerate().rev().max_by_key(|(_, headings)| count(headings, known));
    let (at, found) = best.filter(|(_, headings)| count(headings, known) > 0).ok_or(ReadError::NoHeadings)?;
    let mut seen: Vec<&str> = vec![];
    for heading in found.iter().filter(|heading| known(&heading.plain)) {
        if seen.contains(&heading.plain.as_str()) {
            return Err(ReadError::TwoHeadings(heading.words.clone()));
        }
        seen.push(&heading.plain);
    }
    let heading_row = sheet.rows.get(at).map_or(1, |row| row.number);
    let found = found.clone();
    let rows: Vec<Row> = sheet.rows.into_iter().skip(at + 1).collect();
    match rows.len() {
        0 => Err(ReadError::Empty),
        many if many > limits::ROWS => Err(ReadError::TooManyRows),
        _ => Ok(Table { sheet: sheet.name, heading_row, headings: found, rows }),
    }
}

fn headings(row: &Row) -> Vec<Heading> {
    let cells = row.cells.iter().enumerate();
    let words =
        cells.filter(|(_, cell)| matches!(cell.nature, Nature::Words) && !cell.text.trim().is_empty());
    let heading = |(column, cell): (usize, &Cell)| Heading {
        column,
        words: words::line(&cell.text),
        plain: words::plain_heading(&cell.text),
    };
    words.map(heading).filter(|heading| !heading.plain.is_empty()).collect()
}
