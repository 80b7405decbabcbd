//! What stands in the columns of a list, whether on the screen or in a file.

use crate::{fen::Fen, text::Lang, time};
use chrono::{DateTime, NaiveDate, Utc};

/// One column: its heading, and what stands there of a row. `Around` is what a cell may need beside its row: the language,
/// the day, names of places.
pub struct Column<Row, Around> {
    /// What views and tests know it by.
    pub key: &'static str,
    pub heading: fn(Lang) -> &'static str,
    pub cell: fn(&Row, &Around) -> Cell,
    pub layout: Layout,
    pub shown: Shown,
    /// On the screen the text may be cut; it is told in full where one points at it.
    pub is_cut: bool,
}

impl<Row, Around> Column<Row, Around> {
    /// On the screen and in files, laid out as words are.
    pub const fn new(
        key: &'static str,
        heading: fn(Lang) -> &'static str,
        cell: fn(&Row, &Around) -> Cell,
    ) -> Self {
        Self { key, heading, cell, layout: Layout::Words, shown: Shown::Everywhere, is_cut: false }
    }

    #[must_use]
    pub const fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    #[must_use]
    pub const fn shown(mut self, shown: Shown) -> Self {
        self.shown = shown;
        self
    }

    #[must_use]
    pub const fn cut(mut self) -> Self {
        self.is_cut = true;
        self
    }

    pub fn is_on_screen(&self) -> bool {
        matches!(self.shown, Shown::Everywhere | Shown::OnScreen)
    }

    pub fn is_in_files(&self) -> bool {
        matches!(self.shown, Shown::Everywhere | Shown::InFiles)
    }
}

/// Where a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Everywhere,
    OnScreen,
    InFiles,
}

/// How a column is laid out: its type and alignment on the screen, its width in a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Words,
    /// Words that matter less.
    Minor,
    /// Longer words, on several lines where need be.
    Long,
    /// The same, small.
    Note,
    /// Numbers, codes and times, as figures are set.
    Figures,
    /// The same where they matter less.
    MinorFigures,
    /// At the right edge.
    End,
    /// Figures at the right edge.
    EndFigures,
    /// What is compared letter by letter.
    Code,
}

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Text(String),
    Number(u64),
    /// In yuan, as a number: its heading says so.
    Money(Fen),
    Day(NaiveDate),
    Instant(DateTime<Utc>),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// As it is read; times by the office's clock.
    pub fn words(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Money(sum) => sum.plain(),
            Self::Day(day) => day.to_string(),
            Self::Instant(at) => time::long(*at),
        }
    }
}

impl From<Option<NaiveDate>> for Cell {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Nothing, Self::Day)
    }
}

impl From<Option<Fen>> for Cell {
    fn from(sum: Option<Fen>) -> Self {
        sum.map_or(Self::Nothing, Self::Money)
    }
}

impl From<Option<DateTime<Utc>>> for Cell {
    fn from(at: Option<DateTime<Utc>>) -> Self {
        at.map_or(Self::Nothing, Self::Instant)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}
