//! Lives of hazards, by example.

use super::{
    accept, ask, day, found, full_plan, general, grant, lift, list, major, open, person, photo, plan,
    rectify, refer, reopen, run, send_back, start, suspend,
};
use chrono::Duration;
use domain::{
    due::Due,
    hazard::{
        FixedOnSpot, Found, HazardCommand, HazardEventKind, HazardStatus, RectificationPlan, RejectedBecause,
    },
    id::DepartmentId,
    severity::Severity,
};
use uuid::Uuid;

#[test]
fn the_ordinary_life_ends_closed() {
    let (hazard, rejections) = run(general(), &[(2, plan(day(22))), (3, rectify()), (1, accept())]);
    assert_eq!(rejections, [None, None, None]);
    assert!(matches!(hazard.status, HazardStatus::Closed { by, .. } if by == person(1)));
    assert_eq!(hazard.after, [photo(2)]);
    assert_eq!(hazard.due(start() + Duration::days(30)), Due::Unset, "a closed hazard is never overdue");
}

#[test]
fn who_reports_it_put_right_may_not_accept_it() {
    let (hazard, rejections) = run(general(), &[(2, plan(day(22))), (3, rectify()), (3, accept())]);
    assert_eq!(rejections[2], Some(RejectedBecause::OwnWork));
    assert!(hazard.is_open());
}

#[test]
fn a_major_hazard_takes_two_different_people() {
    let steps =
        [(2, plan(day(22))), (4, suspend()), (3, rectify()), (1, accept()), (1, accept()), (4, accept())];
    let (hazard, rejections) = run(major(), &steps[..5]);
    assert_eq!(rejections[4], Some(RejectedBecause::SamePersonTwice));
    assert!(hazard.suspended && hazard.is_open(), "suspended until the second acceptance");
    let (hazard, _) = run(major(), &steps);
    assert!(!hazard.is_open() && !hazard.suspended);
    let kinds: Vec<_> = hazard.events.iter().map(|record| record.event.kind()).collect();
    let accepted = [HazardEventKind::AcceptedOnce, HazardEventKind::Rejected, HazardEventKind::Accepted];
    assert_eq!(kinds[4..], accepted, "the events say which acceptance it was");
}

#[test]
fn only_a_major_hazard_is_listed_or_suspended() {
    assert_eq!(run(general(), &[(4, list())]).1, [Some(RejectedBecause::NotMajor)]);
    assert!(run(major(), &[(4, list())]).0.listed);
}

#[test]
fn a_suspension_is_lifted_before_the_hazard_is_over() {
    let (hazard, rejections) = run(major(), &[(2, lift()), (2, suspend()), (4, lift())]);
    assert_eq!(rejections, [Some(RejectedBecause::NotSuspended), None, None]);
    assert!(!hazard.suspended && hazard.status == HazardStatus::Found);
    let (again, rejections) = run(hazard, &[(4, lift()), (2, suspend()), (3, refer()), (4, lift())]);
    let referred = RejectedBecause::Referred { authority: "公安派出所".into() };
    assert_eq!(rejections, [Some(RejectedBecause::NotSuspended), None, None, Some(referred)]);
    assert!(again.suspended, "the other authority sees to that");
}

#[test]
fn fixed_on_the_spot_closes_a_general_hazard_and_not_a_major_one() {
    let fixed = FixedOnSpot { note: String::new(), photos: vec![photo(3)] };
    let general = open(Found { fixed: Some(fixed.clone()), ..found(Severity::General) });
    assert!(!general.is_open());
    assert_eq!(general.after, [photo(3)]);
    assert_eq!(general.events[0].event.kind(), HazardEventKind::FoundClosed);
    let major = open(Found { fixed: Some(fixed), ..found(Severity::Major) });
    assert!(matches!(major.status, HazardStatus::Rectified { .. }));
    assert_eq!(major.events[0].event.kind(), HazardEventKind::FoundRectified);
}

#[test]
fn what_comes_too_late_is_kept_with_who_and_when() {
    let steps = [(2, plan(day(22))), (3, rectify()), (1, accept()), (5, rectify())];
    let (hazard, rejections) = run(general(), &steps);
    let closed_at = start() + Duration::hours(3);
    let because = RejectedBecause::AlreadyClosed { by: "人1".into(), at: closed_at };
    assert_eq!(rejections[3], Some(because.clone()));
    let last = hazard.events.last().unwrap();
    assert_eq!((last.by, last.rejection()), (Some(person(5)), Some(&because)));
    assert_eq!(last.event.command(), Some(rectify()), "what was wanted is kept");
    assert_eq!(hazard.after, [photo(2)], "and changes nothing");
    assert_eq!((hazard.rejections_of(person(5)), hazard.rejections_of(person(1))), (1, 0));
}

#[test]
fn an_extension_must_be_asked_for_before_it_is_granted() {
    let assigned = (2, plan(day(22)));
    let (hazard, rejections) = run(general(), &[assigned.clone(), (2, grant(day(29)))]);
    assert_eq!((rejections[1].clone(), hazard.due), (Some(RejectedBecause::NoExtensionAsked), Some(day(22))));
    let (hazard, _) = run(general(), &[assigned, (3, ask(day(29))), (2, grant(day(29)))]);
    assert_eq!((hazard.due, hazard.extension), (Some(day(29)), None));
}

#[test]
fn a_return_sets_a_new_deadline_and_goes_round_again() {
    let steps = [(2, plan(day(22))), (3, rectify()), (1, send_back(day(26))), (3, rectify()), (1, accept())];
    let (hazard, rejections) = run(general(), &steps);
    assert!(rejections.iter().all(Option::is_none));
    assert_eq!(hazard.due, Some(day(26)));
    assert!(!hazard.is_open());
}

#[test]
fn an_ended_hazard_is_reopened_and_an_open_one_is_not() {
    let steps = [(1, reopen(Some(day(30)))), (2, refer()), (1, reopen(Some(day(30))))];
    let (hazard, rejections) = run(general(), &steps);
    assert_eq!(rejections, [Some(RejectedBecause::StillOpen), None, None]);
    assert_eq!((hazard.status, hazard.due), (HazardStatus::Found, Some(day(30))));
}

#[test]
fn a_department_that_is_named_takes_over() {
    let department = Some(DepartmentId(Uuid::from_u128(6)));
    let assigned = HazardCommand::Assign(RectificationPlan { department, ..full_plan(day(22)) });
    assert_eq!(run(general(), &[(2, assigned)]).0.place.department, department);
}
