//! # Lists of choices
//!
//! A list stands once in the workbook; a question carries its own choices, each with the condition under which it is shown.
//! A choice filter is read for every choice, with what stands in that choice's row in place of the columns' names.

use super::{
    fault::{Fault, Problem},
    limits::{CHOICES, CHOICES_TEXT},
    read::{Reading, name_fault},
    table::{Line, Table},
};
use domain::{
    expression::{Expression, Operator},
    form::Choice,
    id::OptionId,
    text::Bilingual,
};
use i18n::{Lang, xlsform as t};
use std::collections::BTreeMap;

/// The list whose questions are pass/fail, whatever it says its choices are called.
pub const PASS_FAIL: &str = "pass_fail";

/// The choice that `or_other` adds.
pub const OTHER: &str = "other";

pub(super) struct Lists<'a> {
    lists: BTreeMap<&'a str, Vec<Line<'a>>>,
    /// Choices that questions took, and the bytes of what is written in them.
    taken: usize,
    text: usize,
}

impl<'a> Lists<'a> {
    pub fn read(table: Option<&'a Table<'a>>, told: &mut Vec<Fault>) -> Self {
        let mut lists = BTreeMap::<_, Vec<Line<'a>>>::new();
        for line in table.into_iter().flat_map(Table::lines) {
            let (list, name) = (line.get("list_name"), line.get("name"));
            match (list, name) {
                (Some(list), Some(name)) => {
                    told.extend(name_fault(name, false).map(|problem| Fault::new(line.at("name"), problem)));
                    lists.entry(list).or_default().push(line);
                }
                (None, None) => {}
                (Some(_), None) => told.push(Fault::new(line.at("name"), Problem::NameMissing)),
                (None, Some(_)) => told.push(Fault::new(line.at("list_name"), Problem::Missing("list_name"))),
            }
        }
        Self { lists, taken: 0, text: 0 }
    }
}

impl<'a> Reading<'a> {
    /// The choices of the question in this row.
    pub(super) fn choices(&mut self, line: Line<'a>, list: &str, or_other: bool) -> Vec<Choice> {
        let Some(lines) = self.lists.lists.get(list).cloned() else {
            self.tell(line.at("type"), Problem::ListUnknown(list.to_owned()));
            return vec![];
        };
        let filter = line.get("choice_filter");
        let mut choices = Vec::<(Choice, u32)>::new();
        let mut seen = BTreeMap::<&str, usize>::new();
        for choice in lines {
            let Some(name) = choice.get("name") else { continue };
            let Some(text) = self.text(choice, "label") else {
                self.tell_once(choice.at("label"), Problem::TextMissing);
                continue;
            };
            self.lists.taken += 1;
            self.lists.text += text.zh.len() + text.en.len() + filter.map_or(0, str::len);
            if self.lists.taken > CHOICES || self.lists.text > CHOICES_TEXT {
                self.tell_once(line.at("type"), Problem::TooManyChoices(CHOICES));
                return vec![];
            }
            let own = self.expression_of(choice, "shown_if");
            let filtered = filter.and_then(|filter| self.filter(line, filter, choice));
            let shown_if = both(own, filtered);
            match seen.get(name).map(|at| &mut choices[*at]) {
                // The same choice for several answers before it: it is shown if one of its rows is.
                Some((known, _)) if known.text == text && known.shown_if.is_some() && shown_if.is_some() => {
                    known.shown_if = either(known.shown_if.take(), shown_if);
                }
                Some((_, row)) => {
                    let row = *row;
                    self.tell_once(choice.at("name"), Problem::ChoiceTwice(name.to_owned(), row));
                }
                None => {
                    seen.insert(name, choices.len());
                    choices.push((Choice { id: OptionId::from(name), text, shown_if }, choice.number()));
                }
            }
        }
        let mut choices: Vec<_> = choices.into_iter().map(|(choice, _)| choice).collect();
        if or_other && !choices.iter().any(|choice| choice.id.as_str() == OTHER) {
            let text = Bilingual::new(t::other(Lang::Zh), t::other(Lang::En));
            choices.push(Choice { id: OptionId::from(OTHER), text, shown_if: None });
        }
        choices
    }

    /// Tells columns of the choices that no filter names.
    pub(super) fn unused(&mut self, survey: &Table<'a>, choices: Option<&Table<'a>>) {
        let filters: Vec<_> = survey.lines().filter_map(|line| line.get("choice_filter")).collect();
        for (place, name) in choices.map(Table::extra).unwrap_or_default() {
            if !filters.iter().any(|filter| filter.contains(&name)) {
                self.tell(place, Problem::ColumnNotRead(name));
            }
        }
    }

    /// The filter as it reads for this choice.
    fn filter(&mut self, line: Line<'a>, filter: &str, choice: Line<'a>) -> Option<Expression> {
        let column = |name: &str| {
            let known = ["name", "label", "list_name"].into_iter().find(|word| *word == name);
            match known {
                Some(word) => choice.get(word).map(str::to_owned),
                None if choice.knows(name) => Some(choice.extra(name).unwrap_or_default().to_owned()),
                None => None,
            }
        };
        let read = self.parse(filter, Some(&column));
        self.expressed(line, "choice_filter", filter, read)
    }
}

fn both(one: Option<Expression>, other: Option<Expression>) -> Option<Expression> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Expression::Binary(Operator::And, Box::new(one), Box::new(other))),
        (one, other) => one.or(other),
    }
}

fn either(one: Option<Expression>, other: Option<Expression>) -> Option<Expression> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Expression::Binary(Operator::Or, Box::new(one), Box::new(other))),
        (one, other) => one.or(other),
    }
}
