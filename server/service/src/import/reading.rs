//! # From a file to a table
//!
//! A workbook or a list with delimiters, as an office sends it. What the file says of itself (how many texts, how large a
//! sheet) decides nothing: parts are unpacked piece by piece, cells are taken one by one, and each of [`limits`] ends the
//! reading with words that say which limit it was. What a cell shows is what counts; what a spreadsheet made of it by
//! itself (dates, rounded digits, errors) stays marked, so that whoever judges the row can refuse it where it matters.

mod delimited;
mod format;
mod headings;
mod parts;
mod sheet;

pub use headings::{Heading, Table};

use crate::import::words::Wrong;
use domain::{import::ImportFile, text::Lang};
use i18n::import as t;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};
use thiserror::Error;
use workbook::{UnpackError, archive::Archive};

/// What one file may cost.
pub mod limits {
    use super::Duration;

    pub const ROWS: usize = 10_000;
    pub const COLUMNS: usize = 50;
    /// Rows among which the headings are looked for.
    pub const HEAD: usize = 10;
    /// Characters of one cell.
    pub const CELL: usize = 2_000;
    /// Bytes of text that are kept of one file.
    pub const TEXT: usize = 8 * 1024 * 1024;
    /// Bytes that a workbook unpacks to.
    pub const UNPACKED: u64 = 50 * 1024 * 1024;
    /// Files inside a workbook.
    pub const ENTRIES: usize = 2_000;
    /// Sheets that are looked into for headings.
    pub const SHEETS: usize = 5;
    /// Different texts of a workbook.
    pub const STRINGS: usize = 500_000;
    pub const STYLES: usize = 65_536;
    pub const MERGES: usize = 20_000;
    /// Of these what `workbook` keeps to.
    pub const FILE: workbook::Limits =
        workbook::Limits { unpacked: UNPACKED, entries: ENTRIES, text: TEXT, strings: STRINGS, cell: CELL };
    /// How long one reading may take.
    pub const TIME: Duration = Duration::from_secs(4);
    /// How long one validation of what was read may take.
    pub const JUDGING: Duration = Duration::from_secs(10);
}

/// What a cell was, beside what it shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Typed as words.
    #[default]
    Words,
    /// A number that shows all of its digits.
    Number,
    /// A number of more digits than a spreadsheet keeps.
    Rounded,
    /// A day or a time; what was typed before a spreadsheet made it one, as far as can be told: a line for each that it
    /// may have been.
    Day(String),
    Percent,
    Truth,
    /// `#N/A` and its like.
    Fault,
    /// A formula without a cached result.
    Uncomputed,
    /// Written on purpose in the preview: taken as it stands.
    Said,
    /// A password that is kept as its hash alone.
    Hashed,
    /// A password that the rules refused.
    Refused(String),
}

/// A cell as it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cell {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "is_words")]
    pub nature: Nature,
}

fn is_words(nature: &Nature) -> bool {
    *nature == Nature::Words
}

impl Cell {
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), nature: Nature::Words }
    }

    fn is_blank(&self) -> bool {
        self.nature != Nature::Uncomputed && self.text.trim().is_empty()
    }
}

/// A row that holds something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// As the spreadsheet counts.
    pub number: u32,
    pub cells: Vec<Cell>,
}

/// Rows as they stand, before anybody knows which of them are headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Sheet {
    name: String,
    rows: Vec<Row>,
}

/// Why a file is no table that can be taken in: whoever sends it can mend all of these.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    #[error("neither a workbook nor text")]
    NotATable,
    #[error("protected with a password")]
    Encrypted,
    #[error("a workbook of the old format")]
    OldWorkbook,
    #[error("a web page that calls itself a workbook")]
    WebPage,
    #[error("damaged: {0}")]
    Broken(&'static str),
    #[error("no rows below the headings")]
    Empty,
    #[error("no row of headings among the first")]
    NoHeadings,
    #[error("two columns are called {0}")]
    TwoHeadings(String),
    #[error("more rows than are taken at once")]
    TooManyRows,
    #[error("{0} lies beyond the columns that are read")]
    TooFar(String),
    #[error("{0} holds too much")]
    TooLong(String),
    #[error("more than may be unpacked")]
    TooBig,
    #[error("reading took too long")]
    TooSlow,
    #[error("a quotation mark of row {0} is never closed")]
    OpenQuote(u32),
}

impl From<UnpackError> for ReadError {
    fn from(error: UnpackError) -> Self {
        match error {
            UnpackError::Encrypted => Self::Encrypted,
            UnpackError::Broken(part) => Self::Broken(part),
            UnpackError::TooBig => Self::TooBig,
            UnpackError::TooSlow => Self::TooSlow,
        }
    }
}

impl ReadError {
    /// Whether it says more than that this is no list.
    fn is_of_a_list(&self) -> bool {
        !matches!(self, Self::NoHeadings | Self::Empty)
    }

    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::NotATable => t::file_not_a_table(lang).to_owned(),
            Self::Encrypted => t::file_encrypted(lang).to_owned(),
            Self::OldWorkbook => t::file_old(lang).to_owned(),
            Self::WebPage => t::file_web_page(lang).to_owned(),
            Self::Broken(part) => t::file_broken(lang, (*part).to_owned()),
            Self::Empty => t::file_empty(lang).to_owned(),
            Self::NoHeadings => t::no_headings(lang, limits::HEAD),
            Self::TwoHeadings(name) => t::two_headings(lang, name.clone()),
            Self::TooManyRows => t::too_many_rows(lang, limits::ROWS),
            Self::TooFar(cell) => t::too_far(lang, cell.clone(), limits::COLUMNS),
            Self::TooLong(cell) => t::cell_too_long(lang, cell.clone(), limits::CELL),
            Self::TooBig => t::file_too_big(lang).to_owned(),
            Self::TooSlow => t::file_too_slow(lang).to_owned(),
            Self::OpenQuote(row) => t::open_quote(lang, *row),
        }
    }
}

/// Gives `Wrong` the name of a cell: `B6`.
pub fn spot(column: usize, row: u32) -> String {
    workbook::spot::name(column, row)
}

/// The table that a file holds, under headings that `known` knows by their plain form.
pub fn read(file: &ImportFile, known: &dyn Fn(&str) -> bool, now: Instant) -> Result<Table, ReadError> {
    let bytes = file.bytes.as_slice();
    let deadline = now + limits::TIME;
    if bytes.starts_with(b"PK") {
        return workbook(bytes, known, deadline);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        // A protected workbook is an old container around a new file, and says so in UTF-16.
        let said: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(said.len()).any(|window| window == said);
        return Err(if encrypted { ReadError::Encrypted } else { ReadError::OldWorkbook });
    }
    delimited::read(bytes, known, deadline)
}

fn workbook(bytes: &[u8], known: &dyn Fn(&str) -> bool, deadline: Instant) -> Result<Table, ReadError> {
    let archive = Archive::open(bytes, limits::FILE, deadline)?;
    let book = parts::Book::open(&archive)?;
    let (mut best, mut fault): (Option<(usize, Table)>, Option<ReadError>) = (None, None);
    for part in &book.sheets {
        match sheet::read(&archive, &book, part).and_then(|sheet| headings::find(sheet, known)) {
            Ok(table) => {
                let columns = table.recognised(known);
                // The first of the best.
                if best.as_ref().is_none_or(|(most, _)| columns > *most) {
                    best = Some((columns, table));
                }
            }
            Err(error) => {
                let says_more = |known: &ReadError| !known.is_of_a_list() && error.is_of_a_list();
                if fault.as_ref().is_none_or(says_more) {
                    fault = Some(error);
                }
            }
        }
    }
    // A sheet of remarks may hold one word that a column is called by; what is wrong with the list beside it is told.
    match (best, fault) {
        (Some((columns, table)), _) if columns > 1 => Ok(table),
        (_, Some(fault)) if fault.is_of_a_list() => Err(fault),
        (Some((_, table)), _) => Ok(table),
        (None, fault) => Err(fault.unwrap_or(ReadError::Empty)),
    }
}

/// Whether a cell shows what a spreadsheet, not a person, put there; in words, with what may have been meant.
pub fn doubt(cell: &Cell, lang: Lang) -> Option<Wrong> {
    let (reason, offers) = match &cell.nature {
        Nature::Words | Nature::Number | Nature::Said | Nature::Hashed => {
            return text_doubt(&cell.text, lang);
        }
        Nature::Refused(reason) => (reason.clone(), vec![]),
        Nature::Rounded => (t::rounded(lang, cell.text.clone()), vec![]),
        Nature::Day(typed) => {
            (t::became_day(lang, cell.text.clone()), typed.lines().map(str::to_owned).collect())
        }
        Nature::Percent => (t::is_percent(lang, cell.text.clone()), vec![]),
        Nature::Truth => (t::is_truth(lang, cell.text.clone()), vec![]),
        Nature::Fault => (t::is_fault(lang, cell.text.clone()), vec![]),
        Nature::Uncomputed => (t::uncomputed(lang).to_owned(), vec![]),
    };
    Some(Wrong { reason, offers })
}

/// A list with delimiters has no natures; what a spreadsheet wrote into it is told by its look.
fn text_doubt(text: &str, lang: Lang) -> Option<Wrong> {
    const FAULTS: [&str; 9] =
        ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
    let upper = text.to_ascii_uppercase();
    if FAULTS.contains(&upper.as_str()) || (!text.is_empty() && text.chars().all(|c| c == '#')) {
        return Some(Wrong { reason: t::is_fault(lang, text.to_owned()), offers: vec![] });
    }
    if upper == "TRUE" || upper == "FALSE" {
        return Some(Wrong { reason: t::is_truth(lang, text.to_owned()), offers: vec![] });
    }
    None
}
