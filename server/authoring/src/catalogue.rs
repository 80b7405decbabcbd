//! # Forms as files of the catalogue
//!
//! What the product brings along is written in TOML, a file a form, and read when the program starts. [`read`] gives the form
//! or all of its faults at once, each with the question that it is about and the line that it stands in. A key that nobody
//! knows is a fault, too: a word that is spelled wrongly would otherwise be a rule that is silently missing.

mod entry;
mod fault;
mod keys;
mod kind;
mod question;

pub use fault::{Fault, Problem, Wanted};

use crate::{expression, faults};
use domain::{
    expression::Expression,
    form::{Form, Layer, Quote, Review, Validity},
    id::{FormId, QuoteId, SiteKind},
    sector::Sector,
    text::Bilingual,
};
use keys::Keys;
use std::collections::BTreeMap;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Looks a sentence of law up that may be printed.
pub type Quotes<'a> = &'a dyn Fn(&QuoteId) -> Option<Quote>;

/// Reads the text of a file.
pub fn read(text: &str, quotes: Quotes<'_>) -> Result<Form, Vec<Fault>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading {
        text,
        quotes,
        told: vec![],
        question: String::new(),
        places: BTreeMap::new(),
        quoted: BTreeMap::new(),
    };
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reading.tell(at, Problem::Syntax(error.message().to_owned()));
    }
    if !reading.told.is_empty() {
        return Err(reading.told);
    }
    let form = reading.form(root.get_ref());
    reading.check(&form);
    if reading.told.is_empty() { Ok(form) } else { Err(reading.told) }
}

struct Reading<'a> {
    text: &'a str,
    quotes: Quotes<'a>,
    told: Vec<Fault>,
    /// The question that is being read.
    question: String,
    /// Where each entry begins, in bytes.
    places: BTreeMap<String, usize>,
    quoted: BTreeMap<QuoteId, Quote>,
}

/// A value with its place.
type Value<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Reading<'a> {
    fn tell(&mut self, at: usize, problem: Problem) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        self.told.push(Fault { question: self.question.clone(), line, problem });
    }

    fn form(&mut self, table: &'a DeTable<'a>) -> Form {
        let mut keys = Keys::new(table, 0);
        let layers = Layer::ALL.map(|layer| (layer.as_str(), layer));
        let sectors = Sector::ALL.map(|sector| (sector.as_str(), sector));
        let id = self.required_text(&mut keys, "id");
        let form = Form {
            id: FormId::from(id),
            version: self.required_whole(&mut keys, "version"),
            title: self.required_bilingual(&mut keys, "title"),
            layer: self.required_word(&mut keys, "layer", &layers).unwrap_or(Layer::Inspection),
            sector: self.required_word(&mut keys, "sector", &sectors).unwrap_or(Sector::General),
            site_kinds: self
                .texts(&mut keys, "site_kinds")
                .into_iter()
                .map(|(_, kind)| SiteKind::from(kind))
                .collect(),
            offered_if: self.expression(&mut keys, "offered_if"),
            validity: Validity::default(),
            review: self.review(&mut keys),
            review_due: self.day(&mut keys, "review_due"),
            quotes: vec![],
            entries: self.entries(&mut keys),
        };
        self.finish(keys);
        Form { quotes: std::mem::take(&mut self.quoted).into_values().collect(), ..form }
    }

    fn review(&mut self, keys: &mut Keys<'a>) -> Option<Review> {
        let mut review = self.table(keys.take("review")?)?;
        let by = self.required_text(&mut review, "by").to_owned();
        let on = self.day(&mut review, "on");
        if on.is_none() {
            self.missing(&review, "on");
        }
        self.finish(review);
        Some(Review { by, on: on? })
    }

    /// What the form's own rules say, at the lines where its entries begin.
    fn check(&mut self, form: &Form) {
        for fault in form.check() {
            let at = fault.at.as_ref().map(|at| at.to_string()).unwrap_or_default();
            let place = self.places.get(&at).copied().unwrap_or_default();
            self.question = at;
            let words = faults::words(form, &fault);
            self.tell(place, Problem::Form(Box::new(fault), words));
        }
    }

    /// A sentence of law, looked up.
    fn quote(&mut self, at: usize, id: &str) -> QuoteId {
        let id = QuoteId::from(id);
        if !self.quoted.contains_key(&id) {
            match (self.quotes)(&id) {
                Some(quote) => {
                    self.quoted.insert(id.clone(), quote);
                }
                None => self.tell(at, Problem::LawUnknown(id.to_string())),
            }
        }
        id
    }

    /// An expression stands in one text; its fault says where in it.
    fn parsed(&mut self, value: Value<'a>) -> Option<Expression> {
        let text = self.string(value)?;
        match expression::parse(text) {
            Ok(expression) => Some(expression),
            Err(error) => {
                let part = text.get(error.span.clone()).unwrap_or_default().trim().chars().take(60).collect();
                self.tell(value.span().start, Problem::Expression(part, error));
                None
            }
        }
    }

    fn expression(&mut self, keys: &mut Keys<'a>, key: &'static str) -> Option<Expression> {
        keys.take(key).and_then(|value| self.parsed(value))
    }

    fn bilingual(&mut self, keys: &mut Keys<'a>, key: &'static str) -> Option<Bilingual> {
        let value = keys.take(key)?;
        let mut both = self.table(value)?;
        let text = Bilingual::new(self.required_text(&mut both, "zh"), self.required_text(&mut both, "en"));
        self.finish(both);
        Some(text)
    }

    fn required_bilingual(&mut self, keys: &mut Keys<'a>, key: &'static str) -> Bilingual {
        if !keys.has(key) {
            self.missing(keys, key);
        }
        self.bilingual(keys, key).unwrap_or_default()
    }
}
