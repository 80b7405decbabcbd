//! The hazard's loop, by example and by property.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod actions;
mod by_party;
mod commands;
mod decisions;
mod extensions;
mod fold;
mod lifecycle;

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    fen::Fen,
    form::ResponsibleKind,
    hazard::{
        Evidence, ExtensionGrant, ExtensionRefusal, ExtensionRequest, Found, Hazard, HazardCommand, Issued,
        Listing, Merger, RectificationPlan, Referral, RejectedBecause, Reopening, Return, Suspension,
        SuspensionLift,
    },
    id::{EventId, GridId, HazardId, OfficeId, PersonId, SiteId},
    permission::Withheld,
    photo::PhotoHash,
    role::{Actor, ResourceScope, Role, Scope},
    sector::Sector,
    severity::Severity,
};
use proptest::prelude::*;
use uuid::Uuid;

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn somebody(n: u128, role: Role) -> Actor {
    Actor {
        office: OfficeId(Uuid::nil()),
        person: person(n),
        name: format!("人{n}"),
        role,
        scope: Scope::Office,
        withheld: Withheld::default(),
        extension_limit: None,
    }
}

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 18, 7, 2, 0).unwrap()
}

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
}

fn photo(n: u8) -> PhotoHash {
    PhotoHash::of(&[n])
}

fn found(level: Severity) -> Found {
    Found {
        level,
        what: "消防通道堆放杂物".into(),
        basis: String::new(),
        due: Some(day(25)),
        responsible: "市场管理处".into(),
        responsible_kind: ResponsibleKind::Site,
        photos: vec![photo(1)],
        location: None,
        visit: None,
        form: None,
        question: None,
        from_public: false,
        fixed: None,
    }
}

/// What another authority is to put right; it has no deadline.
fn of_authority() -> Found {
    let responsible_kind = ResponsibleKind::Authority;
    Found {
        responsible: "消防救援大队".into(), responsible_kind, due: None, ..found(Severity::General)
    }
}

fn full_plan(deadline: NaiveDate) -> RectificationPlan {
    RectificationPlan {
        responsible: "市场管理处 王经理".into(),
        department: None,
        measures: "清运，地面划线".into(),
        funds: Fen::of_yuan(2_000),
        deadline,
        contingency: "北门改走东侧通道".into(),
    }
}

fn plan(deadline: NaiveDate) -> HazardCommand {
    HazardCommand::Assign(full_plan(deadline))
}

fn rectify() -> HazardCommand {
    HazardCommand::Rectify(Evidence { note: String::new(), photos: vec![photo(2)] })
}

fn accept() -> HazardCommand {
    HazardCommand::Accept(Evidence { note: String::new(), photos: vec![] })
}

fn ask(until: NaiveDate) -> HazardCommand {
    HazardCommand::AskExtension(ExtensionRequest { until, reason: "等配件".into() })
}

fn grant(until: NaiveDate) -> HazardCommand {
    HazardCommand::GrantExtension(ExtensionGrant { until })
}

fn suspend() -> HazardCommand {
    HazardCommand::Suspend(Suspension { what: "三号库".into() })
}

fn lift() -> HazardCommand {
    HazardCommand::LiftSuspension(SuspensionLift { reason: "喷淋已修好".into() })
}

fn list() -> HazardCommand {
    HazardCommand::List(Listing { by_authority: "区安委办".into() })
}

fn send_back(deadline: NaiveDate) -> HazardCommand {
    HazardCommand::Return(Return { reason: "只清了一半".into(), deadline, photos: vec![] })
}

fn reopen(due: Option<NaiveDate>) -> HazardCommand {
    HazardCommand::Reopen(Reopening { reason: "又堆上了".into(), due })
}

fn refer() -> HazardCommand {
    HazardCommand::Refer(Referral { authority: "公安派出所".into(), reason: "烟花爆竹".into() })
}

fn merge(n: u128) -> HazardCommand {
    HazardCommand::Merge(Merger { into: HazardId(Uuid::from_u128(n)) })
}

/// The n-th thing that somebody does, n hours after the beginning.
fn issued(n: u128, by: &Actor) -> Issued<'_> {
    let at = start() + Duration::hours(i64::try_from(n).unwrap());
    Issued { id: EventId(Uuid::from_u128(n)), at, received_at: None, by }
}

fn place() -> ResourceScope {
    ResourceScope {
        grid: GridId(Uuid::nil()),
        site: SiteId(Uuid::nil()),
        department: None,
        sector: Sector::Fire,
    }
}

fn open(found: Found) -> Hazard {
    let finder = somebody(1, Role::Inspector);
    Hazard::open(HazardId(Uuid::from_u128(99)), place(), None, found, &issued(0, &finder)).unwrap()
}

fn run(hazard: Hazard, steps: &[(u128, HazardCommand)]) -> (Hazard, Vec<Option<RejectedBecause>>) {
    let mut rejections = vec![];
    let first = hazard.events.len() as u128;
    let hazard = steps.iter().zip(first..).fold(hazard, |hazard, ((by, command), n)| {
        let by = somebody(*by, Role::Supervisor);
        let (hazard, because) = hazard.attempt(command, &issued(n, &by));
        rejections.push(because);
        hazard
    });
    (hazard, rejections)
}

fn general() -> Hazard {
    open(found(Severity::General))
}

fn major() -> Hazard {
    open(found(Severity::Major))
}

/// The word by which serde tells the variants apart.
fn tag(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value).unwrap() {
        serde_json::Value::String(word) => word,
        serde_json::Value::Object(fields) => fields.keys().next().unwrap().clone(),
        other => panic!("{other}"),
    }
}

/// In the table's order.
fn one_of_each() -> Vec<HazardCommand> {
    vec![
        HazardCommand::Report(found(Severity::General)),
        plan(day(22)),
        rectify(),
        ask(day(29)),
        grant(day(29)),
        HazardCommand::RefuseExtension(ExtensionRefusal { reason: "不行".into() }),
        accept(),
        send_back(day(26)),
        list(),
        suspend(),
        lift(),
        refer(),
        merge(98),
        reopen(None),
    ]
}

fn any_command() -> impl Strategy<Value = HazardCommand> {
    let days = (1u32..29).prop_flat_map(|d| {
        prop_oneof![
            Just(plan(day(d))),
            Just(ask(day(d))),
            Just(grant(day(d))),
            Just(send_back(day(d))),
            Just(reopen(Some(day(d)))),
        ]
    });
    prop_oneof![
        prop::sample::select(one_of_each()),
        prop::sample::select(one_of_each()),
        days,
        (98u128..100).prop_map(merge),
    ]
}

fn any_life() -> impl Strategy<Value = (Severity, Vec<(u128, HazardCommand)>)> {
    let severity = prop_oneof![Just(Severity::General), Just(Severity::Major)];
    (severity, prop::collection::vec((1u128..5, any_command()), 0..24))
}
