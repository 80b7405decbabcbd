//! Forms: what is wrong with them, filling them in, going from version to version.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod check;
mod choices;
mod cost;
mod drawn;
mod findings;
mod last;
mod meaning;
mod properties;
mod relevance;
mod repeats;
mod sheets;
mod together;
mod validity;
mod values;
mod versions;

use chrono::{DateTime, FixedOffset, TimeZone};
use domain::{
    expression::{Expression, Function, Operator},
    form::{
        Answer, AnswerKey, Answers, Form, GroupKey,
        session::{Context, PreparedForm, Session},
    },
    id::{QuestionId, SiteKind},
    time::china,
};
use serde_json::{Value, json};
use std::sync::Arc;

// Expressions, as an author would write them.

/// `${name}`
fn q(name: &str) -> Expression {
    Expression::Answer(QuestionId::from(name))
}

fn n(number: f64) -> Expression {
    Expression::Number(number)
}

fn t(text: &str) -> Expression {
    Expression::Text(text.to_owned())
}

fn call(function: Function, arguments: impl Into<Vec<Expression>>) -> Expression {
    Expression::Call(function, arguments.into())
}

fn op(left: Expression, operator: Operator, right: Expression) -> Expression {
    Expression::Binary(operator, left.into(), right.into())
}

fn is(name: &str, word: &str) -> Expression {
    op(q(name), Operator::Equal, t(word))
}

fn over(left: Expression, limit: f64) -> Expression {
    op(left, Operator::Greater, n(limit))
}

fn under(left: Expression, limit: f64) -> Expression {
    op(left, Operator::Less, n(limit))
}

fn no() -> Expression {
    call(Function::False, [])
}

// Forms, as they travel.

fn text(words: &str) -> Value {
    json!({ "zh": words, "en": words })
}

/// With these fields besides.
fn with(mut value: Value, more: Value) -> Value {
    let (Value::Object(fields), Value::Object(more)) = (&mut value, more) else { panic!("no fields") };
    fields.extend(more);
    value
}

fn question(id: &str, kind: Value, more: Value) -> Value {
    json!({ "question": with(json!({ "id": id, "text": text(id), "kind": kind }), more) })
}

fn pass_fail(id: &str, more: Value) -> Value {
    question(id, json!("pass_fail"), more)
}

fn count(id: &str, more: Value) -> Value {
    question(id, json!({ "count": { "unit": text("个"), "to": 1000 } }), more)
}

fn select_one(id: &str, choices: &[&str], more: Value) -> Value {
    let choices: Vec<_> = choices.iter().map(|id| json!({ "id": id, "text": text(id) })).collect();
    question(id, json!({ "select_one": choices }), more)
}

fn calculation(id: &str, calculation: Expression) -> Value {
    question(id, json!({ "calculation": calculation }), json!({}))
}

fn group(id: &str, entries: Value, more: Value) -> Value {
    json!({ "group": with(json!({ "id": id, "title": text(id), "entries": entries }), more) })
}

fn repeat(id: &str, entries: Value, more: Value) -> Value {
    json!({ "repeat": with(json!({ "id": id, "title": text(id), "most": 20, "entries": entries }), more) })
}

fn proposal(what: &str) -> Value {
    json!({ "what": text(what), "days": 7 })
}

/// A pass/fail question that fails by failing.
fn with_criterion(id: &str, more: Value) -> Value {
    let own = json!({ "criterion": { "finding": proposal(id) }, "basis": { "good_practice": true }, "photo": "never" });
    pass_fail(id, with(own, more))
}

fn form_of(entries: Value) -> Form {
    let form = json!({
        "id": "test", "version": 1, "title": text("试"), "layer": "inspection", "sector": "fire", "entries": entries,
    });
    serde_json::from_value(form).unwrap()
}

// Sessions.

fn began() -> DateTime<FixedOffset> {
    china().with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap()
}

fn context() -> Arc<Context> {
    Arc::new(Context::new(began(), vec![SiteKind::from("high-rise")]))
}

fn open(entries: Value) -> Session {
    reopen(&form_of(entries), Answers::default())
}

fn reopen(form: &Form, answers: Answers) -> Session {
    Session::open(PreparedForm::new(Arc::new(form.clone())), answers, context())
}

fn key(question: &str) -> AnswerKey {
    AnswerKey::of(question)
}

fn shown(session: &Session, question: &str) -> bool {
    session.question(&key(question)).unwrap().shown
}

fn answer(session: &Session, key: &AnswerKey) -> Option<Answer> {
    session.question(key).unwrap().answer.cloned()
}

fn keys(questions: &[&str]) -> Vec<AnswerKey> {
    questions.iter().map(|question| key(question)).collect()
}

fn rooms() -> GroupKey {
    GroupKey::of("room")
}
