//! What a form reckons with: relevance, constraints, criteria, calculations, defaults and filters are one language.
//!
//! It is the part of XPath that authors of XLSForms write, and a few functions of the trade. Here it is data, so that a form
//! carries it to a phone that has no parser; texts are read and written by the crate `authoring`, on the server.
//! [`Expression::evaluate`] asks [`Facts`] for everything that it does not say itself. It always ends, never panics and is
//! of the same mind on phone and server: what cannot be worked out is [`Value::Nothing`] or a number that is none.

mod calendar;
mod compare;
mod evaluate;
mod facts;
mod function;
mod lookup_table;
mod operator;
mod references;
mod regex;
mod types;
mod value;
mod wire;

pub use facts::Facts;
pub use function::{Function, Parameter, Signature};
pub use lookup_table::LookupTable;
pub use operator::Operator;
pub use references::Needs;
pub use regex::{Regex, RegexError};
pub use types::{TypeError, TypeErrorKind, ValueType, check_types};
pub use value::Value;
pub use wire::{Malformed, Token};

use crate::id::QuestionId;
use serde::{Deserialize, Serialize};

/// Parts inside parts at the most; an expression that is deeper is refused where it is read.
pub const DEPTH: usize = 64;

/// Characters of an expression as it is written, and of a text that one works out, at the most.
pub const LENGTH: usize = 4_000;

/// A reckoning. It travels as the list of its parts in the order in which they are worked out (see [`Token`]), so that no
/// reader has to go deeper for a deeper one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Token>", into = "Vec<Token>")]
pub enum Expression {
    /// A finite number. What is written with a minus is [`Negative`](Self::Negative).
    Number(f64),
    Text(String),
    /// `${name}`: the answer to a question, or, in `count()` and `indexed-repeat()`, a repeat.
    Answer(QuestionId),
    /// `.`: the answer that is being looked at.
    This,
    Negative(Box<Self>),
    Binary(Operator, Box<Self>, Box<Self>),
    Call(Function, Vec<Self>),
}

impl Expression {
    /// The parts directly below, in the order of the text.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Answer(_) | Self::This => vec![],
            Self::Negative(part) => vec![part],
            Self::Binary(_, left, right) => vec![left, right],
            Self::Call(_, arguments) => arguments.iter().collect(),
        }
    }

    /// The part that a path leads to: each figure is a place among [`parts`](Self::parts). An error names a part so.
    pub fn at(&self, path: &[usize]) -> Option<&Self> {
        path.iter().try_fold(self, |here, place| here.parts().get(*place).copied())
    }

    /// 1 for what has no parts.
    pub fn depth(&self) -> usize {
        1 + self.parts().into_iter().map(Self::depth).max().unwrap_or_default()
    }
}
