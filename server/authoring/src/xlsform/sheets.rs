//! # Drafts
//!
//! What an author works on at the desk is rows of cells, as in a workbook, and goes by the same rules: it is read by the same
//! code, and its faults stand at the same places.

use super::{
    Imported,
    book::{self, Book},
    export::{self, ExportError},
    fault::{Fault, Place, Problem},
    in_order,
    limits::{self, CELL, COLUMNS, ROWS, TEXT},
    sheet::{Row, Sheet},
};
use domain::form::{FormSheets, SheetEdit, SheetName, sheets::Cells};
use rust_xlsxwriter::XlsxError;
use std::time::Instant;

pub use export::sheets;

/// A draft as a file for other programs.
///
/// # Errors
/// A cell is longer than a workbook takes.
pub fn workbook(sheets: &FormSheets) -> Result<Vec<u8>, XlsxError> {
    export::write_sheets(sheets)
}

impl Imported {
    /// Its rows in our own columns. Pictures that are still to be added stay named, so that their author is told of them.
    ///
    /// # Errors
    /// What a cell cannot hold.
    pub fn sheets(&self) -> Result<FormSheets, ExportError> {
        let mut sheets = export::sheets(&self.form)?;
        for wanted in &self.wanted {
            let named = |row: &usize| sheets.survey.get(*row, "name") == wanted.question.as_str();
            let Some(row) = (0..sheets.survey.rows.len()).find(named) else { continue };
            let mut cells = sheets.survey.naming_image(&wanted.file);
            if let Some(description) = &wanted.description {
                cells.insert("picture_zh".to_owned(), description.zh.clone());
                cells.insert("picture_en".to_owned(), description.en.clone());
            }
            // The row is there.
            let _ = sheets.apply(&SheetEdit::Write { sheet: SheetName::Survey, row, cells });
        }
        Ok(sheets)
    }
}

/// The rows of a workbook, wrong or not.
///
/// # Errors
/// Why there are none: it is no workbook, costs too much to read, or holds what rows of a draft cannot hold and would be lost without a
/// word: macros, merged cells, sheets that are refused, cells that are too far, too long or without a value.
pub fn of_workbook(bytes: &[u8], now: Instant) -> Result<FormSheets, Vec<Fault>> {
    let mut told = vec![];
    let book = book::read(bytes, now + limits::TIME, &mut told);
    told.retain(|fault| !fault.is_remark());
    if !told.is_empty() {
        return Err(in_order(told));
    }
    Ok(FormSheets {
        survey: cells(book.survey),
        choices: cells(book.choices),
        settings: cells(book.settings),
    })
}

/// The first row that holds something is the headings'.
fn cells(sheet: Option<Sheet>) -> Cells {
    let mut rows = sheet.into_iter().flat_map(|sheet| sheet.rows).map(|row| {
        let length = row.cells.iter().map(|(column, _)| column + 1).max().unwrap_or_default();
        let mut cells = vec![String::new(); length];
        for (column, text) in row.cells {
            cells[column] = text;
        }
        cells
    });
    Cells { headings: rows.next().unwrap_or_default(), rows: rows.collect() }
}

/// A draft as the sheets of a workbook.
pub(super) fn book(sheets: &FormSheets, told: &mut Vec<Fault>) -> Book {
    let mut read = |name: &str, cells: &Cells| sheet(name, cells, told);
    Book {
        survey: Some(read("survey", &sheets.survey)),
        choices: (!sheets.choices.rows.is_empty()).then(|| read("choices", &sheets.choices)),
        settings: (!sheets.settings.rows.is_empty()).then(|| read("settings", &sheets.settings)),
    }
}

fn sheet(name: &str, cells: &Cells, told: &mut Vec<Fault>) -> Sheet {
    let mut sheet = Sheet { name: name.to_owned(), rows: vec![] };
    let mut text = 0;
    for (number, row) in (1u32..).zip(std::iter::once(&cells.headings).chain(&cells.rows)) {
        let mut kept = vec![];
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            let problem = if column >= COLUMNS {
                Some(Problem::TooFar(COLUMNS))
            } else if cell.chars().count() > CELL {
                Some(Problem::TooLong(CELL))
            } else {
                None
            };
            match problem {
                Some(problem) => told.push(Fault::new(Place::row(name, number).at(column), problem)),
                None => {
                    text += cell.len();
                    kept.push((column, cell.trim().to_owned()));
                }
            }
        }
        if text > TEXT || sheet.rows.len() >= ROWS {
            let problem = if text > TEXT { Problem::TooBig } else { Problem::TooManyRows(ROWS) };
            told.push(Fault::new(Place::row(name, number), problem));
            break;
        }
        if !kept.is_empty() {
            sheet.rows.push(Row { number, cells: kept });
        }
    }
    sheet
}
