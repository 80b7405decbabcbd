//! From draft to sealed record.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    answer::{Answer, AnswerError, Verdict},
    checklist::{Checklist, ChecklistError},
    hazard::HazardCommand,
    id::{ChecklistId, HazardId, ItemId, PersonId, SectionId, SiteId, SiteKind, VisitId},
    photo::PhotoHash,
    text::Lang,
    time::office_day,
    visit::{Draft, Finding, InvalidVisit, ValidationIssue, VisitNature},
};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

fn checklist() -> Checklist {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let list = json!({
        "id": "shed", "version": 3, "sector": "ebike", "site_kinds": ["charging-shed"], "title": text("充电棚"),
        "section": [
            { "id": "place", "title": text("场所"), "item": [
                { "id": "lane", "text": text("棚前车道净宽"), "deadline_days": 3,
                  "question": { "number": { "unit": text("米"), "decimals": 1, "from": 0, "to": 50, "at_least": 4.0 } },
                  "hazard": text("车道净宽不足") },
                { "id": "clear", "text": text("车道无堆物"), "question": "pass_fail", "photo": "always" },
                { "id": "pile", "text": text("堆物已登记"), "question": "pass_fail", "photo": "never",
                  "visible_if": { "failed": "clear" } },
                { "id": "shop", "text": text("销售合格证"), "question": "pass_fail",
                  "visible_if": { "site_kind": "ebike-shop" } }
            ]},
            { "id": "gear", "title": text("设施"), "item": [
                { "id": "extinguisher", "text": text("灭火器检查日期"), "question": { "date": { "within_days": 31 } } },
                { "id": "kind", "text": text("棚的类型"), "question": { "select_one": { "option": [
                    { "id": "open", "text": text("开敞") }, { "id": "indoor", "text": text("楼内"), "fails": true } ] } } },
                { "id": "count", "text": text("车辆数"), "question": { "count": { "unit": text("辆"), "to": 500 } } }
            ]}
        ]
    });
    serde_json::from_value(list).unwrap()
}

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap()
}

fn draft() -> Draft {
    Draft {
        id: VisitId(Uuid::from_u128(1)),
        site: SiteId(Uuid::from_u128(2)),
        kinds: vec![SiteKind::from("charging-shed")],
        kind: VisitNature::Surprise,
        checklist: ChecklistId::from("shed"),
        version: 3,
        inspector: PersonId(Uuid::from_u128(3)),
        started_at: start(),
        location: None,
        items: Default::default(),
        position: None,
        note: String::new(),
    }
}

fn id(item: &str) -> ItemId {
    ItemId::from(item)
}

fn sound_draft() -> Draft {
    let mut draft = draft();
    draft.answer(&id("lane"), Answer::Number(4.0));
    draft.answer(&id("clear"), Answer::Pass);
    draft.items.get_mut(&id("clear")).unwrap().photos.push(PhotoHash::of(b"lane"));
    draft.answer(&id("extinguisher"), Answer::Date(office_day(start())));
    draft.answer(&id("kind"), Answer::SelectOne("open".into()));
    draft.answer(&id("count"), Answer::Count(12));
    draft
}

fn fail(draft: &mut Draft, item: &str, answer: Answer) {
    let list = checklist();
    let known = list.item(&id(item)).unwrap();
    draft.answer(&id(item), answer);
    let hazard = HazardId(Uuid::from_u128(77));
    let finding = Finding::propose(hazard, known, "锦绣物业", office_day(start()), Lang::Zh);
    draft.items.get_mut(&id(item)).unwrap().finding = Some(finding);
}

#[test]
fn the_checklist_is_sound_and_asks_by_kind_of_site() {
    let list = checklist();
    assert_eq!(list.check(), Ok(()));
    let asked: Vec<_> = draft().relevant_items(&list).map(|item| item.id.to_string()).collect();
    assert_eq!(asked, ["lane", "clear", "extinguisher", "kind", "count"]);
}

#[test]
fn a_dependent_item_appears_with_its_answer() {
    let list = checklist();
    let mut draft = draft();
    draft.answer(&id("clear"), Answer::Fail);
    assert!(draft.relevant_items(&list).any(|item| item.id == id("pile")));
    draft.answer(&id("clear"), Answer::Pass);
    assert!(!draft.relevant_items(&list).any(|item| item.id == id("pile")));
}

#[test]
fn a_figure_passes_at_its_limit_fails_below_and_is_no_answer_when_absurd() {
    let list = checklist();
    let lane = list.item(&id("lane")).unwrap();
    let evaluate = |metres: f64| lane.evaluate(&Answer::Number(metres), office_day(start()));
    assert_eq!(evaluate(4.0), Ok(Verdict::Pass));
    assert_eq!(evaluate(3.9), Ok(Verdict::Fail));
    assert_eq!(evaluate(400.0), Err(AnswerError::Implausible { given: 400.0, from: 0.0, to: 50.0 }));
    assert!(matches!(evaluate(f64::NAN), Err(AnswerError::NotANumber { .. })));
    assert_eq!(lane.evaluate(&Answer::Pass, office_day(start())), Err(AnswerError::WrongType));
    assert_eq!(lane.evaluate(&Answer::NotApplicable, office_day(start())), Ok(Verdict::NotApplicable));
}

#[test]
fn a_date_is_judged_by_the_day_of_the_visit() {
    let list = checklist();
    let item = list.item(&id("extinguisher")).unwrap();
    let evaluate = |date: NaiveDate| item.evaluate(&Answer::Date(date), office_day(start())).unwrap();
    let visit = office_day(start());
    assert_eq!(evaluate(visit - Duration::days(31)), Verdict::Pass);
    assert_eq!(evaluate(visit - Duration::days(32)), Verdict::Fail);
    assert_eq!(evaluate(visit + Duration::days(1)), Verdict::Fail, "a check cannot have been made tomorrow");
}

#[test]
fn the_issues_say_what_is_missing_in_order() {
    let list = checklist();
    let mut draft = sound_draft();
    assert_eq!(draft.issues(&list), []);
    draft.items.get_mut(&id("clear")).unwrap().photos.clear();
    draft.clear(&id("count"));
    draft.answer(&id("lane"), Answer::Number(3.0));
    assert_eq!(
        draft.issues(&list),
        [
            ValidationIssue::NeedsFinding(id("lane")),
            ValidationIssue::NeedsPhoto(id("clear")),
            ValidationIssue::Unanswered(id("count"))
        ]
    );
    fail(&mut draft, "lane", Answer::Number(3.0));
    assert_eq!(
        draft.issues(&list)[0],
        ValidationIssue::NeedsPhoto(id("lane")),
        "a failed item wants a photo unless it says never"
    );
    let finding = draft.items.get_mut(&id("lane")).unwrap().finding.as_mut().unwrap();
    finding.photos.push(PhotoHash::of(b"narrow"));
    finding.fixed = true;
    assert_eq!(draft.issues(&list)[0], ValidationIssue::NeedsAfterPhoto(id("lane")));
}

#[test]
fn a_finding_comes_already_proposed() {
    let mut draft = sound_draft();
    fail(&mut draft, "lane", Answer::Number(3.0));
    let finding = draft.items[&id("lane")].finding.clone().unwrap();
    assert_eq!(finding.what, "车道净宽不足");
    assert_eq!(finding.due.to_string(), "2026-11-27", "three days from the visit");
}

#[test]
fn submission_seals_answers_and_hands_out_the_hazards() {
    let list = checklist();
    let mut draft = sound_draft();
    fail(&mut draft, "lane", Answer::Number(3.2));
    draft.items.get_mut(&id("lane")).unwrap().finding.as_mut().unwrap().photos.push(PhotoHash::of(b"narrow"));
    // An answer that is no longer asked for stays behind.
    draft.answer(&id("pile"), Answer::Pass);
    let sealed = draft.submit(&list, start() + Duration::minutes(9)).unwrap();
    assert_eq!(sealed.visit.tally().failed, 1);
    assert!(!sealed.visit.answers.contains_key(&id("pile")));
    assert_eq!(sealed.visit.check(&list, &[SiteKind::from("charging-shed")]), Ok(()));
    let [(hazard, HazardCommand::Report(found))] = sealed.hazards.as_slice() else {
        panic!("{:?}", sealed.hazards)
    };
    assert_eq!(Some(*hazard), sealed.visit.answers[&id("lane")].hazard);
    assert_eq!((found.visit, found.item.as_ref()), (Some(sealed.visit.id), Some(&id("lane"))));
}

#[test]
fn a_finding_of_an_answer_that_passes_again_is_not_sent() {
    let list = checklist();
    let mut draft = sound_draft();
    fail(&mut draft, "lane", Answer::Number(3.2));
    draft.answer(&id("lane"), Answer::Number(4.2));
    let sealed = draft.submit(&list, start()).unwrap();
    assert_eq!(sealed.hazards, []);
}

#[test]
fn a_record_that_contradicts_its_checklist_is_invalid() {
    let list = checklist();
    let kinds = [SiteKind::from("charging-shed")];
    let sealed = sound_draft().submit(&list, start()).unwrap().visit;
    let mut lied = sealed.clone();
    lied.answers.get_mut(&id("lane")).unwrap().answer = Answer::Number(2.0);
    assert_eq!(lied.check(&list, &kinds), Err(InvalidVisit::Verdict(id("lane"))));
    let mut short = sealed.clone();
    short.answers.remove(&id("count"));
    assert_eq!(short.check(&list, &kinds), Err(InvalidVisit::Unanswered(id("count"))));
    let mut backwards = sealed;
    backwards.submitted_at = backwards.started_at - Duration::seconds(1);
    assert_eq!(backwards.check(&list, &kinds), Err(InvalidVisit::EndsBeforeItBegins));
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

    let mut empty = sound_draft().submit(&checklist(), start()).unwrap().visit;
    empty.answers.clear();
    assert_eq!(empty.check(&list, &kinds), Err(InvalidVisit::Empty));
}

#[test]
fn a_clock_set_back_does_not_spoil_the_record() {
    let sealed = sound_draft().submit(&checklist(), start() - Duration::days(1)).unwrap().visit;
    assert_eq!(sealed.submitted_at, sealed.started_at);
}

#[test]
fn passing_the_rest_of_a_section_leaves_figures_and_given_answers() {
    let list = checklist();
    let mut draft = draft();
    draft.pass_rest(&list, &SectionId::from("place"));
    assert_eq!(draft.items[&id("clear")].answer, Some(Answer::Pass));
    assert!(!draft.items.contains_key(&id("lane")), "a width cannot simply pass");
    assert!(!draft.items.contains_key(&id("shop")), "nor what is not asked");
    draft.answer(&id("clear"), Answer::Fail);
    draft.pass_rest(&list, &SectionId::from("place"));
    assert_eq!(draft.items[&id("clear")].answer, Some(Answer::Fail));
    assert_eq!(draft.items[&id("pile")].answer, Some(Answer::Pass), "the failure brought it into view");
}

#[test]
fn an_authors_mistakes_are_refused() {
    let broken = |change: fn(&mut Checklist)| {
        let mut list = checklist();
        change(&mut list);
        list.check()
    };
    assert!(matches!(
        broken(|list| list.sections[0].items.swap(1, 2)),
        Err(ChecklistError::ForwardReference { .. })
    ));
    assert!(matches!(
        broken(|list| {
            let twin = list.sections[0].items[0].clone();
            list.sections[1].items.push(twin);
        }),
        Err(ChecklistError::DuplicateItem(_))
    ));
    assert!(matches!(broken(|list| list.title.en.clear()), Err(ChecklistError::Untranslated(_))));
    assert_eq!(broken(|list| list.sections.clear()), Err(ChecklistError::Empty));
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Pass),
        Just(Answer::Fail),
        Just(Answer::NotApplicable),
        (-10.0..100.0).prop_map(Answer::Number),
        (0u32..600).prop_map(Answer::Count),
        prop::sample::select(vec!["open", "indoor", "none"])
            .prop_map(|option| Answer::SelectOne(option.into())),
        (-60i64..60).prop_map(|days| Answer::Date(office_day(start()) + Duration::days(days))),
        ".{0,5}".prop_map(Answer::Text),
    ]
}

proptest! {
    #[test]
    fn whatever_submits_is_sound(answers in prop::collection::vec((0usize..7, any_answer()), 0..20)) {
        let list = checklist();
        let items: Vec<ItemId> = list.items().map(|item| item.id.clone()).collect();
        let mut draft = sound_draft();
        for (position, answer) in answers {
            draft.answer(&items[position], answer);
        }
        let kinds = draft.kinds.clone();
        match draft.clone().submit(&list, start()) {
            Ok(sealed) => prop_assert_eq!(sealed.visit.check(&list, &kinds), Ok(())),
            Err(issues) => prop_assert_eq!(issues, draft.issues(&list)),
        }
    }

    #[test]
    fn a_draft_survives_being_saved(answers in prop::collection::vec((0usize..7, any_answer()), 0..20)) {
        let items: Vec<ItemId> = checklist().items().map(|item| item.id.clone()).collect();
        let mut draft = draft();
        for (position, answer) in answers {
            draft.answer(&items[position], answer);
        }
        let text = serde_json::to_string(&draft).unwrap();
        prop_assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }
}
