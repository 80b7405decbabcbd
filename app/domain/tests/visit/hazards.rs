//! One hazard for several questions, and where its sheet is kept.

use super::{Value, answer, criterion, draft, form, json, key, pass_fail, prepared, start, write_up};
use domain::{
    form::{Answer, Verdict, session::PreparedForm},
    hazard::HazardCommand,
    id::{FormId, QuestionId},
    severity::Severity,
    visit::{Draft, DraftForm, OpenDraft, ValidationIssue},
};
use std::sync::Arc;

fn about_exits(id: &str, more: Value) -> Value {
    let Value::Object(mut fields) = more else { panic!("no fields") };
    fields.insert("hazard".into(), json!("exits"));
    pass_fail(id, json!({ "criterion": criterion(None, id, Value::Object(fields)) }))
}

fn exits() -> Arc<PreparedForm> {
    let major = json!({ "level": "major", "major_by": "criteria-003", "days": 0 });
    let entries = json!([about_exits("blocked", json!({})), about_exits("locked", major)]);
    prepared(form("exits", 1, entries))
}

fn open() -> OpenDraft {
    let kept = Draft { forms: vec![DraftForm::of(exits().form())], ..draft() };
    OpenDraft::open(kept, &[exits()]).unwrap()
}

#[test]
fn questions_about_one_fact_share_one_sheet_and_make_one_hazard() {
    let mut open = open();
    answer(&mut open, "blocked", Answer::Fail);
    write_up(&mut open, 0, "blocked", 1);
    answer(&mut open, "locked", Answer::Fail);
    assert_eq!(open.form_issues(0), [], "the sheet is there already");
    assert_eq!(open.finding(0, &key("locked")), open.finding(0, &key("blocked")));
    let sealed = open.submit(start()).unwrap();
    let [(hazard, HazardCommand::Report(found))] = sealed.hazards.as_slice() else {
        panic!("{:?}", sealed.hazards)
    };
    assert_eq!(found.question, Some(QuestionId::from("locked")), "found by what weighs most");
    assert_eq!(found.level, Severity::Major, "the sheet rises with it");
    for question in ["blocked", "locked"] {
        let recorded = sealed.visit.forms[0].answer(&key(question)).unwrap();
        assert_eq!((recorded.verdict, recorded.hazards.as_slice()), (Verdict::Fail, &[*hazard][..]));
    }
    assert_eq!(sealed.visit.check(&[exits()]), Ok(()));
}

#[test]
fn the_sheet_stays_when_the_question_that_opened_it_passes_again() {
    let mut open = open();
    answer(&mut open, "blocked", Answer::Fail);
    write_up(&mut open, 0, "blocked", 1);
    open.change_finding(0, &key("blocked"), |finding| finding.what = "西侧出口锁闭".into());
    answer(&mut open, "locked", Answer::Fail);
    answer(&mut open, "blocked", Answer::Pass);
    assert_eq!(open.finding(0, &key("locked")).unwrap().what, "西侧出口锁闭");
    assert_eq!(open.finding(0, &key("blocked")), None, "nothing fails there");
    let sealed = open.submit(start()).unwrap();
    assert_eq!(sealed.hazards.len(), 1);
}

#[test]
fn whoever_has_not_written_it_up_is_led_there_once() {
    let mut open = open();
    answer(&mut open, "blocked", Answer::Fail);
    answer(&mut open, "locked", Answer::Fail);
    assert_eq!(open.form_issues(0), [ValidationIssue::NeedsFinding(key("locked"))]);
    write_up(&mut open, 0, "blocked", 1);
    let finding = open.finding(0, &key("blocked")).unwrap();
    assert_eq!((finding.level, finding.what.as_str()), (Severity::Major, "locked"), "the gravest speaks");
}

#[test]
fn what_two_forms_ask_alike_is_asked_once_and_counted_once() {
    let shared = |form_id: &str, extra: &str| {
        let lane = json!({ "fact": "lane", "criterion": criterion(None, "占用通道", json!({})) });
        prepared(form(form_id, 1, json!([pass_fail("lane", lane), pass_fail(extra, json!({}))])))
    };
    let forms = [shared("first", "a"), shared("second", "b")];
    let kept = Draft { forms: forms.iter().map(|known| DraftForm::of(known.form())).collect(), ..draft() };
    let mut open = OpenDraft::open(kept, &forms).unwrap();
    open.answer(0, &key("lane"), Answer::Fail).unwrap();
    write_up(&mut open, 0, "lane", 1);
    open.answer(0, &key("a"), Answer::Pass).unwrap();
    open.answer(1, &key("b"), Answer::Pass).unwrap();
    let sealed = open.submit(start()).unwrap();
    assert_eq!((sealed.visit.tally().failed, sealed.hazards.len()), (1, 1));
    let there = sealed.visit.forms[1].answer(&key("lane")).unwrap();
    assert_eq!((there.elsewhere, there.verdict), (true, Verdict::Fail), "it can be read there, too");
    assert_eq!(sealed.visit.forms[1].form, FormId::from("second"));
    assert_eq!(sealed.visit.check(&forms), Ok(()));
    let alone = domain::visit::Visit { forms: vec![sealed.visit.forms[1].clone()], ..sealed.visit };
    assert!(alone.check(&forms).is_err(), "without the other form nobody answered it");
}
