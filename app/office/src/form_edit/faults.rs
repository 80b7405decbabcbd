//! What is wrong with a draft or a workbook, in the words of whoever read it.

use crate::i18n::form_editing as t;
use domain::{
    form::{FormSheets, editing::SheetFault},
    text::Lang,
};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const SURVEY: &str = "survey";
const CHOICES: &str = "choices";
const SETTINGS: &str = "settings";

/// All of it, where it cannot be told at a field.
pub fn fault_list(lang: Lang, faults: &[SheetFault]) -> AnyView {
    let lines = faults.iter().map(|fault| view! { <li>{fault.words.clone()}</li> }).collect_view();
    view! {
        <div class="notice notice--refused" role="alert">
            <p>
                <b>{t::faulty(lang)}</b>
                " · "
                {t::faults(lang, faults.len())}
            </p>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}

/// The faults of a draft by where they are told. A draft has thousands of rows, and each asks for its own.
#[derive(Debug)]
pub struct FaultPlaces<'a> {
    sheets: &'a FormSheets,
    of_rows: BTreeMap<usize, Vec<&'a SheetFault>>,
    /// Of choices, by their list: each row that offers it tells them.
    of_lists: BTreeMap<&'a str, Vec<&'a SheetFault>>,
    /// Those that belong to no row of the survey.
    pub of_whole: Vec<&'a SheetFault>,
}

impl<'a> FaultPlaces<'a> {
    pub fn of(faults: &'a [SheetFault], sheets: &'a FormSheets) -> Self {
        let mut places =
            Self { sheets, of_rows: BTreeMap::new(), of_lists: BTreeMap::new(), of_whole: vec![] };
        let offered: BTreeSet<_> = (0..sheets.survey.rows.len()).map(|row| list(sheets, row)).collect();
        for fault in faults {
            let of_row = fault.row.filter(|row| *row < sheets.survey.rows.len() && fault.sheet == SURVEY);
            let of_list = list_of_choice(fault, sheets).filter(|list| offered.contains(list));
            match (of_row, of_list) {
                (Some(row), _) => places.of_rows.entry(row).or_default().push(fault),
                (None, Some(list)) => places.of_lists.entry(list).or_default().push(fault),
                (None, None) => places.of_whole.push(fault),
            }
        }
        places
    }

    /// Told at this row of the survey: how many.
    pub fn count(&self, row: usize) -> usize {
        let own = self.of_rows.get(&row).map_or(0, Vec::len);
        own + self.of_lists.get(list(self.sheets, row)).map_or(0, Vec::len)
    }

    /// The first row at which any is told.
    pub fn first(&self) -> Option<usize> {
        (0..self.sheets.survey.rows.len()).find(|row| self.count(*row) > 0)
    }
}

/// The list of the choice that it is told at.
fn list_of_choice<'a>(fault: &SheetFault, sheets: &'a FormSheets) -> Option<&'a str> {
    let list = sheets.choices.get(fault.row.filter(|_| fault.sheet == CHOICES)?, "list_name");
    (!list.is_empty()).then_some(list)
}

/// Whether it is told at this row of the survey: of the row, or of the choices that it offers.
pub fn is_of_row(fault: &SheetFault, sheets: &FormSheets, row: usize) -> bool {
    match fault.sheet.as_str() {
        SURVEY => fault.row == Some(row),
        CHOICES => is_of_list(fault, sheets, list(sheets, row)),
        _ => false,
    }
}

/// Whether it is told at the list of choices.
pub fn is_of_list(fault: &SheetFault, sheets: &FormSheets, list: &str) -> bool {
    list_of_choice(fault, sheets) == Some(list)
}

/// Whether it is of what the form says of itself.
pub fn is_of_settings(fault: &SheetFault) -> bool {
    fault.sheet == SETTINGS
}

/// The name of the list that the row offers.
pub fn list(sheets: &FormSheets, row: usize) -> &str {
    let kind = sheets.survey.get(row, "type");
    let mut words = kind.split_whitespace();
    let is_select = words.next().is_some_and(|word| word.to_lowercase().starts_with("select"));
    if is_select { words.next().unwrap_or_default() } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::form::sheets::Cells;

    fn cells(headings: &[&str], rows: &[&[&str]]) -> Cells {
        let owned = |row: &&[&str]| row.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        Cells { headings: owned(&headings), rows: rows.iter().map(owned).collect() }
    }

    fn fault(sheet: &str, row: Option<usize>) -> SheetFault {
        SheetFault { sheet: sheet.to_owned(), row, heading: String::new(), words: String::new() }
    }

    #[test]
    fn what_is_wrong_with_a_choice_is_told_where_it_is_offered() {
        let sheets = FormSheets {
            survey: cells(&["type"], &[&["text"], &["select_one gas"]]),
            choices: cells(&["list_name", "name"], &[&["other", "a"], &["gas", "b"]]),
            settings: Cells::default(),
        };
        let told =
            |fault: &SheetFault| (0..2).filter(|row| is_of_row(fault, &sheets, *row)).collect::<Vec<_>>();
        assert_eq!(told(&fault("survey", Some(0))), [0]);
        assert_eq!(told(&fault("choices", Some(1))), [1]);
        let of_choices = [fault("survey", Some(0)), fault("choices", Some(1)), fault("choices", Some(1))];
        let places = FaultPlaces::of(&of_choices, &sheets);
        assert_eq!(
            ((0..2).map(|row| places.count(row)).collect::<Vec<_>>(), places.first()),
            (vec![1, 2], Some(0))
        );
        assert!(places.of_whole.is_empty());
        let of_whole = [
            fault("choices", Some(0)), // Offered nowhere.
            fault("choices", Some(9)),
            fault("settings", Some(0)),
            fault("survey", None),
            fault("survey", Some(2)),
        ];
        let places = FaultPlaces::of(&of_whole, &sheets);
        assert_eq!((places.of_whole.len(), places.first()), (of_whole.len(), None));
    }
}
