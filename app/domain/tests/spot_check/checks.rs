//! What becomes of a check: who is led where and when, by what it is carried out, and when it was missed.

use super::{LI, WANG, ZHAO, at, id};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId, SpotCheckId},
    role::{Actor, ResourceScope, Role, Scope},
    sector::Sector,
    spot_check::{CheckProgress, SpotCheck, SpotCheckKind, SpotCheckState, at_site, missed},
    visit::VisitNature,
};
use serde_json::json;

/// Opens on the 25th at nine in the morning, for that day and the next.
fn check() -> SpotCheck {
    SpotCheck {
        id: id(0x710),
        plan: id(0x701),
        number: "CC-2026-0001".to_owned(),
        kind: SpotCheckKind::Cross,
        site: id(0x501),
        team: vec![id(WANG), id(LI)],
        leader: id(0x102),
        departments: vec![],
        forms: vec![],
        nature: VisitNature::Patrol,
        opens_at: at(25, 1),
        until: "2026-11-26".parse().unwrap(),
        meet: String::new(),
        bring: String::new(),
        note: String::new(),
        state: SpotCheckState::Sent,
    }
}

fn withdrawn() -> SpotCheck {
    let state = SpotCheckState::Withdrawn { at: at(25, 0), reason: "改期".to_owned() };
    SpotCheck { state, ..check() }
}

fn done() -> SpotCheck {
    SpotCheck { state: SpotCheckState::Done { visit: id(0x801), at: at(25, 2) }, ..check() }
}

#[test]
fn it_is_missed_the_morning_after_its_last_day_and_not_before() {
    // The office's midnight is 16 o'clock.
    for (now, is_missed) in [(at(24, 2), false), (at(25, 2), false), (at(26, 15), false), (at(26, 16), true)]
    {
        assert_eq!(check().is_missed(now), is_missed, "{now}");
        assert!(!done().is_missed(now) && !withdrawn().is_missed(now), "{now}");
    }
    let later = SpotCheck { id: id(0x711), until: "2026-11-27".parse().unwrap(), ..check() };
    let all = [later, done(), check(), withdrawn()];
    let ids = |now| missed(&all, now).iter().map(|check| check.id).collect::<Vec<SpotCheckId>>();
    assert_eq!(ids(at(26, 16)), [id(0x710)]);
    assert_eq!(ids(at(28, 16)), [id(0x710), id(0x711)], "the longest over first");
    let progress = CheckProgress::of(&all, at(26, 16));
    assert_eq!(progress, CheckProgress { done: 1, under_way: 1, missed: 1, withdrawn: 1 });
    assert!(!progress.is_over() && CheckProgress::of(&all, at(28, 16)).is_over());
}

#[test]
fn a_visit_of_the_team_after_the_hour_carries_it_out() {
    let cases: [(SpotCheck, u128, u128, DateTime<Utc>, bool); 8] = [
        (check(), WANG, 0x501, at(25, 1), true),
        (check(), LI, 0x501, at(26, 15), true),
        (check(), WANG, 0x501, at(25, 0), false),
        (check(), WANG, 0x501, at(26, 16), false),
        (check(), ZHAO, 0x501, at(25, 2), false),
        (check(), WANG, 0x502, at(25, 2), false),
        (withdrawn(), WANG, 0x501, at(25, 2), false),
        (done(), LI, 0x501, at(25, 3), false),
    ];
    for (check, person, site, began, carries_out) in cases {
        assert_eq!(check.is_done_by(id(person), id(site), began), carries_out, "{person:x} {site:x} {began}");
    }
}

fn actor(person: u128, scope: Scope) -> Actor {
    let person: PersonId = id(person);
    let office: OfficeId = id(1);
    let actor = json!({ "office": office, "person": person, "name": "王磊", "role": Role::Inspector, "scope": scope });
    serde_json::from_value(actor).unwrap()
}

fn place(site: u128) -> ResourceScope {
    ResourceScope { grid: id(0x311), site: id(site), department: None, sector: Sector::Fire }
}

/// Whoever is led to a site out of their grids stands at that one site, and nowhere else.
#[test]
fn a_check_leads_its_team_to_one_site_once_its_hour_has_come() {
    let elsewhere = actor(WANG, Scope::Grids(vec![id(0x399)]));
    let led = |checks: &[SpotCheck], site, now| at_site(&elsewhere, &place(site), checks, now).into_owned();
    let here = led(&[check()], 0x501, at(25, 1));
    assert_eq!(here.scope, Scope::Sites(vec![id(0x501)]));
    assert_eq!((here.person, here.role), (elsewhere.person, elsewhere.role));
    for (checks, site, now) in [
        (vec![], 0x501, at(25, 2)),
        (vec![check()], 0x501, at(25, 0)),
        (vec![check()], 0x502, at(25, 2)),
        (vec![withdrawn()], 0x501, at(25, 2)),
        (vec![SpotCheck { team: vec![id(ZHAO)], ..check() }], 0x501, at(25, 2)),
    ] {
        assert_eq!(led(&checks, site, now), elsewhere, "{site:x} {now}");
    }
    // What was carried out, or is over, still lets what was found there come in from a phone without signal.
    assert_ne!(led(&[done()], 0x501, at(27, 2)), elsewhere);
    let own = actor(WANG, Scope::Grids(vec![id(0x311)]));
    assert_eq!(*at_site(&own, &place(0x501), &[check()], at(25, 2)), own, "their own grid stays theirs");
}
