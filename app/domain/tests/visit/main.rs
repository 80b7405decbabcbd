//! From draft to sealed record.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod answers;
mod forms;
mod hazards;
mod held;
mod last;
mod merge;
mod pass_all;
mod recheck;
mod referral;
mod sealing;
mod several;
mod sign_off;
mod whole;
mod worked_out;

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    expression::{Expression, Function, Operator},
    form::{
        Answer, AnswerKey, Form,
        session::{Line, PreparedForm},
    },
    id::{HazardId, PersonId, QuestionId, SiteId, SiteKind, VisitId},
    photo::PhotoHash,
    text::Lang,
    time::office_day,
    visit::{Draft, DraftForm, OpenDraft, Position, SignOffDraft, SiteSeen, VisitNature, VisitOutcome},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

fn text(zh: &str) -> Value {
    json!({ "zh": zh, "en": zh })
}

fn this(operator: Operator, limit: Expression) -> Expression {
    Expression::Binary(operator, Expression::This.into(), limit.into())
}

fn is_kind(kind: &str) -> Expression {
    Expression::Call(Function::SiteKind, vec![Expression::Text(kind.to_owned())])
}

fn says(question: &str, word: &str) -> Expression {
    let question = Expression::Answer(QuestionId::from(question));
    Expression::Binary(Operator::Equal, question.into(), Expression::Text(word.to_owned()).into())
}

/// With these fields besides.
fn question(id: &str, kind: Value, more: Value) -> Value {
    let mut question = json!({
        "id": id, "text": text(id), "hint": text("从门口看"), "kind": kind, "photo": "never",
        "basis": { "good_practice": true },
    });
    let (Value::Object(fields), Value::Object(more)) = (&mut question, more) else { panic!("no fields") };
    fields.extend(more);
    json!({ "question": question })
}

fn pass_fail(id: &str, more: Value) -> Value {
    question(id, json!("pass_fail"), more)
}

/// A criterion that proposes a hazard within seven days.
fn criterion(fails_if: Option<Expression>, what: &str, more: Value) -> Value {
    let mut finding = json!({ "what": text(what), "days": 7 });
    let (Value::Object(fields), Value::Object(more)) = (&mut finding, more) else { panic!("no fields") };
    fields.extend(more);
    match fails_if {
        Some(fails_if) => json!({ "fails_if": fails_if, "finding": finding }),
        None => json!({ "finding": finding }),
    }
}

fn group(id: &str, entries: Value) -> Value {
    json!({ "group": { "id": id, "title": text(id), "entries": entries } })
}

fn form(id: &str, version: u32, entries: Value) -> Form {
    serde_json::from_value(json!({
        "id": id, "version": version, "layer": "inspection", "sector": "ebike", "site_kinds": ["charging-shed"],
        "title": text(id), "entries": entries,
    }))
    .unwrap()
}

/// For a charging shed: a figure, what passes or fails, one that hangs on another, one for shops, a date, a choice, a count.
fn shed() -> Form {
    let metres = json!({ "number": { "unit": text("米"), "decimals": 1, "from": 0.0, "to": 50.0 } });
    let month_ago = Expression::Binary(
        Operator::Subtract,
        Expression::Call(Function::Today, vec![]).into(),
        Expression::Number(31.0).into(),
    );
    let options = json!([{ "id": "open", "text": text("开敞") }, { "id": "indoor", "text": text("楼内") }]);
    let indoor = this(Operator::Equal, Expression::Text("indoor".into()));
    let lane =
        criterion(Some(this(Operator::Less, Expression::Number(4.0))), "车道净宽不足", json!({ "days": 3 }));
    form(
        "shed",
        3,
        json!([
            group(
                "place",
                json!([
                    question("lane", metres, json!({ "photo": "on_fail", "criterion": lane })),
                    pass_fail(
                        "clear",
                        json!({ "photo": "always", "criterion": criterion(None, "车道堆物", json!({})) })
                    ),
                    pass_fail(
                        "pile",
                        json!({ "relevant": says("clear", "fail"), "criterion": criterion(None, "未登记", json!({})) })
                    ),
                    pass_fail(
                        "shop",
                        json!({ "relevant": is_kind("ebike-shop"), "criterion": criterion(None, "无合格证", json!({})) })
                    ),
                ])
            ),
            group(
                "gear",
                json!([
                    question(
                        "extinguisher",
                        json!({ "date": { "none": true, "not_shown": true } }),
                        json!({
                    "criterion": criterion(Some(this(Operator::Less, month_ago)), "灭火器未检查", json!({})) })
                    ),
                    question(
                        "kind",
                        json!({ "select_one": options }),
                        json!({
                    "criterion": criterion(Some(indoor), "楼内充电", json!({})) })
                    ),
                    question("count", json!({ "count": { "unit": text("辆"), "to": 500.0 } }), json!({})),
                ])
            ),
        ]),
    )
}

/// Another form, of one question, which has the name of one of the first.
fn doors() -> Form {
    let lane = json!({ "photo": "on_fail", "criterion": criterion(None, "疏散门推不开", json!({})) });
    form("doors", 1, json!([group("place", json!([pass_fail("lane", lane)]))]))
}

fn prepared(form: Form) -> Arc<PreparedForm> {
    PreparedForm::new(Arc::new(form))
}

fn all() -> Vec<Arc<PreparedForm>> {
    vec![prepared(shed()), prepared(doors())]
}

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap()
}

fn draft() -> Draft {
    Draft {
        id: VisitId(Uuid::from_u128(1)),
        site: SiteId(Uuid::from_u128(2)),
        site_seen: SiteSeen { kinds: vec![SiteKind::from("charging-shed")], ..SiteSeen::default() },
        nature: VisitNature::Patrol,
        administrative: None,
        inspector: PersonId(Uuid::from_u128(3)),
        participants: vec![],
        outcome: VisitOutcome::Done,
        started_at: start(),
        order: None,
        location: None,
        forms: vec![DraftForm::of(&shed())],
        position: Position::default(),
        note: String::new(),
        photos: vec![],
        sign_off: SignOffDraft::default(),
    }
}

/// In hand, with whichever of the two forms it has.
fn open(draft: Draft) -> OpenDraft {
    OpenDraft::open(draft, &all()).unwrap()
}

fn key(question: &str) -> AnswerKey {
    AnswerKey::of(question)
}

fn id(question: &str) -> QuestionId {
    QuestionId::from(question)
}

fn answer(open: &mut OpenDraft, question: &str, answer: Answer) {
    open.answer(0, &key(question), answer).unwrap();
}

/// Everything answered, and nothing amiss.
fn sound() -> OpenDraft {
    let mut open = open(draft());
    answer(&mut open, "lane", Answer::Number(4.0));
    answer(&mut open, "clear", Answer::Pass);
    open.set_photos(0, &key("clear"), &[PhotoHash::of(b"lane")]).unwrap();
    answer(&mut open, "extinguisher", Answer::Date(office_day(start())));
    answer(&mut open, "kind", Answer::SelectOne("open".into()));
    answer(&mut open, "count", Answer::Count(12));
    open
}

/// Opens the sheet of what fails.
fn write_up(open: &mut OpenDraft, form: usize, question: &str, hazard: u128) {
    let hazard = HazardId(Uuid::from_u128(hazard));
    assert!(open.open_finding((form, &key(question)), hazard, "锦绣物业", office_day(start()), Lang::Zh));
}

fn fail(open: &mut OpenDraft, question: &str, given: Answer) {
    answer(open, question, given);
    write_up(open, 0, question, 77);
}

/// What is asked of a form now.
fn asked(open: &OpenDraft, form: usize) -> Vec<String> {
    let lines = open.outline(form).into_iter();
    let questions = lines.filter_map(|line| match line {
        Line::Question(key, question) if question.asks() => Some(key.question.to_string()),
        Line::Question(..) | Line::Group(..) | Line::Repeat { .. } | Line::Instance { .. } => None,
    });
    questions.collect()
}

const QUESTIONS: [&str; 7] = ["lane", "clear", "pile", "shop", "extinguisher", "kind", "count"];

/// Gives whatever can be given; what is refused is not.
fn give(open: &mut OpenDraft, answers: &[(usize, Answer)]) {
    for (place, answer) in answers {
        let _ = open.answer(0, &key(QUESTIONS[*place]), answer.clone());
    }
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Pass),
        Just(Answer::Fail),
        Just(Answer::NotApplicable),
        Just(Answer::Absent),
        (-10.0..100.0).prop_map(Answer::Number),
        (0u32..600).prop_map(Answer::Count),
        prop::sample::select(vec!["open", "indoor", "none"])
            .prop_map(|option| Answer::SelectOne(option.into())),
        (-60i64..60).prop_map(|days| Answer::Date(office_day(start()) + Duration::days(days))),
        ".{0,5}".prop_map(Answer::Text),
    ]
}
