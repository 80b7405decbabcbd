//! What is equal, less and greater.

use crate::*;
use Operator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};

/// Of the answer to `a` with a part.
fn is(given: Value, operator: Operator, other: Expression) -> bool {
    binary(answer("a"), operator, other).holds(&Visit::of("a", given))
}

#[test]
fn what_was_not_answered_is_equal_to_an_empty_text_only() {
    for nothing in [Value::Nothing, text_value(""), choices(&[]), Value::Many(vec![])] {
        assert!(is(nothing.clone(), Equal, text("")));
        assert!(!is(nothing.clone(), NotEqual, text("")));
        assert!(!is(nothing.clone(), Equal, number(0.0)));
        assert!(!is(nothing.clone(), Equal, call(Function::False, [])));
        for operator in [Less, LessOrEqual, Greater, GreaterOrEqual] {
            assert!(!is(nothing.clone(), operator, number(0.0)));
        }
        // As in ODK, so that `!=` is the contrary of `=`.
        assert!(is(nothing, NotEqual, text("yes")));
    }
}

#[test]
fn a_number_that_is_none_is_equal_to_nothing_not_even_to_itself() {
    let none = Value::Number(f64::NAN);
    assert!(!is(none.clone(), Equal, answer("a")));
    assert!(!is(none.clone(), Equal, text("")));
    assert!(is(none, NotEqual, number(1.0)));
}

#[test]
fn the_words_of_a_pass_fail_answer_and_of_one_choice_are_texts() {
    assert!(is(text_value("fail"), Equal, text("fail")));
    assert!(is(choices(&["new"]), Equal, text("new")));
    assert!(!is(choices(&["new"]), Equal, text("old")));
    assert!(is(choices(&["new"]), NotEqual, text("old")));
}

#[test]
fn several_choices_are_equal_to_the_same_ones_in_any_order_and_to_no_single_one() {
    let both = || choices(&["gas", "coal"]);
    assert!(!is(both(), Equal, text("gas")));
    assert!(is(both(), Equal, text("gas coal")));
    assert!(is(both(), Equal, text("coal gas")));
}

#[test]
fn a_choice_that_is_called_by_a_number_compares_as_one() {
    assert!(is(choices(&["3"]), Greater, number(2.0)));
    assert!(is(choices(&["3"]), Equal, number(3.0)));
    assert!(!is(choices(&["3", "4"]), Greater, number(2.0)));
}

#[test]
fn a_text_beside_a_number_is_a_number() {
    assert!(is(text_value(" 3.0 "), Equal, number(3.0)));
    assert!(is(Value::Number(3.0), Equal, text("3")));
    for no_number in ["3 m", "1e3", "0x3", "1.2.3", "--3", ".", ""] {
        assert!(!is(text_value(no_number), Equal, number(3.0)), "{no_number}");
        assert!(!is(text_value(no_number), Less, number(1e9)), "{no_number}");
    }
}

#[test]
fn a_truth_is_equal_to_its_word_though_xpath_calls_every_word_true() {
    let truth = || Value::Truth(true);
    assert!(is(truth(), Equal, call(Function::True, [])));
    assert!(is(truth(), Equal, text("true")));
    assert!(!is(truth(), Equal, text("false")));
    assert!(is(Value::Truth(false), Equal, text("false")));
    assert!(is(truth(), Equal, number(1.0)));
}

#[test]
fn days_compare_with_days_moments_numbers_and_texts() {
    let given = || day("2026-11-29");
    assert!(is(given(), Equal, call(Function::Today, [])));
    assert!(is(given(), Less, call(Function::Now, [])));
    assert!(is(given(), Less, binary(call(Function::Today, []), Operator::Add, number(1.0))));
    assert!(is(given(), Equal, text("2026-11-29")));
    assert!(is(given(), Greater, text("2026-11-28")));
    assert!(!is(given(), Greater, text("yesterday")));
}

#[test]
fn times_of_day_compare() {
    assert!(is(text_value("08:30"), Less, text("09:00")));
    assert!(!is(text_value("18:30"), Less, text("09:00")));
    assert!(!is(text_value("25:00"), Greater, text("09:00")));
}

#[test]
fn of_many_answers_one_is_enough() {
    let many = || Value::Many(vec![Value::Number(1.0), Value::Nothing, Value::Number(9.0)]);
    assert!(is(many(), Greater, number(8.0)));
    assert!(is(many(), Equal, text("")));
    assert!(!is(many(), Greater, number(9.0)));
    assert!(is(many(), Equal, answer("a")));
}

#[test]
fn the_second_condition_is_looked_at_where_it_decides() {
    let (yes, no) = (call(Function::True, []), call(Function::False, []));
    let holds = |left: &Expression, operator, right: &Expression| {
        binary(left.clone(), operator, right.clone()).holds(&Visit::default())
    };
    assert!(
        holds(&yes, Operator::Or, &no) && holds(&no, Operator::Or, &yes) && !holds(&no, Operator::Or, &no)
    );
    assert!(holds(&yes, Operator::And, &yes) && !holds(&yes, Operator::And, &no));
}
