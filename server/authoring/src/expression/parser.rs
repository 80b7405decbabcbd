//! Reading an expression.
//!
//! Operators by how tightly they bind, from the left; between them what they work on. Every way in which something else can
//! stand there has words of its own, since authors bring what they know from spreadsheets, XPath and other programs.

mod operand;
mod operator;

use super::{ParseError, both};
use domain::{
    expression::{DEPTH, Expression, Operator},
    text::{Bilingual, Lang},
};
use i18n::expression as t;
use std::ops::Range;
use winnow::{
    LocatingSlice, ModalResult, Parser as _,
    error::{ErrMode, ParserError},
    stream::{Location as _, Stream as _},
    token::take_while,
};

type Input<'t> = LocatingSlice<&'t str>;
type Parsed<T> = ModalResult<T, ParseError>;

impl ParserError<Input<'_>> for ParseError {
    type Inner = Self;

    fn from_input(input: &Input<'_>) -> Self {
        let shown = shown(input);
        let start = input.current_token_start();
        Self { span: start..start + shown.len(), message: both(|lang| t::unreadable(lang, shown)) }
    }

    fn into_inner(self) -> Result<Self, Self> {
        Ok(self)
    }
}

/// An expression with its depth.
struct Part {
    it: Expression,
    depth: usize,
}

struct Parser<'a> {
    /// What a bare name stands for in a choice filter.
    column: &'a dyn Fn(&str) -> Option<String>,
}

pub(super) fn parse(text: &str, column: &dyn Fn(&str) -> Option<String>) -> Result<Expression, ParseError> {
    let mut input = LocatingSlice::new(text);
    let read = Parser { column }.whole(&mut input);
    read.map_err(|error| {
        let here = ParseError::from_input(&input);
        error.into_inner().unwrap_or(here)
    })
}

impl Parser<'_> {
    fn whole(&self, input: &mut Input<'_>) -> Parsed<Expression> {
        let part = self.binary(input, 1, 1)?;
        blanks(input)?;
        match input.chars().next() {
            None => Ok(part.it),
            Some(')') => wrong(input, 1, t::close_bracket),
            Some(',') => wrong(input, 1, t::comma),
            Some(_) => left_over(input),
        }
    }

    /// Operators that bind at least so tightly. `nesting` counts what is open around, so that reading is bounded, too.
    fn binary(&self, input: &mut Input<'_>, least: u8, nesting: usize) -> Parsed<Part> {
        if nesting > DEPTH {
            return wrong(input, 0, |lang| t::too_deep(lang, DEPTH));
        }
        let mut left = self.operand(input, nesting)?;
        loop {
            blanks(input)?;
            let before = input.checkpoint();
            let start = input.current_token_start();
            match operator::read(input)? {
                Some(operator) if operator.precedence() >= least => {
                    let right = self.binary(input, operator.precedence() + 1, nesting)?;
                    left = joined(operator, left, right, start..input.previous_token_end())?;
                }
                Some(_) | None => {
                    input.reset(&before);
                    return Ok(left);
                }
            }
        }
    }
}

fn joined(operator: Operator, left: Part, right: Part, span: Range<usize>) -> Parsed<Part> {
    let depth = left.depth.max(right.depth) + 1;
    bounded(Expression::Binary(operator, Box::new(left.it), Box::new(right.it)), depth, span)
}

fn bounded(it: Expression, depth: usize, span: Range<usize>) -> Parsed<Part> {
    if depth > DEPTH { fails(span, both(|lang| t::too_deep(lang, DEPTH))) } else { Ok(Part { it, depth }) }
}

fn fails<T>(span: Range<usize>, message: Bilingual) -> Parsed<T> {
    Err(ErrMode::Cut(ParseError { span, message }))
}

/// So many of the next bytes are wrong.
fn wrong<T, W: Into<String>>(input: &Input<'_>, bytes: usize, words: impl Fn(Lang) -> W) -> Parsed<T> {
    let start = input.current_token_start();
    fails(start..start + bytes, both(words))
}

fn instead<T>(input: &Input<'_>, written: &str, instead: &str) -> Parsed<T> {
    wrong(input, written.len(), |lang| t::write_instead(lang, written, instead))
}

/// Where an operator, a bracket or the end had to come.
fn left_over<T>(input: &Input<'_>) -> Parsed<T> {
    let shown = shown(input);
    wrong(input, shown.len(), |lang| t::operator_missing(lang, shown))
}

fn blanks(input: &mut Input<'_>) -> Parsed<()> {
    take_while(0.., char::is_whitespace).void().parse_next(input)
}

/// The next word or sign.
fn shown<'t>(input: &Input<'t>) -> &'t str {
    let rest: &'t str = input.as_ref();
    let word = rest.find(|sign: char| !is_of_name(sign)).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest.get(..word.max(first)).unwrap_or_default()
}

/// What names of functions, questions and columns are made of.
fn is_of_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.')
}
