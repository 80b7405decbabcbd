//! Several forms in one visit.

use super::*;
use domain::{
    form::Verdict,
    form::session::{FormsOfVisit, Refused},
    visit::Tally,
};

fn forms(forms: &[Value]) -> FormsOfVisit {
    let mut visit = FormsOfVisit::default();
    for entries in forms {
        visit.add(PreparedForm::new(Arc::new(form_of(entries.clone()))), Answers::default(), context());
    }
    visit
}

/// A question about extinguishers.
fn shared(id: &str, more: Value) -> Value {
    with_criterion(id, with(json!({ "fact": "extinguishers" }), more))
}

fn state(visit: &FormsOfVisit, form: usize, question: &str) -> (bool, Option<Answer>) {
    let state = visit.sessions()[form].question(&key(question)).unwrap();
    (state.is_asked_elsewhere, state.answer.cloned())
}

#[test]
fn what_two_forms_ask_is_asked_by_the_first() {
    let mut visit =
        forms(&[json!([shared("a", json!({}))]), json!([shared("b", json!({})), pass_fail("c", json!({}))])]);
    assert_eq!(state(&visit, 1, "b"), (true, None));
    assert_eq!(visit.sessions()[1].standing().asked, 1);
    let changes = visit.set(0, &key("a"), Answer::Fail).unwrap();
    assert_eq!(state(&visit, 1, "b"), (true, Some(Answer::Fail)));
    assert_eq!(changes[1].answers, keys(&["b"]));
    assert_eq!(visit.set(1, &key("b"), Answer::Pass).unwrap_err(), Refused::AskedElsewhere);
}

#[test]
fn an_answer_that_was_taken_counts_once_and_proposes_one_hazard() {
    let mut visit = forms(&[json!([shared("a", json!({}))]), json!([shared("b", json!({}))])]);
    visit.set(0, &key("a"), Answer::Fail).unwrap();
    assert_eq!(visit.sessions()[1].question(&key("b")).unwrap().verdict, Some(Verdict::Fail));
    assert_eq!(visit.tally(), Tally { failed: 1, ..Tally::default() });
    let found = visit.findings();
    let forms: Vec<_> =
        found.iter().map(|one| one.questions.iter().map(|failed| failed.form).collect::<Vec<_>>()).collect();
    assert_eq!(forms, [[0, 1]]);
    let recorded = visit.sessions()[1].record();
    assert!(recorded[0].is_asked_elsewhere, "its paper is whole");
}

#[test]
fn a_later_form_asks_itself_what_the_first_does_not_ask_here() {
    let mut visit = forms(&[
        json!([pass_fail("shop", json!({})), shared("a", json!({ "relevant": is("shop", "pass") }))]),
        json!([shared("b", json!({}))]),
    ]);
    assert_eq!(state(&visit, 1, "b"), (false, None));
    visit.set(1, &key("b"), Answer::Pass).unwrap();
    let changes = visit.set(0, &key("shop"), Answer::Pass).unwrap();
    assert_eq!(state(&visit, 1, "b"), (true, None));
    assert_eq!(changes[1].answers, keys(&["b"]));
    // And its own answer was kept meanwhile.
    visit.set(0, &key("shop"), Answer::Fail).unwrap();
    assert_eq!(state(&visit, 1, "b"), (false, Some(Answer::Pass)));
}

#[test]
fn what_depends_on_a_taken_answer_is_worked_out() {
    let mut visit = forms(&[
        json!([shared("a", json!({}))]),
        json!([
            shared("b", json!({})),
            pass_fail("why", json!({ "relevant": is("b", "fail"), "fact": "why" }))
        ]),
        json!([pass_fail("why-too", json!({ "fact": "why" }))]),
    ]);
    assert_eq!(state(&visit, 2, "why-too"), (false, None));
    let changes = visit.set(0, &key("a"), Answer::Fail).unwrap();
    assert_eq!(changes[1].shown, keys(&["why"]));
    assert_eq!(state(&visit, 2, "why-too"), (true, None));
}

#[test]
fn one_word_for_two_different_questions_is_asked_twice() {
    let visit =
        forms(&[json!([shared("a", json!({}))]), json!([count("b", json!({ "fact": "extinguishers" }))])]);
    assert_eq!(state(&visit, 1, "b"), (false, None));
}

#[test]
fn an_answer_that_the_later_form_does_not_offer_is_asked_again() {
    let choice = |choices: &[&str]| json!([select_one("kind", choices, json!({ "fact": "kind" }))]);
    let mut visit = forms(&[choice(&["dry", "foam"]), choice(&["dry", "water"])]);
    visit.set(0, &key("kind"), Answer::SelectOne("foam".into())).unwrap();
    assert_eq!(state(&visit, 1, "kind"), (false, None));
    visit.set(0, &key("kind"), Answer::SelectOne("dry".into())).unwrap();
    assert_eq!(state(&visit, 1, "kind"), (true, Some(Answer::SelectOne("dry".into()))));
}

#[test]
fn a_form_that_is_taken_out_leaves_its_questions_to_the_others() {
    let mut visit = forms(&[json!([shared("a", json!({}))]), json!([shared("b", json!({}))])]);
    visit.set(0, &key("a"), Answer::Pass).unwrap();
    let changes = visit.remove(0);
    assert_eq!((state(&visit, 0, "b"), changes[0].answers.clone()), ((false, None), keys(&["b"])));
    assert_eq!(visit.sessions()[0].standing().asked, 1);
}
