//! Hazards that a form proposes.

use super::*;
use domain::{
    form::{Responsible, session::ProposedFinding},
    severity::Severity,
};

fn proposed(id: &str, finding: Value) -> Value {
    let finding = with(json!({ "what": text(id), "days": 7 }), finding);
    pass_fail(id, json!({ "criterion": { "finding": finding }, "basis": { "law": [format!("law-{id}")] } }))
}

fn failing(entries: Value, failed: &[&str]) -> Vec<ProposedFinding> {
    let mut session = open(entries);
    for question in failed {
        session.set(&key(question), Answer::Fail).unwrap();
    }
    session.findings()
}

fn questions(finding: &ProposedFinding) -> Vec<AnswerKey> {
    finding.questions.iter().map(|failed| failed.key.clone()).collect()
}

#[test]
fn each_failed_question_proposes_a_hazard() {
    let found = failing(
        json!([proposed("a", json!({})), proposed("b", json!({})), proposed("c", json!({}))]),
        &["c", "a"],
    );
    assert_eq!(found.iter().map(questions).collect::<Vec<_>>(), [keys(&["a"]), keys(&["c"])]);
}

#[test]
fn several_questions_about_one_fact_propose_one_hazard() {
    let exits = json!({ "hazard": "exits" });
    let major = json!({ "hazard": "exits", "level": "major", "major_by": "criterion-3", "days": 0,
        "at_once": text("打开出口"), "responsible": "unknown" });
    let found = failing(
        json!([proposed("locked", exits), proposed("alarm", json!({})), proposed("blocked", major)]),
        &["locked", "alarm", "blocked"],
    );
    assert_eq!(
        found.iter().map(questions).collect::<Vec<_>>(),
        [keys(&["blocked", "locked"]), keys(&["alarm"])]
    );
    let exits = &found[0];
    // The gravest speaks; the earliest day and all that has to be done at once count.
    assert_eq!(
        (exits.level, exits.what.zh.as_str(), &exits.responsible),
        (Severity::Major, "blocked", &Responsible::Unknown)
    );
    assert_eq!((exits.due, exits.is_on_the_spot, exits.at_once.len()), (began().date_naive(), true, 1));
    assert_eq!(exits.basis.law, ["law-locked".into(), "law-blocked".into()]);
}

#[test]
fn nothing_is_major_without_a_criterion_of_law() {
    let found = failing(json!([proposed("a", json!({ "level": "major" }))]), &["a"]);
    assert_eq!((found[0].level, found[0].major_by.as_ref()), (Severity::General, None));
}

#[test]
fn the_day_is_counted_from_the_day_of_the_visit() {
    let found = failing(json!([proposed("a", json!({ "days": 15 }))]), &["a"]);
    assert_eq!((found[0].due.to_string().as_str(), found[0].is_on_the_spot), ("2026-12-09", false));
}

#[test]
fn each_instance_that_fails_is_a_hazard_unless_they_share_a_word() {
    let mut session = open(json!([repeat(
        "room",
        json!([proposed("window", json!({})), proposed("exit", json!({ "hazard": "exits" })),]),
        json!({})
    )]));
    for room in [1, 2] {
        session.add_instance(&rooms()).unwrap();
        for question in ["window", "exit"] {
            session.set(&key(question).at(&[room]), Answer::Fail).unwrap();
        }
    }
    let found: Vec<_> = session.findings().iter().map(|finding| finding.questions.len()).collect();
    assert_eq!(found, [1, 2, 1]);
}

#[test]
fn what_is_not_asked_any_more_proposes_nothing() {
    let mut session = open(json!([
        pass_fail("gas", json!({})),
        with_criterion("hose", json!({ "relevant": is("gas", "pass") }))
    ]));
    session.set(&key("gas"), Answer::Pass).unwrap();
    session.set(&key("hose"), Answer::Fail).unwrap();
    assert_eq!(session.findings().len(), 1);
    session.set(&key("gas"), Answer::Fail).unwrap();
    assert_eq!(session.findings(), []);
}

#[test]
fn what_another_has_to_put_right_says_who() {
    let other = json!({ "responsible": { "authority": text("市场监督管理部门") } });
    let found = failing(json!([proposed("a", other)]), &["a"]);
    assert!(matches!(&found[0].responsible, Responsible::Authority(name) if name.zh == "市场监督管理部门"));
}

#[test]
fn a_question_that_goes_by_two_words_brings_both_together() {
    let by = |hazard: &str| json!({ "hazard": hazard });
    let with_fact = |mut entry: Value, fact: &str| {
        entry["question"]["fact"] = json!(fact);
        entry
    };
    let entries = json!([
        proposed("a", by("h")),
        with_fact(proposed("b", json!({})), "f"),
        with_fact(proposed("c", by("h")), "f"),
    ]);
    let found = failing(entries, &["a", "b", "c"]);
    assert_eq!(found.iter().map(questions).collect::<Vec<_>>(), [keys(&["a", "c", "b"])]);
}
