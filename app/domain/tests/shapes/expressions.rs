//! Expressions of forms, part by part.

use crate::stays;
use domain::{
    expression::{Expression, Function, Operator, Token},
    id::QuestionId,
};

#[test]
fn of_expressions() {
    let width = || QuestionId::from("width");
    stays(
        "expression_parts",
        &every!(Token {
            Token::Number(_) => [Token::Number(3.9)],
            Token::Text(_) => [Token::Text("新建".to_owned())],
            Token::Answer(_) => [Token::Answer(width())],
            Token::This => [Token::This],
            Token::Negative => [Token::Negative],
            Token::Operator(_) => [Token::Operator(Operator::LessOrEqual)],
            Token::Call(..) => [Token::Call(Function::CountSelected, 1)],
        }),
    );
    stays("expression_operators", &Operator::ALL);
    stays("expression_functions", &Function::ALL);
    // if(${width} < 4, 'narrow', -.)
    let narrow = Expression::Binary(
        Operator::Less,
        Box::new(Expression::Answer(width())),
        Box::new(Expression::Number(4.0)),
    );
    let branches =
        vec![narrow, Expression::Text("narrow".to_owned()), Expression::Negative(Box::new(Expression::This))];
    stays("expressions", &[Expression::Call(Function::If, branches)]);
}
