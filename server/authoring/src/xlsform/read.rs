//! # Reading cells
//!
//! What a cell means, by the column that it stands in. What cannot be read is told, and the reading goes on.

use super::{
    choices::Lists,
    fault::{Fault, Place, Problem},
    picture::WantedPicture,
    table::Line,
};
use crate::{
    expression::{self, ParseError},
    words::{is_choice_name, is_in_name, is_name},
};
use domain::{
    expression::{Expression, Function},
    form::Quote,
    id::QuoteId,
    photo::PhotoHash,
    text::Bilingual,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// Looks a sentence of law up that may be printed.
pub type Quotes<'a> = &'a dyn Fn(&QuoteId) -> Option<Quote>;

/// What a choice has in a column.
type ColumnOf<'a> = &'a dyn Fn(&str) -> Option<String>;

pub(super) struct Reading<'a> {
    pub told: &'a mut Vec<Fault>,
    pub lists: Lists<'a>,
    pub quotes: Quotes<'a>,
    /// Those that the office holds; None: they are not looked up.
    pub pictures: Option<&'a BTreeSet<PhotoHash>>,
    /// What the sheet of settings says.
    pub settings: Option<Line<'a>>,
    /// The row of each name.
    pub lines: BTreeMap<String, Line<'a>>,
    /// Entries that stand for rows that could not be read whole.
    pub broken: Vec<String>,
    /// What the columns `law` and `major_by` named, and was found.
    pub quoted: BTreeMap<QuoteId, Quote>,
    /// Pictures that were named, and that the office does not hold.
    pub wanted: Vec<WantedPicture>,
}

impl<'a> Reading<'a> {
    pub fn tell(&mut self, place: Place, problem: Problem) {
        self.told.push(Fault::new(place, problem));
    }

    /// What is the same for every question of a list.
    pub fn tell_once(&mut self, place: Place, problem: Problem) {
        let fault = Fault::new(place, problem);
        if !self.told.contains(&fault) {
            self.told.push(fault);
        }
    }

    /// A text in both languages, which refers to no question.
    pub fn text(&mut self, line: Line<'a>, word: &str) -> Option<Bilingual> {
        for (place, text) in line.texts(word) {
            if let Some((_, rest)) = text.split_once("${") {
                let name = rest.split('}').next().unwrap_or_default().chars().take(60).collect();
                self.tell_once(place, Problem::TextRefers(name));
            }
        }
        line.bilingual(word)
    }

    /// Spreadsheets turn quotation marks round; an expression that reads only without that is read so.
    pub fn parse(&self, text: &str, column: Option<ColumnOf<'_>>) -> Result<Expression, ParseError> {
        let parse = |text: &str| match column {
            Some(column) => expression::parse_filter(text, column),
            None => expression::parse(text),
        };
        let read = parse(text);
        if read.is_err() && text.contains(['‘', '’', '“', '”']) {
            let straight = text.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
            if let Ok(expression) = parse(&straight) {
                return Ok(expression);
            }
        }
        read
    }

    /// Tells what is wrong, with the part of the text that it is about.
    pub fn expressed(
        &mut self,
        line: Line<'a>,
        word: &str,
        text: &str,
        read: Result<Expression, ParseError>,
    ) -> Option<Expression> {
        match read {
            Ok(expression) => Some(expression),
            Err(error) => {
                let part = text.get(error.span.clone()).unwrap_or_default().trim().chars().take(60).collect();
                self.tell_once(line.at(word), Problem::Expression(part, error));
                None
            }
        }
    }

    pub fn expression_of(&mut self, line: Line<'a>, word: &str) -> Option<Expression> {
        let text = line.get(word)?;
        let read = match text {
            "TRUE" => Ok(Expression::Call(Function::True, vec![])),
            "FALSE" => Ok(Expression::Call(Function::False, vec![])),
            _ => self.parse(text, None),
        };
        self.expressed(line, word, text, read)
    }

    pub fn is_yes(&mut self, line: Line<'a>, word: &str) -> bool {
        let Some(text) = line.get(word) else { return false };
        match yes_or_no(text) {
            Some(answer) => answer,
            None => {
                self.tell(line.at(word), Problem::NotYesNo(text.to_owned()));
                false
            }
        }
    }

    pub fn number<T: FromStr>(&mut self, line: Line<'a>, word: &str) -> Option<T> {
        let text = line.get(word)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.tell(line.at(word), Problem::NotANumber(text.to_owned()));
        }
        number
    }

    pub fn figure(&mut self, line: Line<'a>, word: &str) -> Option<f64> {
        let number: f64 = self.number(line, word)?;
        if number.is_finite() {
            return Some(number);
        }
        self.tell(line.at(word), Problem::NotANumber(number.to_string()));
        None
    }

    /// One of a few words.
    pub fn word<T: Copy>(&mut self, line: Line<'a>, word: &str, known: &[(&str, T)]) -> Option<T> {
        let text = line.get(word)?;
        let found = known.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)).map(|(_, meant)| *meant);
        if found.is_none() {
            let names = known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            self.tell(line.at(word), Problem::NotOneOf(text.to_owned(), names));
        }
        found
    }

    /// A sentence of law, looked up.
    pub fn quote(&mut self, line: Line<'a>, word: &str, id: &str) -> Option<QuoteId> {
        let id = QuoteId::from(id);
        if self.quoted.contains_key(&id) {
            return Some(id);
        }
        match (self.quotes)(&id) {
            Some(quote) => {
                self.quoted.insert(id.clone(), quote);
                Some(id)
            }
            None => {
                self.tell(line.at(word), Problem::LawUnknown(id.to_string()));
                None
            }
        }
    }
}

/// As authors write it, and as a spreadsheet turns it.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "true()" | "y" | "1" | "是" => Some(true),
        "no" | "false" | "false()" | "n" | "0" | "否" => Some(false),
        _ => None,
    }
}

/// What is wrong with a name, and what may be written in its place. Names of choices may begin with a figure.
pub(super) fn name_fault(name: &str, of_entry: bool) -> Option<Problem> {
    if if of_entry { is_name(name) } else { is_choice_name(name) } {
        return None;
    }
    let mut offer: String = name.chars().take(60).map(|c| if is_in_name(c) { c } else { '_' }).collect();
    if of_entry && !is_name(&offer) {
        offer.insert(0, '_');
    }
    Some(Problem::NameUnfit(name.chars().take(60).collect(), offer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_does_not_fit_comes_with_one_that_does() {
        assert_eq!(name_fault("lane-clear", true), None);
        assert_eq!(name_fault("车道_1", true), None);
        assert_eq!(name_fault("2024", false), None);
        let offered = |name: &str| match name_fault(name, true) {
            Some(Problem::NameUnfit(_, offer)) => offer,
            other => panic!("{other:?}"),
        };
        assert_eq!(offered("Spec test"), "Spec_test");
        assert_eq!(offered("1a"), "_1a");
        assert_eq!(offered("a.b"), "a_b");
    }
}
