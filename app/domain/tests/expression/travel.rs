//! What travels is bounded, and what is no expression is none.

use crate::*;
use domain::{
    expression::{DEPTH, Malformed, Token},
    json,
};

fn read(tokens: Vec<Token>) -> Result<Expression, Malformed> {
    Expression::try_from(tokens)
}

#[test]
fn parts_stand_before_what_is_made_of_them() {
    let narrow = binary(answer("width"), Operator::Less, number(4.0));
    let written = serde_json::to_string(&narrow).unwrap();
    assert_eq!(written, r#"[{"answer":"width"},{"number":4.0},{"operator":"less"}]"#);
    assert_eq!(json::read::<Expression>(&written).unwrap(), narrow);
}

#[test]
fn what_is_missing_or_left_over_is_no_expression() {
    assert_eq!(read(vec![]), Err(Malformed::Parts));
    assert_eq!(read(vec![Token::This, Token::This]), Err(Malformed::Parts));
    assert_eq!(read(vec![Token::This, Token::Operator(Operator::Add)]), Err(Malformed::Parts));
    assert_eq!(read(vec![Token::Negative]), Err(Malformed::Parts));
    assert_eq!(read(vec![Token::This, Token::Call(Function::Concat, usize::MAX)]), Err(Malformed::Parts));
}

#[test]
fn a_function_has_as_many_arguments_as_it_takes() {
    assert_eq!(read(vec![Token::Call(Function::Not, 0)]), Err(Malformed::Arguments));
    assert_eq!(read(vec![Token::This, Token::Call(Function::Today, 1)]), Err(Malformed::Arguments));
    assert!(read(vec![Token::This, Token::This, Token::Call(Function::Concat, 2)]).is_ok());
    assert_eq!(read(vec![Token::Number(f64::INFINITY)]), Err(Malformed::Number));
}

#[test]
fn an_expression_is_as_deep_as_is_allowed_and_no_deeper() {
    let deep = |depth: usize| [vec![Token::This], vec![Token::Negative; depth - 1]].concat();
    let deepest = read(deep(DEPTH)).unwrap();
    assert_eq!(deepest.depth(), DEPTH);
    assert_eq!(read(deep(DEPTH + 1)), Err(Malformed::TooLarge));
    assert_eq!(read(vec![Token::This; 10_000]), Err(Malformed::TooLarge));
    // However deep, readers of JSON go three levels.
    let written = serde_json::to_string(&deepest).unwrap();
    assert_eq!(json::read::<Expression>(&written).unwrap(), deepest);
    assert_eq!(serde_json::from_str::<Expression>(&written).unwrap(), deepest);
}

#[test]
fn every_function_stands_in_the_table_once_and_travels_by_its_word() {
    for function in Function::ALL {
        assert_eq!(Function::named(function.word()), Some(function));
        assert_eq!(serde_json::to_value(function).unwrap(), function.word());
    }
    assert_eq!(Function::named("Today"), None);
}
