//! 全部正常: what one tap passes, and what it leaves open.

use super::*;
use domain::visit::{DraftIssue, ValidationIssue};
use std::collections::BTreeSet;

fn of_forms(forms: &[Form]) -> OpenDraft {
    let draft = Draft { forms: forms.iter().map(DraftForm::of).collect(), ..draft() };
    let prepared: Vec<_> = forms.iter().cloned().map(prepared).collect();
    OpenDraft::open(draft, &prepared).unwrap()
}

#[test]
fn one_tap_passes_what_can_simply_be_passed_in_every_form_and_what_that_brings_into_view() {
    let hangs_on = json!({ "relevant": says("b", "pass") });
    let walk = form(
        "walk",
        1,
        json!([group("place", json!([pass_fail("a", hangs_on), pass_fail("b", json!({}))]))]),
    );
    let mut open = of_forms(&[walk, doors()]);
    open.pass_all();
    let passed: Vec<_> =
        open.passed().into_iter().map(|(form, key)| (form, key.question.to_string())).collect();
    let expected = [(0, "a"), (0, "b"), (1, "lane")].map(|(form, question)| (form, question.to_owned()));
    assert_eq!(passed, expected);
    let sealed = open.submit(start()).unwrap();
    assert!(sealed.hazards.is_empty());
    let answers: Vec<_> = sealed.visit.answers().map(|given| &given.answer).collect();
    assert_eq!(answers, [&Answer::Pass; 3]);
}

#[test]
fn what_wants_a_figure_a_choice_or_a_photo_stays_open_and_what_was_answered_stays() {
    let mut open = open(draft());
    fail(&mut open, "lane", Answer::Number(3.0));
    open.pass_all();
    assert_eq!(open.passed(), [(0, key("clear"))]);
    let lacking: BTreeSet<_> = open.issues().iter().filter_map(of_question).collect();
    assert_eq!(lacking, ["clear", "count", "extinguisher", "kind", "lane"].map(str::to_owned).into());
    assert!(open.fails(0, &key("lane")), "what somebody answered is not passed over");
}

fn of_question(issue: &DraftIssue) -> Option<String> {
    match issue {
        DraftIssue::Question { issue, .. } => Some(ValidationIssue::question(issue).question.to_string()),
        DraftIssue::NeedsForm
        | DraftIssue::NeedsNote
        | DraftIssue::NeedsInspection
        | DraftIssue::Breach(_)
        | DraftIssue::SignOff(_)
        | DraftIssue::OverLimit(_) => None,
    }
}
