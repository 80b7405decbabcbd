//! A table on its way into a file, row by row: however many rows there are, one of them is in memory. Lines that a program
//! reads by their commas, or a workbook whose numbers and days are numbers and days.

use super::{BYTE_ORDER_MARK, LONGEST};
use crate::import::words::guarded;
use chrono::{NaiveDate, NaiveTime};
use domain::{
    list::{Cell, FileFormat, Layout},
    time::china,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::{
    fs::File,
    io::{self, BufWriter, Seek, Write},
};
use thiserror::Error;

/// Why a table did not become a file.
#[derive(Debug, Error)]
pub enum SheetError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

impl SheetError {
    /// Whether another moment, or more room, may cure it.
    pub fn passes(&self) -> bool {
        match self {
            Self::Io(_) | Self::Workbook(XlsxError::IoError(_) | XlsxError::TempFileError(..)) => true,
            Self::Csv(error) => error.is_io_error(),
            Self::Workbook(_) => false,
        }
    }
}

/// A table that is being written, into a file without a name: whatever happens, nothing of it stays behind.
pub enum Sheet {
    Csv(Box<csv::Writer<File>>),
    Workbook(Box<Book>),
}

impl Sheet {
    /// `name` is what a workbook calls the table.
    pub fn begin(format: FileFormat, name: &str) -> Result<Self, SheetError> {
        Ok(match format {
            FileFormat::Csv => {
                let mut file = tempfile::tempfile()?;
                file.write_all(BYTE_ORDER_MARK)?;
                // A note at the end has one cell.
                Self::Csv(Box::new(csv::WriterBuilder::new().flexible(true).from_writer(file)))
            }
            FileFormat::Xlsx => Self::Workbook(Box::new(Book::begin(name)?)),
        })
    }

    pub fn headings(&mut self, columns: &[(&str, Layout)]) -> Result<(), SheetError> {
        match self {
            Self::Csv(writer) => writer.write_record(columns.iter().map(|(words, _)| guarded(words)))?,
            Self::Workbook(book) => book.headings(columns)?,
        }
        Ok(())
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), SheetError> {
        match self {
            Self::Csv(writer) => writer.write_record(cells.into_iter().map(|cell| guarded(&cell.words())))?,
            Self::Workbook(book) => book.row(cells)?,
        }
        Ok(())
    }

    /// The file from its beginning.
    pub fn finish(self) -> Result<File, SheetError> {
        let mut file = match self {
            Self::Csv(writer) => writer.into_inner().map_err(csv::IntoInnerError::into_error)?,
            Self::Workbook(book) => book.finish()?,
        };
        file.rewind()?;
        Ok(file)
    }
}

/// A workbook of one sheet.
pub struct Book {
    book: Workbook,
    page: Worksheet,
    next: u32,
    formats: Formats,
}

struct Formats {
    heading: Format,
    text: Format,
    number: Format,
    money: Format,
    day: Format,
    instant: Format,
}

impl Book {
    fn begin(name: &str) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let mut page = book.new_worksheet_with_constant_memory()?;
        page.set_name(name)?;
        page.set_freeze_panes(1, 0)?;
        let shown = |format: &str| Format::new().set_num_format(format);
        let formats = Formats {
            heading: shown("@").set_bold(),
            text: shown("@"),
            number: shown("0"),
            money: shown("#,##0.00"),
            day: shown("yyyy-mm-dd"),
            instant: shown("yyyy-mm-dd hh:mm"),
        };
        Ok(Self { book, page, next: 0, formats })
    }

    fn headings(&mut self, columns: &[(&str, Layout)]) -> Result<(), XlsxError> {
        for (column, (words, layout)) in (0u16..).zip(columns) {
            self.page.set_column_width(column, width(*layout))?;
            self.page.write_string_with_format(self.next, column, guarded(words), &self.formats.heading)?;
        }
        self.next += 1;
        Ok(())
    }

    fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), XlsxError> {
        for (column, cell) in (0u16..).zip(cells) {
            self.cell(column, &cell)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        let Self { page, next: row, formats, .. } = self;
        match (cell, moment(cell)) {
            (Cell::Nothing, _) => {}
            (Cell::Number(number), _) => {
                page.write_number_with_format(*row, column, *number as f64, &formats.number)?;
            }
            (Cell::Money(sum), _) => {
                page.write_number_with_format(*row, column, sum.yuan(), &formats.money)?;
            }
            (Cell::Day(_), Some(day)) => {
                page.write_datetime_with_format(*row, column, day, &formats.day)?;
            }
            (Cell::Instant(_), Some(at)) => {
                page.write_datetime_with_format(*row, column, at, &formats.instant)?;
            }
            // A day that no spreadsheet has is told in words.
            (Cell::Text(_) | Cell::Day(_) | Cell::Instant(_), _) => {
                let words: String = guarded(&cell.words()).chars().take(LONGEST).collect();
                if !words.is_empty() {
                    page.write_string_with_format(*row, column, words, &formats.text)?;
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<File, SheetError> {
        let Self { mut book, page, .. } = self;
        book.push_worksheet(page);
        let mut file = BufWriter::new(tempfile::tempfile()?);
        book.save_to_writer(&mut file)?;
        Ok(file.into_inner().map_err(io::IntoInnerError::into_error)?)
    }
}

/// A day, or an instant by the office's clock, as spreadsheets reckon it; they have none before 1900.
fn moment(cell: &Cell) -> Option<ExcelDateTime> {
    let seconds = match cell {
        Cell::Day(day) => day_begins(*day),
        Cell::Instant(at) => at.timestamp() + i64::from(china().local_minus_utc()),
        Cell::Nothing | Cell::Text(_) | Cell::Number(_) | Cell::Money(_) => return None,
    };
    ExcelDateTime::from_timestamp(seconds).ok()
}

fn day_begins(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp()
}

/// In characters.
fn width(layout: Layout) -> u16 {
    match layout {
        Layout::End => 12,
        Layout::Words | Layout::Minor | Layout::EndFigures => 18,
        Layout::Figures | Layout::MinorFigures => 20,
        Layout::Code => 26,
        Layout::Note => 32,
        Layout::Long => 44,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{reading, words::unguarded};
    use chrono::{DateTime, Utc};
    use domain::import::ImportFile;
    use std::{io::Read, time::Instant};

    const ODD: [&str; 8] =
        ["=1+1", "+8613900000071", "-2", "@SUM(A1)", "＝1", "\t=1", " =cmd|'/c calc'!A1", "飞线充电"];

    fn written(format: FileFormat) -> Vec<u8> {
        let mut sheet = Sheet::begin(format, "隐患台账").unwrap();
        let headings = ["编号", "隐患", "期限", "发现时间", "数量"].map(|words| (words, Layout::Words));
        sheet.headings(&headings).unwrap();
        let at: DateTime<Utc> = "2026-11-23T17:30:00Z".parse().unwrap();
        for words in ODD {
            let day = Cell::Day("2026-11-27".parse().unwrap());
            let cells = [Cell::text("XC-1"), Cell::text(words), day, Cell::Instant(at), Cell::Number(12)];
            sheet.row(cells).unwrap();
        }
        let long_ago = Cell::Day("1815-06-18".parse().unwrap());
        sheet.row([Cell::text("XC-2"), Cell::Nothing, long_ago, Cell::Nothing, Cell::Number(0)]).unwrap();
        let mut bytes = vec![];
        sheet.finish().unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn check<'a>(rows: impl Iterator<Item = [&'a str; 5]>) {
        let rows: Vec<_> = rows.collect();
        assert_eq!(rows.len(), ODD.len() + 1);
        for ([number, words, day, at, amount], was) in rows.iter().zip(ODD) {
            assert_eq!([*number, *day, *at, *amount], ["XC-1", "2026-11-27", "2026-11-24 01:30", "12"]);
            assert!(!words.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{words}");
            assert_eq!(unguarded(words), was);
        }
        assert_eq!(rows[ODD.len()], ["XC-2", "", "1815-06-18", "", "0"]);
    }

    #[test]
    fn lines_say_what_was_written_and_no_cell_is_a_formula() {
        let text = String::from_utf8(written(FileFormat::Csv)).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), ["编号", "隐患", "期限", "发现时间", "数量"].as_slice());
        let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
        check(rows.iter().map(|row| [0, 1, 2, 3, 4].map(|column| &row[column])));
    }

    #[test]
    fn a_workbook_says_what_was_written_and_no_cell_is_a_formula() {
        let file = ImportFile { name: "a.xlsx".to_owned(), bytes: written(FileFormat::Xlsx) };
        let table = reading::read(&file, &|_| true, Instant::now()).unwrap();
        check(table.rows.iter().map(|row| {
            [0, 1, 2, 3, 4].map(|column| row.cells.get(column).map_or("", |cell| cell.text.as_str()))
        }));
        let day = &table.rows[0].cells[2];
        assert!(matches!(day.nature, reading::Nature::Day(_)), "a spreadsheet can reckon with it: {day:?}");
    }
}
