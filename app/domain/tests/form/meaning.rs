//! What an answer means, and what a form still needs.

use super::*;
use domain::{
    form::Verdict,
    form::{
        AnswerError, Month, TimeOfDay,
        session::{Issue, Lack, Problem, Standing},
    },
    photo::PhotoHash,
    visit::Tally,
};

fn verdict(session: &Session, question: &str) -> Option<Verdict> {
    session.question(&key(question)).unwrap().verdict
}

fn criterion(fails_if: Expression) -> Value {
    json!({ "criterion": { "fails_if": fails_if, "finding": proposal("净宽不足") } })
}

fn lacks(session: &Session) -> Vec<(String, Lack)> {
    session
        .issues()
        .into_iter()
        .map(|Issue { question, lack }| (question.question.to_string(), lack))
        .collect()
}

#[test]
fn a_question_without_a_criterion_is_information() {
    let mut session =
        open(json!([select_one("estate", &["old", "new"], json!({})), pass_fail("lane", json!({}))]));
    session.set(&key("estate"), Answer::SelectOne("old".into())).unwrap();
    session.set(&key("lane"), Answer::Fail).unwrap();
    assert_eq!(session.tally(), Tally { information: 2, ..Tally::default() });
    assert_eq!(session.findings(), []);
}

#[test]
fn a_criterion_says_which_answer_fails() {
    let mut session = open(json!([count("width", criterion(under(Expression::This, 4.0)))]));
    for (given, expected) in [(3, Verdict::Fail), (4, Verdict::Pass)] {
        session.set(&key("width"), Answer::Count(given)).unwrap();
        assert_eq!(verdict(&session, "width"), Some(expected));
    }
    session.set(&key("width"), Answer::NotApplicable).unwrap();
    assert_eq!(verdict(&session, "width"), Some(Verdict::NotApplicable));
    session.clear(&key("width")).unwrap();
    assert_eq!((verdict(&session, "width"), session.tally()), (None, Tally::default()));
}

#[test]
fn what_is_as_wrong_as_before_has_not_passed_and_is_no_second_hazard() {
    let mut session = open(json!([
        with_criterion("lane", json!({ "photo": "always" })),
        count("width", criterion(under(Expression::This, 4.0))),
    ]));
    for question in ["lane", "width"] {
        session.set(&key(question), Answer::StillOpen).unwrap();
        assert_eq!(verdict(&session, question), Some(Verdict::StillOpen));
    }
    assert_eq!(session.tally(), Tally { still_open: 2, ..Tally::default() });
    assert_eq!((session.tally().answered(), session.findings().len(), session.issues()), (2, 0, vec![]));
    session.set(&key("lane"), Answer::Fail).unwrap();
    assert_eq!(session.tally(), Tally { failed: 1, still_open: 1, ..Tally::default() });
    assert_eq!(session.findings().len(), 1, "it is another one after all");
}

#[test]
fn a_criterion_may_look_at_what_is_asked_later() {
    let later = json!({ "criterion": { "fails_if": under(q("width"), 4.0), "finding": proposal("窄") } });
    let mut session = open(json!([pass_fail("sign", later), count("width", json!({}))]));
    session.set(&key("sign"), Answer::Pass).unwrap();
    assert_eq!(verdict(&session, "sign"), Some(Verdict::Pass));
    let change = session.set(&key("width"), Answer::Count(3)).unwrap();
    assert!(change.verdicts.contains(&(key("sign"), Some(Verdict::Fail))));
}

#[test]
fn what_does_not_exist_or_cannot_be_shown_fails_where_there_is_a_criterion() {
    let kind = json!({ "date": { "none": true, "not_shown": true } });
    let mut session = open(json!([
        question("checked", kind.clone(), json!({ "criterion": { "finding": proposal("未检查") } })),
        question("built", kind, json!({})),
    ]));
    for given in [Answer::Absent, Answer::NotShown] {
        session.set(&key("checked"), given.clone()).unwrap();
        session.set(&key("built"), given).unwrap();
        assert_eq!(verdict(&session, "checked"), Some(Verdict::Fail));
        assert_eq!(verdict(&session, "built"), Some(Verdict::Information));
    }
    session.set(&key("checked"), Answer::Date(began().date_naive())).unwrap();
    assert_eq!(verdict(&session, "checked"), Some(Verdict::Pass));
}

#[test]
fn there_is_none_may_only_be_said_where_the_form_allows_it() {
    let mut session = open(json!([question("built", json!({ "month": { "none": true } }), json!({}))]));
    assert!(session.set(&key("built"), Answer::NotShown).is_err());
    session.set(&key("built"), Answer::Absent).unwrap();
    session.set(&key("built"), Answer::Month(Month::new(2026, 11).unwrap())).unwrap();
    assert_eq!(session.issues(), []);
}

#[test]
fn an_implausible_figure_is_kept_and_named_and_has_no_verdict() {
    let mut session = open(json!([count("width", criterion(under(Expression::This, 4.0)))]));
    session.set(&key("width"), Answer::Count(4000)).unwrap();
    let error = AnswerError::Implausible { given: 4000.0, from: 0.0, to: 1000.0 };
    assert_eq!(lacks(&session), [("width".to_owned(), Lack::Invalid(Problem::Answer(error)))]);
    assert_eq!(verdict(&session, "width"), None);
    assert_eq!(session.question(&key("width")).unwrap().kept, Some(&Answer::Count(4000)));
    assert_eq!(session.record(), []);
}

#[test]
fn a_constraint_that_does_not_hold_is_a_problem_of_the_question() {
    let test = op(Expression::This, Operator::LessOrEqual, q("storeys"));
    let mut session = open(json!([
        count("storeys", json!({})),
        count("fire-doors", json!({ "constraint": { "test": test, "message": text("多于楼层") } })),
    ]));
    session.set(&key("storeys"), Answer::Count(6)).unwrap();
    session.set(&key("fire-doors"), Answer::Count(7)).unwrap();
    assert_eq!(lacks(&session), [("fire-doors".to_owned(), Lack::Invalid(Problem::Constraint))]);
    let change = session.set(&key("storeys"), Answer::Count(7)).unwrap();
    assert_eq!((change.marks, session.issues()), (keys(&["fire-doors"]), vec![]));
    session.set(&key("fire-doors"), Answer::NotApplicable).unwrap();
    assert_eq!(session.issues(), [], "nothing was given that could be wrong");
}

#[test]
fn a_question_has_to_be_answered_unless_the_form_says_otherwise() {
    let mut session = open(json!([
        pass_fail("lane", json!({})),
        pass_fail("sign", json!({ "required": no() })),
        pass_fail("photo-of-sign", json!({ "required": is("lane", "fail") })),
    ]));
    assert_eq!(lacks(&session), [("lane".to_owned(), Lack::Unanswered)]);
    assert_eq!(session.standing(), Standing { asked: 3, answered: 0, lacking: 1, unanswered: 1 });
    let change = session.set(&key("lane"), Answer::Fail).unwrap();
    assert_eq!(lacks(&session), [("photo-of-sign".to_owned(), Lack::Unanswered)]);
    assert_eq!(change.marks.len(), 2);
}

#[test]
fn what_is_missing_is_listed_in_the_order_of_the_form() {
    let session = open(json!([
        calculation("all", q("late")),
        group("one", json!([pass_fail("b", json!({})), pass_fail("a", json!({}))]), json!({})),
        count("late", json!({})),
        question("title", json!("note"), json!({})),
    ]));
    let missing: Vec<_> = lacks(&session).into_iter().map(|(question, _)| question).collect();
    assert_eq!(missing, ["b", "a", "late"]);
}

/// What fails has its photos with its hazard, which the visit asks for.
#[test]
fn a_question_that_always_wants_a_photo_lacks_it_unless_it_fails_or_does_not_apply() {
    let photo = PhotoHash::of(b"photo");
    let mut session = open(json!([
        with_criterion("lane", json!({ "photo": "on_fail" })),
        with_criterion("sign", json!({ "photo": "always" })),
    ]));
    session.set(&key("lane"), Answer::Fail).unwrap();
    session.set(&key("sign"), Answer::Pass).unwrap();
    assert_eq!(lacks(&session), [("sign".to_owned(), Lack::NeedsPhoto)]);
    for without in [Answer::Fail, Answer::NotApplicable] {
        session.set(&key("sign"), without).unwrap();
        assert_eq!(session.issues(), []);
    }
    session.set(&key("sign"), Answer::Pass).unwrap();
    session.set_photos(&key("sign"), vec![photo]).unwrap();
    assert_eq!(session.issues(), []);
}

#[test]
fn what_was_typed_and_is_no_answer_is_kept_to_be_mended() {
    let mut session = open(json!([count("width", json!({ "required": no() }))]));
    session.type_in(&key("width"), "3,,9".into()).unwrap();
    assert_eq!(lacks(&session), [("width".to_owned(), Lack::NotAnAnswer)]);
    let form = session.form().clone();
    assert_eq!(reopen(&form, session.answers()).question(&key("width")).unwrap().typed, "3,,9");
    session.set(&key("width"), Answer::Count(4)).unwrap();
    assert_eq!(session.issues(), []);
}

#[test]
fn a_note_that_nobody_takes_is_missing_nothing_and_stands_in_the_way() {
    let mut session = open(json!([pass_fail("lane", json!({ "required": no() }))]));
    session.write_note(&key("lane"), "好".repeat(3_000)).unwrap();
    assert!(matches!(lacks(&session)[0].1, Lack::OverLimit(_)));
    session.write_note(&key("lane"), "好".into()).unwrap();
    assert_eq!(session.issues(), []);
}

#[test]
fn what_is_only_worked_out_or_shown_is_neither_asked_nor_counted() {
    let mut session = open(json!([
        count("cars", json!({})),
        calculation("twice", op(q("cars"), Operator::Multiply, n(2.0))),
        count("floors", json!({ "read_only": true, "default": n(6.0) })),
        question("title", json!("note"), json!({})),
    ]));
    session.set(&key("cars"), Answer::Count(1)).unwrap();
    assert_eq!(session.standing(), Standing { asked: 1, answered: 1, lacking: 0, unanswered: 0 });
    assert_eq!(session.tally(), Tally { information: 1, ..Tally::default() });
    let recorded: Vec<_> =
        session.record().into_iter().map(|one| (one.key.question.to_string(), one.answer)).collect();
    let expected = [("cars", Answer::Count(1)), ("twice", Answer::Number(2.0)), ("floors", Answer::Count(6))];
    assert_eq!(recorded, expected.map(|(question, answer)| (question.to_owned(), answer)));
}

#[test]
fn a_calculation_can_fail() {
    let per_bed = question(
        "per-bed",
        json!({ "calculation": op(q("area"), Operator::Divide, q("beds")) }),
        criterion(under(Expression::This, 4.0)),
    );
    let mut session = open(json!([count("area", json!({})), count("beds", json!({})), per_bed]));
    session.set(&key("area"), Answer::Count(10)).unwrap();
    assert_eq!(verdict(&session, "per-bed"), None);
    session.set(&key("beds"), Answer::Count(5)).unwrap();
    assert_eq!(verdict(&session, "per-bed"), Some(Verdict::Fail));
    session.set(&key("beds"), Answer::Count(0)).unwrap();
    assert_eq!(verdict(&session, "per-bed"), None, "there is no such figure");
}

#[test]
fn a_time_is_answered_as_one() {
    let mut session = open(json!([question("closing", json!("time"), json!({}))]));
    session.set(&key("closing"), Answer::Time(TimeOfDay::new(22, 30).unwrap())).unwrap();
    assert_eq!(session.standing().answered, 1);
}
