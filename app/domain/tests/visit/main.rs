//! From draft to sealed record.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod answers;
mod forms;
mod merge;
mod sealing;
mod whole;

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    answer::Answer,
    checklist::Checklist,
    id::{HazardId, ItemId, PersonId, SiteId, SiteKind, VisitId},
    photo::PhotoHash,
    text::Lang,
    time::office_day,
    visit::{Draft, DraftForm, Finding, Position, VisitNature, VisitOutcome},
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
