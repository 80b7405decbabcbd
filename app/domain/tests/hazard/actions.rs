//! What is offered to whom, and for whom a hazard waits.

use super::{accept, ask, day, general, list, major, plan, rectify, run, somebody, start, suspend};
use domain::{
    hazard::{Hazard, HazardCommandKind, RejectedBecause, actions_for, waits_for},
    role::{Actor, Role, Scope},
};

/// What the actor may do, barred or not.
fn kinds(hazard: &Hazard, actor: &Actor) -> Vec<HazardCommandKind> {
    actions_for(hazard, actor, start()).iter().map(|action| action.kind).collect()
}

#[test]
fn what_was_found_is_assigned_first() {
    use HazardCommandKind::*;
    assert_eq!(kinds(&general(), &somebody(2, Role::Supervisor)), [Assign, Refer, Merge]);
    assert_eq!(kinds(&major(), &somebody(2, Role::Officer)), [Assign, List, Suspend, Refer, Merge]);
    assert_eq!(kinds(&major(), &somebody(2, Role::Inspector)), [], "an inspector directs nothing");
    let elsewhere = Actor { scope: Scope::Grids(vec![]), ..somebody(2, Role::Supervisor) };
    assert_eq!(kinds(&general(), &elsewhere), [], "and nobody what is out of sight");
    let (listed, _) = run(major(), &[(2, list()), (2, suspend())]);
    let once_is_enough = [Assign, LiftSuspension, Refer, Merge];
    assert_eq!(kinds(&listed, &somebody(2, Role::Officer)), once_is_enough);
}

#[test]
fn who_did_the_work_is_told_why_they_may_not_accept_it() {
    let (hazard, _) = run(general(), &[(2, plan(day(22))), (3, rectify())]);
    let own = actions_for(&hazard, &somebody(3, Role::Inspector), start());
    assert_eq!(own.barred(HazardCommandKind::Accept), Some(&RejectedBecause::OwnWork));
    assert!(!own.allows(HazardCommandKind::Accept) && !own.allows(HazardCommandKind::Return));
    let others = actions_for(&hazard, &somebody(4, Role::Inspector), start());
    assert!(others.allows(HazardCommandKind::Accept) && others.allows(HazardCommandKind::Return));
    assert_eq!(others.barred(HazardCommandKind::Accept), None);
    let enterprise = actions_for(&hazard, &somebody(4, Role::Enterprise), start());
    assert_eq!(enterprise.iter().count(), 0);
}

/// One rule for the phone's first page and for its list.
#[test]
fn each_hazard_waits_for_whoever_has_to_act() {
    let today = day(22);
    let waits = |hazard: &Hazard, role| waits_for(hazard, &somebody(9, role), today);
    assert!(waits(&general(), Role::Officer) && !waits(&general(), Role::Inspector));

    let (later, _) = run(general(), &[(2, plan(day(23)))]);
    assert!(waits(&later, Role::Enterprise) && !waits(&later, Role::Inspector));
    let (due, _) = run(general(), &[(2, plan(day(22)))]);
    assert!(waits(&due, Role::Enterprise) && waits(&due, Role::Inspector), "its day has come");
    let (asked, _) = run(general(), &[(2, plan(day(23))), (3, ask(day(29)))]);
    assert!(waits(&asked, Role::Officer) && !waits(&asked, Role::Inspector), "it waits for an answer");

    let (done, _) = run(general(), &[(2, plan(day(22))), (3, rectify())]);
    assert!(waits(&done, Role::Inspector) && !waits(&done, Role::Enterprise));
    assert!(!waits_for(&done, &somebody(3, Role::Inspector), today), "it is their own work");
    let (closed, _) = run(done, &[(4, accept())]);
    assert!(!waits(&closed, Role::Supervisor));
}
