//! Answers by themselves: how they are written, and what expressions see of them.

use super::*;
use domain::{
    expression::Value as Seen,
    form::{AnswerError, Month, QuestionKind, TimeOfDay},
    photo::PhotoHash,
};

fn kind(kind: Value) -> QuestionKind {
    serde_json::from_value(kind).unwrap()
}

fn select() -> QuestionKind {
    kind(json!({ "select_multiple": [{ "id": "z", "text": text("z") }, { "id": "a", "text": text("a") }] }))
}

#[test]
fn months_and_times_are_written_so_and_not_otherwise() {
    let month: Month = serde_json::from_value(json!("2026-02")).unwrap();
    assert_eq!(month.first_day().to_string(), "2026-02-01");
    for wrong in ["2026-13", "2026-2", "26-02", "2026-02-01", "+026-02", "", "二零二六"] {
        assert!(serde_json::from_value::<Month>(json!(wrong)).is_err(), "{wrong}");
    }
    let time: TimeOfDay = serde_json::from_value(json!("07:05")).unwrap();
    assert_eq!(time.to_string(), "07:05");
    for wrong in ["24:00", "07:60", "7:05", "07:05:00", "ab:cd"] {
        assert!(serde_json::from_value::<TimeOfDay>(json!(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn expressions_see_the_words_of_pass_and_fail() {
    let seen = |answer: Answer| answer.value(&QuestionKind::PassFail);
    assert_eq!(seen(Answer::Pass), Seen::Text("pass".into()));
    assert_eq!(seen(Answer::Fail), Seen::Text("fail".into()));
    assert_eq!(seen(Answer::NotApplicable), Seen::Text("na".into()));
    assert_eq!(seen(Answer::StillOpen), Seen::Text("fail".into()));
}

#[test]
fn what_is_not_there_is_nothing_to_reckon_with() {
    let date = kind(json!({ "date": {} }));
    let none = [Answer::NotApplicable, Answer::StillOpen, Answer::Absent, Answer::NotShown];
    for answer in none.into_iter().chain([Answer::Attachments(vec![])]) {
        assert_eq!(answer.value(&date), Seen::Nothing);
    }
}

#[test]
fn what_was_chosen_is_seen_in_the_order_of_the_form() {
    let chosen = Answer::SelectMultiple(["a".into(), "z".into()].into());
    assert_eq!(chosen.value(&select()), Seen::Choices(vec!["z".into(), "a".into()]));
}

#[test]
fn a_value_becomes_an_answer_of_its_question_or_none() {
    let count = kind(json!({ "count": { "unit": text("个") } }));
    assert_eq!(Answer::of(Seen::Number(3.0), &count), Some(Answer::Count(3)));
    assert_eq!(Answer::of(Seen::Number(3.5), &count), None);
    assert_eq!(Answer::of(Seen::Number(-1.0), &count), None);
    assert_eq!(Answer::of(Seen::Number(f64::NAN), &count), None);
    assert_eq!(Answer::of(Seen::Text("fail".into()), &QuestionKind::PassFail), Some(Answer::Fail));
    assert_eq!(Answer::of(Seen::Text("maybe".into()), &QuestionKind::PassFail), None);
    let month = kind(json!({ "month": {} }));
    assert_eq!(Answer::of(Seen::Day(began().date_naive()), &month), Month::new(2026, 11).map(Answer::Month));
    let both = Answer::SelectMultiple(["a".into(), "z".into()].into());
    assert_eq!(Answer::of(Seen::Text("z a".into()), &select()), Some(both));
    assert_eq!(Answer::of(Seen::Text(" ".into()), &kind(json!({ "text": { "lines": 1 } }))), None);
}

#[test]
fn an_answer_fits_its_question_or_says_why_not() {
    let wrong = |answer: Answer, to: Value| answer.fits(&kind(to)).unwrap_err();
    assert_eq!(wrong(Answer::Pass, json!("time")), AnswerError::WrongType);
    assert_eq!(wrong(Answer::Number(1.0), json!({ "calculation": n(1.0) })), AnswerError::WrongType);
    assert_eq!(wrong(Answer::NotApplicable, json!("note")), AnswerError::WrongType);
    assert_eq!(wrong(Answer::Text(" ".into()), json!({ "text": { "lines": 2 } })), AnswerError::Empty);
    assert_eq!(wrong(Answer::Attachments(vec![]), json!("photo")), AnswerError::Empty);
    let two = vec![PhotoHash::of(b"1"), PhotoHash::of(b"2")];
    assert!(matches!(wrong(Answer::Attachments(two.clone()), json!("signature")), AnswerError::OverLimit(_)));
    assert_eq!(Answer::Attachments(two).fits(&kind(json!("photo"))), Ok(()));
    let old = Answer::Date("1850-01-01".parse().unwrap());
    assert!(matches!(wrong(old, json!({ "date": {} })), AnswerError::OverLimit(_)));
}

#[test]
fn words_of_earlier_records_are_read_as_they_were() {
    let earlier = [
        domain::form::Answer::Pass,
        domain::form::Answer::Fail,
        domain::form::Answer::NotApplicable,
        domain::form::Answer::Number(3.9),
        domain::form::Answer::Count(3),
        domain::form::Answer::Date(began().date_naive()),
        domain::form::Answer::SelectOne("a".into()),
        domain::form::Answer::SelectMultiple(["a".into()].into()),
        domain::form::Answer::Text("好".into()),
    ];
    for answer in earlier {
        let written = serde_json::to_value(&answer).unwrap();
        let read: Answer = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), written);
    }
}
