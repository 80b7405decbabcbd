//! From draft to sealed record.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    answer::{Answer, AnswerError, Verdict},
    checklist::{Checklist, ChecklistError},
    hazard::HazardCommand,
    id::{ChecklistId, HazardId, ItemId, PersonId, SectionId, SiteId, SiteKind, VisitId},
    limits::{Excess, Field, OverLimit, PARTICIPANTS},
    photo::PhotoHash,
    text::Lang,
    time::office_day,
    visit::{
        Draft, DraftForm, DraftIssue, Finding, InvalidVisit, Participant, Position, SiteSeen,
        ValidationIssue, VisitNature, VisitOutcome,
    },
};
use proptest::prelude::*;
use serde_json::json;
use std::slice;
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
        nature: VisitNature::Surprise,
        inspector: PersonId(Uuid::from_u128(3)),
        participants: vec![],
        outcome: VisitOutcome::Done,
        started_at: start(),
        location: None,
        forms: vec![DraftForm::of(&checklist())],
        position: Position::default(),
        note: String::new(),
        photos: vec![],
    }
}

fn id(item: &str) -> ItemId {
    ItemId::from(item)
}

fn sound_draft() -> Draft {
    let mut draft = draft();
    draft.answer(0, &id("lane"), Answer::Number(4.0));
    draft.answer(0, &id("clear"), Answer::Pass);
    draft.forms[0].items.get_mut(&id("clear")).unwrap().photos.push(PhotoHash::of(b"lane"));
    draft.answer(0, &id("extinguisher"), Answer::Date(office_day(start())));
    draft.answer(0, &id("kind"), Answer::SelectOne("open".into()));
    draft.answer(0, &id("count"), Answer::Count(12));
    draft
}

fn fail(draft: &mut Draft, item: &str, answer: Answer) {
    let list = checklist();
    let known = list.item(&id(item)).unwrap();
    draft.answer(0, &id(item), answer);
    let hazard = HazardId(Uuid::from_u128(77));
    let finding = Finding::propose(hazard, known, "锦绣物业", office_day(start()), Lang::Zh);
    draft.forms[0].items.get_mut(&id(item)).unwrap().finding = Some(finding);
}

#[test]
fn the_checklist_is_sound_and_asks_by_kind_of_site() {
    let list = checklist();
    assert_eq!(list.check(), Ok(()));
    let asked: Vec<_> =
        draft().relevant_items(0, &list).into_iter().map(|item| item.id.to_string()).collect();
    assert_eq!(asked, ["lane", "clear", "extinguisher", "kind", "count"]);
}

#[test]
fn a_dependent_item_appears_with_its_answer() {
    let list = checklist();
    let mut draft = draft();
    draft.answer(0, &id("clear"), Answer::Fail);
    assert!(draft.relevant_items(0, &list).iter().any(|item| item.id == id("pile")));
    draft.answer(0, &id("clear"), Answer::Pass);
    assert!(!draft.relevant_items(0, &list).iter().any(|item| item.id == id("pile")));
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

#[test]
fn passing_the_rest_of_a_section_leaves_figures_and_given_answers() {
    let list = checklist();
    let mut draft = draft();
    draft.pass_rest(0, &list, &SectionId::from("place"));
    assert_eq!(draft.forms[0].items[&id("clear")].answer, Some(Answer::Pass));
    assert!(!draft.forms[0].items.contains_key(&id("lane")), "a width cannot simply pass");
    assert!(!draft.forms[0].items.contains_key(&id("shop")), "nor what is not asked");
    draft.answer(0, &id("clear"), Answer::Fail);
    draft.pass_rest(0, &list, &SectionId::from("place"));
    assert_eq!(draft.forms[0].items[&id("clear")].answer, Some(Answer::Fail));
    assert_eq!(
        draft.forms[0].items[&id("pile")].answer,
        Some(Answer::Pass),
        "the failure brought it into view"
    );
}

/// Another checklist, of one item, which has the name of an item of the first.
fn second() -> Checklist {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let list = json!({
        "id": "doors", "version": 1, "sector": "fire", "site_kinds": [], "title": text("疏散门"),
        "section": [{ "id": "place", "title": text("场所"), "item": [
            { "id": "lane", "text": text("疏散门能推开"), "question": "pass_fail" }
        ] }]
    });
    serde_json::from_value(list).unwrap()
}

#[test]
fn one_visit_holds_several_forms_and_each_is_asked_for_itself() {
    let lists = [checklist(), second()];
    let mut draft = sound_draft();
    draft.add_form(&second());
    assert_eq!(draft.position, Position { form: 1, item: None }, "one goes on with it");
    assert_eq!(
        draft.issues(&lists),
        [DraftIssue::Item { form: 1, issue: ValidationIssue::Unanswered(id("lane")) }],
        "the first form's lane answers nothing here"
    );
    assert_eq!((draft.progress(0, &lists[0]), draft.progress(1, &lists[1])), ((5, 5), (0, 1)));

    draft.answer(1, &id("lane"), Answer::Fail);
    let hazard = HazardId(Uuid::from_u128(78));
    let item = lists[1].item(&id("lane")).unwrap();
    let mut finding = Finding::propose(hazard, item, "锦绣物业", office_day(start()), Lang::Zh);
    finding.photos.push(PhotoHash::of(b"door"));
    draft.given_mut(1, &id("lane")).unwrap().finding = Some(finding);
    let sealed = draft.submit(&lists, start()).unwrap();
    assert_eq!(sealed.visit.checklists(), [ChecklistId::from("shed"), ChecklistId::from("doors")]);
    let tally = sealed.visit.tally();
    assert_eq!((tally.answered(), tally.failed), (6, 1), "over both");
    let [(_, HazardCommand::Report(found))] = sealed.hazards.as_slice() else {
        panic!("{:?}", sealed.hazards)
    };
    assert_eq!(found.checklist, Some(ChecklistId::from("doors")), "where it was found");
    assert!(sealed.visit.found(hazard, sealed.visit.inspector, sealed.visit.site));
    assert_eq!(sealed.visit.check(&[&lists[1], &lists[0]]), Ok(()));
    let unknown = InvalidVisit::UnknownChecklist(ChecklistId::from("doors"));
    assert_eq!(sealed.visit.check(&[&lists[0]]), Err(unknown));

    let mut short = sealed.visit.clone();
    short.forms[0].answers.remove(&id("count"));
    assert_eq!(short.check(&[&lists[0], &lists[1]]), Err(InvalidVisit::Unanswered(id("count"))));
    let mut twice = sealed.visit;
    twice.forms[1] = twice.forms[0].clone();
    let filled_twice = InvalidVisit::FilledTwice(ChecklistId::from("shed"));
    assert_eq!(twice.check(&[&lists[0], &lists[1]]), Err(filled_twice));
}

#[test]
fn a_checklist_is_added_once_and_taken_out_only_while_nothing_is_given() {
    let mut draft = sound_draft();
    draft.add_form(&checklist());
    assert_eq!((draft.forms.len(), draft.position.form), (1, 0), "it is there already");
    draft.add_form(&second());
    draft.remove_form(0);
    assert_eq!(draft.forms.len(), 2, "answers are not thrown away");
    draft.remove_form(1);
    assert_eq!((draft.forms.len(), draft.position.form), (1, 0));
    let mut alone = self::draft();
    alone.remove_form(0);
    assert_eq!(alone.forms.len(), 1, "the last one stays");
}

fn closed_door() -> Draft {
    Draft { forms: vec![], outcome: VisitOutcome::Closed, photos: vec![PhotoHash::of(b"door")], ..draft() }
}

#[test]
fn a_closed_door_is_a_visit_without_a_form() {
    let sealed = closed_door().submit(&[], start()).unwrap();
    assert_eq!((sealed.visit.outcome, sealed.hazards.as_slice()), (VisitOutcome::Closed, &[][..]));
    assert_eq!(sealed.visit.photos().collect::<Vec<_>>(), [&PhotoHash::of(b"door")]);
    assert_eq!(sealed.visit.check(&[]), Ok(()));
    let done = Draft { outcome: VisitOutcome::Done, ..closed_door() };
    assert_eq!(done.issues(&[]), [DraftIssue::NeedsForm], "nothing was checked");
    let mut claimed = sealed.visit.clone();
    claimed.outcome = VisitOutcome::Done;
    assert_eq!(claimed.check(&[]), Err(InvalidVisit::Empty));
    let mut filled = sound_draft().submit(&[checklist()], start()).unwrap().visit;
    filled.outcome = VisitOutcome::Gone;
    assert_eq!(filled.check(&[&checklist()]), Err(InvalidVisit::FormsOfNothingDone));
    // Somebody came to open after all.
    let mut opened = closed_door();
    opened.add_form(&checklist());
    assert_eq!(opened.outcome(), VisitOutcome::Done);
}

#[test]
fn a_refusal_says_what_was_met_with_and_the_others_may() {
    for outcome in VisitOutcome::NOT_DONE {
        let wanted: &[DraftIssue] =
            if outcome == VisitOutcome::Refused { &[DraftIssue::NeedsNote] } else { &[] };
        for nothing in [" \n", "\u{8}"] {
            let draft = Draft { outcome, note: nothing.to_owned(), ..closed_door() };
            assert_eq!(draft.issues(&[]), wanted, "{outcome:?} {nothing:?}");
        }
    }
    let refused =
        Draft { outcome: VisitOutcome::Refused, note: "店主拦住门口".to_owned(), ..closed_door() };
    let mut sealed = refused.submit(&[], start()).unwrap().visit;
    assert_eq!(sealed.check(&[]), Ok(()));
    sealed.note.clear();
    assert_eq!(sealed.check(&[]), Err(InvalidVisit::Unexplained));
}

#[test]
fn participants_are_typed_in_one_line_and_stand_there_once() {
    let typed = Participant::typed(" 李 强、赵敏，王专家; 赵敏/ ");
    assert_eq!(typed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["李 强", "赵敏", "王专家"]);
    assert_eq!(Participant::typed(&Participant::line(&typed)), typed);

    let sealed = |participants: Vec<Participant>| {
        let mut visit = sound_draft().submit(&[checklist()], start()).unwrap().visit;
        visit.participants = participants;
        visit.check(&[&checklist()])
    };
    let named = |name: &str, person: Option<u128>| Participant {
        person: person.map(|n| PersonId(Uuid::from_u128(n))),
        name: name.to_owned(),
    };
    assert_eq!(sealed(typed), Ok(()));
    let namesakes = vec![named("李强", Some(5)), named("李强", Some(6))];
    assert_eq!(sealed(namesakes), Ok(()), "two people of one name");
    let twice = |name: &str| Err(InvalidVisit::TookPartTwice(name.to_owned()));
    assert_eq!(sealed(vec![named("李强", None), named("李强", Some(6))]), twice("李强"));
    assert_eq!(sealed(vec![named("李强", Some(6)), named("强哥", Some(6))]), twice("强哥"));
    assert_eq!(sealed(vec![named("我", Some(3))]), Err(InvalidVisit::InspectorTakesPart));
    assert_eq!(sealed(vec![named(" ", None)]), Err(InvalidVisit::Nameless));
    let many: Vec<_> = (0..=PARTICIPANTS).map(|n| named(&format!("专家{n}"), None)).collect();
    let over = OverLimit { field: Field::Participants, excess: Excess::TooMany(PARTICIPANTS as u32) };
    assert_eq!(sealed(many.clone()), Err(InvalidVisit::OverLimit(over)));
    let draft = Draft { participants: many, ..sound_draft() };
    assert_eq!(draft.issues(&[checklist()]), [DraftIssue::OverLimit(over)], "the phone says so first");
}

/// What the desk changes meanwhile does not touch what was asked at the site.
#[test]
fn a_visit_is_held_to_the_kinds_that_the_phone_knew() {
    let (list, shop) = (checklist(), SiteKind::from("ebike-shop"));
    let mut visit = sound_draft().submit(slice::from_ref(&list), start()).unwrap().visit;
    assert_eq!(visit.site_seen.kinds, [SiteKind::from("charging-shed")]);
    visit.site_seen.kinds.push(shop);
    assert_eq!(visit.check(&[&list]), Err(InvalidVisit::Unanswered(id("shop"))));
}

#[test]
fn kinds_are_believed_that_the_site_has_or_had_and_no_others() {
    let seen = |kinds: &[&str]| SiteSeen { kinds: kinds.iter().map(|kind| SiteKind::from(*kind)).collect() };
    let kinds = |kinds: &[&str]| seen(kinds).kinds;
    let site: domain::site::Site = serde_json::from_value(json!({
        "id": Uuid::nil(), "community": Uuid::nil(), "grid": Uuid::nil(), "name": "锦绣小区", "code": "A-1",
        "kinds": ["charging-shed", "ebike-shop"], "sector": "ebike", "risk": "general",
    }))
    .unwrap();
    let had = [kinds(&["charging-shed"])];
    assert!(seen(&["ebike-shop", "charging-shed"]).was_ever(&site, &had), "as it is now, in another order");
    assert!(seen(&["charging-shed"]).was_ever(&site, &had), "as it was");
    assert!(!seen(&["ebike-shop"]).was_ever(&site, &had), "each for itself is not what it was together");
    assert!(!seen(&[]).was_ever(&site, &had), "leaving kinds out asks less");
    assert!(seen(&["school"]).was_ever(&site, &[]), "nobody remembers");
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
