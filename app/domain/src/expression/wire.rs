//! How an expression travels: `${width} < 4` is `[{"answer":"width"},{"number":4.0},{"operator":"less"}]`.
//!
//! A part follows its own parts. So a text of any depth is read without going deep, and what was read is bounded.

use super::{DEPTH, Expression, LENGTH, function::Function, operator::Operator};
use crate::id::QuestionId;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A part, without its parts, which stand before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Token {
    Number(f64),
    Text(String),
    Answer(QuestionId),
    This,
    /// Of the part before.
    Negative,
    /// Of the two parts before.
    Operator(Operator),
    /// Of as many parts before.
    Call(Function, usize),
}

/// Why a list is no expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Malformed {
    #[error("a part is missing, or one is left over")]
    Parts,
    #[error("a function has another number of arguments")]
    Arguments,
    #[error("a number is none")]
    Number,
    #[error("too deep or too long")]
    TooLarge,
}

impl TryFrom<Vec<Token>> for Expression {
    type Error = Malformed;

    fn try_from(tokens: Vec<Token>) -> Result<Self, Malformed> {
        if tokens.len() > LENGTH {
            return Err(Malformed::TooLarge);
        }
        // Each with its depth.
        let mut ready: Vec<(Self, usize)> = Vec::new();
        for token in tokens {
            let needed = match &token {
                Token::Number(_) | Token::Text(_) | Token::Answer(_) | Token::This => 0,
                Token::Negative => 1,
                Token::Operator(_) => 2,
                Token::Call(_, count) => *count,
            };
            let first = ready.len().checked_sub(needed).ok_or(Malformed::Parts)?;
            let taken = ready.split_off(first);
            let depth = 1 + taken.iter().map(|(_, depth)| *depth).max().unwrap_or_default();
            if depth > DEPTH {
                return Err(Malformed::TooLarge);
            }
            let mut parts = taken.into_iter().map(|(part, _)| part);
            let mut next = || parts.next().map(Box::new).ok_or(Malformed::Parts);
            let made = match token {
                Token::Number(number) if !number.is_finite() => return Err(Malformed::Number),
                Token::Number(number) => Self::Number(number),
                Token::Text(text) => Self::Text(text),
                Token::Answer(question) => Self::Answer(question),
                Token::This => Self::This,
                Token::Negative => Self::Negative(next()?),
                Token::Operator(operator) => Self::Binary(operator, next()?, next()?),
                Token::Call(function, count) => {
                    let (least, most) = function.signature().arity();
                    if count < least || most.is_some_and(|most| count > most) {
                        return Err(Malformed::Arguments);
                    }
                    Self::Call(function, parts.collect())
                }
            };
            ready.push((made, depth));
        }
        match (ready.pop(), ready.is_empty()) {
            (Some((whole, _)), true) => Ok(whole),
            (Some(_) | None, _) => Err(Malformed::Parts),
        }
    }
}

impl From<Expression> for Vec<Token> {
    fn from(expression: Expression) -> Self {
        let mut tokens = Self::new();
        write(expression, &mut tokens);
        tokens
    }
}

fn write(expression: Expression, tokens: &mut Vec<Token>) {
    let token = match expression {
        Expression::Number(number) => Token::Number(number),
        Expression::Text(text) => Token::Text(text),
        Expression::Answer(question) => Token::Answer(question),
        Expression::This => Token::This,
        Expression::Negative(part) => {
            write(*part, tokens);
            Token::Negative
        }
        Expression::Binary(operator, left, right) => {
            write(*left, tokens);
            write(*right, tokens);
            Token::Operator(operator)
        }
        Expression::Call(function, arguments) => {
            let count = arguments.len();
            arguments.into_iter().for_each(|argument| write(argument, tokens));
            Token::Call(function, count)
        }
    };
    tokens.push(token);
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Expression {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Vec::<Token>::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Expression {
    /// What its tokens name.
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        Token::schemas(schemas);
    }
}
