//! Why a list is not taken, in words that help whoever sent it.

use crate::{import::reading::ReadError, people::Rule};
use domain::{import::ImportTally, text::Lang};
use i18n::import as t;
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportRefusal {
    /// The file is no list; its sender can correct that.
    #[error(transparent)]
    File(ReadError),
    #[error("too many lists are being read")]
    Busy,
    #[error("the records change faster than the list is validated")]
    Moving,
    /// Rows are invalid or need confirmation: nothing was written.
    #[error("{} rows are wrong, {} want a word", .0.wrong, .0.unconfirmed)]
    Open(ImportTally),
    /// What stands in the way of the whole list, in the person's language.
    #[error("{0}")]
    Blocked(String),
    #[error("there is nothing to write")]
    Nothing,
    #[error("it cannot be taken back any more")]
    TooLate,
    /// A rule for every account, by page, import or command line.
    #[error("row {row}: {rule:?}")]
    Rule { row: u32, rule: Rule },
}

impl ImportRefusal {
    /// What the person can do about it.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::File(error) => error.words(lang),
            Self::Busy => t::file_busy(lang).to_owned(),
            Self::Moving => t::records_move(lang).to_owned(),
            Self::Open(tally) => t::still_open(lang, tally.wrong, tally.unconfirmed),
            Self::Blocked(words) => words.clone(),
            Self::Nothing => t::nothing_to_write(lang).to_owned(),
            Self::TooLate => t::too_late(lang).to_owned(),
            Self::Rule { row, rule } => t::row_refused(lang, *row, rule.words(lang)),
        }
    }

    /// What of a form it is about.
    pub fn field(&self) -> &'static str {
        match self {
            Self::File(_) | Self::Busy => "file",
            Self::Moving | Self::Open(_) | Self::Blocked(_) | Self::Nothing | Self::Rule { .. } => "plan",
            Self::TooLate => "import",
        }
    }
}
