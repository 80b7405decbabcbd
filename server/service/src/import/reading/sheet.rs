//! The cells of one sheet, one by one; blank rows cost nothing, wherever a far cell lies.

use super::{
    Cell, Nature, ReadError, Row, Sheet, limits,
    parts::{Book, SheetPart},
};
use workbook::{
    archive::Archive,
    cursor::Cursor,
    spot,
    strings::words,
    xml::{Element, Piece, Xml},
};

pub fn read(archive: &Archive<'_>, book: &Book, part: &SheetPart) -> Result<Sheet, ReadError> {
    let source = archive.part(&part.path)?.ok_or(ReadError::Broken("sheet"))?;
    let mut reading = Reading { rows: vec![], text: 0, filled: 0 };
    let mut xml = Xml::new(source, "sheet");
    let mut cursor = Cursor::default();
    while let Some(piece) = xml.next()? {
        let Piece::Open(element) = piece else { continue };
        match element.name.as_str() {
            "row" => cursor.go_to_row(&element)?,
            "c" => {
                let column = cursor.pass_cell(&element)?;
                let cell = cell(&mut xml, &element, book)?;
                reading.put(cursor.row(), column, cell)?;
            }
            "mergeCell" => reading.merge(element.attribute("ref").unwrap_or_default())?,
            _ => {}
        }
    }
    Ok(Sheet { name: part.name.clone(), rows: reading.rows })
}

struct Reading {
    rows: Vec<Row>,
    text: usize,
    /// Cells looked at for merged ones.
    filled: usize,
}

impl Reading {
    fn put(&mut self, row: u32, column: usize, cell: Cell) -> Result<(), ReadError> {
        if cell.is_blank() {
            return Ok(());
        }
        if row == 0 {
            return Err(ReadError::Broken("row"));
        }
        if column >= limits::COLUMNS {
            return Err(ReadError::TooFar(spot::name(column, row)));
        }
        if cell.text.chars().count() > limits::CELL {
            return Err(ReadError::TooLong(spot::name(column, row)));
        }
        self.text += cell.text.len();
        if self.text > limits::TEXT {
            return Err(ReadError::TooBig);
        }
        if self.rows.last().is_none_or(|last| last.number != row) {
            if self.rows.len() >= limits::ROWS + limits::HEAD {
                return Err(ReadError::TooManyRows);
            }
            self.rows.push(Row { number: row, cells: vec![] });
        }
        if let Some(last) = self.rows.last_mut() {
            if last.cells.len() <= column {
                last.cells.resize(column + 1, Cell::default());
            }
            last.cells[column] = cell;
        }
        Ok(())
    }

    /// A merged cell shows in all of its rows and columns what its first one holds; rows that hold nothing stay so.
    fn merge(&mut self, range: &str) -> Result<(), ReadError> {
        let Some((from, to)) = range.split_once(':') else { return Ok(()) };
        let (Some((left, top)), Some((right, bottom))) = (spot::parse(from), spot::parse(to)) else {
            return Err(ReadError::Broken("merge"));
        };
        let first = self.rows.partition_point(|row| row.number < top);
        let last = self.rows.partition_point(|row| row.number <= bottom);
        self.filled += 1;
        let Some(shown) =
            self.rows.get(first).filter(|row| row.number == top).and_then(|row| row.cells.get(left))
        else {
            return Ok(());
        };
        let shown = shown.clone();
        if shown.is_blank() {
            return Ok(());
        }
        let right = right.min(limits::COLUMNS - 1);
        for row in self.rows.get_mut(first..last).unwrap_or_default() {
            for column in left..=right {
                self.filled += 1;
                if self.filled > limits::ROWS * limits::COLUMNS + limits::MERGES {
                    return Err(ReadError::TooBig);
                }
                if row.cells.get(column).is_some_and(|cell| !cell.is_blank()) {
                    continue;
                }
                self.text += shown.text.len();
                if self.text > limits::TEXT {
                    return Err(ReadError::TooBig);
                }
                if row.cells.len() <= column {
                    row.cells.resize(column + 1, Cell::default());
                }
                row.cells[column] = shown.clone();
            }
        }
        Ok(())
    }
}

/// A cell that has begun, up to its end.
fn cell(xml: &mut Xml<'_>, element: &Element, book: &Book) -> Result<Cell, ReadError> {
    let kind = element.attribute("t").unwrap_or("n").to_owned();
    let shape = book.shape(element.number("s"));
    let (mut value, mut inline) = (String::new(), None);
    let (mut in_value, mut has_formula) = (false, false);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(element) => match element.name.as_str() {
                "is" => inline = Some(words(xml, "is", limits::CELL)?),
                "v" => in_value = true,
                "f" => has_formula = true,
                _ => {}
            },
            Piece::Close(name) if name == "c" => break,
            Piece::Close(name) if name == "v" => in_value = false,
            Piece::Text(text) if in_value && value.len() <= limits::CELL * 4 => value.push_str(&text),
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    if value.is_empty() && has_formula && kind != "str" {
        return Ok(Cell { text: String::new(), nature: Nature::Uncomputed });
    }
    Ok(match kind.as_str() {
        "s" if value.is_empty() => Cell::default(),
        "s" => {
            let index = value.trim().parse().map_err(|_| ReadError::Broken("cell"))?;
            Cell::words(book.strings.get(index).ok_or(ReadError::Broken("cell"))?)
        }
        "inlineStr" => Cell::words(inline.unwrap_or_default()),
        "str" => Cell::words(value),
        "b" => Cell {
            text: (if value.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(),
            nature: Nature::Truth,
        },
        "e" => Cell { text: value, nature: Nature::Fault },
        "d" => Cell { text: value.clone(), nature: Nature::Day(value) },
        _ if value.trim().is_empty() => Cell::default(),
        _ => shape.show(value.trim()),
    })
}
