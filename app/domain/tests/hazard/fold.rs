//! A hazard is the fold of its log, whatever today's rules would say of that.

use super::{any_life, day, found, general, issued, open, person, plan, refer, run, somebody, start, tag};
use chrono::Duration;
use domain::{
    audit::By,
    hazard::{
        EventRecord, Hazard, HazardStatusKind, Issued, MissingCreationEvent, RejectedBecause, decide,
        relocate,
    },
    id::{EventId, GridId},
    role::{Actor, ResourceScope, Role},
};
use proptest::prelude::*;
use uuid::Uuid;

#[test]
fn somebody_has_to_find_it() {
    let hazard = general();
    let assigned = run(general(), &[(2, plan(day(22)))]).0.events.remove(1);
    assert_eq!(Hazard::fold(hazard.id, []), Err(MissingCreationEvent));
    assert_eq!(Hazard::fold(hazard.id, [assigned]), Err(MissingCreationEvent));
    let nobody = EventRecord { by: None, ..hazard.events[0].clone() };
    assert_eq!(Hazard::fold(hazard.id, [nobody]), Err(MissingCreationEvent));
}

/// A stored log and the state that it folded to when it was written. Today's rules would refuse some of it: whoever put it
/// right accepted it, alone, although it is major; and somebody put right what nobody had assigned.
fn stored() -> (Vec<EventRecord>, Hazard) {
    let events = serde_json::from_str(include_str!("../logs/under_laxer_rules.json")).unwrap();
    let state = serde_json::from_str(include_str!("../logs/under_laxer_rules.state.json")).unwrap();
    (events, state)
}

#[test]
fn what_stricter_rules_would_refuse_folds_as_it_did() {
    let (events, state) = stored();
    let refused = |n: usize| {
        let before = Hazard::fold(state.id, events[..n].iter().cloned()).unwrap();
        let record = &events[n];
        let by = Actor { person: record.by.unwrap(), ..somebody(1, Role::Supervisor) };
        let issued = Issued { id: record.id, at: record.at, received_at: None, by: &by };
        decide(&before, &record.event.command().unwrap(), &issued).unwrap_err()
    };
    assert_eq!(refused(1), RejectedBecause::NotAssigned);
    assert_eq!(refused(2), RejectedBecause::OwnWork);
    let folded = Hazard::fold(state.id, events.iter().cloned()).unwrap();
    assert_eq!(Hazard { events: vec![], ..folded }, state);
}

#[test]
fn a_hazard_that_goes_with_its_site_says_so_in_its_log() {
    let (now, by) = (start() + Duration::days(1), By::CommandLine);
    let (hazard, _) = run(general(), &[(2, plan(day(22)))]);
    let elsewhere = ResourceScope { grid: GridId(Uuid::from_u128(8)), ..hazard.place };
    assert_eq!(relocate(&hazard, &hazard.place, &by, now), None, "it lies there");
    let record = relocate(&hazard, &elsewhere, &by, now).unwrap();
    assert_eq!((record.by, record.received_at), (None, Some(now)));
    assert_eq!(relocate(&hazard, &elsewhere, &by, now), Some(record.clone()), "the same each time");
    let moved = hazard.clone().evolve(record.clone());
    assert_eq!((moved.place, &moved.status), (elsewhere, &hazard.status));
    assert_eq!(moved.status_since(), hazard.status_since(), "and has its status as long as before");
    assert_eq!(Hazard::fold(moved.id, moved.events.clone()).unwrap(), moved);
    let back = By::Person { id: person(7), name: "管理员".into() };
    let again = relocate(&moved, &hazard.place, &back, now).unwrap();
    assert_ne!(again.id, record.id, "another event of the same moment");
    assert_eq!((again.by, again.name.as_str()), (Some(person(7)), "管理员"));
    let (ended, _) = run(moved, &[(3, refer())]);
    assert_eq!(relocate(&ended, &hazard.place, &by, now), None, "what has ended lies where it lay");
}

/// Events of any life in any order: no rule would have let them happen so.
fn any_log() -> impl Strategy<Value = Vec<EventRecord>> {
    let events = prop::collection::vec(any_life(), 1..4).prop_map(|lives| {
        let events = lives.into_iter().flat_map(|(level, steps)| run(open(found(level)), &steps).0.events);
        events.collect::<Vec<_>>()
    });
    events.prop_flat_map(|events| Just(events).prop_shuffle())
}

proptest! {
    #[test]
    fn folding_the_log_gives_the_same_hazard((level, steps) in any_life()) {
        let (hazard, _) = run(open(found(level)), &steps);
        prop_assert_eq!(Hazard::fold(hazard.id, hazard.events.clone()).unwrap(), hazard);
    }

    #[test]
    fn events_are_folded_whatever_the_rules_say_of_them(log in any_log()) {
        let first = general().events.remove(0);
        let hazard = Hazard::fold(general().id, std::iter::once(first).chain(log.clone())).unwrap();
        prop_assert_eq!(hazard.events.len(), log.len() + 1);
        let moved = log.iter().rev().find_map(|record| {
            let moves = record.event.kind().row().moves;
            moves.filter(|_| record.event.opening().is_none())
        });
        prop_assert_eq!(hazard.status.kind(), moved.unwrap_or(HazardStatusKind::Found));
    }

    #[test]
    fn a_hazard_survives_its_journey_as_json((level, steps) in any_life()) {
        let (hazard, _) = run(open(found(level)), &steps);
        let text = serde_json::to_string(&hazard).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Hazard>(&text).unwrap(), &hazard);
        prop_assert_eq!(tag(&hazard.status), hazard.status.kind().as_str());
        for record in &hazard.events {
            prop_assert_eq!(tag(&record.event), record.event.kind().as_str());
        }
    }

    #[test]
    fn several_events_of_one_command_have_ids_of_their_own(n in any::<u128>()) {
        let by = somebody(1, Role::Supervisor);
        let issued = Issued { id: EventId(Uuid::from_u128(n)), ..issued(1, &by) };
        let event = || general().events.remove(0).event;
        let ids: Vec<_> = issued.records(vec![event(), event(), event()]).iter().map(|r| r.id).collect();
        prop_assert_eq!(ids[0], issued.id);
        prop_assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
    }
}
