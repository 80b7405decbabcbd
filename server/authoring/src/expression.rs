//! Expressions as texts: the part of XPath that authors of XLSForms write.
//!
//! ```
//! use authoring::expression::{parse, print};
//!
//! let written = "if(${width}<4, 'narrow', 'wide')";
//! assert_eq!(print(&parse(written)?), "if(${width} < 4, 'narrow', 'wide')");
//! # Ok::<(), authoring::expression::ParseError>(())
//! ```
//!
//! What is not supported is refused by name, at its place, with what to write instead: nothing is passed over.

mod parser;
mod printer;
mod refused;

use domain::{
    expression::{Expression, LENGTH, TypeError},
    text::{Bilingual, Lang},
};
use i18n::expression as t;
use std::ops::Range;
use thiserror::Error;

pub use printer::print;

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", message.en)]
pub struct ParseError {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What is wrong and what to write instead.
    pub message: Bilingual,
}

/// Reads what stands in a relevance, a constraint, a calculation.
pub fn parse(text: &str) -> Result<Expression, ParseError> {
    parse_filter(text, &|_| None)
}

/// Reads a choice filter, in which a bare name is a column of the list of choices: `column` gives what this choice has there.
pub fn parse_filter(text: &str, column: &dyn Fn(&str) -> Option<String>) -> Result<Expression, ParseError> {
    let refused = |message| Err(ParseError { span: 0..text.len(), message });
    if text.chars().count() > LENGTH {
        return refused(both(|lang| t::too_long(lang, LENGTH)));
    }
    if text.trim().is_empty() {
        return refused(both(t::empty));
    }
    parser::parse(text, column)
}

/// What is wrong with the types of an expression, beginning with the part that it is about.
pub fn explain(expression: &Expression, error: &TypeError) -> Bilingual {
    let part = expression.at(&error.path).filter(|_| !error.path.is_empty()).map(print);
    both(|lang| {
        let place = part.as_deref().map(|part| t::in_part(lang, part)).unwrap_or_default();
        place + &t::type_error(lang, &error.kind)
    })
}

/// In both languages.
fn both<W: Into<String>>(words: impl Fn(Lang) -> W) -> Bilingual {
    Bilingual::new(words(Lang::Zh), words(Lang::En))
}
