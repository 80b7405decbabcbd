//! What a draft still lacks, and the record that it becomes.

use super::{
    all, answer, any_answer, criterion, draft, fail, form, give, group, id, is_kind, json, key, open,
    pass_fail, shed, sound, start,
};
use chrono::Duration;
use domain::{
    form::{Answer, AnswerKey, Verdict, session::Context},
    hazard::HazardCommand,
    id::SiteKind,
    photo::PhotoHash,
    time::office_time,
    visit::{Draft, InvalidVisit, Missing, OpenDraft, RecordedAnswer, ValidationIssue, Visit},
};
use proptest::prelude::*;
use std::sync::Arc;

fn sealed() -> Visit {
    sound().submit(start()).unwrap().visit
}

fn recorded<'a>(visit: &'a mut Visit, question: &str) -> &'a mut RecordedAnswer {
    visit.forms[0].answers.iter_mut().find(|sealed| sealed.key == key(question)).unwrap()
}

#[test]
fn the_issues_say_what_is_missing_in_order() {
    let mut open = sound();
    assert_eq!(open.form_issues(0), []);
    open.set_photos(0, &key("clear"), &[]).unwrap();
    open.clear(0, &key("count")).unwrap();
    answer(&mut open, "lane", Answer::Number(3.0));
    assert_eq!(open.missing(0), Missing { unanswered: 1, all: 3 });
    assert_eq!(
        open.form_issues(0),
        [
            ValidationIssue::NeedsFinding(key("lane")),
            ValidationIssue::NeedsPhoto(key("clear")),
            ValidationIssue::Unanswered(key("count"))
        ]
    );
    fail(&mut open, "lane", Answer::Number(3.0));
    assert_eq!(
        open.form_issues(0)[0],
        ValidationIssue::NeedsFindingPhoto(key("lane")),
        "a failed question wants a photo unless it says never"
    );
    open.change_finding(0, &key("lane"), |finding| {
        finding.photos.push(PhotoHash::of(b"narrow"));
        finding.fixed = true;
    });
    assert_eq!(open.form_issues(0)[0], ValidationIssue::NeedsAfterPhoto(key("lane")));
    open.change_finding(0, &key("lane"), |finding| finding.what = " \u{200b}".into());
    assert_eq!(open.form_issues(0)[0], ValidationIssue::NeedsWords(key("lane")));
}

#[test]
fn a_photo_beside_the_answer_will_do_for_its_hazard() {
    let mut open = sound();
    fail(&mut open, "lane", Answer::Number(3.0));
    open.set_photos(0, &key("lane"), &[PhotoHash::of(b"narrow")]).unwrap();
    assert_eq!(open.form_issues(0), []);
}

#[test]
fn a_finding_comes_already_proposed() {
    let mut open = sound();
    fail(&mut open, "lane", Answer::Number(3.0));
    let finding = open.finding(0, &key("lane")).unwrap();
    assert_eq!((finding.what.as_str(), finding.responsible.as_str()), ("车道净宽不足", "锦绣物业"));
    assert_eq!(finding.due.to_string(), "2026-11-27", "three days from the visit");
}

#[test]
fn submission_seals_answers_and_hands_out_the_hazards() {
    let mut open = sound();
    fail(&mut open, "lane", Answer::Number(3.2));
    open.change_finding(0, &key("lane"), |finding| finding.photos.push(PhotoHash::of(b"narrow")));
    // An answer that is no longer asked for stays behind.
    answer(&mut open, "clear", Answer::Fail);
    answer(&mut open, "pile", Answer::Pass);
    answer(&mut open, "clear", Answer::Pass);
    let sealed = open.submit(start() + Duration::minutes(9)).unwrap();
    assert_eq!(sealed.visit.tally().failed, 1);
    assert_eq!(sealed.visit.forms[0].answer(&key("pile")), None);
    assert_eq!(sealed.visit.check(&all()), Ok(()));
    let [(hazard, HazardCommand::Report(found))] = sealed.hazards.as_slice() else {
        panic!("{:?}", sealed.hazards)
    };
    assert_eq!(sealed.visit.forms[0].answer(&key("lane")).unwrap().hazards, [*hazard]);
    assert_eq!((found.visit, found.question.as_ref()), (Some(sealed.visit.id), Some(&id("lane"))));
}

#[test]
fn a_finding_of_an_answer_that_passes_again_is_not_sent() {
    let mut open = sound();
    fail(&mut open, "lane", Answer::Number(3.2));
    answer(&mut open, "lane", Answer::Number(4.2));
    assert_eq!(open.draft().forms[0].findings.len(), 1, "it is kept");
    assert_eq!(open.submit(start()).unwrap().hazards, []);
}

#[test]
fn a_record_that_contradicts_its_form_is_invalid() {
    type Lie = fn(&mut Visit);
    let lies: [(Lie, InvalidVisit); 8] = [
        (|visit| recorded(visit, "lane").answer = Answer::Number(2.0), InvalidVisit::Verdict(id("lane"))),
        (|visit| recorded(visit, "lane").verdict = Verdict::Fail, InvalidVisit::Verdict(id("lane"))),
        (
            |visit| visit.forms[0].answers.retain(|sealed| sealed.key != key("count")),
            InvalidVisit::Unanswered(id("count")),
        ),
        (
            |visit| {
                let twin = recorded(visit, "count").clone();
                visit.forms[0].answers.push(twin);
            },
            InvalidVisit::AnsweredTwice(id("count")),
        ),
        (
            |visit| recorded(visit, "count").key = AnswerKey::of("wheels"),
            InvalidVisit::UnknownQuestion(id("wheels")),
        ),
        (
            |visit| {
                let more = RecordedAnswer { key: key("pile"), ..recorded(visit, "clear").clone() };
                visit.forms[0].answers.push(more);
            },
            InvalidVisit::NotAsked(id("pile")),
        ),
        // Whoever says that it was answered elsewhere would not have to answer it.
        (|visit| recorded(visit, "lane").elsewhere = true, InvalidVisit::NotAsked(id("lane"))),
        (
            |visit| visit.submitted_at = visit.started_at - Duration::seconds(1),
            InvalidVisit::EndsBeforeItBegins,
        ),
    ];
    for (lie, expected) in lies {
        let mut visit = sealed();
        lie(&mut visit);
        assert_eq!(visit.check(&all()), Err(expected));
    }
}

#[test]
fn a_form_that_asks_nothing_here_makes_no_record() {
    let at = |kinds: &[&str]| {
        let kinds = kinds.iter().map(|kind| SiteKind::from(*kind)).collect();
        Arc::new(Context::new(office_time(start()), kinds))
    };
    let shop =
        json!({ "relevant": is_kind("ebike-shop"), "criterion": criterion(None, "无合格证", json!({})) });
    let shops = Arc::new(form("shops", 1, json!([group("place", json!([pass_fail("shop", shop)]))])));
    assert!(Arc::new(shed()).asks_anything(&at(&["charging-shed"])));
    assert!(!shops.asks_anything(&at(&["charging-shed"])));
    assert!(shops.asks_anything(&at(&["ebike-shop"])));

    let mut empty = sealed();
    empty.forms[0].answers.clear();
    assert_eq!(empty.check(&all()), Err(InvalidVisit::Empty));
}

#[test]
fn a_clock_set_back_does_not_spoil_the_record() {
    let sealed = sound().submit(start() - Duration::days(1)).unwrap().visit;
    assert_eq!(sealed.submitted_at, sealed.started_at);
}

proptest! {
    #[test]
    fn whatever_submits_is_sound(answers in prop::collection::vec((0usize..7, any_answer()), 0..20)) {
        let mut open = sound();
        give(&mut open, &answers);
        let issues = open.issues();
        match open.submit(start()) {
            Ok(sealed) => prop_assert_eq!(sealed.visit.check(&all()), Ok(())),
            Err(lacking) => prop_assert_eq!(lacking, issues),
        }
    }

    #[test]
    fn a_draft_survives_being_saved(answers in prop::collection::vec((0usize..7, any_answer()), 0..20)) {
        let mut open = open(draft());
        give(&mut open, &answers);
        let text = serde_json::to_string(open.draft()).unwrap();
        let read = serde_json::from_str::<Draft>(&text).unwrap();
        prop_assert_eq!(&read, open.draft());
        let again = OpenDraft::open(read, &all()).unwrap();
        prop_assert_eq!(again.issues(), open.issues());
    }
}
