//! Texts: Chinese ones are counted in characters.

use crate::*;
use Function::{Concat, Contains, EndsWith, Join, StartsWith, StringLength, Substr};
use domain::expression::LENGTH;

#[test]
fn length_counts_characters() {
    let length = |value| call(StringLength, [answer("a")]).evaluate(&Visit::of("a", value));
    assert_eq!(length(text_value("消防车道")), Value::Number(4.0));
    assert_eq!(length(Value::Nothing), Value::Number(0.0));
    assert_eq!(length(Value::Number(12.5)), Value::Number(4.0));
}

#[test]
fn a_part_of_a_text_is_taken_from_zero_up_to_its_end_and_never_beyond() {
    let part = |start, end| alone(&call(Substr, [text("消防车道"), number(start), number(end)]));
    assert_eq!(part(0.0, 2.0), text_value("消防"));
    assert_eq!(part(1.0, 99.0), text_value("防车道"));
    assert_eq!(part(-2.0, 4.0), text_value("车道"));
    assert_eq!(part(0.0, -1.0), text_value("消防车"));
    assert_eq!([part(3.0, 1.0), part(9.0, 12.0), part(0.0, f64::NAN)], ["", "", ""].map(text_value));
    assert_eq!(alone(&call(Substr, [text("消防车道"), number(2.0)])), text_value("车道"));
}

#[test]
fn texts_are_found_in_texts() {
    let holds = |function, part| {
        call(function, [answer("a"), text(part)]).holds(&Visit::of("a", text_value("合格证")))
    };
    assert!(holds(Contains, "格") && holds(StartsWith, "合") && holds(EndsWith, "证"));
    assert!(!holds(Contains, "不") && !holds(StartsWith, "格") && !holds(EndsWith, "格"));
}

#[test]
fn texts_are_put_together_of_everything_and_every_instance_that_was_answered() {
    let visit = Visit::of("a", Value::Many(vec![text_value("甲"), Value::Nothing, text_value("乙")]));
    assert_eq!(call(Concat, [text("共"), number(2.0), answer("a")]).evaluate(&visit), text_value("共2甲乙"));
    assert_eq!(call(Join, [text("、"), answer("a"), text("丙")]).evaluate(&visit), text_value("甲、乙、丙"));
}

#[test]
fn no_text_grows_beyond_its_limit() {
    let mut doubled = text(&"长".repeat(1_000));
    for _ in 0..20 {
        doubled = call(Concat, [doubled.clone(), text("与"), doubled]);
        let Value::Text(it) = alone(&doubled) else { panic!("no text") };
        assert!(it.chars().count() <= LENGTH);
        if it.chars().count() == LENGTH {
            return;
        }
    }
    panic!("never came near");
}

#[test]
fn numbers_read_as_they_are_written() {
    let read = |it| alone(&call(Function::String, [number(it)]));
    let written = [3.0, 3.9, 0.1, -0.0, 1e21, f64::NAN, f64::NEG_INFINITY].map(read);
    assert_eq!(
        written,
        ["3", "3.9", "0.1", "0", "1000000000000000000000", "NaN", "-Infinity"].map(text_value)
    );
}

#[test]
fn texts_truths_and_choices_read_as_numbers_where_they_are_ones() {
    let read = |value| call(Function::Number, [answer("a")]).evaluate(&Visit::of("a", value));
    assert_eq!(read(text_value("-3.50")), Value::Number(-3.5));
    assert_eq!(read(text_value(".5")), Value::Number(0.5));
    assert_eq!(read(Value::Truth(true)), Value::Number(1.0));
    assert_eq!(read(choices(&["2"])), Value::Number(2.0));
    for none in [text_value(""), text_value("三"), choices(&["2", "3"]), Value::Nothing] {
        assert!(is_none(&read(none)));
    }
}
