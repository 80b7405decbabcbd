//! What is refused when a form is published.

use crate::*;
use Operator::{Add, And, Equal, Less, Subtract};
use domain::expression::{LookupTable, RegexError, TypeError, TypeErrorKind, ValueType, check_types};

/// Questions that are called as their answers are.
fn of(question: &QuestionId) -> Option<ValueType> {
    Some(match question.as_str() {
        "truth" => ValueType::Truth,
        "number" => ValueType::Number,
        "text" => ValueType::Text,
        "day" => ValueType::Day,
        "choice" => ValueType::Choices,
        "repeat" => ValueType::Repeat,
        "any" => ValueType::Any,
        _ => return None,
    })
}

fn check(expression: &Expression) -> Result<ValueType, TypeError> {
    check_types(expression, &of, None)
}

fn refused(expression: &Expression) -> TypeErrorKind {
    check(expression).unwrap_err().kind
}

#[test]
fn what_it_comes_to_is_known() {
    use ValueType::{Any, Choices, Day, Number, Text, Truth};
    let yes = || call(Function::True, []);
    for (expression, of) in [
        (binary(answer("day"), Subtract, call(Function::Today, [])), Number),
        (binary(call(Function::Today, []), Add, number(7.0)), Number),
        (call(Function::Date, [binary(call(Function::Today, []), Add, number(7.0))]), Day),
        (binary(answer("choice"), Equal, text("new")), Truth),
        (call(Function::If, [yes(), number(15.0), number(6.0)]), Number),
        (call(Function::If, [yes(), answer("day"), text("")]), Day),
        (call(Function::If, [yes(), text("a"), answer("choice")]), Text),
        (call(Function::If, [yes(), text("a"), number(1.0)]), Any),
        (call(Function::Coalesce, [answer("number"), number(0.0)]), Number),
        (call(Function::IndexedRepeat, [answer("choice"), answer("repeat"), number(1.0)]), Choices),
        (call(Function::Count, [answer("repeat")]), Number),
        // Conditions are counted so.
        (
            binary(
                binary(answer("choice"), Equal, text("a")),
                Add,
                binary(answer("number"), Less, number(2.0)),
            ),
            Number,
        ),
    ] {
        assert_eq!(check(&expression), Ok(of), "{expression:?}");
    }
}

#[test]
fn the_part_that_is_wrong_is_named() {
    let unknown = binary(answer("number"), And, call(Function::Not, [answer("gone")]));
    let error = check(&unknown).unwrap_err();
    assert_eq!(error.kind, TypeErrorKind::UnknownQuestion(QuestionId::from("gone")));
    assert_eq!(unknown.at(&error.path), Some(&answer("gone")));
}

#[test]
fn a_text_or_a_choice_is_no_condition_and_a_text_no_number() {
    let wrong = |expected, found| TypeErrorKind::WrongType { expected, found };
    assert_eq!(
        refused(&binary(answer("text"), And, answer("truth"))),
        wrong(ValueType::Truth, ValueType::Text)
    );
    assert_eq!(
        refused(&call(Function::Not, [answer("choice")])),
        wrong(ValueType::Truth, ValueType::Choices)
    );
    assert_eq!(refused(&binary(answer("text"), Add, number(1.0))), wrong(ValueType::Number, ValueType::Text));
    assert!(check(&binary(call(Function::Number, [answer("text")]), Add, number(1.0))).is_ok());
    assert!(check(&binary(answer("choice"), Add, number(1.0))).is_ok());
}

#[test]
fn what_can_never_be_equal_is_refused() {
    let never = |left, right| refused(&binary(answer(left), Equal, text(right)));
    for (question, word) in [("number", "many"), ("day", "2026-2-3"), ("truth", "yes")] {
        assert!(matches!(never(question, word), TypeErrorKind::NeverA { .. }), "{question}");
    }
    for (question, word) in
        [("number", "3"), ("day", "2026-02-03"), ("truth", "true"), ("choice", "x"), ("any", "x")]
    {
        assert!(check(&binary(answer(question), Equal, text(word))).is_ok(), "{question}");
        assert!(check(&binary(text(""), Equal, answer(question))).is_ok(), "{question}");
    }
    assert!(matches!(
        refused(&binary(answer("day"), Equal, answer("choice"))),
        TypeErrorKind::Incomparable { .. }
    ));
    assert!(matches!(
        refused(&binary(answer("truth"), Less, number(1.0))),
        TypeErrorKind::Incomparable { .. }
    ));
    assert!(check(&binary(answer("text"), Less, text("09:00"))).is_ok());
}

#[test]
fn two_days_are_only_subtracted() {
    assert_eq!(refused(&binary(answer("day"), Add, call(Function::Today, []))), TypeErrorKind::DaysReckoned);
}

#[test]
fn functions_take_what_they_say() {
    let refused_by = |function, parts: Vec<Expression>| refused(&Expression::Call(function, parts));
    assert_eq!(
        refused_by(Function::If, vec![answer("truth")]),
        TypeErrorKind::WrongCount { function: Function::If, given: 1, least: 3, most: Some(3) }
    );
    assert_eq!(
        refused_by(Function::Count, vec![number(1.0)]),
        TypeErrorKind::NoQuestion { function: Function::Count }
    );
    assert_eq!(
        refused_by(Function::IndexedRepeat, vec![answer("number"), answer("text"), number(1.0)]),
        TypeErrorKind::NoRepeat { function: Function::IndexedRepeat }
    );
    assert_eq!(
        refused_by(Function::Site, vec![answer("text")]),
        TypeErrorKind::NoWord { function: Function::Site }
    );
    assert_eq!(
        refused_by(Function::FormatDate, vec![answer("day"), text("%d.%m.%Z")]),
        TypeErrorKind::UnknownFormat("Z".to_owned())
    );
    assert_eq!(
        refused_by(Function::Regex, vec![answer("text"), text("(?=a)")]),
        TypeErrorKind::Regex(RegexError::Unsupported("(?=".to_owned()))
    );
    assert!(matches!(
        refused_by(Function::Selected, vec![answer("number"), text("a")]),
        TypeErrorKind::WrongType { .. }
    ));
}

#[test]
fn a_repeat_is_counted_and_nothing_else() {
    let wrong = |part| TypeErrorKind::WrongType { expected: ValueType::Any, found: part };
    assert_eq!(refused(&binary(answer("repeat"), Equal, number(3.0))), wrong(ValueType::Repeat));
    assert_eq!(refused(&answer("repeat")), wrong(ValueType::Repeat));
}

#[test]
fn the_answer_itself_stands_only_where_there_is_one() {
    let own = binary(Expression::This, Less, number(4.0));
    assert_eq!(refused(&own), TypeErrorKind::NoThis);
    assert_eq!(check_types(&own, &of, Some(ValueType::Number)), Ok(ValueType::Truth));
}

#[test]
fn what_is_too_deep_is_refused() {
    let deep = (0..200).fold(number(1.0), |it, _| Expression::Negative(Box::new(it)));
    assert_eq!(refused(&deep), TypeErrorKind::TooDeep);
    assert!(is_none(&alone(&deep)));
}

#[test]
fn the_answer_of_the_visit_before_is_of_its_questions_type() {
    let last = |question| call(Function::Last, [text(question)]);
    for (question, of) in
        [("number", ValueType::Number), ("day", ValueType::Day), ("choice", ValueType::Choices)]
    {
        assert_eq!(check(&last(question)), Ok(of));
    }
    let older = binary(last("number"), Subtract, answer("number"));
    assert_eq!(check(&older), Ok(ValueType::Number));
    assert!(matches!(refused(&binary(last("number"), Equal, text("many"))), TypeErrorKind::NeverA { .. }));
    let unknown = call(Function::Not, [last("gone")]);
    let error = check(&unknown).unwrap_err();
    assert_eq!(error.kind, TypeErrorKind::UnknownQuestion(QuestionId::from("gone")));
    assert_eq!(unknown.at(&error.path), Some(&text("gone")));
    let repeat = TypeErrorKind::WrongType { expected: ValueType::Any, found: ValueType::Repeat };
    assert_eq!(refused(&last("repeat")), repeat);
    assert_eq!(
        refused(&call(Function::Last, [answer("number")])),
        TypeErrorKind::NoWord { function: Function::Last }
    );
}

#[test]
fn only_tables_and_columns_that_there_are_are_looked_up() {
    let pull =
        |table, column, key| call(Function::PullData, [text(table), text(column), text(key), answer("text")]);
    for (table, column, key) in
        [("site", "value", "attribute"), ("last", "answer", "question"), ("last", "question", "answer")]
    {
        assert_eq!(check(&pull(table, column, key)), Ok(ValueType::Any));
    }
    assert_eq!(refused(&pull("tanks", "due", "code")), TypeErrorKind::UnknownTable("tanks".to_owned()));
    for (column, key, place) in [("due", "question", 1), ("answer", "code", 2)] {
        let unknown = pull("last", column, key);
        let error = check(&unknown).unwrap_err();
        assert!(matches!(error.kind, TypeErrorKind::UnknownColumn { table: LookupTable::Last, .. }));
        assert_eq!(error.path, [place]);
    }
}
