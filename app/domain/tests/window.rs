//! What is live, to the moment.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    hazard::{Found, Hazard, HazardCommand, Issued, decide},
    id::{DepartmentId, GridId},
    permission::Withheld,
    role::{Actor, ResourceScope, Role, Scope},
    sector::Sector,
    visit::{Tally, VisitNature, VisitOutcome, VisitSummary},
    window::{LiveWindow, LiveWindows, ended_at},
};
use serde_json::json;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

fn by() -> Actor {
    Actor {
        office: Uuid::nil().into(),
        person: Uuid::nil().into(),
        name: "王芳".to_owned(),
        role: Role::Supervisor,
        scope: Scope::Office,
        withheld: Withheld::default(),
        extension_limit: None,
    }
}

fn issued(n: u128, at: DateTime<Utc>, by: &Actor) -> Issued<'_> {
    Issued { id: Uuid::from_u128(n).into(), at, received_at: None, by }
}

/// Found a year ago.
fn hazard() -> Hazard {
    let place = ResourceScope {
        grid: GridId(Uuid::nil()),
        site: Uuid::nil().into(),
        department: None,
        sector: Sector::Fire,
    };
    let found: Found =
        serde_json::from_value(json!({ "level": "general", "what": "堆物", "photos": [] })).unwrap();
    let issued = |by| issued(1, now() - Duration::days(365), by);
    Hazard::open(Uuid::nil().into(), place, None, found, &issued(&by())).unwrap()
}

/// Ended at this moment, by being handed to another authority.
fn ended(at: DateTime<Utc>) -> Hazard {
    let refer = json!({ "refer": { "authority": "消防救援大队", "reason": "超出权限" } });
    let refer: HazardCommand = serde_json::from_value(refer).unwrap();
    let (by, hazard) = (by(), hazard());
    let issued = issued(2, at, &by);
    let events = decide(&hazard, &refer, &issued).unwrap();
    issued.records(events).into_iter().fold(hazard, Hazard::evolve)
}

fn visit(at: DateTime<Utc>) -> VisitSummary {
    VisitSummary {
        id: Uuid::nil().into(),
        number: "JC-2026-000001".into(),
        site: Uuid::nil().into(),
        nature: VisitNature::Patrol,
        outcome: VisitOutcome::Done,
        forms: vec!["fire-access".into()],
        inspector: Uuid::nil().into(),
        inspector_name: "王芳".into(),
        submitted_at: at,
        tally: Tally::default(),
    }
}

const WINDOW: LiveWindow = LiveWindow { closed_hazards: 60, visits: 90 };

#[test]
fn an_open_hazard_is_live_however_old_and_an_ended_one_until_its_window_is_over() {
    assert_eq!(ended_at(&hazard()), None);
    assert!(WINDOW.has_hazard(&hazard(), now()));
    let edge = now() - Duration::days(60);
    assert_eq!(ended_at(&ended(edge)), Some(edge));
    assert!(WINDOW.has_hazard(&ended(edge), now()));
    assert!(!WINDOW.has_hazard(&ended(edge), now() + Duration::milliseconds(1)));
}

#[test]
fn what_came_too_late_makes_no_ended_hazard_live_again() {
    let edge = now() - Duration::days(61);
    let late = json!({ "rectify": { "photos": ["1".repeat(64)] } });
    let late: HazardCommand = serde_json::from_value(late).unwrap();
    let (by, ended) = (by(), ended(edge));
    let because = decide(&ended, &late, &issued(3, now(), &by)).unwrap_err();
    let hazard = ended.reject(&late, &issued(3, now(), &by), because);
    assert_eq!(ended_at(&hazard), Some(edge));
    assert!(!WINDOW.has_hazard(&hazard, now()));
}

#[test]
fn a_visit_is_live_until_its_window_is_over() {
    let edge = now() - Duration::days(90);
    assert!(WINDOW.has_visit(&visit(edge), now()));
    assert!(!WINDOW.has_visit(&visit(edge - Duration::milliseconds(1)), now()));
}

#[test]
fn whoever_sees_much_keeps_less_of_what_has_ended() {
    let windows = LiveWindows::default();
    let department = Scope::Department { department: DepartmentId(Uuid::nil()), sectors: vec![Sector::Fire] };
    assert_eq!(windows.of(&Scope::Office), windows.wide);
    assert_eq!(windows.of(&department), windows.wide);
    assert_eq!(windows.of(&Scope::Grids(vec![])), WINDOW);
    assert_eq!(windows.of(&Scope::Sites(vec![])), WINDOW);
    assert_eq!(windows.widest(), WINDOW);
}

#[test]
fn a_clock_at_the_end_of_time_breaks_nothing() {
    assert!(WINDOW.has_hazard(&ended(now()), DateTime::<Utc>::MIN_UTC));
    assert!(WINDOW.has_visit(&visit(now()), DateTime::<Utc>::MIN_UTC));
}
