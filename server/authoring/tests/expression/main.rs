//! Expressions as authors write them.

mod again;
mod refused;
mod written;

use authoring::expression::{ParseError, parse, print};
use domain::{
    expression::{Expression, Function, Operator},
    id::QuestionId,
};

fn number(number: f64) -> Expression {
    Expression::Number(number)
}

fn text(text: &str) -> Expression {
    Expression::Text(text.to_owned())
}

fn answer(question: &str) -> Expression {
    Expression::Answer(QuestionId::from(question))
}

fn binary(left: Expression, operator: Operator, right: Expression) -> Expression {
    Expression::Binary(operator, Box::new(left), Box::new(right))
}

fn call<const N: usize>(function: Function, arguments: [Expression; N]) -> Expression {
    Expression::Call(function, arguments.into())
}
