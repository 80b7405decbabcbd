//! The same inspections, hazards and photos in every shape.

use crate::{
    replies::misfits,
    values::{at, at_the_phone, day, id, location, photo},
};
use domain::{
    answer::{Answer, Verdict},
    checklist::Severity,
    diagnostics::{Diagnostics, Noted},
    hazard::{Deed, Entry, Extension, FixedOnSpot, Found, Hazard, RectificationPlan, Stage},
    id::{ChecklistId, ItemId, OptionId},
    inspection::{Inspection, InspectionKind, SealedAnswer},
    photo::{Camera, PhotoFacts, Source},
    role::Placement,
    sector::Sector,
    sync::{Operation, Payload, SCHEMA},
};
use std::collections::BTreeSet;

pub fn answers() -> Vec<Answer> {
    let chosen = BTreeSet::from([OptionId::from("indoor"), OptionId::from("open")]);
    every!(Answer {
        Answer::Pass => [Answer::Pass],
        Answer::Fail => [Answer::Fail],
        Answer::NotApplicable => [Answer::NotApplicable],
        Answer::Number(_) => [Answer::Number(3.9), Answer::Number(4.0)],
        Answer::Count(_) => [Answer::Count(12)],
        Answer::Date(_) => [Answer::Date(day())],
        Answer::Choice(_) => [Answer::Choice(OptionId::from("indoor"))],
        Answer::Choices(_) => [Answer::Choices(chosen)],
        Answer::Text(_) => [Answer::Text("棚顶漏雨\n两处".into())],
    })
}

/// With every kind of answer.
pub fn inspection() -> Inspection {
    let full = |answer| SealedAnswer {
        answer,
        verdict: Verdict::Fail,
        note: "量了两次".into(),
        photos: vec![photo(1)],
        hazard: Some(id(0x31)),
    };
    let bare = SealedAnswer {
        answer: Answer::Pass,
        verdict: Verdict::Pass,
        note: String::new(),
        photos: vec![],
        hazard: None,
    };
    let answers = answers().into_iter().enumerate();
    let answers = answers.map(|(n, answer)| (ItemId(format!("item-{n}")), full(answer)));
    Inspection {
        id: id(0x21),
        site: id(5),
        kind: InspectionKind::Surprise,
        checklist: ChecklistId::from("shed"),
        version: 3,
        inspector: id(0x11),
        started_at: at(),
        submitted_at: at_the_phone(),
        location: Some(location()),
        answers: answers.chain([(ItemId::from("bare"), bare)]).collect(),
        note: "负责人在场".into(),
    }
}

/// Nothing that may be missing.
pub fn bare_inspection() -> Inspection {
    Inspection { location: None, note: String::new(), ..inspection() }
}

pub fn found() -> Found {
    Found {
        level: Severity::Major,
        what: "消防通道堆放杂物".into(),
        basis: "附件 4".into(),
        due: Some(day()),
        responsible: "锦绣物业 张经理".into(),
        photos: vec![photo(1)],
        inspection: Some(id(0x21)),
        checklist: Some(ChecklistId::from("shed")),
        item: Some(ItemId::from("clear")),
        fixed: Some(FixedOnSpot { note: "已清走".into(), photos: vec![photo(2)] }),
    }
}

/// Nothing that may be missing.
pub fn bare_found() -> Found {
    Found {
        level: Severity::General,
        basis: String::new(),
        due: None,
        responsible: String::new(),
        inspection: None,
        checklist: None,
        item: None,
        fixed: None,
        ..found()
    }
}

pub fn plan() -> RectificationPlan {
    RectificationPlan {
        responsible: "锦绣物业 张经理".into(),
        department: Some(id(4)),
        measures: "清运，地面划线".into(),
        funds: "2000 元".into(),
        deadline: day(),
        contingency: "北门改走东侧通道".into(),
    }
}

pub fn deeds() -> Vec<Deed> {
    let reason = || "材料未到".to_owned();
    let bare_plan = RectificationPlan { department: None, ..plan() };
    every!(Deed {
        Deed::Found(_) => [Deed::Found(found()), Deed::Found(bare_found())],
        Deed::Assigned(_) => [Deed::Assigned(plan()), Deed::Assigned(bare_plan)],
        Deed::ExtensionAsked { .. } => [Deed::ExtensionAsked { until: day(), reason: reason() }],
        Deed::ExtensionGranted { .. } => [Deed::ExtensionGranted { until: day() }],
        Deed::ExtensionRefused { .. } => [Deed::ExtensionRefused { reason: reason() }],
        Deed::Rectified { .. } => [Deed::Rectified { note: "已清走".into(), photos: vec![photo(2)] }],
        Deed::Accepted { .. } => [Deed::Accepted { note: "看过了".into(), photos: vec![photo(3)] }],
        Deed::Returned { .. } => [
            Deed::Returned { reason: reason(), deadline: day(), photos: vec![photo(4)] },
        ],
        Deed::Listed { .. } => [Deed::Listed { by_authority: "市安委办".into() }],
        Deed::Suspended { .. } => [Deed::Suspended { what: "充电棚停用".into() }],
        Deed::Referred { .. } => [Deed::Referred { authority: "消防救援大队".into(), reason: reason() }],
        Deed::Merged { .. } => [Deed::Merged { into: id(0x32) }],
        Deed::Reopened { .. } => [
            Deed::Reopened { reason: reason(), due: Some(day()) },
            Deed::Reopened { reason: reason(), due: None },
        ],
    })
}

pub fn entry(deed: Deed) -> Entry {
    Entry {
        event: id(0x41),
        at: at_the_phone(),
        received_at: Some(at()),
        by: id(0x11),
        name: "王磊".into(),
        deed,
        misfit: None,
    }
}

pub fn hazard(stage: Stage) -> Hazard {
    Hazard {
        id: id(0x31),
        number: Some("XC-2026-000318".into()),
        place: Placement { grid: id(3), site: id(5), department: Some(id(4)), sector: Sector::Ebike },
        found: found(),
        found_at: at(),
        found_by: id(0x11),
        stage,
        due: Some(day()),
        plan: Some(plan()),
        extension: Some(Extension { until: day(), reason: "材料未到".into(), by: id(0x12) }),
        after: vec![photo(2)],
        listed: true,
        suspended: true,
        log: vec![entry(Deed::Found(found()))],
    }
}

/// As a phone makes it that has just found it: nothing that may be missing.
pub fn bare_hazard() -> Hazard {
    let first = Entry { received_at: None, ..entry(Deed::Found(bare_found())) };
    Hazard {
        number: None,
        place: Placement { grid: id(3), site: id(5), department: None, sector: Sector::Ebike },
        found: bare_found(),
        due: None,
        plan: None,
        extension: None,
        after: vec![],
        listed: false,
        suspended: false,
        log: vec![first],
        ..hazard(Stage::Found)
    }
}

/// With every deed in its log, and every reason for which one did not count.
pub fn hazard_with_log() -> Hazard {
    let late = |misfit| Entry { misfit: Some(misfit), ..entry(Deed::Merged { into: id(0x32) }) };
    let log = deeds().into_iter().map(entry).chain(misfits().into_iter().map(late));
    Hazard { log: log.collect(), ..hazard(Stage::Assigned) }
}

pub fn facts() -> PhotoFacts {
    let camera = Camera {
        taken: day().and_hms_opt(9, 0, 7),
        location: Some(location()),
        device: "HUAWEI ANA-AN00".into(),
        software: "ANA-AN00 4.2".into(),
        orientation: Some(6),
    };
    PhotoFacts {
        hash: photo(1),
        bytes: 123_456,
        media_type: "image/jpeg".into(),
        width: 1600,
        height: 1280,
        at: at_the_phone(),
        by: id(0x11),
        location: Some(location()),
        original: Some(photo(0)),
        camera: Some(camera),
        source: Some(Source::InApp),
        band: 80,
    }
}

/// Nothing that may be missing.
pub fn bare_facts() -> PhotoFacts {
    PhotoFacts { location: None, original: None, camera: None, source: None, band: 0, ..facts() }
}

fn diagnostics() -> Diagnostics {
    let noted = Noted {
        at: at_the_phone(),
        what: "sync".into(),
        came: "server 502".into(),
        operations: 3,
        milliseconds: 1_200,
    };
    let bare = Noted { operations: 0, milliseconds: 0, ..noted.clone() };
    Diagnostics {
        version: "0.1.0".into(),
        system: "Android Chrome 126".into(),
        waiting: 4,
        bytes: 123_456,
        free: Some(1_000_000_000),
        persistent: Some(false),
        entries: vec![noted, bare],
    }
}

pub fn of_hazard(deed: Deed) -> Payload {
    let site = matches!(deed, Deed::Found(_)).then(|| id(5));
    Payload::Hazard { hazard: id(0x31), event: id(0x41), site, deed }
}

pub fn operation(payload: Payload) -> Operation {
    Operation { id: id(0x51), schema: SCHEMA, at: at_the_phone(), payload }
}

/// Every payload, and with it every deed.
pub fn operations() -> Vec<Operation> {
    let bare = Diagnostics { free: None, persistent: None, entries: vec![], ..diagnostics() };
    let payloads = every!(Payload {
        Payload::SubmitInspection(_) => [
            Payload::SubmitInspection(inspection()),
            Payload::SubmitInspection(bare_inspection()),
        ],
        Payload::Hazard { .. } => [of_hazard(Deed::Found(found()))],
        Payload::Photo(_) => [Payload::Photo(facts()), Payload::Photo(bare_facts())],
        Payload::Diagnostics(_) => [Payload::Diagnostics(diagnostics()), Payload::Diagnostics(bare)],
    });
    payloads.into_iter().chain(deeds().into_iter().map(of_hazard)).map(operation).collect()
}
