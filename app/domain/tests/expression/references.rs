//! What an expression looks at.

use crate::*;
use domain::expression::Needs;

#[test]
fn every_question_is_named_once_wherever_it_stands() {
    let expression = call(
        Function::If,
        [
            binary(answer("a"), Operator::Equal, answer("b")),
            Expression::Negative(Box::new(answer("a"))),
            call(Function::Last, [text("c")]),
        ],
    );
    let names: Vec<_> = expression.references().into_iter().map(QuestionId::as_str).collect();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn what_is_asked_for_besides_answers_is_known() {
    let needs = |expression: &Expression| expression.needs();
    assert_eq!(needs(&answer("a")), Needs::default());
    assert_eq!(
        needs(&binary(call(Function::Today, []), Operator::Add, call(Function::Position, []))),
        Needs { time: true, position: true, ..Needs::default() }
    );
    assert_eq!(needs(&call(Function::Site, [text("beds")])), Needs { site: true, ..Needs::default() });
    assert_eq!(needs(&call(Function::SiteKind, [text("hotel")])), Needs { site: true, ..Needs::default() });
    assert_eq!(needs(&call(Function::Last, [text("a")])), Needs { last: true, ..Needs::default() });
}

#[test]
fn it_is_known_whether_the_answer_itself_is_looked_at() {
    assert!(binary(Expression::This, Operator::Less, number(4.0)).looks_at_this());
    assert!(call(Function::Once, [number(4.0)]).looks_at_this());
    assert!(!answer("a").looks_at_this());
}

#[test]
fn words_that_answers_are_compared_with_are_told_but_not_empty_ones() {
    let expression = binary(
        binary(answer("a"), Operator::Equal, text("new")),
        Operator::And,
        binary(
            call(Function::Selected, [Expression::This, text("old")]),
            Operator::Or,
            binary(answer("a"), Operator::NotEqual, text("")),
        ),
    );
    assert_eq!(expression.words_compared(), [(Some(&QuestionId::from("a")), "new"), (None, "old")]);
}

#[test]
fn a_path_leads_to_a_part() {
    let expression = binary(number(1.0), Operator::Add, Expression::Negative(Box::new(number(2.0))));
    assert_eq!(expression.at(&[1, 0]), Some(&number(2.0)));
    assert_eq!(expression.at(&[]), Some(&expression));
    assert_eq!(expression.at(&[2]), None);
    assert_eq!(expression.depth(), 3);
}
