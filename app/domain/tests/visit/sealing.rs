//! What a draft still lacks, and the record that it becomes.

use super::{any_answer, checklist, draft, fail, id, sound_draft, start};
use chrono::Duration;
use domain::{
    answer::Answer,
    hazard::HazardCommand,
    id::{ItemId, SiteKind},
    photo::PhotoHash,
    visit::{Draft, InvalidVisit, ValidationIssue},
};
use proptest::prelude::*;
use std::slice;

#[test]
fn the_issues_say_what_is_missing_in_order() {
    let list = checklist();
    let mut draft = sound_draft();
    assert_eq!(draft.form_issues(0, &list), []);
    draft.forms[0].items.get_mut(&id("clear")).unwrap().photos.clear();
    draft.clear(0, &id("count"));
    draft.answer(0, &id("lane"), Answer::Number(3.0));
    assert_eq!(
        draft.form_issues(0, &list),
        [
            ValidationIssue::NeedsFinding(id("lane")),
            ValidationIssue::NeedsPhoto(id("clear")),
            ValidationIssue::Unanswered(id("count"))
        ]
    );
    fail(&mut draft, "lane", Answer::Number(3.0));
    assert_eq!(
        draft.form_issues(0, &list)[0],
        ValidationIssue::NeedsPhoto(id("lane")),
        "a failed item wants a photo unless it says never"
    );
    let finding = draft.forms[0].items.get_mut(&id("lane")).unwrap().finding.as_mut().unwrap();
    finding.photos.push(PhotoHash::of(b"narrow"));
    finding.fixed = true;
    assert_eq!(draft.form_issues(0, &list)[0], ValidationIssue::NeedsAfterPhoto(id("lane")));
}

#[test]
fn a_finding_comes_already_proposed() {
    let mut draft = sound_draft();
    fail(&mut draft, "lane", Answer::Number(3.0));
    let finding = draft.forms[0].items[&id("lane")].finding.clone().unwrap();
    assert_eq!(finding.what, "车道净宽不足");
    assert_eq!(finding.due.to_string(), "2026-11-27", "three days from the visit");
}

#[test]
fn submission_seals_answers_and_hands_out_the_hazards() {
    let list = checklist();
    let mut draft = sound_draft();
    fail(&mut draft, "lane", Answer::Number(3.2));
    draft.forms[0]
        .items
        .get_mut(&id("lane"))
        .unwrap()
        .finding
        .as_mut()
        .unwrap()
        .photos
        .push(PhotoHash::of(b"narrow"));
    // An answer that is no longer asked for stays behind.
    draft.answer(0, &id("pile"), Answer::Pass);
    let sealed = draft.submit(slice::from_ref(&list), start() + Duration::minutes(9)).unwrap();
    assert_eq!(sealed.visit.tally().failed, 1);
    assert!(!sealed.visit.forms[0].answers.contains_key(&id("pile")));
    assert_eq!(sealed.visit.check(&[&list]), Ok(()));
    let [(hazard, HazardCommand::Report(found))] = sealed.hazards.as_slice() else {
        panic!("{:?}", sealed.hazards)
    };
    assert_eq!(Some(*hazard), sealed.visit.forms[0].answers[&id("lane")].hazard);
    assert_eq!((found.visit, found.item.as_ref()), (Some(sealed.visit.id), Some(&id("lane"))));
}

#[test]
fn a_finding_of_an_answer_that_passes_again_is_not_sent() {
    let list = checklist();
    let mut draft = sound_draft();
    fail(&mut draft, "lane", Answer::Number(3.2));
    draft.answer(0, &id("lane"), Answer::Number(4.2));
    let sealed = draft.submit(slice::from_ref(&list), start()).unwrap();
    assert_eq!(sealed.hazards, []);
}

#[test]
fn a_record_that_contradicts_its_checklist_is_invalid() {
    let list = checklist();
    let sealed = sound_draft().submit(slice::from_ref(&list), start()).unwrap().visit;
    let mut lied = sealed.clone();
    lied.forms[0].answers.get_mut(&id("lane")).unwrap().answer = Answer::Number(2.0);
    assert_eq!(lied.check(&[&list]), Err(InvalidVisit::Verdict(id("lane"))));
    let mut short = sealed.clone();
    short.forms[0].answers.remove(&id("count"));
    assert_eq!(short.check(&[&list]), Err(InvalidVisit::Unanswered(id("count"))));
    let mut backwards = sealed;
    backwards.submitted_at = backwards.started_at - Duration::seconds(1);
    assert_eq!(backwards.check(&[&list]), Err(InvalidVisit::EndsBeforeItBegins));
}

#[test]
fn a_checklist_that_asks_nothing_here_makes_no_record() {
    let (mut list, kinds) = (checklist(), [SiteKind::from("charging-shed")]);
    assert!(list.asks_anything(&kinds));
    let (mut place, shop_only) = (list.sections.remove(0), [id("shop")]);
    place.items.retain(|item| shop_only.contains(&item.id));
    list.sections = vec![place];
    assert!(!list.asks_anything(&kinds));
    assert!(list.asks_anything(&[SiteKind::from("ebike-shop")]));

    let mut empty = sound_draft().submit(&[checklist()], start()).unwrap().visit;
    empty.forms[0].answers.clear();
    assert_eq!(empty.check(&[&list]), Err(InvalidVisit::Empty));
}

#[test]
fn a_clock_set_back_does_not_spoil_the_record() {
    let sealed = sound_draft().submit(&[checklist()], start() - Duration::days(1)).unwrap().visit;
    assert_eq!(sealed.submitted_at, sealed.started_at);
}

proptest! {
    #[test]
    fn whatever_submits_is_sound(answers in prop::collection::vec((0usize..7, any_answer()), 0..20)) {
        let list = checklist();
        let items: Vec<ItemId> = list.items().map(|item| item.id.clone()).collect();
        let mut draft = sound_draft();
        for (position, answer) in answers {
            draft.answer(0, &items[position], answer);
        }
        match draft.clone().submit(slice::from_ref(&list), start()) {
            Ok(sealed) => prop_assert_eq!(sealed.visit.check(&[&list]), Ok(())),
            Err(issues) => prop_assert_eq!(issues, draft.issues(&[list])),
        }
    }

    #[test]
    fn a_draft_survives_being_saved(answers in prop::collection::vec((0usize..7, any_answer()), 0..20)) {
        let items: Vec<ItemId> = checklist().items().map(|item| item.id.clone()).collect();
        let mut draft = draft();
        for (position, answer) in answers {
            draft.answer(0, &items[position], answer);
        }
        let text = serde_json::to_string(&draft).unwrap();
        prop_assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }
}
