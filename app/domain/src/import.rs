//! What an import is before, while and after it is written: the preview of a list, and the last one that was written.

use crate::datum::Datum;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    Sites,
    People,
}

impl ImportKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::People => "people",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Sites, Self::People].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A workbook or a list with delimiters as chosen by the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowStatus {
    /// To be put right first.
    Wrong,
    /// Written only with somebody's word.
    Confirm,
    Changed,
    New,
    Same,
    /// Left out on purpose.
    Left,
}

impl RowStatus {
    pub const ALL: [Self; 6] = [Self::Wrong, Self::Confirm, Self::Changed, Self::New, Self::Same, Self::Left];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Confirm => "confirm",
            Self::Changed => "changed",
            Self::New => "new",
            Self::Same => "same",
            Self::Left => "left",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// Rows by what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportTally {
    pub wrong: usize,
    /// With and without their word.
    pub confirm: usize,
    /// Of those, the ones that still want it.
    pub unconfirmed: usize,
    pub changed: usize,
    pub new: usize,
    pub same: usize,
    pub left: usize,
    /// What would be written now.
    pub writes_new: usize,
    pub writes_changed: usize,
}

impl ImportTally {
    pub fn of(&self, status: RowStatus) -> usize {
        match status {
            RowStatus::Wrong => self.wrong,
            RowStatus::Confirm => self.confirm,
            RowStatus::Changed => self.changed,
            RowStatus::New => self.new,
            RowStatus::Same => self.same,
            RowStatus::Left => self.left,
        }
    }

    /// Rows that stand in the way.
    pub fn open(&self) -> usize {
        self.wrong + self.unconfirmed
    }
}

/// A cell that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellError {
    /// By which a correction names it.
    pub column: String,
    pub heading: String,
    /// `A57`; none where the list has no such column.
    pub cell: String,
    pub shown: String,
    /// In the person's language.
    pub reason: String,
    /// What it may have been meant to be.
    pub offers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub heading: String,
    pub before: String,
    pub after: String,
    /// Something is gone or lowered by it.
    pub loss: bool,
}

/// What is written only after confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportAsk {
    /// Valid for this very change; another one is asked about again.
    pub id: String,
    pub words: String,
    /// Beside the tick.
    pub tick: String,
    pub ticked: bool,
    /// A correction that makes the question go away.
    pub other: Option<ImportOffer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOffer {
    pub column: String,
    pub value: String,
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRow {
    /// As the spreadsheet counts.
    pub row: u32,
    /// Code or account.
    pub key: String,
    pub name: String,
    pub status: RowStatus,
    pub is_new: bool,
    /// Of a new record, in a few words.
    pub about: String,
    pub faults: Vec<CellError>,
    pub changes: Vec<FieldChange>,
    pub asks: Vec<ImportAsk>,
}

/// The coordinates of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportCoordinates {
    pub given: usize,
    /// None until it is chosen.
    pub datum: Option<Datum>,
    pub swapped: bool,
    pub near: usize,
    pub far: usize,
}

/// One cell of the row that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCell {
    pub column: String,
    pub heading: String,
    pub shown: String,
    pub corrected: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenRow {
    pub row: PlannedRow,
    pub cells: Vec<ShownCell>,
}

/// A list before it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    pub id: Uuid,
    pub what: ImportKind,
    pub file: String,
    pub sheet: String,
    pub heading_row: u32,
    pub rows: usize,
    pub recognised: usize,
    /// Headings that nothing is made of.
    pub unused: Vec<String>,
    /// What the list does not say and that therefore stays.
    pub absent: Vec<String>,
    pub coordinates: Option<ImportCoordinates>,
    pub new_places: Vec<String>,
    /// Names that were taken for others of the same look.
    pub notes: Vec<String>,
    /// What stands in the way of the whole list.
    pub blocked: Vec<String>,
    pub tally: ImportTally,
    pub shown: Vec<PlannedRow>,
    /// All that the filter lets through.
    pub shown_of: usize,
    pub chosen: Option<ChosenRow>,
    /// The next row that stands in the way.
    pub next: Option<u32>,
}

impl ImportPreview {
    pub const PAGE_SIZE: u32 = 50;

    pub fn may_be_written(&self) -> bool {
        self.tally.open() == 0
            && self.blocked.is_empty()
            && self.tally.writes_new + self.tally.writes_changed > 0
    }
}

/// Which part of a preview is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportView {
    pub show: Option<RowStatus>,
    pub page: u32,
    pub row: Option<u32>,
}

/// A mark on an import's preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportMark {
    /// This cell says something else.
    Correct {
        row: u32,
        column: String,
        value: String,
    },
    /// The cell as it was in the file.
    Restore {
        row: u32,
        column: String,
    },
    Tick {
        row: u32,
        ask: String,
    },
    Untick {
        row: u32,
        ask: String,
    },
    /// Every question of the kind of this one.
    TickAll,
    Leave {
        row: u32,
    },
    Take {
        row: u32,
    },
    /// Every row that is wrong.
    LeaveWrong,
    Datum {
        datum: Datum,
        swapped: bool,
    },
}

/// An import that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenImport {
    pub id: Uuid,
    pub what: ImportKind,
    pub file: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub new: usize,
    pub changed: usize,
    pub new_places: Vec<String>,
    pub undone: Option<ImportUndone>,
    /// It can be taken back until then; none where it cannot.
    pub undo_until: Option<DateTime<Utc>>,
    /// What was changed since and would stay: key and name.
    pub changed_since: Vec<String>,
    /// Names of parties that the list wrote and that would stay: changed since, or a site or a hazard has them.
    pub parties_stay: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportUndone {
    pub by: String,
    pub at: DateTime<Utc>,
    /// Records that stayed as they were.
    pub kept: usize,
}
