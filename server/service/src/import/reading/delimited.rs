//! # Lists with delimiters
//!
//! In UTF-8, GB18030 (what a Chinese spreadsheet writes) or UTF-16, with commas, semicolons or tabs. Cells are walked one
//! by one: an empty line is a row, a line within quotation marks is not, as a spreadsheet counts them.

use super::{Cell, ReadError, Row, Sheet, Table, headings, limits};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::{borrow::Cow, cmp::Reverse, time::Instant};
use workbook::spot;

const DELIMITERS: [char; 3] = [',', '\t', ';'];

/// Rows between two looks at the clock.
const ROWS_AT_ONCE: u32 = 256;

pub fn read(bytes: &[u8], known: &dyn Fn(&str) -> bool, deadline: Instant) -> Result<Table, ReadError> {
    let text = decoded(bytes)?;
    let start = text.trim_start().get(..5).unwrap_or_default().to_ascii_lowercase();
    if start.starts_with("<html")
        || start.starts_with("<!doc")
        || start.starts_with("<?xml")
        || start.starts_with("<tabl")
    {
        return Err(ReadError::WebPage);
    }
    let mut tried: Vec<(usize, Result<Table, ReadError>)> = vec![];
    for delimiter in DELIMITERS {
        let found = rows(&text, delimiter, deadline, limits::ROWS + limits::HEAD)
            .and_then(|rows| headings::find(Sheet { name: String::new(), rows }, known));
        let columns = found.as_ref().map_or(0, |table| table.recognised(known));
        if columns > 1 {
            return found;
        }
        tried.push((columns, found));
    }
    // A list of one column has none of them. Else the fault is told that says most, of the commonest delimiter first.
    let used = |at: usize| {
        let lines = text.lines().take(limits::HEAD);
        lines.map(|line| DELIMITERS.get(at).map_or(0, |mark| line.matches(*mark).count())).sum::<usize>()
    };
    let mut commonest: Vec<usize> = (0..tried.len()).collect();
    commonest.sort_by_cached_key(|at| Reverse(used(*at)));
    let says_more = |at: &usize| {
        tried.get(*at).is_some_and(|(_, found)| found.as_ref().is_err_and(ReadError::is_of_a_list))
    };
    let one_column = tried.iter().position(|(columns, _)| *columns > 0);
    let best = one_column.or_else(|| commonest.iter().copied().find(says_more));
    let best = best.or(commonest.first().copied()).unwrap_or_default();
    tried.swap_remove(best).1
}

fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let guesses: Vec<&'static Encoding> = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => vec![encoding],
        // Headings and digits in UTF-16 have a zero in every other byte.
        None => match (zeros(bytes, 0), zeros(bytes, 1)) {
            (true, _) => vec![UTF_16BE],
            (_, true) => vec![UTF_16LE],
            (false, false) => vec![UTF_8, GB18030],
        },
    };
    let text = guesses.into_iter().find_map(|encoding| {
        let bytes = match Encoding::for_bom(bytes) {
            Some((_, mark)) => &bytes[mark..],
            None => bytes,
        };
        encoding.decode_without_bom_handling_and_without_replacement(bytes)
    });
    text.filter(|text| !text.contains('\0')).ok_or(ReadError::NotATable)
}

/// Whether line ends and delimiters have their zero at this place of each pair.
fn zeros(bytes: &[u8], place: usize) -> bool {
    let pairs = bytes.chunks_exact(2).take(4096);
    pairs
        .filter(|pair| pair[place] == 0 && matches!(pair[1 - place], b'\n' | b'\r' | b',' | b';' | b'\t'))
        .count()
        > 0
}

/// Rows that hold something, with their numbers.
fn rows(text: &str, delimiter: char, deadline: Instant, most: usize) -> Result<Vec<Row>, ReadError> {
    let mut reading = Reading {
        rows: vec![],
        cells: vec![],
        cell: String::new(),
        length: 0,
        column: 0,
        number: 1,
        text: 0,
        most,
    };
    let mut quoted = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted.is_some() => {
                if characters.peek() == Some(&'"') {
                    characters.next();
                    reading.push('"')?;
                } else {
                    quoted = None;
                }
            }
            '"' if reading.cell.trim().is_empty() => {
                reading.cell.clear();
                quoted = Some(reading.number);
            }
            _ if quoted.is_some() => reading.push(character)?,
            '\r' | '\n' => {
                if character == '\r' && characters.peek() == Some(&'\n') {
                    characters.next();
                }
                reading.end_row()?;
                if reading.number.is_multiple_of(ROWS_AT_ONCE) && Instant::now() > deadline {
                    return Err(ReadError::TooSlow);
                }
            }
            _ if character == delimiter => reading.end_cell()?,
            _ => reading.push(character)?,
        }
    }
    if let Some(row) = quoted {
        return Err(ReadError::OpenQuote(row));
    }
    reading.end_row()?;
    Ok(reading.rows)
}

struct Reading {
    rows: Vec<Row>,
    cells: Vec<Cell>,
    cell: String,
    /// Characters of the cell.
    length: usize,
    column: usize,
    number: u32,
    text: usize,
    most: usize,
}

impl Reading {
    fn push(&mut self, character: char) -> Result<(), ReadError> {
        self.length += 1;
        if self.length > limits::CELL {
            return Err(ReadError::TooLong(spot::name(self.column, self.number)));
        }
        self.cell.push(character);
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        let text = std::mem::take(&mut self.cell);
        self.length = 0;
        let blank = text.trim().is_empty();
        if self.column < limits::COLUMNS {
            self.text += text.len();
            self.cells.push(if blank { Cell::default() } else { Cell::words(text) });
        } else if !blank {
            return Err(ReadError::TooFar(spot::name(self.column, self.number)));
        }
        self.column += 1;
        if self.text > limits::TEXT { Err(ReadError::TooBig) } else { Ok(()) }
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        self.end_cell()?;
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().any(|cell| !cell.is_blank()) {
            if self.rows.len() >= self.most {
                return Err(ReadError::TooManyRows);
            }
            self.rows.push(Row { number: self.number, cells });
        }
        self.column = 0;
        self.number += 1;
        Ok(())
    }
}
