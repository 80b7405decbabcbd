//! What was found.

use crate::storage::dump::TABLES;
use std::{collections::BTreeMap, fmt};

/// Descriptions kept; all are counted.
const MOST_TOLD: usize = 50;

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Rows by table.
    pub rows: BTreeMap<&'static str, u64>,
    pub photos: u64,
    pub photo_bytes: u64,
    /// Announced, not here yet.
    pub awaited: u64,
    /// Named by a record, not announced yet.
    pub unannounced: u64,
    /// Work behind the answers that was tried to no avail: an administrator says what becomes of it.
    pub failed_jobs: u64,
    /// Hazards whose state an earlier, or a later, version has folded.
    pub outdated: u64,
    pub damage: u64,
    /// The first of them, in words.
    pub told: Vec<String>,
}

impl Report {
    pub fn is_clean(&self) -> bool {
        self.damage == 0
    }

    pub(super) fn damaged(&mut self, words: String) {
        self.damage += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(words);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in TABLES {
            if let Some(rows) = self.rows.get(table.name) {
                writeln!(f, "{:>15}  {rows}", table.name)?;
            }
        }
        let megabytes = self.photo_bytes / 1_000_000;
        writeln!(f, "{} photos here ({megabytes} MB), every byte hashed", self.photos)?;
        writeln!(
            f,
            "{} photos awaited, {} named before they were announced",
            self.awaited, self.unannounced
        )?;
        if self.failed_jobs > 0 {
            writeln!(f, "{} background jobs failed: see /office/jobs", self.failed_jobs)?;
        }
        if self.outdated > 0 {
            writeln!(f, "{} hazards were folded by another version: run xunan rebuild", self.outdated)?;
        }
        for words in &self.told {
            writeln!(f, "damaged: {words}")?;
        }
        match self.damage {
            0 => write!(f, "everything is in order"),
            damage => write!(f, "{damage} damaged"),
        }
    }
}
