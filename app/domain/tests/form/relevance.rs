//! When a question is asked, what stands there first, and what is worked out.

use super::*;
use domain::{form::Verdict, form::session::Refused};

#[test]
fn a_question_is_asked_once_its_condition_holds() {
    let mut session = open(json!([
        pass_fail("lane", json!({})),
        pass_fail("pile", json!({ "relevant": is("lane", "fail") }))
    ]));
    assert!(!shown(&session, "pile"));
    let change = session.set(&key("lane"), Answer::Fail).unwrap();
    assert_eq!((change.shown, change.hidden), (keys(&["pile"]), vec![]));
    let change = session.set(&key("lane"), Answer::Pass).unwrap();
    assert_eq!((change.shown, change.hidden), (vec![], keys(&["pile"])));
}

#[test]
fn an_answer_comes_back_with_its_question() {
    let mut session = open(json!([
        pass_fail("lane", json!({})),
        count("bikes", json!({ "relevant": is("lane", "fail") }))
    ]));
    session.set(&key("lane"), Answer::Fail).unwrap();
    session.set(&key("bikes"), Answer::Count(7)).unwrap();
    session.set(&key("lane"), Answer::Pass).unwrap();
    assert_eq!(answer(&session, &key("bikes")), None, "what is not asked counts for nothing");
    session.set(&key("lane"), Answer::Fail).unwrap();
    assert_eq!(answer(&session, &key("bikes")), Some(Answer::Count(7)));
}

#[test]
fn what_is_not_asked_is_nothing_to_others() {
    let mut session = open(json!([
        pass_fail("lane", json!({})),
        count("bikes", json!({ "relevant": is("lane", "fail") })),
        pass_fail("register", json!({ "relevant": over(q("bikes"), 3.0) })),
    ]));
    session.set(&key("lane"), Answer::Fail).unwrap();
    session.set(&key("bikes"), Answer::Count(7)).unwrap();
    assert!(shown(&session, "register"));
    let change = session.set(&key("lane"), Answer::Pass).unwrap();
    assert_eq!(change.hidden, keys(&["bikes", "register"]));
}

#[test]
fn what_stands_in_a_group_is_hidden_with_it() {
    let mut session = open(json!([
        pass_fail("kitchen", json!({})),
        group("gas", json!([pass_fail("hose", json!({}))]), json!({ "relevant": is("kitchen", "pass") })),
    ]));
    assert!(!shown(&session, "hose"));
    let change = session.set(&key("kitchen"), Answer::Pass).unwrap();
    assert_eq!((change.groups_shown, change.shown), (vec![GroupKey::of("gas")], keys(&["hose"])));
}

#[test]
fn the_site_decides_what_is_asked_of_it() {
    let kind = |kind| call(Function::SiteKind, [t(kind)]);
    let session = open(json!([
        pass_fail("lift", json!({ "relevant": kind("high-rise") })),
        pass_fail("pump", json!({ "relevant": kind("filling-station") })),
    ]));
    assert_eq!([shown(&session, "lift"), shown(&session, "pump")], [true, false]);
}

#[test]
fn a_default_is_given_when_the_question_is_first_asked_and_never_again() {
    let mut session = open(json!([
        pass_fail("lane", json!({})),
        count("bikes", json!({ "relevant": is("lane", "fail"), "default": n(2.0) })),
    ]));
    let change = session.set(&key("lane"), Answer::Fail).unwrap();
    assert_eq!(change.answers, keys(&["lane", "bikes"]));
    assert_eq!(answer(&session, &key("bikes")), Some(Answer::Count(2)));
    session.clear(&key("bikes")).unwrap();
    session.set(&key("lane"), Answer::Pass).unwrap();
    session.set(&key("lane"), Answer::Fail).unwrap();
    assert_eq!(answer(&session, &key("bikes")), None, "it was taken back");
    let form = session.form().clone();
    let session = reopen(&form, session.answers());
    assert_eq!(answer(&session, &key("bikes")), None, "nor does it come with the next day");
}

#[test]
fn a_default_does_not_follow_what_it_was_made_of() {
    let mut session = open(json!([
        count("floors", json!({})),
        count("doors", json!({ "default": q("floors"), "relevant": over(q("floors"), 0.0) })),
    ]));
    session.set(&key("floors"), Answer::Count(3)).unwrap();
    session.set(&key("floors"), Answer::Count(4)).unwrap();
    assert_eq!(answer(&session, &key("doors")), Some(Answer::Count(3)));
}

#[test]
fn what_is_only_shown_follows_its_default() {
    let mut session = open(json!([
        count("floors", json!({})),
        count("doors", json!({ "read_only": true, "default": op(q("floors"), Operator::Multiply, n(2.0)) })),
        pass_fail("guard", json!({ "relevant": over(q("doors"), 10.0) })),
    ]));
    assert_eq!(answer(&session, &key("doors")), None, "there is nothing to reckon with yet");
    session.set(&key("floors"), Answer::Count(3)).unwrap();
    assert_eq!(answer(&session, &key("doors")), Some(Answer::Count(6)));
    let change = session.set(&key("floors"), Answer::Count(8)).unwrap();
    assert_eq!(change.answers, keys(&["floors", "doors"]));
    assert_eq!(change.shown, keys(&["guard"]));
    let form = session.form().clone();
    assert_eq!(answer(&reopen(&form, session.answers()), &key("doors")), Some(Answer::Count(16)));
}

#[test]
fn a_calculation_follows_what_it_is_made_of() {
    let mut session = open(json!([
        count("cars", json!({})),
        count("bikes", json!({})),
        calculation("all", op(q("cars"), Operator::Add, q("bikes"))),
        pass_fail("register", json!({ "relevant": over(q("all"), 10.0) })),
    ]));
    session.set(&key("cars"), Answer::Count(6)).unwrap();
    let change = session.set(&key("bikes"), Answer::Count(5)).unwrap();
    assert_eq!(answer(&session, &key("all")), Some(Answer::Number(11.0)));
    assert_eq!(change.answers, keys(&["bikes", "all"]));
    assert_eq!(change.shown, keys(&["register"]));
}

#[test]
fn a_calculation_that_stands_before_what_it_looks_at_is_worked_out_after_it() {
    let mut session = open(json!([
        calculation("twice", op(q("cars"), Operator::Multiply, n(2.0))),
        count("cars", json!({}))
    ]));
    session.set(&key("cars"), Answer::Count(6)).unwrap();
    assert_eq!(answer(&session, &key("twice")), Some(Answer::Number(12.0)));
}

#[test]
fn what_is_worked_out_once_stays_over_a_night() {
    let mut session =
        open(json!([count("cars", json!({})), calculation("first", call(Function::Once, [q("cars")]))]));
    session.set(&key("cars"), Answer::Count(6)).unwrap();
    session.set(&key("cars"), Answer::Count(7)).unwrap();
    assert_eq!(answer(&session, &key("first")), Some(Answer::Number(6.0)));
    let form = session.form().clone();
    assert_eq!(answer(&reopen(&form, session.answers()), &key("first")), Some(Answer::Number(6.0)));
}

#[test]
fn a_change_says_what_is_different_and_nothing_else() {
    let mut session = open(json!([with_criterion("lane", json!({})), with_criterion("other", json!({}))]));
    let change = session.set(&key("lane"), Answer::Fail).unwrap();
    assert_eq!(change.answers, keys(&["lane"]));
    assert_eq!(change.verdicts, [(key("lane"), Some(Verdict::Fail))]);
    assert_eq!(change.marks, keys(&["lane"]));
    assert!(session.set(&key("lane"), Answer::Fail).unwrap().is_empty(), "the same answer again");
}

#[test]
fn what_cannot_be_answered_is_refused_and_changes_nothing() {
    let mut session = open(json!([
        pass_fail("lane", json!({})),
        pass_fail("pile", json!({ "relevant": is("lane", "fail") })),
        count("floors", json!({ "read_only": true, "default": n(6.0) })),
        calculation("twice", op(q("floors"), Operator::Multiply, n(2.0))),
    ]));
    let mut tried = |question: &str, given| session.set(&key(question), given).unwrap_err();
    assert_eq!(tried("pile", Answer::Pass), Refused::NotAsked);
    assert_eq!(tried("floors", Answer::Count(1)), Refused::ReadOnly);
    assert_eq!(tried("twice", Answer::Number(1.0)), Refused::ReadOnly);
    assert_eq!(tried("lane", Answer::Count(1)), Refused::WrongType);
    assert_eq!(tried("moat", Answer::Pass), Refused::Unknown);
    assert_eq!(session.set(&key("lane").at(&[1]), Answer::Pass).unwrap_err(), Refused::Unknown);
    assert_eq!(answer(&session, &key("floors")), Some(Answer::Count(6)));
    assert_eq!(answer(&session, &key("twice")), Some(Answer::Number(12.0)));
}
