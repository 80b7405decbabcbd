//! What a form shows, line by line.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, FixedOffset};
use domain::{
    expression::{Expression, Operator},
    form::{
        Answer, AnswerKey, Answers, Form, GroupKey,
        session::{Context, PreparedForm, Session},
    },
};
use field::visit::lines::{self, LineKey, Numbered};
use serde_json::{Value, json};
use std::sync::Arc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn text(words: &str) -> Value {
    json!({ "zh": words, "en": words })
}

fn question(id: &str) -> Value {
    json!({ "question": { "id": id, "text": text(id), "kind": "pass_fail" } })
}

fn note(id: &str) -> Value {
    json!({ "question": { "id": id, "text": text(id), "kind": "note" } })
}

fn group(id: &str, entries: &[Value]) -> Value {
    json!({ "group": { "id": id, "title": text(id), "entries": entries } })
}

/// At most two of them.
fn repeat(id: &str, entries: &[Value]) -> Value {
    json!({ "repeat": { "id": id, "title": text(id), "most": 2, "entries": entries } })
}

fn session(entries: &[Value]) -> Session {
    let form: Form = serde_json::from_value(json!({
        "id": "f", "version": 1, "layer": "patrol", "sector": "fire", "title": text("f"), "entries": entries,
    }))
    .unwrap();
    let began: DateTime<FixedOffset> = "2026-11-25T09:00:00+08:00".parse().unwrap();
    let context = Arc::new(Context::new(began, vec![]));
    Session::open(PreparedForm::new(Arc::new(form)), Answers::default(), context)
}

fn lines_of(session: &Session) -> Vec<Numbered> {
    lines::of(session.form(), session.outline())
}

fn asked(id: &str, instance: &[u16]) -> LineKey {
    LineKey::Question(AnswerKey::of(id).at(instance))
}

#[wasm_bindgen_test]
fn what_is_asked_is_numbered_and_what_is_only_told_is_not() {
    let session = session(&[question("a"), group("g", &[note("n"), question("b")])]);
    let expected = [
        (asked("a", &[]), 1),
        (LineKey::Group(GroupKey::of("g"), 0), 0),
        (asked("n", &[]), 0),
        (asked("b", &[]), 2),
    ];
    let lines = lines_of(&session);
    assert_eq!(lines, expected);
    let numbers = lines::numbers(&lines);
    assert_eq!(numbers, [("a", 1), ("b", 2), ("n", 0)].map(|(id, number)| (AnswerKey::of(id), number)));
}

#[wasm_bindgen_test]
fn the_way_to_one_more_stands_behind_the_last_of_a_repeat_until_it_is_full() {
    let mut session = session(&[repeat("room", &[question("lamp")]), question("end")]);
    let room = GroupKey::of("room");
    let head = (LineKey::Repeat(room.clone(), 0), 0);
    let more = (LineKey::Add(room.clone()), 0);
    assert_eq!(lines_of(&session), [head.clone(), more.clone(), (asked("end", &[]), 1)]);
    session.add_instance(&room).unwrap();
    let first = [(LineKey::Instance(room.clone(), 1, 1), 1), (asked("lamp", &[1]), 1)];
    let expected = [&[head.clone()][..], &first, &[more, (asked("end", &[]), 2)]].concat();
    assert_eq!(lines_of(&session), expected);
    session.add_instance(&room).unwrap();
    session.remove_instance(&room, 1).unwrap();
    session.add_instance(&room).unwrap();
    let both = [
        (LineKey::Instance(room.clone(), 2, 1), 1),
        (asked("lamp", &[2]), 1),
        (LineKey::Instance(room, 3, 1), 2),
        (asked("lamp", &[3]), 2),
    ];
    assert_eq!(lines_of(&session), [&[head][..], &both, &[(asked("end", &[]), 3)]].concat());
}

#[wasm_bindgen_test]
fn groups_within_groups_know_how_deep_they_stand_and_headings_of_nothing_are_left_out() {
    let only_if_a_fails = json!({ "question": {
        "id": "b", "text": text("b"), "kind": "pass_fail", "relevant": fails("a"),
    } });
    let inner = group("inner", &[only_if_a_fails]);
    let mut session = session(&[group("outer", &[question("a"), inner])]);
    let outer = [(LineKey::Group(GroupKey::of("outer"), 0), 0), (asked("a", &[]), 1)];
    assert_eq!(lines_of(&session), outer);
    session.set(&AnswerKey::of("a"), Answer::Fail).unwrap();
    let inner = [(LineKey::Group(GroupKey::of("inner"), 1), 0), (asked("b", &[]), 2)];
    assert_eq!(lines_of(&session), [outer, inner].concat());
}

#[wasm_bindgen_test]
fn what_stands_in_an_instance_is_a_level_below_it() {
    let mut session = session(&[repeat("room", &[group("walls", &[question("damp")])])]);
    let room = GroupKey::of("room");
    session.add_instance(&room).unwrap();
    let depths: Vec<_> = lines_of(&session)
        .into_iter()
        .filter_map(|(line, _)| match line {
            LineKey::Group(_, depth) | LineKey::Repeat(_, depth) | LineKey::Instance(_, _, depth) => {
                Some(depth)
            }
            LineKey::Add(_) | LineKey::Question(_) => None,
        })
        .collect();
    assert_eq!(depths, [0, 1, 2], "the repeat, the instance, the group in it");
}

/// `${question} = 'fail'`
fn fails(question: &str) -> Expression {
    let (answer, word) = (Expression::Answer(question.into()), Expression::Text("fail".to_owned()));
    Expression::Binary(Operator::Equal, answer.into(), word.into())
}
