//! # The parts of a workbook
//!
//! Enough of the formats ZIP and OOXML to read the cells of a file that a stranger sent. What the file says of its own sizes
//! decides nothing: parts are unpacked piece by piece, and [`Limits`] end the reading with an error that says which it was.
//! What rows and columns mean is for those who use it.

pub mod archive;
pub mod cursor;
pub mod relations;
pub mod spot;
pub mod stored;
pub mod strings;
pub mod xml;

use thiserror::Error;

/// What one file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes that it unpacks to, all parts together.
    pub unpacked: u64,
    /// Files inside.
    pub entries: usize,
    /// Bytes of the texts that cells share.
    pub text: usize,
    /// How many of those there are.
    pub strings: usize,
    /// Characters of one text.
    pub cell: usize,
}

/// Why a file cannot be unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnpackError {
    #[error("protected with a password")]
    Encrypted,
    /// In the part of this name.
    #[error("damaged: {0}")]
    Broken(&'static str),
    #[error("more than may be unpacked")]
    TooBig,
    #[error("reading took too long")]
    TooSlow,
}
