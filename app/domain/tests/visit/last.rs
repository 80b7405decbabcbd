//! What a visit went by of the visit before, and what it leaves to the next.

use super::{Value, answer, asked, draft, form, json, key, pass_fail, prepared, question, start, text};
use domain::{
    expression::{Expression, Function, Operator},
    form::{Answer, Form, LastAnswer, LastAnswers},
    id::VisitId,
    limits::{Field, LAST_ANSWERS, operations::check_visit},
    visit::{Draft, DraftForm, InvalidVisit, OpenDraft, Visit},
};
use uuid::Uuid;

/// How wide the lane is; and where it was narrow the last time, whether it was widened.
fn lane() -> Value {
    let narrow = Expression::Binary(
        Operator::Less,
        Expression::Call(Function::Last, vec![Expression::Text("lane".to_owned())]).into(),
        Expression::Number(4.0).into(),
    );
    let metres = json!({ "count": { "unit": text("米"), "to": 50.0 } });
    json!([question("lane", metres, json!({})), pass_fail("widened", json!({ "relevant": narrow }))])
}

fn shed() -> Form {
    form("shed", 1, lane())
}

fn opened(last: Vec<LastAnswers>) -> OpenDraft {
    let mut draft = Draft { forms: vec![DraftForm::of(&shed())], ..draft() };
    draft.site_seen.last = last;
    OpenDraft::open(draft, &[prepared(shed())]).unwrap()
}

/// A visit before this one, in which the lane was so wide.
fn before(lane: u32) -> Visit {
    let mut open = opened(vec![]);
    answer(&mut open, "lane", Answer::Count(lane));
    let visit = open.submit(start()).unwrap().visit;
    Visit { id: VisitId(Uuid::from_u128(9)), ..visit }
}

fn left(before: &Visit) -> LastAnswers {
    before.last_answers(&shed(), start()).unwrap()
}

#[test]
fn what_was_asked_for_the_visit_before_is_checked_by_what_the_phone_went_by() {
    let narrow = before(3);
    let mut open = opened(vec![left(&narrow)]);
    assert_eq!(asked(&open, 0), ["lane", "widened"]);
    answer(&mut open, "lane", Answer::Count(5));
    answer(&mut open, "widened", Answer::Pass);
    let visit = open.submit(start()).unwrap().visit;
    assert_eq!(visit.site_seen.last, [left(&narrow)]);
    let forms = [prepared(shed())];
    assert_eq!(visit.check(&forms), Ok(()));
    let mut skipped = visit.clone();
    skipped.forms[0].answers.pop();
    assert_eq!(skipped.check(&forms), Err(InvalidVisit::Unanswered("widened".into())));
    let mut unasked = visit;
    unasked.site_seen.last.clear();
    assert_eq!(unasked.check(&forms), Err(InvalidVisit::NotAsked("widened".into())));
}

#[test]
fn a_visit_says_only_what_it_went_by_in_its_own_forms() {
    let narrow = left(&before(3));
    let other = LastAnswers { form: "doors".into(), ..narrow.clone() };
    let mut open = opened(vec![other, narrow.clone()]);
    answer(&mut open, "lane", Answer::Count(5));
    answer(&mut open, "widened", Answer::Pass);
    assert_eq!(open.submit(start()).unwrap().visit.site_seen.last, [narrow]);
}

#[test]
fn what_was_never_answered_so_is_found_out() {
    let (narrow, visit) = (before(3), before(5));
    let went_by = |last: &LastAnswers, before: &Visit| visit.went_by(last, before);
    assert!(went_by(&left(&narrow), &narrow));
    let less = LastAnswers { answers: vec![], ..left(&narrow) };
    assert!(went_by(&less, &narrow), "it may not have known");
    assert!(!went_by(&left(&before(4)), &narrow));
    let elsewhere = Visit { site: Uuid::from_u128(7).into(), ..narrow.clone() };
    assert!(!went_by(&left(&narrow), &elsewhere));
    let without = Visit { forms: vec![], ..narrow.clone() };
    assert!(!went_by(&left(&narrow), &without));
}

#[test]
fn what_a_visit_went_by_has_its_limits() {
    let given = LastAnswer { key: key("lane"), answer: Answer::Count(3) };
    let of = |answers| LastAnswers { answers, ..left(&before(3)) };
    let with = |last: LastAnswers| {
        let mut visit = before(3);
        visit.site_seen.last = vec![last];
        check_visit(&visit)
    };
    assert_eq!(with(of(vec![given.clone(); LAST_ANSWERS])), Ok(()));
    let over = with(of(vec![given.clone(); LAST_ANSWERS + 1])).unwrap_err();
    assert_eq!(over.field, Field::Answers);
    let long = LastAnswer { key: key(&"道".repeat(200)), ..given };
    assert_eq!(with(of(vec![long])).unwrap_err().field, Field::Question);
}
