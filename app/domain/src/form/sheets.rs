//! 编制稿: a form as its author works on it: rows of cells under headings, as in an XLSForm workbook. It may be wrong; it
//! becomes a form when it is published.
//!
//! A group or a repeat is a row that begins it, the rows in it, and a row that ends it. Whatever moves or goes takes along what
//! stands in it.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Range};
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FormSheets {
    pub survey: Cells,
    pub choices: Cells,
    /// One row.
    pub settings: Cells,
}

/// One sheet. A row may be shorter than the headings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cells {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetName {
    Survey,
    Choices,
    Settings,
}

/// One change of an author. Rows are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetEdit {
    /// What stands in some cells of a row, by their headings; other cells stay. A heading that is not there is added.
    Write {
        sheet: SheetName,
        row: usize,
        cells: BTreeMap<String, String>,
    },
    /// A row, or a pair that begins and ends a group, before this one; past the end: at the end.
    Insert {
        before: usize,
        cells: BTreeMap<String, String>,
    },
    /// A row of the survey, before another one or at the end.
    Move {
        row: usize,
        before: usize,
    },
    Remove {
        row: usize,
    },
    /// All choices of one list, in their order.
    Choices {
        list: String,
        rows: Vec<BTreeMap<String, String>>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoSuchPlace {
    #[error("there is no such row")]
    Row,
    #[error("a group cannot stand in itself, nor can its end be moved without it")]
    InItself,
}

/// The word of the type column that begins something, and the word that ends it.
const PAIRS: [(&str, &str); 2] = [("begin_group", "end_group"), ("begin_repeat", "end_repeat")];

const TYPE: &str = "type";
const LIST: &str = "list_name";

/// As our own workbooks name the column of pictures.
const IMAGE: &str = "media::image";

impl Cells {
    pub fn get(&self, row: usize, heading: &str) -> &str {
        let column = self.headings.iter().position(|known| known == heading);
        let cell = column.and_then(|column| self.rows.get(row)?.get(column));
        cell.map(String::as_str).unwrap_or_default()
    }

    fn put(&mut self, row: usize, heading: &str, text: &str) {
        let column = self.headings.iter().position(|known| known == heading);
        let column = column.unwrap_or_else(|| {
            self.headings.push(heading.to_owned());
            self.headings.len() - 1
        });
        if let Some(cells) = self.rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text.trim().to_owned();
        }
    }

    fn write(&mut self, row: usize, cells: &BTreeMap<String, String>) -> Result<(), NoSuchPlace> {
        if row >= self.rows.len() {
            return Err(NoSuchPlace::Row);
        }
        cells.iter().for_each(|(heading, text)| self.put(row, heading, text));
        Ok(())
    }

    /// The file that a row names as its picture; empty: none.
    pub fn image(&self, row: usize) -> &str {
        let named = self.headings.iter().filter(|heading| is_of_images(heading));
        named.map(|heading| self.get(row, heading)).find(|file| !file.is_empty()).unwrap_or_default()
    }

    /// What is written so that a row names this file as its picture, and no other in any language; empty: none.
    pub fn naming_image(&self, file: &str) -> BTreeMap<String, String> {
        let mut named = self.headings.iter().filter(|heading| is_of_images(heading)).cloned();
        let first = named.next().unwrap_or_else(|| IMAGE.to_owned());
        std::iter::once((first, file.to_owned())).chain(named.map(|other| (other, String::new()))).collect()
    }

    /// The word of the type column, as XLSForm authors may write it: `begin group` is `begin_group`.
    fn kind(&self, row: usize) -> String {
        self.get(row, TYPE).to_lowercase().replace(' ', "_")
    }
}

/// `image`, `media::image`, `media::image::English (en)`.
fn is_of_images(heading: &str) -> bool {
    let heading = heading.trim().to_lowercase();
    let media = heading.strip_prefix("media").filter(|rest| rest.starts_with(':'));
    let word = media.map_or(heading.as_str(), |rest| rest.trim_start_matches(':'));
    word.split(':').next().is_some_and(|word| word.trim() == "image")
}

impl FormSheets {
    pub fn apply(&mut self, edit: &SheetEdit) -> Result<(), NoSuchPlace> {
        match edit {
            SheetEdit::Write { sheet, row, cells } => self.sheet_mut(*sheet).write(*row, cells),
            SheetEdit::Insert { before, cells } => self.insert(*before, cells),
            SheetEdit::Move { row, before } => self.move_row(*row, *before),
            SheetEdit::Remove { row } => {
                let span = self.span(*row).ok_or(NoSuchPlace::Row)?;
                self.survey.rows.drain(span);
                Ok(())
            }
            SheetEdit::Choices { list, rows } => {
                self.put_choices(list, rows);
                Ok(())
            }
        }
    }

    pub fn sheet(&self, sheet: SheetName) -> &Cells {
        match sheet {
            SheetName::Survey => &self.survey,
            SheetName::Choices => &self.choices,
            SheetName::Settings => &self.settings,
        }
    }

    fn sheet_mut(&mut self, sheet: SheetName) -> &mut Cells {
        match sheet {
            SheetName::Survey => &mut self.survey,
            SheetName::Choices => &mut self.choices,
            SheetName::Settings => {
                if self.settings.rows.is_empty() {
                    self.settings.rows.push(vec![]);
                }
                &mut self.settings
            }
        }
    }

    /// A row of the survey with what stands in it; None: there is none, or it ends something.
    pub fn span(&self, row: usize) -> Option<Range<usize>> {
        if row >= self.survey.rows.len() {
            return None;
        }
        let (kind, mut depth) = (self.survey.kind(row), 0usize);
        if PAIRS.iter().any(|(_, end)| *end == kind) {
            return None;
        }
        if !PAIRS.iter().any(|(begin, _)| *begin == kind) {
            return Some(row..row + 1);
        }
        for at in row..self.survey.rows.len() {
            let kind = self.survey.kind(at);
            depth += usize::from(PAIRS.iter().any(|(begin, _)| *begin == kind));
            depth -= usize::from(PAIRS.iter().any(|(_, end)| *end == kind)).min(depth);
            if depth == 0 {
                return Some(row..at + 1);
            }
        }
        // It has no end: that is a fault of the draft, and the row moves alone.
        Some(row..row + 1)
    }

    /// How deep each row of the survey stands in groups and repeats.
    pub fn depths(&self) -> Vec<usize> {
        let mut depth = 0usize;
        (0..self.survey.rows.len())
            .map(|row| {
                let kind = self.survey.kind(row);
                let ends = PAIRS.iter().any(|(_, end)| *end == kind);
                depth -= usize::from(ends).min(depth);
                let own = depth;
                depth += usize::from(PAIRS.iter().any(|(begin, _)| *begin == kind));
                own
            })
            .collect()
    }

    /// Whether the row only ends what another begins.
    pub fn is_end(&self, row: usize) -> bool {
        let kind = self.survey.kind(row);
        PAIRS.iter().any(|(_, end)| *end == kind)
    }

    /// The choices of a list, as rows of their sheet.
    pub fn choices_of<'a>(&'a self, list: &'a str) -> impl Iterator<Item = usize> + 'a {
        (0..self.choices.rows.len()).filter(move |row| self.choices.get(*row, LIST) == list)
    }

    /// Before which row this one goes to stand one place higher: before what is above it, or out of its group at the top.
    pub fn above(&self, row: usize) -> Option<usize> {
        self.span(row)?;
        let above = row.checked_sub(1)?;
        if !self.is_end(above) {
            return Some(above);
        }
        let ends_there = |begin: &usize| self.span(*begin).is_some_and(|span| span.end == row);
        Some((0..above).rev().find(ends_there).unwrap_or(above))
    }

    /// The same, one place lower.
    pub fn below(&self, row: usize) -> Option<usize> {
        let end = self.span(row)?.end;
        if end >= self.survey.rows.len() {
            return None;
        }
        Some(self.span(end).map_or(end + 1, |next| next.end))
    }

    /// Which row it is once it was moved before another one; None where it cannot go there.
    pub fn lands(&self, row: usize, before: usize) -> Option<usize> {
        let span = self.span(row)?;
        let before = before.min(self.survey.rows.len());
        if span.contains(&before) && before != span.start {
            return None;
        }
        Some(if before >= span.end { before - span.len() } else { before })
    }

    fn insert(&mut self, before: usize, cells: &BTreeMap<String, String>) -> Result<(), NoSuchPlace> {
        let at = before.min(self.survey.rows.len());
        self.survey.rows.insert(at, vec![]);
        self.survey.write(at, cells)?;
        let kind = self.survey.kind(at);
        if let Some((_, end)) = PAIRS.iter().find(|(begin, _)| *begin == kind) {
            self.survey.rows.insert(at + 1, vec![]);
            self.survey.put(at + 1, TYPE, end);
        }
        Ok(())
    }

    fn move_row(&mut self, row: usize, before: usize) -> Result<(), NoSuchPlace> {
        let span = self.span(row).ok_or(NoSuchPlace::InItself)?;
        let at = self.lands(row, before).ok_or(NoSuchPlace::InItself)?;
        let moved: Vec<_> = self.survey.rows.drain(span).collect();
        for (step, cells) in moved.into_iter().enumerate() {
            self.survey.rows.insert(at + step, cells);
        }
        Ok(())
    }

    fn put_choices(&mut self, list: &str, rows: &[BTreeMap<String, String>]) {
        let first = self.choices_of(list).next().unwrap_or(self.choices.rows.len());
        let own: Vec<_> = self.choices_of(list).collect();
        for row in own.into_iter().rev() {
            self.choices.rows.remove(row);
        }
        for (step, cells) in rows.iter().enumerate() {
            self.choices.rows.insert(first + step, vec![]);
            self.choices.put(first + step, LIST, list);
            cells.iter().for_each(|(heading, text)| self.choices.put(first + step, heading, text));
        }
    }
}
