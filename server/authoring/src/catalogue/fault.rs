//! What is wrong with a file of the catalogue.

use crate::expression::ParseError;
use domain::{
    form::FormFault,
    text::{Bilingual, Lang},
};
use i18n::catalogue as t;
use std::fmt;

#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The question, group or repeat that it is about; empty: the form itself.
    pub question: String,
    /// From 1.
    pub line: usize,
    pub problem: Problem,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// No TOML; as the reader of TOML says it.
    Syntax(String),
    Missing(&'static str),
    /// What stands there, and what may.
    Unknown(String, String),
    /// Of another kind than this.
    NotA(Wanted),
    NotOneOf(String, String),
    NameUnfit(String),
    /// The part of the text that it is about.
    Expression(String, ParseError),
    LawUnknown(String),
    /// Neither a group nor a repeat nor a question, or several of them.
    NotAnEntry,
    /// What the form's own rules say, and in words.
    Form(Box<FormFault>, Bilingual),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Text,
    WholeNumber,
    Number,
    Truth,
    Day,
    List,
    Table,
}

impl Fault {
    /// `12 lane-clear: …`
    pub fn words(&self, lang: Lang) -> String {
        let what = self.problem.words(lang);
        if self.question.is_empty() {
            t::at(lang, self.line, &what)
        } else {
            t::at_question(lang, self.line, &self.question, &what)
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl Problem {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Syntax(why) => t::syntax(lang, why),
            Self::Missing(key) => t::missing(lang, key),
            Self::Unknown(key, known) => t::unknown(lang, key, known),
            Self::NotA(wanted) => t::wanted(lang, wanted.words(lang)),
            Self::NotOneOf(word, known) => t::not_one_of(lang, word, known),
            Self::NameUnfit(name) => t::name_unfit(lang, name),
            Self::Expression(part, error) if part.is_empty() => t::expression(lang, error.message.get(lang)),
            Self::Expression(part, error) => t::expression_part(lang, part, error.message.get(lang)),
            Self::LawUnknown(id) => t::law_unknown(lang, id),
            Self::NotAnEntry => t::not_an_entry(lang).to_owned(),
            Self::Form(_, words) => words.get(lang).to_owned(),
        }
    }
}

impl Wanted {
    fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Text => t::text(lang),
            Self::WholeNumber => t::whole_number(lang),
            Self::Number => t::number(lang),
            Self::Truth => t::truth(lang),
            Self::Day => t::day(lang),
            Self::List => t::list(lang),
            Self::Table => t::table(lang),
        }
    }
}
