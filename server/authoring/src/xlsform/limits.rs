//! What one workbook of a form may cost.

use std::time::Duration;
use workbook::Limits;

/// Of the file.
pub const LIMITS: Limits = Limits {
    unpacked: 50 * 1024 * 1024,
    entries: 2_000,
    text: 8 * 1024 * 1024,
    strings: 200_000,
    cell: CELL,
};

/// Characters of one cell.
pub const CELL: usize = 4_000;

/// Sheets that a workbook may have.
pub const SHEETS: usize = 100;

/// Rows of one sheet that hold something.
pub const ROWS: usize = 4_100;

/// Columns of a sheet, blank ones between them counted.
pub const COLUMNS: usize = 200;

/// Bytes that are kept of one sheet.
pub const TEXT: usize = 4 * 1024 * 1024;

/// Groups and repeats within each other.
pub const DEPTH: usize = 9;

/// Choices of all questions together: a list counts once for each question that offers it.
pub const CHOICES: usize = 20_000;

/// Bytes of the texts and conditions of these choices.
pub const CHOICES_TEXT: usize = 8 * 1024 * 1024;

/// Faults that are told one by one; how many more there are is told with the last.
pub const FAULTS: usize = 200;

/// How long reading one workbook may take.
pub const TIME: Duration = Duration::from_secs(4);
