//! 巡查: streets out of addresses, the order in which they are walked, and how far they are.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    id::SiteId,
    patrol::{
        Door, DoorNumber, DoorState, DoorVisit, Line, Order, Progress, Rhythm, lines, next_door, state_of,
        street_of, streets, walked_in,
    },
    place::Location,
    site::Site,
    visit::VisitOutcome,
};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

fn id(n: u128) -> SiteId {
    SiteId(Uuid::from_u128(n))
}

fn site(n: u128, address: &str) -> Site {
    let site = json!({
        "id": Uuid::from_u128(n), "community": Uuid::nil(), "grid": Uuid::from_u128(1), "name": format!("店 {n}"),
        "code": format!("A{n}"), "kinds": [], "sector": "fire", "risk": "low", "address": address,
    });
    serde_json::from_value(site).unwrap()
}

/// So many metres north of one place.
fn north(metres: f64) -> Location {
    Location { latitude: 34.8561 + metres / 111_195.0, longitude: 113.599, accuracy: None }
}

fn numbers(doors: &[Door]) -> Vec<String> {
    doors.iter().map(|door| door.number.map_or_else(|| "-".to_owned(), |at| at.to_string())).collect()
}

#[test]
fn sites_of_one_street_stand_by_number_and_those_without_a_street_apart() {
    let sites = [
        site(1, "金河中路 37 号"),
        site(2, "惠民市场北门"),
        site(3, "金河街道金河中路5号"),
        site(4, "人民路12号"),
        site(5, "金河中路37号附1"),
        Site { retired: true, ..site(6, "金河中路7号") },
    ];
    let streets = streets(&sites);
    let named: Vec<_> =
        streets.iter().map(|street| (street.name.as_deref(), numbers(&street.doors))).collect();
    let words = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        named,
        [
            (Some("人民路"), words(&["12"])),
            (Some("金河中路"), words(&["5", "37", "37-1"])),
            (None, words(&["-"])),
        ]
    );
    assert_eq!(street_of(&sites, id(5)).unwrap().name.as_deref(), Some("金河中路"));
    assert_eq!(street_of(&sites, id(2)).unwrap().name, None);
    assert_eq!(street_of(&sites, id(6)), None, "what is retired is not walked");
}

#[test]
fn one_walks_by_number_up_one_side_and_down_the_other_or_to_the_nearest() {
    let addresses = ["路里1号", "路里2号", "路里3号", "路里4号", "路里5号"];
    let sites: Vec<_> = addresses.iter().zip(1..).map(|(address, n)| site(n, address)).collect();
    let street = streets(&sites).pop().unwrap();
    let place = |site: SiteId| (site != id(4)).then(|| north(f64::from(site.0.as_u128() as u32) * 10.0));
    let here = north(32.0);
    for (order, walked) in [
        (Order::ByNumber, ["1", "2", "3", "4", "5"]),
        (Order::SideBySide, ["1", "3", "5", "4", "2"]),
        (Order::ByDistance, ["3", "2", "5", "1", "4"]),
    ] {
        let doors = walked_in(&street.doors, order, &place, Some(&here));
        assert_eq!(numbers(&doors), walked, "{order:?}");
    }
    let nowhere = walked_in(&street.doors, Order::ByDistance, &place, None);
    assert_eq!(numbers(&nowhere), addresses.map(|address| address[6..7].to_owned()), "nothing is near");
}

#[test]
fn a_number_is_missing_between_two_of_its_side_that_stand_near_each_other() {
    let of = |addresses: &[&str]| {
        let sites: Vec<_> = addresses.iter().zip(1..).map(|(address, n)| site(n, address)).collect();
        let doors = streets(&sites).pop().unwrap().doors;
        let missing = lines(&doors).into_iter().filter_map(|line| match line {
            Line::Missing(number) => Some(number),
            Line::Door(_) => None,
        });
        missing.collect::<Vec<_>>()
    };
    assert_eq!(of(&["金河中路37号", "金河中路41号", "金河中路43号"]), [39]);
    assert_eq!(of(&["金河中路37号", "金河中路38号", "金河中路40号", "金河中路41号"]), [39]);
    assert_eq!(of(&["金河中路1号", "金河中路7号"]), [3, 5]);
    assert_eq!(of(&["金河中路1号", "金河中路9号"]), Vec::<u32>::new(), "a school stands there");
    assert_eq!(of(&["金河中路37号", "金河中路37号附1", "金河中路39号"]), Vec::<u32>::new());
    assert_eq!(of(&["金河中路1号", "金河中路4号"]), Vec::<u32>::new(), "they are of two sides");
}

#[test]
fn the_next_door_is_behind_the_last_one_and_then_from_the_beginning() {
    let addresses = ["路里1号", "路里2号", "路里3号"];
    let sites: Vec<_> = addresses.iter().zip(1..).map(|(address, n)| site(n, address)).collect();
    let doors = streets(&sites).pop().unwrap().doors;
    let next = |from: Option<u128>, left: &[u128]| {
        let is_left = |site: SiteId| left.iter().any(|n| id(*n) == site);
        next_door(&doors, from.map(id), &is_left).map(|door| door.site)
    };
    for (from, left, expected) in [
        (None, &[1, 2, 3][..], Some(1)),
        (None, &[3][..], Some(3)),
        (Some(2), &[1, 2, 3][..], Some(2)),
        (Some(2), &[1, 3][..], Some(3)),
        (Some(3), &[1, 2][..], Some(1)),
        (Some(9), &[2][..], Some(2)),
        (Some(1), &[][..], None),
    ] {
        assert_eq!(next(from, left), expected.map(id), "{from:?} {left:?}");
    }
}

fn visit(site: u128, minutes: i64, outcome: VisitOutcome, failed: bool) -> DoorVisit {
    DoorVisit { site: id(site), at: now() + Duration::minutes(minutes), outcome, failed }
}

#[test]
fn a_door_stands_as_its_newest_visit_since_the_beginning_says() {
    use DoorState::{Closed, Gone, Hazard, InOrder, Moved, NotWalked, Refused};
    let found = [(id(8), now()), (id(9), now() - Duration::days(1))];
    let visits = [
        visit(1, -10, VisitOutcome::Done, false),
        visit(2, 1, VisitOutcome::Closed, false),
        visit(2, 5, VisitOutcome::Done, false),
        visit(3, 5, VisitOutcome::Closed, false),
        visit(3, 1, VisitOutcome::Done, false),
        visit(4, 1, VisitOutcome::Refused, false),
        visit(5, 1, VisitOutcome::Moved, false),
        visit(6, 1, VisitOutcome::Gone, false),
        visit(7, 1, VisitOutcome::Done, true),
        visit(8, 1, VisitOutcome::Done, false),
    ];
    let states: Vec<_> = (1..=9).map(|n| state_of(id(n), now(), &visits, &found).state).collect();
    assert_eq!(states, [NotWalked, InOrder, Closed, Refused, Moved, Gone, Hazard, Hazard, NotWalked]);
    let progress = Progress::of(states);
    assert_eq!((progress.doors, progress.walked(), progress.left(), progress.unseen()), (9, 7, 2, 2));
    assert_eq!((progress.in_order, progress.hazards, progress.gone), (1, 2, 2));
    let seen = state_of(id(2), now(), &visits, &found);
    assert_eq!(seen.at, Some(now() + Duration::minutes(5)));
}

#[test]
fn a_patrol_begins_anew_with_its_day_week_or_month() {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    for (rhythm, today, first, last) in [
        (Rhythm::Day, day(11, 25), day(11, 25), day(11, 25)),
        (Rhythm::Week, day(11, 25), day(11, 23), day(11, 29)),
        (Rhythm::Week, day(11, 23), day(11, 23), day(11, 29)),
        (Rhythm::Week, day(11, 29), day(11, 23), day(11, 29)),
        (Rhythm::Month, day(11, 25), day(11, 1), day(11, 30)),
        (Rhythm::Month, day(12, 31), day(12, 1), day(12, 31)),
        (Rhythm::Month, day(2, 1), day(2, 1), day(2, 28)),
    ] {
        assert_eq!(rhythm.around(today), (first, last), "{rhythm:?} {today}");
        assert_eq!(Rhythm::parse(rhythm.as_str()), Some(rhythm));
    }
    // Midnight in the office.
    let began = Utc.with_ymd_and_hms(2026, 10, 31, 16, 0, 0).unwrap();
    assert_eq!(Rhythm::Month.began(day(11, 25)), began);
}

fn any_address() -> impl Strategy<Value = String> {
    prop_oneof![
        (1_u32..200, 0_u32..3).prop_map(|(number, sub)| format!("金河中路{}号", DoorNumber { number, sub })),
        (1_u32..40).prop_map(|number| format!("石马村{}组{number}号", number % 3 + 1)),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn every_site_in_use_stands_in_one_street_whatever_its_address(
        addresses in prop::collection::vec(any_address(), 0..60),
        metres in prop::collection::vec(prop::option::of(0.0_f64..500.0), 60),
    ) {
        let sites: Vec<_> = addresses.iter().zip(1..).map(|(address, n)| site(n, address)).collect();
        let all = streets(&sites);
        prop_assert_eq!(&all, &streets(&sites));
        let stands: Vec<_> = all.iter().flat_map(|street| &street.doors).map(|door| door.site).collect();
        prop_assert_eq!(stands.len(), sites.len());
        prop_assert_eq!(stands.into_iter().collect::<BTreeSet<_>>().len(), sites.len());
        let place = |site: SiteId| metres.get(site.0.as_u128() as usize - 1).copied().flatten().map(north);
        for street in &all {
            for order in Order::ALL {
                let walked = walked_in(&street.doors, order, &place, Some(&north(0.0)));
                let again = walked_in(&walked, order, &place, Some(&north(0.0)));
                prop_assert_eq!(&walked, &again, "walking it again is walking it so");
                let doors = |all: &[Door]| all.iter().map(|door| door.site).collect::<BTreeSet<_>>();
                prop_assert_eq!(doors(&walked), doors(&street.doors));
            }
            let told = lines(&street.doors);
            let doors: Vec<_> = told.iter().filter_map(|line| match line {
                Line::Door(door) => Some(*door),
                Line::Missing(_) => None,
            }).collect();
            prop_assert_eq!(&doors, &street.doors);
        }
    }
}
