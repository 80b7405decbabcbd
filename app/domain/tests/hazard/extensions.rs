//! What is left to the leader of a deadline that is put off, whichever way.

use super::{
    ask, day, found, general, grant, issued, open, photo, plan, rectify, run, send_back, somebody, start,
};
use chrono::{Duration, Months};
use domain::{
    hazard::{FixedOnSpot, Found, Hazard, Issued, RejectedBecause},
    id::EventId,
    role::{Actor, Role},
    severity::Severity,
};
use uuid::Uuid;

/// More than five days are the leader's.
const RESERVED: RejectedBecause = RejectedBecause::LongExtensionReserved { days: 5 };

fn limited(role: Role) -> Actor {
    Actor { extension_limit: Some(5), ..somebody(4, role) }
}

/// To be put right by the 20th, and more time asked for.
fn asked() -> Hazard {
    run(general(), &[(2, plan(day(20))), (3, ask(day(24)))]).0
}

#[test]
fn several_short_extensions_are_one_long_one_and_stay_so_when_it_was_sent_back() {
    let (twice, rejections) = run(asked(), &[(2, grant(day(24))), (3, ask(day(28)))]);
    assert!(rejections.iter().all(Option::is_none) && twice.due == Some(day(24)));
    let officer = limited(Role::Officer);
    let (_, because) = twice.clone().attempt(&grant(day(28)), &issued(9, &officer));
    assert_eq!(because, Some(RESERVED));
    let (again, _) = run(twice, &[(3, rectify()), (2, send_back(day(24))), (3, ask(day(28)))]);
    let (kept, because) = again.attempt(&grant(day(28)), &issued(19, &officer));
    assert_eq!((kept.due, because), (Some(day(24)), Some(RESERVED)));
}

/// Whoever answers by the code may be whoever sends it back: the officer has both the code and the number on record.
#[test]
fn nobody_puts_a_deadline_off_by_sending_it_back() {
    let (rectified, _) = run(general(), &[(2, plan(day(20))), (3, rectify())]);
    let back = |until, by: &Actor| {
        let (hazard, because) = rectified.clone().attempt(&send_back(day(until)), &issued(9, by));
        (hazard.due, because)
    };
    for role in [Role::CommunityOfficer, Role::Officer, Role::Supervisor] {
        assert_eq!(back(26, &limited(role)), (Some(day(20)), Some(RESERVED)), "{role:?}");
        assert_eq!(back(25, &limited(role)), (Some(day(25)), None), "{role:?}");
    }
    assert_eq!(back(26, &limited(Role::Leader)), (Some(day(26)), None));
    assert_eq!(back(26, &somebody(4, Role::Officer)), (Some(day(26)), None), "nothing is reserved");
    // However often on one day.
    let officer = limited(Role::Officer);
    let (once, _) = run(rectified, &[(2, send_back(day(25))), (3, rectify())]);
    let (kept, because) = once.attempt(&send_back(day(26)), &issued(19, &officer));
    assert_eq!((kept.due, because), (Some(day(25)), Some(RESERVED)));
}

#[test]
fn what_is_reported_late_is_sent_back_from_today_on() {
    let (rectified, _) = run(general(), &[(2, plan(day(1))), (3, rectify())]);
    let officer = limited(Role::Officer);
    // It is the 18th.
    let (kept, because) = rectified.clone().attempt(&send_back(day(24)), &issued(8, &officer));
    assert_eq!((kept.due, because), (Some(day(1)), Some(RESERVED)));
    let (back, because) = rectified.attempt(&send_back(day(23)), &issued(8, &officer));
    assert_eq!((back.due, because), (Some(day(23)), None));
}

#[test]
fn what_had_no_plan_is_sent_back_until_whenever_it_takes() {
    let fixed = FixedOnSpot { note: String::new(), photos: vec![photo(2)] };
    let major = open(Found { fixed: Some(fixed), due: None, ..found(Severity::Major) });
    let officer = limited(Role::Officer);
    let (back, because) = major.attempt(&send_back(day(30)), &issued(9, &officer));
    assert_eq!((back.due, because), (Some(day(30)), None));
}

/// The log takes days as they were meant by a clock that cannot have been right: so many days on are the same.
#[test]
fn no_clock_puts_a_deadline_off() {
    let officer = limited(Role::Officer);
    let received = start() + Duration::hours(9);
    let (rectified, _) = run(general(), &[(2, plan(day(20))), (3, rectify())]);
    let by = |at| Issued { id: EventId(Uuid::from_u128(9)), at, received_at: Some(received), by: &officer };
    // Two years behind, and at the end of all time.
    for at in [received - Months::new(24), received - Duration::days(365 * 5_000)] {
        let put_off =
            [(asked(), grant(day(24))), (asked(), plan(day(24))), (rectified.clone(), send_back(day(24)))];
        for (hazard, command) in put_off {
            let (kept, because) = hazard.attempt(&command, &by(at));
            assert_eq!((kept.due, because), (Some(day(20)), Some(RESERVED)), "{command:?} {at}");
        }
    }
    // Late, and no later than anybody may be.
    let (granted, because) = asked().attempt(&grant(day(24)), &by(received - Duration::days(30)));
    assert_eq!((granted.due, because), (Some(day(24)), None));
}
