//! The hazard's loop, by example and by property.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    checklist::Severity,
    due::Due,
    hazard::{Deed, Entry, FixedOnSpot, Found, Hazard, Incomplete, Misfit, RectificationPlan, Stage},
    id::{EventId, GridId, HazardId, PersonId, SiteId},
    photo::PhotoHash,
    role::Placement,
    sector::Sector,
};
use proptest::prelude::*;
use uuid::Uuid;

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
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
        photos: vec![photo(1)],
        inspection: None,
        checklist: None,
        item: None,
        fixed: None,
    }
}

fn plan(deadline: NaiveDate) -> Deed {
    Deed::Assigned(RectificationPlan {
        responsible: "市场管理处 王经理".into(),
        department: None,
        measures: "清运，地面划线".into(),
        funds: "2000 元".into(),
        deadline,
        contingency: "北门改走东侧通道".into(),
    })
}

fn rectified() -> Deed {
    Deed::Rectified { note: String::new(), photos: vec![photo(2)] }
}

fn accepted() -> Deed {
    Deed::Accepted { note: String::new(), photos: vec![] }
}

fn entry(n: u128, by: PersonId, deed: Deed) -> Entry {
    let at = start() + Duration::hours(i64::try_from(n).unwrap());
    Entry {
        event: EventId(Uuid::from_u128(n)),
        at,
        received_at: None,
        by,
        name: format!("人{}", by.0.as_u128()),
        deed,
        misfit: None,
    }
}

fn place() -> Placement {
    Placement { grid: GridId(Uuid::nil()), site: SiteId(Uuid::nil()), department: None, sector: Sector::Fire }
}

fn begin(found: Found) -> Hazard {
    Hazard::begin(HazardId(Uuid::from_u128(99)), place(), entry(0, person(1), Deed::Found(found))).unwrap()
}

fn run(hazard: Hazard, steps: &[(u128, Deed)]) -> (Hazard, Vec<Option<Misfit>>) {
    let mut misfits = vec![];
    let hazard = steps.iter().zip(1..).fold(hazard, |hazard, ((by, deed), n)| {
        let (hazard, misfit) = hazard.take(entry(n, person(*by), deed.clone()));
        misfits.push(misfit);
        hazard
    });
    (hazard, misfits)
}

#[test]
fn the_ordinary_life_ends_closed() {
    let steps = [(2, plan(day(22))), (3, rectified()), (1, accepted())];
    let (hazard, misfits) = run(begin(found(Severity::General)), &steps);
    assert_eq!(misfits, [None, None, None]);
    assert!(matches!(hazard.stage, Stage::Closed { by, .. } if by == person(1)));
    assert_eq!(hazard.after, [photo(2)]);
    assert_eq!(hazard.due(start() + Duration::days(30)), Due::Unset, "a closed hazard is never overdue");
}

#[test]
fn who_reports_it_put_right_may_not_accept_it() {
    let steps = [(2, plan(day(22))), (3, rectified()), (3, accepted())];
    let (hazard, misfits) = run(begin(found(Severity::General)), &steps);
    assert_eq!(misfits[2], Some(Misfit::OwnWork));
    assert!(hazard.is_open());
}

#[test]
fn a_major_hazard_takes_two_different_people() {
    let steps = [
        (2, plan(day(22))),
        (4, Deed::Suspended { what: "三号库".into() }),
        (3, rectified()),
        (1, accepted()),
        (1, accepted()),
        (4, accepted()),
    ];
    let (hazard, misfits) = run(begin(found(Severity::Major)), &steps[..5]);
    assert_eq!(misfits[4], Some(Misfit::SamePersonTwice));
    assert!(hazard.suspended && hazard.is_open(), "suspended until the second acceptance");
    let (hazard, _) = run(begin(found(Severity::Major)), &steps);
    assert!(!hazard.is_open() && !hazard.suspended);
}

#[test]
fn only_a_major_hazard_is_listed_or_suspended() {
    let steps = [(4, Deed::Listed { by_authority: "区安委办".into() })];
    assert_eq!(run(begin(found(Severity::General)), &steps).1, [Some(Misfit::NotMajor)]);
    assert!(run(begin(found(Severity::Major)), &steps).0.listed);
}

#[test]
fn fixed_on_the_spot_closes_a_general_hazard_and_not_a_major_one() {
    let fixed = FixedOnSpot { note: String::new(), photos: vec![photo(3)] };
    let general = begin(Found { fixed: Some(fixed.clone()), ..found(Severity::General) });
    assert!(!general.is_open());
    assert_eq!(general.after, [photo(3)]);
    let major = begin(Found { fixed: Some(fixed), ..found(Severity::Major) });
    assert!(matches!(major.stage, Stage::Rectified { .. }));
}

#[test]
fn what_comes_too_late_is_kept_with_who_and_when() {
    let steps = [(2, plan(day(22))), (3, rectified()), (1, accepted()), (5, rectified())];
    let (hazard, misfits) = run(begin(found(Severity::General)), &steps);
    let closed_at = start() + Duration::hours(3);
    assert_eq!(misfits[3], Some(Misfit::AlreadyClosed { by: "人1".into(), at: closed_at }));
    let last = hazard.log.last().unwrap();
    assert_eq!((last.by, last.misfit.is_some()), (person(5), true));
    assert_eq!(hazard.after, [photo(2)], "and changes nothing");
}

#[test]
fn an_extension_must_be_asked_for_before_it_is_granted() {
    let granted = Deed::ExtensionGranted { until: day(29) };
    let asked = Deed::ExtensionAsked { until: day(29), reason: "等配件".into() };
    let assigned = (2, plan(day(22)));
    let (hazard, misfits) = run(begin(found(Severity::General)), &[assigned.clone(), (2, granted.clone())]);
    assert_eq!((misfits[1].clone(), hazard.due), (Some(Misfit::NoExtensionAsked), Some(day(22))));
    let (hazard, _) = run(begin(found(Severity::General)), &[assigned, (3, asked), (2, granted)]);
    assert_eq!((hazard.due, hazard.extension), (Some(day(29)), None));
}

#[test]
fn a_return_sets_a_new_deadline_and_goes_round_again() {
    let back = Deed::Returned { reason: "只清了一半".into(), deadline: day(26), photos: vec![] };
    let steps = [(2, plan(day(22))), (3, rectified()), (1, back), (3, rectified()), (1, accepted())];
    let (hazard, misfits) = run(begin(found(Severity::General)), &steps);
    assert!(misfits.iter().all(Option::is_none));
    assert_eq!(hazard.due, Some(day(26)));
    assert!(!hazard.is_open());
}

#[test]
fn an_ended_hazard_is_reopened_and_an_open_one_is_not() {
    let reopen = Deed::Reopened { reason: "又堆上了".into(), due: Some(day(30)) };
    let steps = [
        (1, reopen.clone()),
        (2, Deed::Referred { authority: "公安派出所".into(), reason: "烟花爆竹".into() }),
        (1, reopen),
    ];
    let (hazard, misfits) = run(begin(found(Severity::General)), &steps);
    assert_eq!(misfits, [Some(Misfit::StillOpen), None, None]);
    assert_eq!((hazard.stage, hazard.due), (Stage::Found, Some(day(30))));
}

#[test]
fn a_plan_needs_all_five_points() {
    let Deed::Assigned(full) = plan(day(22)) else { unreachable!() };
    let lacking = |change: fn(&mut RectificationPlan)| {
        let mut plan = full.clone();
        change(&mut plan);
        Deed::Assigned(plan).check()
    };
    assert_eq!(Deed::Assigned(full.clone()).check(), Ok(()));
    assert_eq!(lacking(|p| p.responsible.clear()), Err(Incomplete::Responsible));
    assert_eq!(lacking(|p| p.measures = "  ".into()), Err(Incomplete::Measures));
    assert_eq!(lacking(|p| p.funds.clear()), Err(Incomplete::Funds));
    assert_eq!(lacking(|p| p.contingency.clear()), Err(Incomplete::Contingency));
    assert_eq!(Deed::Rectified { note: String::new(), photos: vec![] }.check(), Err(Incomplete::AfterPhoto));
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let reason = || "原因".to_owned();
    prop_oneof![
        (1u32..29).prop_map(|d| plan(day(d))),
        (1u32..29).prop_map(move |d| Deed::ExtensionAsked { until: day(d), reason: reason() }),
        (1u32..29).prop_map(|d| Deed::ExtensionGranted { until: day(d) }),
        Just(Deed::ExtensionRefused { reason: "不行".into() }),
        Just(rectified()),
        Just(accepted()),
        (1u32..29).prop_map(move |d| Deed::Returned { reason: reason(), deadline: day(d), photos: vec![] }),
        Just(Deed::Listed { by_authority: "安委办".into() }),
        Just(Deed::Suspended { what: "车间".into() }),
        Just(Deed::Referred { authority: "城管".into(), reason: reason() }),
        (98u128..100).prop_map(|n| Deed::Merged { into: HazardId(Uuid::from_u128(n)) }),
        Just(Deed::Reopened { reason: reason(), due: None }),
        Just(Deed::Found(found(Severity::General))),
    ]
}

fn any_life() -> impl Strategy<Value = (Severity, Vec<(u128, Deed)>)> {
    let severity = prop_oneof![Just(Severity::General), Just(Severity::Major)];
    (severity, prop::collection::vec((1u128..5, any_deed()), 0..24))
}

proptest! {
    #[test]
    fn folding_the_log_gives_the_same_hazard((level, steps) in any_life()) {
        let (hazard, _) = run(begin(found(level)), &steps);
        let folded = Hazard::fold(hazard.id, place(), hazard.log.clone()).unwrap();
        prop_assert_eq!(folded, hazard);
    }

    #[test]
    fn nothing_is_dropped_and_misfits_change_nothing((level, steps) in any_life()) {
        let mut hazard = begin(found(level));
        for (n, (by, deed)) in steps.iter().enumerate() {
            let before = hazard.clone();
            let (after, misfit) = hazard.take(entry(n as u128 + 1, person(*by), deed.clone()));
            prop_assert_eq!(after.log.len(), before.log.len() + 1);
            if misfit.is_some() {
                prop_assert_eq!(Hazard { log: vec![], ..after.clone() }, Hazard { log: vec![], ..before });
            }
            hazard = after;
        }
    }

    #[test]
    fn a_repeated_event_changes_nothing((level, steps) in any_life()) {
        let (hazard, _) = run(begin(found(level)), &steps);
        for known in hazard.log.clone() {
            let (again, misfit) = hazard.clone().take(Entry { misfit: None, ..known.clone() });
            prop_assert_eq!(&again, &hazard);
            prop_assert_eq!(misfit, known.misfit);
        }
    }

    #[test]
    fn what_would_be_taken_is_taken((level, steps) in any_life(), by in 1u128..5, deed in any_deed()) {
        let (hazard, _) = run(begin(found(level)), &steps);
        let foretold = hazard.would_take(person(by), start(), &deed);
        let (_, misfit) = hazard.take(entry(1000, person(by), deed));
        prop_assert_eq!(foretold.err(), misfit);
    }

    #[test]
    fn nobody_closes_what_they_put_right((level, steps) in any_life()) {
        let (hazard, _) = run(begin(found(level)), &steps);
        if let Stage::Closed { by, .. } = hazard.stage {
            let rectifier = hazard.log.iter().rev().filter(|e| e.misfit.is_none())
                .find(|e| matches!(e.deed, Deed::Rectified { .. }));
            prop_assert!(rectifier.is_none_or(|entry| entry.by != by));
        }
    }

    #[test]
    fn a_hazard_survives_its_journey_as_json((level, steps) in any_life()) {
        let (hazard, _) = run(begin(found(level)), &steps);
        let text = serde_json::to_string(&hazard).unwrap();
        prop_assert_eq!(serde_json::from_str::<Hazard>(&text).unwrap(), hazard);
    }
}
