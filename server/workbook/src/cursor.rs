//! Where a reader of a sheet is.

use crate::{UnpackError, spot, xml::Element};

/// Rows and cells need not say where they are, and follow the one before then.
#[derive(Debug, Default)]
pub struct Cursor {
    row: u32,
    /// Of the next cell that does not say.
    column: usize,
}

impl Cursor {
    /// From 1; 0 before the first.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Goes to the row that `element` begins; they come in their order.
    pub fn go_to_row(&mut self, element: &Element) -> Result<(), UnpackError> {
        let number = element.number("r").unwrap_or(self.row + 1);
        if number <= self.row || number > spot::ROWS {
            return Err(UnpackError::Broken("row"));
        }
        (self.row, self.column) = (number, 0);
        Ok(())
    }

    /// Goes past the cell that `element` begins: its column, from 0.
    pub fn pass_cell(&mut self, element: &Element) -> Result<usize, UnpackError> {
        let said = element.attribute("r").map(|name| spot::parse(name).ok_or(UnpackError::Broken("cell")));
        let column = said.transpose()?.map_or(self.column, |(column, _)| column);
        self.column = column + 1;
        Ok(column)
    }
}
