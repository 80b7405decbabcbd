//! What an author does to a draft, as the page's forms say it, and what it means for the rows.

#[cfg(test)]
mod tests;

use crate::form_edit::{
    address::Chosen,
    faults::list,
    kinds::RowKind,
    slots::{SLOTS, Slot},
};
use domain::form::{FormSheets, SheetEdit, SheetName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One press of a button. Rows are numbered as in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftEdit {
    pub form: String,
    /// When the draft was saved that the author has before them.
    pub seen: String,
    pub does: String,
    pub row: String,
    /// Of a move.
    pub before: String,
    /// What was typed, by the names of the fields.
    pub cells: BTreeMap<String, String>,
    /// Of whatever does not save: the row in whose fields it was typed. It is saved along, so that nothing that is done beside
    /// an open row loses what was typed there.
    pub open: String,
    /// The name of the row that is saved, as its author saw it: by it the row is found again where another person has moved it.
    pub named: String,
    /// Where the form is tried out; it stays in the address.
    pub site_kind: String,
}

/// Changes of the draft, and what is open afterwards.
pub type Meant = (Vec<SheetEdit>, Option<Chosen>);

/// Why it means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmeant {
    /// No page says so.
    Unknown,
    /// `|` parts a choice's name, its Chinese and its English. In the first two it cannot stand; the line where it does.
    Bar(String),
}

impl DraftEdit {
    pub fn meant(&self, sheets: &FormSheets) -> Result<Meant, Unmeant> {
        let chosen = Chosen::parse(&self.row);
        if self.does == "save" {
            let chosen = chosen.unwrap_or(Chosen::Whole);
            return Ok((self.saved(sheets, chosen)?, Some(chosen)));
        }
        let mut edits = match Chosen::parse(&self.open) {
            // What goes need not be saved before.
            Some(open) if self.does == "remove" && Some(open) == chosen => vec![],
            Some(open) => self.saved(sheets, open)?,
            None => vec![],
        };
        let mut saved = sheets.clone();
        for edit in &edits {
            saved.apply(edit).map_err(|_| Unmeant::Unknown)?;
        }
        let (done, chosen) = self.done(&saved, chosen.and_then(Chosen::row)).ok_or(Unmeant::Unknown)?;
        edits.push(done);
        Ok((edits, chosen))
    }

    /// What is done beside saving: one change, and what is open afterwards.
    fn done(&self, sheets: &FormSheets, row: Option<usize>) -> Option<(SheetEdit, Option<Chosen>)> {
        match self.does.as_str() {
            "move" => self.moved(sheets, row?),
            "remove" => Some((SheetEdit::Remove { row: row? }, None)),
            "remove_picture" => {
                let row = row?;
                let mut cells = sheets.survey.naming_image("");
                let described = SLOTS.iter().filter(|slot| ["picture_zh", "picture_en"].contains(&slot.name));
                cells.extend(described.map(|slot| (slot.heading_in(&sheets.survey), String::new())));
                Some((SheetEdit::Write { sheet: SheetName::Survey, row, cells }, Some(Chosen::Row(row))))
            }
            what => {
                let at = row.map_or(sheets.survey.rows.len(), |row| row + 1);
                let cells = new_row(sheets, what)?;
                Some((SheetEdit::Insert { before: at, cells }, Some(Chosen::Row(at))))
            }
        }
    }

    /// What was typed, as changes of what was open.
    fn saved(&self, sheets: &FormSheets, open: Chosen) -> Result<Vec<SheetEdit>, Unmeant> {
        match open {
            Chosen::Row(row) => self.row_edits(sheets, row),
            Chosen::Whole => Ok(self.form_edits(sheets)),
        }
    }

    fn moved(&self, sheets: &FormSheets, row: usize) -> Option<(SheetEdit, Option<Chosen>)> {
        let before = Chosen::parse(&self.before)?.row()?;
        let lands = sheets.lands(row, before)?;
        Some((SheetEdit::Move { row, before }, Some(Chosen::Row(lands))))
    }

    fn typed(&self, name: &str) -> Option<String> {
        self.cells.get(name).map(|text| text.replace("\r\n", "\n").trim().to_owned())
    }

    /// What differs of the cells that these fields stand for.
    fn changed<'a>(
        &self,
        slots: impl Iterator<Item = &'a Slot>,
        cells: &domain::form::sheets::Cells,
        row: usize,
    ) -> BTreeMap<String, String> {
        let changed = |slot: &Slot| {
            let typed = self.typed(slot.name)?;
            (typed != slot.value(cells, row).trim()).then(|| (slot.heading_in(cells), typed))
        };
        slots.filter_map(changed).collect()
    }

    fn form_edits(&self, sheets: &FormSheets) -> Vec<SheetEdit> {
        let cells = self.changed(SLOTS.iter().filter(|slot| slot.is_of_form()), &sheets.settings, 0);
        write(SheetName::Settings, 0, cells)
    }

    fn row_edits(&self, sheets: &FormSheets, row: usize) -> Result<Vec<SheetEdit>, Unmeant> {
        let survey = &sheets.survey;
        let mut cells = self.changed(SLOTS.iter().filter(|slot| !slot.is_of_form()), survey, row);
        let appearance = survey.get(row, "appearance");
        let was = RowKind::of(survey.get(row, "type"), appearance);
        let kind = self.typed("kind").and_then(|word| RowKind::parse(&word));
        let mut named = self.typed("list").unwrap_or_default();
        if named.is_empty() {
            named = self.typed("name").unwrap_or_else(|| survey.get(row, "name").to_owned());
        }
        if let Some(kind) = kind {
            let is_same =
                was.as_ref().is_some_and(|(was, had)| *was == kind && (!kind.chooses() || *had == named));
            if !is_same {
                let (cell, shape) = kind.cells(&named);
                cells.insert("type".to_owned(), cell);
                if was.is_none_or(|(was, _)| was != kind) && appearance != shape {
                    cells.insert("appearance".to_owned(), shape.to_owned());
                }
            }
        }
        let mut edits = write(SheetName::Survey, row, cells);
        let typed = self.typed("choices").filter(|_| kind.is_some_and(RowKind::chooses));
        // The choices on the page are those of the list that the row had. Whoever chooses another list gets its choices, which
        // other questions offer as well; only one that is not there yet is made of what stands on the page.
        let (had, is_new) = (list(sheets, row), sheets.choices_of(&named).next().is_none());
        let typed = typed.filter(|_| named == had || is_new);
        if let Some(typed) = typed.filter(|typed| *typed != choices_text(sheets, &named)) {
            let from = if is_new { had } else { named.as_str() };
            edits.push(SheetEdit::Choices { rows: choices(sheets, from, &typed)?, list: named });
        }
        Ok(edits)
    }
}

fn write(sheet: SheetName, row: usize, cells: BTreeMap<String, String>) -> Vec<SheetEdit> {
    if cells.is_empty() { vec![] } else { vec![SheetEdit::Write { sheet, row, cells }] }
}

fn new_row(sheets: &FormSheets, what: &str) -> Option<BTreeMap<String, String>> {
    let (kind, letter) = match what {
        "question" => (RowKind::PassFail, "q"),
        "note" => (RowKind::Note, "n"),
        "group" => (RowKind::Group, "g"),
        "repeat" => (RowKind::Repeat, "r"),
        _ => return None,
    };
    let is_taken =
        |name: &str| (0..sheets.survey.rows.len()).any(|row| sheets.survey.get(row, "name") == name);
    // One more number than there are rows: one is free.
    let name = (1..=sheets.survey.rows.len() + 1)
        .map(|number| format!("{letter}{number}"))
        .find(|name| !is_taken(name))?;
    let required = kind.asks().then_some(("required", "yes".to_owned()));
    let cells = [("type", kind.cells("").0), ("name", name)].into_iter().chain(required);
    Some(cells.map(|(heading, text)| (heading.to_owned(), text)).collect())
}

fn label(name: &str) -> Option<&'static Slot> {
    SLOTS.iter().find(|slot| slot.name == name)
}

/// A list of choices as the page shows it: `name | 中文 | English`, a line each.
pub fn choices_text(sheets: &FormSheets, list: &str) -> String {
    let cells = &sheets.choices;
    let text = |name: &str, row: usize| label(name).map_or("", |slot| slot.value(cells, row));
    let line = |row: usize| {
        format!("{} | {} | {}", cells.get(row, "name"), text("label_zh", row), text("label_en", row))
            .trim_end()
            .to_owned()
    };
    sheets.choices_of(list).map(line).collect::<Vec<_>>().join("\n")
}

/// The same as rows. What else stands beside a choice of the same name in this list stays. A `|` can stand in the English, which
/// comes last.
fn choices(sheets: &FormSheets, list: &str, text: &str) -> Result<Vec<BTreeMap<String, String>>, Unmeant> {
    let cells = &sheets.choices;
    let mut known = BTreeMap::new();
    for row in sheets.choices_of(list) {
        let name = cells.get(row, "name");
        let chinese = label("label_zh").map_or("", |slot| slot.value(cells, row));
        // Its line on the page would be read as another choice.
        if [name, chinese].iter().any(|text| text.contains('|')) {
            return Err(Unmeant::Bar(format!("{name} | {chinese}")));
        }
        known.entry(name).or_insert(row);
    }
    let row = |line: &str| {
        let mut parts = line.splitn(3, '|').map(str::trim);
        let [name, chinese, english] = [(); 3].map(|()| parts.next().unwrap_or_default());
        // Chinese before a further bar: it was meant to stand in the Chinese.
        if english.rsplit_once('|').is_some_and(|(before, _)| before.contains(is_han)) {
            return Err(Unmeant::Bar(line.trim().to_owned()));
        }
        let beside = known.get(name).into_iter().flat_map(|row| {
            cells.headings.iter().map(move |heading| (heading.clone(), cells.get(*row, heading).to_owned()))
        });
        let mut row: BTreeMap<String, String> =
            beside.filter(|(heading, _)| heading != "list_name").collect();
        row.insert("name".to_owned(), name.to_owned());
        for (slot, text) in [("label_zh", chinese), ("label_en", english)] {
            row.extend(label(slot).map(|slot| (slot.heading_in(cells), text.to_owned())));
        }
        Ok(row)
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(row).collect()
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}
