//! # Forms as workbooks
//!
//! XLSForm is how offices everywhere write forms: the sheets `survey`, `choices` and `settings`, a row a question. [`read()`]
//! takes a workbook of any author and gives a form, or everything that is wrong with it at once, each with its place and what
//! to write instead. [`write()`](fn@write) makes a workbook that other programs take, and that reads again as the same form; what
//! XLSForm has no word for stands in columns of our own. What is supported is data ([`types`], [`columns`],
//! [`appearances`]), and [`supported()`] prints it.
//!
//! A workbook comes from a stranger. What it may cost is in [`limits`]; memory is bounded by them whatever it holds.

pub mod appearances;
mod book;
mod check;
mod choices;
pub mod columns;
mod criterion;
mod export;
pub mod fault;
pub mod limits;
mod picture;
mod question;
mod read;
mod settings;
mod sheet;
mod sheets;
mod supported;
mod survey;
mod table;
pub mod types;

pub use export::{ExportError, write};
pub use fault::{Fault, Place, Problem};
pub use picture::{WantedPicture, image_file};
pub use read::Quotes;
pub use sheets::{of_workbook, sheets, workbook};
pub use supported::supported;

use book::Book;
use choices::Lists;
use domain::{
    form::{Form, FormSheets, Layer},
    id::{FormId, SiteKind},
    photo::PhotoHash,
    sector::Sector,
};
use read::Reading;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};
use table::Table;

/// What a workbook of another program does not say.
#[derive(Debug, Clone)]
pub struct Outset {
    pub id: FormId,
    pub layer: Layer,
    pub sector: Sector,
    pub site_kinds: Vec<SiteKind>,
    /// None: kinds are not looked up.
    pub known_kinds: Option<BTreeSet<SiteKind>>,
    /// Pictures of forms that the office holds; None: they are not looked up.
    pub pictures: Option<BTreeSet<PhotoHash>>,
}

/// A form, and what of its workbook is not carried over.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    pub form: Form,
    pub remarks: Vec<Fault>,
    /// Pictures that are still to be added.
    pub wanted: Vec<WantedPicture>,
}

/// Reads a workbook that came as a file; all faults at once, in the order of the sheets. Reading ends some seconds after
/// `now`, whatever the workbook holds.
pub fn read(bytes: &[u8], outset: &Outset, quotes: Quotes<'_>, now: Instant) -> Result<Imported, Vec<Fault>> {
    let mut told = vec![];
    let book = book::read(bytes, now + limits::TIME, &mut told);
    read_book(book, outset, quotes, told)
}

/// Reads a draft as if it were a workbook: a draft's rows are counted from 0, a workbook's from 1, the headings among them.
pub fn read_sheets(sheets: &FormSheets, outset: &Outset, quotes: Quotes<'_>) -> Result<Imported, Vec<Fault>> {
    let mut told = vec![];
    let book = sheets::book(sheets, &mut told);
    read_book(book, outset, quotes, told)
}

fn read_book(
    book: Book,
    outset: &Outset,
    quotes: Quotes<'_>,
    mut told: Vec<Fault>,
) -> Result<Imported, Vec<Fault>> {
    let (survey, choices, settings) = (book.survey, book.choices, book.settings);
    let set = settings.as_ref().map(|sheet| Table::new(sheet, columns::SETTINGS, None, false, &mut told));
    let default = set.as_ref().and_then(|table| table.lines().next()?.get("default_language"));
    let default = default.and_then(table::language);
    let survey = survey.as_ref().map(|sheet| Table::new(sheet, columns::SURVEY, default, false, &mut told));
    let choices = choices.as_ref().map(|sheet| Table::new(sheet, columns::CHOICES, default, true, &mut told));
    let lists = Lists::read(choices.as_ref(), &mut told);
    let mut reading = Reading {
        told: &mut told,
        lists,
        quotes,
        pictures: outset.pictures.as_ref(),
        settings: None,
        lines: BTreeMap::new(),
        broken: vec![],
        quoted: BTreeMap::new(),
        wanted: vec![],
    };
    let mut form = reading.settings(set.as_ref(), outset);
    if let Some(survey) = &survey {
        form.entries = reading.survey(survey);
        reading.unused(survey, choices.as_ref());
    }
    form.quotes = std::mem::take(&mut reading.quoted).into_values().collect();
    reading.check(&form);
    let wanted = std::mem::take(&mut reading.wanted);
    finish(form, wanted, told)
}

/// The form, or what refuses it.
fn finish(form: Form, wanted: Vec<WantedPicture>, told: Vec<Fault>) -> Result<Imported, Vec<Fault>> {
    let (remarks, faults): (Vec<_>, Vec<_>) = told.into_iter().partition(Fault::is_remark);
    if faults.is_empty() {
        return Ok(Imported { form, remarks, wanted });
    }
    Err(in_order(faults))
}

/// Sheet by sheet and row by row; of very many, the first and how many more there are.
fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    let sheets = ["", "settings", "survey", "choices"];
    faults.sort_by_key(|fault| {
        let sheet = sheets.into_iter().position(|name| name == fault.place.sheet);
        (sheet.unwrap_or(sheets.len()), fault.place.row, fault.place.column)
    });
    if faults.len() > limits::FAULTS {
        let more = faults.len() - limits::FAULTS;
        faults.truncate(limits::FAULTS);
        faults.push(Fault::new(Place::file(), Problem::More(more)));
    }
    faults
}
