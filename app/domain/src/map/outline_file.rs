//! What came of a file of outlines, and what the office has, as the desk shows it.

use crate::place::PlaceId;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutlineFile {
    /// What is in order.
    pub outlines: Vec<ReadOutline>,
    /// What is wrong, in the person's language; where anything is, nothing is written.
    pub faults: Vec<String>,
    /// Communities and grids that have no outline, with those of the file counted in.
    pub without: Vec<String>,
    pub written: bool,
}

/// One of its outlines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOutline {
    /// The grid's with its community's.
    pub name: String,
    pub points: usize,
    /// Whether the place had another one.
    pub replaces: bool,
}

/// One that the office has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOutline {
    pub place: PlaceId,
    /// The grid's with its community's.
    pub name: String,
    pub points: usize,
}
