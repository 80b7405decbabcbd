//! The cells of one sheet; blank ones cost nothing, wherever a far cell lies.

use super::{
    book::Shared,
    fault::{Fault, Place, Problem},
    limits::{CELL, COLUMNS, FAULTS, ROWS, TEXT},
};
use chrono::{Days, NaiveDate, NaiveTime};
use workbook::{
    UnpackError,
    archive::Archive,
    cursor::Cursor,
    spot,
    strings::words,
    xml::{Element, Piece, Xml},
};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sheet {
    /// In small letters.
    pub name: String,
    /// Those that hold something.
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// As the spreadsheet counts.
    pub number: u32,
    /// Column, from 0, and text, without blanks around it; no text is empty.
    pub cells: Vec<(usize, String)>,
}

/// What a cell holds.
enum Content {
    Text(String),
    /// `#REF!` and its like.
    Fault(String),
    /// A formula that nobody computed.
    Uncomputed,
}

pub(super) fn read(
    archive: &Archive<'_>,
    shared: &Shared,
    name: &str,
    path: &str,
    told: &mut Vec<Fault>,
) -> Result<Sheet, UnpackError> {
    let source = archive.part(path)?.ok_or(UnpackError::Broken("sheet"))?;
    let mut reading = Reading { sheet: Sheet { name: name.to_owned(), rows: vec![] }, text: 0, told };
    let mut xml = Xml::new(source, "sheet");
    let mut cursor = Cursor::default();
    while let Some(piece) = xml.next()? {
        let Piece::Open(element) = piece else { continue };
        match element.name.as_str() {
            "row" => cursor.go_to_row(&element)?,
            "c" => {
                if cursor.row() == 0 {
                    return Err(UnpackError::Broken("row"));
                }
                let column = cursor.pass_cell(&element)?;
                let content = content(&mut xml, &element, shared)?;
                if !reading.put(cursor.row(), column, content) {
                    break;
                }
            }
            "mergeCell" => {
                let range = element.attribute("ref").unwrap_or_default();
                let place = range.split(':').next().and_then(spot::parse);
                let place = place
                    .map_or_else(|| Place::sheet(name), |(column, row)| Place::row(name, row).at(column));
                let range = range.chars().take(30).collect();
                reading.told.push(Fault::new(place, Problem::Merged(range)));
                if reading.told.len() >= 10 * FAULTS {
                    break;
                }
            }
            _ => {}
        }
    }
    Ok(reading.sheet)
}

struct Reading<'a> {
    sheet: Sheet,
    text: usize,
    told: &'a mut Vec<Fault>,
}

impl Reading<'_> {
    /// Whether there is room for more.
    fn put(&mut self, row: u32, column: usize, content: Content) -> bool {
        let place = || Place::row(&self.sheet.name, row).at(column);
        let fault = match &content {
            Content::Text(text) if text.trim().is_empty() => return true,
            _ if column >= COLUMNS => Some(Problem::TooFar(COLUMNS)),
            Content::Text(text) if text.chars().count() > CELL => Some(Problem::TooLong(CELL)),
            Content::Text(_) => None,
            Content::Fault(shown) => Some(Problem::ErrorValue(shown.clone())),
            Content::Uncomputed => Some(Problem::Uncomputed),
        };
        // What is wrong is told; the cell itself reads as blank. One of the kind is enough where there may be millions.
        if let Some(problem) = fault {
            let last = self
                .told
                .last()
                .is_some_and(|last| last.problem == problem && matches!(problem, Problem::TooFar(_)));
            if !last {
                let fault = Fault::new(place(), problem);
                self.told.push(fault);
            }
            return self.told.len() < 10 * FAULTS;
        }
        let Content::Text(text) = content else { return true };
        let text = text.trim().to_owned();
        self.text += text.len();
        let is_new = self.sheet.rows.last().is_none_or(|last| last.number != row);
        if self.text > TEXT || (is_new && self.sheet.rows.len() >= ROWS) {
            let problem = if self.text > TEXT { Problem::TooBig } else { Problem::TooManyRows(ROWS) };
            let fault = Fault::new(Place::row(&self.sheet.name, row), problem);
            self.told.push(fault);
            return false;
        }
        if is_new {
            self.sheet.rows.push(Row { number: row, cells: vec![] });
        }
        if let Some(last) = self.sheet.rows.last_mut() {
            match last.cells.iter_mut().find(|(known, _)| *known == column) {
                Some(known) => known.1 = text,
                None => last.cells.push((column, text)),
            }
        }
        true
    }
}

/// A cell that has begun, up to its end.
fn content(xml: &mut Xml<'_>, element: &Element, shared: &Shared) -> Result<Content, UnpackError> {
    let kind = element.attribute("t").unwrap_or("n").to_owned();
    let style: Option<usize> = element.number("s");
    let (mut value, mut inline) = (String::new(), None);
    let (mut in_value, mut has_formula) = (false, false);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(element) => match element.name.as_str() {
                "is" => inline = Some(words(xml, "is", CELL)?),
                "v" => in_value = true,
                "f" => has_formula = true,
                _ => {}
            },
            Piece::Close(name) if name == "c" => break,
            Piece::Close(name) if name == "v" => in_value = false,
            Piece::Text(text) if in_value && value.len() <= CELL * 4 => value.push_str(&text),
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    if value.is_empty() && has_formula && kind != "str" {
        return Ok(Content::Uncomputed);
    }
    Ok(Content::Text(match kind.as_str() {
        "s" if value.is_empty() => String::new(),
        "s" => {
            let index = value.trim().parse().map_err(|_| UnpackError::Broken("cell"))?;
            shared.strings.get(index).ok_or(UnpackError::Broken("cell"))?.to_owned()
        }
        "inlineStr" => inline.unwrap_or_default(),
        "b" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(),
        "e" => return Ok(Content::Fault(value)),
        "n" => {
            let is_day = style.and_then(|style| shared.shows_days.get(style)).copied().unwrap_or_default();
            number(value.trim(), is_day, shared.since_1904)
        }
        _ => value,
    }))
}

/// A number as it is written by hand: `3`, not `3.0`; a day as `2026-11-30`, with its time where it has one.
fn number(value: &str, is_day: bool, since_1904: bool) -> String {
    let Some(number) = value.parse::<f64>().ok().filter(|number| number.is_finite()) else {
        return value.to_owned();
    };
    if is_day && let Some(day) = day(number, since_1904) {
        return day;
    }
    number.to_string()
}

fn day(number: f64, since_1904: bool) -> Option<String> {
    let begins = if since_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    let whole = number.floor();
    if !(0.0..3_000_000.0).contains(&whole) {
        return None;
    }
    let seconds = ((number - whole) * 86_400.0).round().min(86_399.0) as u32;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?;
    let time = (seconds > 0).then(|| time.format("%H:%M:%S").to_string());
    if whole == 0.0 {
        return time;
    }
    let day =
        NaiveDate::from_ymd_opt(begins.0, begins.1, begins.2)?.checked_add_days(Days::new(whole as u64))?;
    Some(time.map_or_else(|| day.to_string(), |time| format!("{day}T{time}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_are_written() {
        assert_eq!(number("2022", false, false), "2022");
        assert_eq!(number("42.0", false, false), "42");
        assert_eq!(number("0.5", false, false), "0.5");
        assert_eq!(number("46082", true, false), "2026-03-01");
        assert_eq!(number("0.5", true, false), "12:00:00");
        assert_eq!(number("-1e300", true, false), (-1e300_f64).to_string());
    }
}
