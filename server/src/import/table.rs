//! A spreadsheet as rows of words under headings.

use app::{
    backend::{ImportFile, RowError},
    i18n::admin as t,
};
use calamine::{Data, Reader, Xlsx};
use domain::text::Lang;
use std::{collections::HashMap, io::Cursor};

/// A column by its headings, in either language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Column {
    pub fn name(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh.to_owned(),
            Lang::En => self.en.to_owned(),
        }
    }
}

#[derive(Debug)]
pub struct Table {
    headings: HashMap<String, usize>,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub struct Row {
    /// As the spreadsheet counts.
    pub number: u32,
    cells: Vec<String>,
}

impl Table {
    /// Empty rows are passed over. The error is in the person's language.
    pub fn read(file: &ImportFile, lang: Lang) -> Result<Self, String> {
        let unreadable = || t::file_unreadable(lang).to_owned();
        let is_workbook = file.bytes.starts_with(b"PK");
        let all = if is_workbook { workbook(&file.bytes) } else { csv(&file.bytes) };
        let mut all = all.ok_or_else(unreadable)?.into_iter();
        let first = all.next().ok_or_else(unreadable)?;
        let headings = first.iter().enumerate().map(|(position, words)| (plain(words), position)).collect();
        let rows = all.zip(2..).map(|(cells, number)| Row { number, cells });
        Ok(Self {
            headings,
            rows: rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect(),
        })
    }

    /// The cell's words; empty where the column or the cell is not there.
    pub fn cell<'a>(&self, row: &'a Row, column: Column) -> &'a str {
        let position = [column.zh, column.en].into_iter().find_map(|name| self.headings.get(&plain(name)));
        position.and_then(|position| row.cells.get(*position)).map(String::as_str).unwrap_or_default()
    }

    /// An error for each of these columns that the file lacks.
    pub fn lacking(&self, columns: &[Column], lang: Lang) -> Vec<RowError> {
        let has = |column: &Column| {
            [column.zh, column.en].into_iter().any(|name| self.headings.contains_key(&plain(name)))
        };
        let missing = columns.iter().filter(|column| !has(column));
        let error = |column: &Column| RowError {
            row: 1,
            column: column.name(lang),
            reason: t::column_missing(lang).to_owned(),
        };
        missing.map(error).collect()
    }
}

fn plain(heading: &str) -> String {
    heading.trim().trim_start_matches('\u{feff}').to_lowercase()
}

fn workbook(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let sheet = book.worksheet_range_at(0)?.ok()?;
    // A sheet that begins lower down still counts its rows from 1.
    let above = sheet.start().map_or(0, |(row, _)| row);
    let empty = (0..above).map(|_| vec![]);
    Some(empty.chain(sheet.rows().map(|row| row.iter().map(words).collect())).collect())
}

/// A number without its decimals where it has none: phone numbers and codes are often typed as numbers.
fn words(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}

fn csv(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    std::str::from_utf8(bytes).ok()?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let record = |record: csv::StringRecord| record.iter().map(|cell| cell.trim().to_owned()).collect();
    reader.records().map(|row| row.ok().map(record)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Column = Column { zh: "名称", en: "name" };

    fn read(bytes: &[u8]) -> Result<Table, String> {
        Table::read(&ImportFile { name: "a".into(), bytes: bytes.to_vec() }, Lang::En)
    }

    #[test]
    fn a_csv_with_a_byte_order_mark_and_empty_rows_is_read() {
        let table = read("\u{feff}名称,编码\n,\n 金河花园 ,A1\n".as_bytes()).unwrap();
        assert_eq!(table.rows.len(), 1);
        assert_eq!((table.rows[0].number, table.cell(&table.rows[0], NAME)), (3, "金河花园"));
        assert_eq!(table.lacking(&[NAME, Column { zh: "网格", en: "grid" }], Lang::En)[0].column, "grid");
    }

    #[test]
    fn what_is_no_table_is_said_to_be_unreadable() {
        assert!(read(&[0xff, 0xfe, 0x00]).is_err(), "not UTF-8");
        assert!(read(b"PK\x03\x04 not a workbook").is_err());
        assert!(read(b"").is_err());
    }
}
