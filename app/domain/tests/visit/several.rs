//! Several hazards of one question: each has a sheet of its own, and the answer names them all.

use super::{
    answer, criterion, draft, fail, form, id, json, key, pass_fail, prepared, sound, start, write_up,
};
use domain::{
    form::{Answer, Verdict, session::PreparedForm},
    hazard::{Found, HazardCommand},
    id::HazardId,
    limits::{Excess, Field, HAZARDS, OverLimit},
    photo::PhotoHash,
    severity::Severity,
    text::Lang,
    time::office_day,
    visit::{CompletedVisit, Draft, DraftForm, InvalidVisit, OpenDraft, ValidationIssue},
};
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;

/// Two questions about one fact.
fn corridor() -> Arc<PreparedForm> {
    let about =
        |id: &str| pass_fail(id, json!({ "criterion": criterion(None, id, json!({ "hazard": "exits" })) }));
    prepared(form("corridor", 1, json!([about("blocked"), about("locked")])))
}

fn at_corridor(draft: Draft) -> OpenDraft {
    OpenDraft::open(draft, &[corridor()]).unwrap()
}

fn hazard(n: u128) -> HazardId {
    HazardId(Uuid::from_u128(n))
}

fn add(open: &mut OpenDraft, question: &str, n: u128) -> Option<u16> {
    open.add_finding((0, &key(question)), hazard(n), "锦绣物业", office_day(start()), Lang::Zh)
}

/// One more at the corridor, with these words.
fn one_more(open: &mut OpenDraft, n: u128, words: &str) -> u16 {
    let number = add(open, "blocked", n).unwrap();
    open.change_sheet((0, &key("blocked"), number), |finding| finding.what = words.to_owned());
    number
}

/// It is blocked, and that was written up twice.
fn twice() -> OpenDraft {
    let mut open = at_corridor(Draft { forms: vec![DraftForm::of(corridor().form())], ..draft() });
    answer(&mut open, "locked", Answer::Pass);
    answer(&mut open, "blocked", Answer::Fail);
    write_up(&mut open, 0, "blocked", 1);
    assert_eq!(one_more(&mut open, 2, "东侧堆放货架"), 1);
    open
}

fn written(draft: &Draft) -> Vec<(u16, &str)> {
    let sheets = draft.forms[0].findings_of(&key("blocked"));
    sheets.into_iter().map(|kept| (kept.number, kept.finding.what.as_str())).collect()
}

fn reported(sealed: &CompletedVisit) -> Vec<(HazardId, &Found)> {
    let reports = sealed.hazards.iter().map(|(id, command)| {
        let HazardCommand::Report(found) = command else { panic!("{command:?}") };
        (*id, found)
    });
    reports.collect()
}

#[test]
fn an_answer_names_every_hazard_that_was_written_up_at_it_in_order() {
    let mut open = twice();
    open.change_sheet((0, &key("blocked"), 1), |finding| {
        (finding.level, finding.responsible) = (Severity::Major, "货架业主".to_owned());
    });
    assert_eq!(open.form_issues(0), []);
    let sealed = open.submit(start()).unwrap();
    let [(one, first), (other, second)] = reported(&sealed)[..] else { panic!("{:?}", sealed.hazards) };
    assert_eq!((one, first.what.as_str(), first.level), (hazard(1), "blocked", Severity::General));
    assert_eq!((other, second.what.as_str(), second.level), (hazard(2), "东侧堆放货架", Severity::Major));
    assert_eq!([&first.responsible, &second.responsible], ["锦绣物业", "货架业主"]);
    assert_eq!([&first.question, &second.question], [&Some(id("blocked")), &Some(id("blocked"))]);
    let visit = sealed.visit;
    assert_eq!(visit.forms[0].answer(&key("blocked")).unwrap().hazards, [hazard(1), hazard(2)]);
    assert_eq!(visit.tally().failed, 1, "one question failed");
    assert_eq!(visit.check(&[corridor()]), Ok(()));
    let named = [1, 2, 3].map(|n| visit.found(hazard(n), visit.inspector, visit.site));
    assert_eq!(named, [true, true, false]);
}

#[test]
fn questions_about_one_fact_name_the_same_hazards() {
    let mut open = twice();
    answer(&mut open, "locked", Answer::Fail);
    assert_eq!(open.findings(0, &key("locked")), open.findings(0, &key("blocked")));
    let sealed = open.submit(start()).unwrap();
    assert_eq!(sealed.hazards.len(), 2);
    for question in ["blocked", "locked"] {
        let recorded = sealed.visit.forms[0].answer(&key(question)).unwrap();
        assert_eq!(
            (recorded.verdict, recorded.hazards.as_slice()),
            (Verdict::Fail, &[hazard(1), hazard(2)][..])
        );
    }
}

#[test]
fn whoever_takes_one_away_leaves_the_others_and_the_last_one_stays() {
    let mut open = twice();
    open.remove_finding(0, &key("blocked"), 7);
    open.remove_finding(0, &key("blocked"), 0);
    assert_eq!(written(open.draft()), [(1, "东侧堆放货架")]);
    open.remove_finding(0, &key("blocked"), 1);
    assert_eq!(written(open.draft()), [(1, "东侧堆放货架")], "what failed was found");
    write_up(&mut open, 0, "blocked", 5);
    assert_eq!(open.finding(0, &key("blocked")).unwrap().hazard, hazard(2), "it is the first now");
    assert_eq!(one_more(&mut open, 3, "西侧门锁闭"), 2, "nobody moves up");
    let sealed = open.submit(start()).unwrap();
    assert_eq!(sealed.visit.forms[0].answer(&key("blocked")).unwrap().hazards, [hazard(2), hazard(3)]);
}

#[test]
fn an_answer_that_passes_takes_all_of_them_and_gives_them_back() {
    let mut open = twice();
    answer(&mut open, "blocked", Answer::Pass);
    assert!(open.findings(0, &key("blocked")).is_empty());
    assert_eq!(add(&mut open, "blocked", 3), None, "nothing fails there");
    let passed = at_corridor(open.draft().clone()).submit(start()).unwrap();
    assert_eq!(passed.hazards, []);
    assert_eq!(passed.visit.forms[0].answer(&key("blocked")).unwrap().hazards, []);
    answer(&mut open, "blocked", Answer::Fail);
    assert_eq!(open.submit(start()).unwrap().hazards.len(), 2, "a slip of the thumb loses nothing");
}

#[test]
fn one_more_is_known_by_words_and_a_photo_of_its_own() {
    let mut open = sound();
    answer(&mut open, "lane", Answer::Number(3.0));
    assert_eq!(add(&mut open, "lane", 2), None, "the first comes first");
    fail(&mut open, "lane", Answer::Number(3.0));
    open.set_photos(0, &key("lane"), &[PhotoHash::of(b"narrow")]).unwrap();
    assert_eq!(open.form_issues(0), [], "a photo beside the answer will do for the first");
    assert_eq!(add(&mut open, "lane", 2), Some(1));
    let second = open.findings(0, &key("lane"))[1].finding.clone();
    assert_eq!((second.what.as_str(), second.due.to_string().as_str()), ("", "2026-11-27"));
    assert_eq!(open.form_issues(0), [ValidationIssue::NeedsWords(key("lane"))]);
    let of_sheets = |open: &OpenDraft| [0, 1].map(|number| open.sheet_issue(0, &key("lane"), number));
    assert_eq!(of_sheets(&open), [None, Some(ValidationIssue::NeedsWords(key("lane")))]);
    open.change_sheet((0, &key("lane"), 1), |finding| finding.what = "北端只有三米".to_owned());
    assert_eq!(of_sheets(&open), [None, Some(ValidationIssue::NeedsFindingPhoto(key("lane")))]);
    open.change_sheet((0, &key("lane"), 1), |finding| finding.photos.push(PhotoHash::of(b"north")));
    assert_eq!(of_sheets(&open), [None, None]);
    assert_eq!(open.form_issues(0), []);
}

#[test]
fn there_are_so_many_of_one_question_and_no_more() {
    let mut open = twice();
    for n in 3..=HAZARDS as u128 {
        one_more(&mut open, n, "又一处");
    }
    assert!(!open.may_add_finding(0, &key("blocked")));
    assert_eq!(add(&mut open, "blocked", 99), None);
    assert_eq!(open.form_issues(0), []);
    let sealed = open.submit(start()).unwrap();
    assert_eq!((sealed.hazards.len(), sealed.visit.check(&[corridor()])), (HAZARDS, Ok(())));
    let mut long = sealed.visit;
    long.forms[0].answers[0].hazards.push(hazard(99));
    assert_eq!(long.check(&[corridor()]), Err(InvalidVisit::OverLimit(too_many())));
}

fn too_many() -> OverLimit {
    OverLimit { field: Field::Hazards, excess: Excess::TooMany(HAZARDS as u32) }
}

#[test]
fn what_two_tabs_wrote_up_is_all_there() {
    let read = twice().draft().clone();
    let (mut here, mut there) = (at_corridor(read.clone()), at_corridor(read.clone()));
    assert_eq!([one_more(&mut there, 3, "乙"), one_more(&mut here, 4, "甲")], [2, 2]);
    let stored = here.draft().laid_over(&read, there.draft());
    assert_eq!(written(&stored)[2..], [(2, "乙"), (3, "甲")]);

    // Each goes on with the number that it knows.
    let saved = here.draft().clone();
    here.change_sheet((0, &key("blocked"), 2), |finding| finding.what = "甲，又量了一次".to_owned());
    let stored = here.draft().laid_over(&saved, &stored);
    assert_eq!(written(&stored)[2..], [(2, "乙"), (3, "甲，又量了一次")]);
    let saved = here.draft().clone();
    here.remove_finding(0, &key("blocked"), 2);
    let stored = here.draft().laid_over(&saved, &stored);
    assert_eq!(written(&stored), [(0, "blocked"), (1, "东侧堆放货架"), (2, "乙")]);
    let sealed = at_corridor(stored).submit(start()).unwrap();
    assert_eq!(sealed.visit.forms[0].answer(&key("blocked")).unwrap().hazards, [1, 2, 3].map(hazard));
}

#[test]
fn two_tabs_that_filled_it_up_are_told_that_these_are_too_many() {
    let mut open = twice();
    for n in 3..HAZARDS as u128 {
        one_more(&mut open, n, "又一处");
    }
    let read = open.draft().clone();
    let (mut here, mut there) = (at_corridor(read.clone()), at_corridor(read.clone()));
    one_more(&mut here, 30, "甲");
    one_more(&mut there, 40, "乙");
    let mut laid = at_corridor(here.draft().laid_over(&read, there.draft()));
    assert_eq!(laid.form_issues(0), [ValidationIssue::OverLimit(key("blocked"), too_many())]);
    laid.remove_finding(0, &key("blocked"), 1);
    assert_eq!(laid.form_issues(0), []);
}

#[test]
fn what_two_tabs_wrote_up_at_two_questions_about_one_fact_is_all_handed_in() {
    let read =
        at_corridor(Draft { forms: vec![DraftForm::of(corridor().form())], ..draft() }).draft().clone();
    let (mut here, mut there) = (at_corridor(read.clone()), at_corridor(read.clone()));
    for (open, question, n) in [(&mut there, "blocked", 1), (&mut here, "locked", 2)] {
        answer(open, question, Answer::Fail);
        write_up(open, 0, question, n);
    }
    let open = at_corridor(here.draft().laid_over(&read, there.draft()));
    assert_eq!(written(open.draft()), [(0, "blocked"), (1, "locked")]);
    assert_eq!(open.findings(0, &key("locked")).len(), 2, "both are shown at either question");

    // The other tab knows of the place that it had, and goes on there.
    let saved = here.draft().clone();
    here.change_sheet((0, &key("locked"), 0), |finding| {
        finding.what = "挂着锁".to_owned();
        finding.photos.push(PhotoHash::of(b"lock"));
    });
    let open = at_corridor(here.draft().laid_over(&saved, open.draft()));
    assert_eq!(
        written(open.draft()),
        [(0, "blocked"), (1, "挂着锁")],
        "it is one, and the later words count"
    );
    let sealed = open.submit(start()).unwrap();
    let [(one, _), (other, second)] = reported(&sealed)[..] else { panic!("{:?}", sealed.hazards) };
    assert_eq!((one, other, second.photos.as_slice()), (hazard(1), hazard(2), &[PhotoHash::of(b"lock")][..]));
    assert_eq!(sealed.visit.check(&[corridor()]), Ok(()));
}

#[test]
fn whoever_joins_two_hazards_into_one_takes_the_sheets_of_both_along() {
    let about = |id: &str, more: Value, fact: &str| {
        pass_fail(id, json!({ "criterion": criterion(None, id, more), "fact": fact }))
    };
    let exits = || json!({ "hazard": "exits" });
    let entries = json!([
        about("door", exits(), "doors"),
        about("dark", json!({}), "light"),
        about("unlit", exits(), "light"),
    ]);
    let stairs = prepared(form("stairs", 1, entries));
    let begun = Draft { forms: vec![DraftForm::of(stairs.form())], ..draft() };
    let mut open = OpenDraft::open(begun, &[Arc::clone(&stairs)]).unwrap();
    for (question, n) in [("door", 1), ("dark", 2)] {
        answer(&mut open, question, Answer::Fail);
        write_up(&mut open, 0, question, n);
    }
    assert_eq!(open.proposed().len(), 2);
    answer(&mut open, "unlit", Answer::Fail);
    assert_eq!(open.proposed().len(), 1);
    let shown: Vec<_> = open.findings(0, &key("dark")).into_iter().map(|kept| kept.finding.hazard).collect();
    assert_eq!(shown, [hazard(1), hazard(2)]);
    let sealed = open.submit(start()).unwrap();
    assert_eq!(sealed.hazards.len(), 2, "nothing that was written goes unsent");
    assert_eq!(sealed.visit.check(&[stairs]), Ok(()));
}

#[test]
fn two_tabs_that_each_take_another_one_away_leave_one() {
    let read = twice().draft().clone();
    let (mut here, mut there) = (at_corridor(read.clone()), at_corridor(read.clone()));
    here.remove_finding(0, &key("blocked"), 0);
    there.remove_finding(0, &key("blocked"), 1);
    let stored = here.draft().laid_over(&read, there.draft());
    assert_eq!(written(&stored), [(1, "东侧堆放货架")], "what failed was found");
}

#[test]
fn an_answer_names_a_hazard_once_and_only_where_something_fails() {
    let visit = twice().submit(start()).unwrap().visit;
    let naming = |question: &str, hazards: Vec<HazardId>| {
        let mut visit = visit.clone();
        let mut answers = visit.forms[0].answers.iter_mut();
        answers.find(|sealed| sealed.key == key(question)).unwrap().hazards = hazards;
        visit.check(&[corridor()])
    };
    assert_eq!(naming("blocked", vec![hazard(2), hazard(1)]), Ok(()));
    assert_eq!(naming("blocked", vec![hazard(1), hazard(1)]), Err(InvalidVisit::FoundTwice(id("blocked"))));
    assert_eq!(naming("locked", vec![hazard(1)]), Err(InvalidVisit::NothingFound(id("locked"))));
}
