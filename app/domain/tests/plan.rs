//! The planner: what the engine does next.

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    device::{
        connection::{ConnectionState, back_off},
        plan::{Queue, Step, WaitingOperation, WaitingPhoto},
    },
    id::{HazardId, OperationId, SiteId, TaskId},
    photo::PhotoHash,
    sync::LARGEST_BATCH,
};
use proptest::prelude::*;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap()
}

fn operation(n: u128, bytes: u64) -> WaitingOperation {
    WaitingOperation {
        id: OperationId(Uuid::from_u128(n)),
        bytes,
        urgent: false,
        hazard: None,
        task: None,
        makes: None,
        done_at: None,
        tries: 0,
        not_before: None,
    }
}

fn photo(n: u8, bytes: u64) -> WaitingPhoto {
    WaitingPhoto { hash: PhotoHash::of(&[n]), bytes, urgent: false, announced: true, not_before: None }
}

fn pulled() -> Queue {
    Queue { last_pull: Some(now()), ..Queue::default() }
}

#[test]
fn a_fresh_phone_pulls_first() {
    assert_eq!(Queue::default().next(now()), Step::Sync { operations: vec![] });
}

#[test]
fn records_go_before_photos_and_in_the_order_made() {
    let queue =
        Queue { operations: vec![operation(2, 10), operation(1, 10)], photos: vec![photo(1, 9)], ..pulled() };
    let ids = [2, 1].map(|n| OperationId(Uuid::from_u128(n))).to_vec();
    assert_eq!(queue.next(now()), Step::Sync { operations: ids });
}

#[test]
fn small_photos_go_first_and_unannounced_ones_not_at_all() {
    let unannounced = WaitingPhoto { announced: false, ..photo(3, 1) };
    let queue = Queue { photos: vec![photo(1, 900), photo(2, 20), unannounced], ..pulled() };
    assert_eq!(queue.next(now()), Step::Upload { photo: PhotoHash::of(&[2]) });
}

#[test]
fn one_that_must_wait_holds_up_nothing_else() {
    let later = now() + Duration::minutes(3);
    let stuck = WaitingOperation { not_before: Some(later), ..operation(1, 10) };
    let stuck_photo = WaitingPhoto { not_before: Some(later), ..photo(1, 1) };
    let queue = Queue { operations: vec![stuck, operation(2, 10)], ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: vec![OperationId(Uuid::from_u128(2))] });
    let queue = Queue { photos: vec![stuck_photo.clone(), photo(2, 500)], ..pulled() };
    assert_eq!(queue.next(now()), Step::Upload { photo: PhotoHash::of(&[2]) });
    let queue = Queue { photos: vec![stuck_photo], ..pulled() };
    assert_eq!(queue.next(now()), Step::WaitUntil(later));
}

#[test]
fn news_is_asked_for_though_what_waits_cannot_go() {
    let waits = || vec![operation(1, 10)];
    let fresh = Queue { operations: waits(), ..Queue::default() };
    assert!(matches!(fresh.next(now()), Step::Sync { operations } if !operations.is_empty()));
    assert!(fresh.pulls_meanwhile(now()));
    let lately = Queue { operations: waits(), ..pulled() };
    assert!(!lately.pulls_meanwhile(now()), "not at every try");
    assert!(lately.pulls_meanwhile(now() + Duration::minutes(5)));
    let later = Some(now() + Duration::minutes(1));
    for line in [
        ConnectionState { quiet_until: later, ..ConnectionState::default() },
        ConnectionState { pull_not_before: later, ..ConnectionState::default() },
        ConnectionState { signed_out: true, ..ConnectionState::default() },
    ] {
        let queue = Queue { line, ..fresh.clone() };
        assert!(!queue.pulls_meanwhile(now()), "{:?}", queue.line);
    }
}

#[test]
fn what_was_done_to_one_hazard_goes_in_order_even_alone() {
    let hazard = Some(HazardId(Uuid::from_u128(7)));
    let found = WaitingOperation { hazard, tries: 3, ..operation(1, 10) };
    let command = WaitingOperation { hazard, ..operation(2, 10) };
    let other = WaitingOperation { tries: 5, ..operation(3, 10) };
    let ids = |ns: &[u128]| ns.iter().map(|n| OperationId(Uuid::from_u128(*n))).collect::<Vec<_>>();
    let shaky = ConnectionState { failures: 3, ..ConnectionState::default() };
    let all = vec![found.clone(), command.clone(), other.clone()];
    let queue = Queue { operations: all, line: shaky, ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: ids(&[1]) });
    let waits = WaitingOperation { not_before: Some(now() + Duration::minutes(1)), ..found };
    let queue = Queue { operations: vec![waits, command, other], ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: ids(&[3]) });
}

/// Handed on before it was given, it would be refused for good.
#[test]
fn work_is_given_before_it_is_handed_on_and_withdrawn() {
    let task = Some(TaskId(Uuid::from_u128(7)));
    let site = Some(SiteId(Uuid::from_u128(9)));
    let given = WaitingOperation { task, done_at: site, tries: 3, ..operation(2, 10) };
    let handed_on = WaitingOperation { task, ..operation(3, 10) };
    let withdrawn = WaitingOperation { task, ..operation(4, 10) };
    let other = WaitingOperation { tries: 5, ..operation(5, 10) };
    let ids = |ns: &[u128]| ns.iter().map(|n| OperationId(Uuid::from_u128(*n))).collect::<Vec<_>>();
    let all = vec![given.clone(), handed_on.clone(), withdrawn.clone(), other.clone()];
    let shaky = ConnectionState { failures: 3, ..ConnectionState::default() };
    let queue = Queue { operations: all.clone(), line: shaky, ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: ids(&[2]) }, "alone");
    let queue = Queue { operations: all, ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: ids(&[2, 3, 4, 5]) });
    let made = WaitingOperation { makes: site, ..operation(1, 10) };
    let all = vec![made, given.clone(), handed_on.clone(), withdrawn.clone(), other.clone()];
    let queue = Queue { operations: all, ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: ids(&[1, 5]) }, "at a site made on the spot");
    let waits = WaitingOperation { not_before: Some(now() + Duration::minutes(1)), ..given };
    let queue = Queue { operations: vec![waits, handed_on, withdrawn, other], ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: ids(&[5]) });
}

/// Whether the office has the very site already, it says in its answer.
#[test]
fn what_is_done_at_a_site_made_on_the_spot_waits_until_the_office_has_answered() {
    let site = Some(SiteId(Uuid::from_u128(9)));
    let made = WaitingOperation { makes: site, urgent: true, ..operation(1, 10) };
    let visit = WaitingOperation { done_at: site, ..operation(2, 10) };
    let elsewhere = WaitingOperation { done_at: Some(SiteId(Uuid::from_u128(8))), ..operation(3, 10) };
    let found = WaitingOperation { done_at: site, urgent: true, ..operation(4, 10) };
    let ids = |ns: &[u128]| ns.iter().map(|n| OperationId(Uuid::from_u128(*n))).collect::<Vec<_>>();
    let all = vec![made.clone(), visit.clone(), elsewhere, found.clone()];
    let queue = Queue { operations: all, ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: ids(&[1, 3]) });
    let later = now() + Duration::minutes(1);
    let waits = WaitingOperation { not_before: Some(later), ..made };
    let queue = Queue { operations: vec![waits, visit.clone(), found.clone()], ..pulled() };
    assert_eq!(queue.next(now()), Step::WaitUntil(later), "however long it takes");
    let queue = Queue { operations: vec![visit, found], ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: ids(&[4, 2]) });
}

#[test]
fn what_is_urgent_goes_first() {
    let urgent = WaitingOperation { urgent: true, ..operation(2, 10) };
    let queue = Queue { operations: vec![operation(1, 10), urgent], ..pulled() };
    let ids = [2, 1].map(|n| OperationId(Uuid::from_u128(n))).to_vec();
    assert_eq!(queue.next(now()), Step::Sync { operations: ids });
}

#[test]
fn an_operation_larger_than_a_batch_goes_alone() {
    let queue = Queue { operations: vec![operation(1, 200_000), operation(2, 10)], ..pulled() };
    assert_eq!(queue.next(now()), Step::Sync { operations: vec![OperationId(Uuid::from_u128(1))] });
}

#[test]
fn pictures_of_forms_come_after_photos_and_thumbnails_last() {
    let (thumbnails, picture) = (vec![PhotoHash::of(&[9])], PhotoHash::of(&[8]));
    let pictures = vec![picture.clone()];
    let queue = Queue { photos: vec![photo(1, 10)], thumbnails: thumbnails.clone(), pictures, ..pulled() };
    assert!(matches!(queue.next(now()), Step::Upload { .. }));
    let queue = Queue { photos: vec![], ..queue };
    assert_eq!(queue.next(now()), Step::FetchPicture { picture });
    let queue = Queue { thumbnails, ..pulled() };
    assert_eq!(queue.next(now()), Step::Fetch { photo: PhotoHash::of(&[9]) });
}

#[test]
fn a_dead_line_and_an_expired_session_stop_everything() {
    let until = now() + Duration::seconds(30);
    let queue = Queue {
        operations: vec![operation(1, 10)],
        line: ConnectionState { quiet_until: Some(until), ..ConnectionState::default() },
        ..pulled()
    };
    assert_eq!(queue.next(now()), Step::WaitUntil(until));
    assert_eq!(queue.next(until), Step::Sync { operations: vec![OperationId(Uuid::from_u128(1))] });
    assert_eq!(
        Queue { line: ConnectionState { signed_out: true, ..ConnectionState::default() }, ..queue }
            .next(until),
        Step::NeedsSignIn
    );
}

#[test]
fn while_pulls_fail_operations_and_photos_go_on() {
    let mut line = ConnectionState { pull_wanted: true, ..ConnectionState::default() };
    line.pull_missed(now(), 0.0);
    let queue = Queue { photos: vec![photo(1, 10)], line: line.clone(), ..Queue::default() };
    assert_eq!(queue.next(now()), Step::Upload { photo: PhotoHash::of(&[1]) });
    let queue = Queue { operations: vec![operation(1, 10)], line: line.clone(), ..Queue::default() };
    assert_eq!(queue.next(now()), Step::Sync { operations: vec![OperationId(Uuid::from_u128(1))] });
    let queue = Queue { line: line.clone(), ..Queue::default() };
    let Step::WaitUntil(again) = queue.next(now()) else { panic!("{:?}", queue.next(now())) };
    assert!(again > now() && again < now() + Duration::seconds(10), "{again}");
    assert_eq!(queue.next(again), Step::Sync { operations: vec![] });
    // The longer it goes on the longer it waits, and what comes ends it.
    line.pull_missed(now(), 0.0);
    line.pull_missed(now(), 0.0);
    assert!(line.pull_not_before.is_some_and(|later| later > again));
    line.pulled(false);
    assert_eq!(line, ConnectionState::default());
}

#[test]
fn a_clock_set_back_does_not_stop_the_pull() {
    let queue = Queue { last_pull: Some(now() + Duration::days(300)), ..Queue::default() };
    assert_eq!(queue.next(now()), Step::Sync { operations: vec![] });
}

#[test]
fn waiting_grows_and_is_capped() {
    assert_eq!(back_off(1, 1.0), Duration::seconds(2));
    assert_eq!(back_off(3, 1.0), Duration::seconds(8));
    assert_eq!(back_off(40, 1.0), Duration::minutes(10));
    assert_eq!(back_off(40, 0.0), Duration::minutes(5));
}

fn any_queue() -> impl Strategy<Value = Queue> {
    let time = || prop::option::of((-600i64..600).prop_map(|s| now() + Duration::seconds(s)));
    let hazard = || prop::option::of((0u128..4).prop_map(|n| HazardId(Uuid::from_u128(n))));
    let operation = (any::<u128>(), 1u64..150_000, any::<bool>(), hazard(), 0u32..5, time()).prop_map(
        |(n, bytes, urgent, hazard, tries, not_before)| WaitingOperation {
            urgent,
            hazard,
            tries,
            not_before,
            ..operation(n, bytes)
        },
    );
    let photo = (any::<u8>(), 1u64..900_000, any::<bool>(), any::<bool>(), time()).prop_map(
        |(n, bytes, urgent, announced, not_before)| WaitingPhoto {
            urgent,
            announced,
            not_before,
            ..photo(n, bytes)
        },
    );
    let lists = (prop::collection::vec(operation, 0..80), prop::collection::vec(photo, 0..10));
    (lists, time(), any::<bool>(), time(), 0u32..6).prop_map(
        |((operations, photos), last_pull, pull_wanted, quiet_until, failures)| Queue {
            operations,
            photos,
            last_pull,
            line: ConnectionState { failures, pull_wanted, quiet_until, ..ConnectionState::default() },
            ..Queue::default()
        },
    )
}

proptest! {
    #[test]
    fn a_wait_is_always_in_the_future(queue in any_queue()) {
        if let Step::WaitUntil(time) = queue.next(now()) {
            prop_assert!(time > now());
        }
    }

    #[test]
    fn a_batch_is_ready_ordered_and_within_bounds(queue in any_queue()) {
        if let Step::Sync { operations } = queue.next(now()) {
            prop_assert!(operations.len() <= LARGEST_BATCH);
            let waiting = |id: &OperationId| queue.operations.iter().position(|o| o.id == *id).unwrap();
            let sent: Vec<_> = operations.iter().map(|id| &queue.operations[waiting(id)]).collect();
            prop_assert!(sent.iter().all(|operation| operation.not_before.is_none_or(|time| time <= now())));
            prop_assert!(!queue.line.is_shaky() || sent.len() <= 1);
            let bytes: u64 = sent.iter().map(|operation| operation.bytes).sum();
            prop_assert!(bytes <= 96 * 1024 || sent.len() == 1);
            // On one hazard nothing overtakes and nothing is left out in between.
            for (position, operation) in queue.operations.iter().enumerate() {
                let Some(hazard) = operation.hazard.filter(|_| operations.contains(&operation.id)) else { continue };
                let before = queue.operations[..position].iter().filter(|other| other.hazard == Some(hazard));
                let place = |id| operations.iter().position(|sent| *sent == id);
                prop_assert!(before.map(|other| place(other.id)).all(|earlier| earlier.is_some_and(|earlier| Some(earlier) < place(operation.id))));
            }
            let without: Vec<_> = sent.iter().filter(|operation| operation.hazard.is_none()).collect();
            prop_assert!(without.is_sorted_by_key(|operation| (!operation.urgent, waiting(&operation.id))));
        }
    }

    #[test]
    fn whatever_is_ready_is_eventually_sent(mut queue in any_queue()) {
        queue.line.quiet_until = None;
        for _ in 0..200 {
            match queue.next(now()) {
                Step::Sync { operations } => {
                    queue.operations.retain(|o| !operations.contains(&o.id));
                    queue.last_pull = Some(now());
                    queue.line.pull_wanted = false;
                }
                Step::Upload { photo } => queue.photos.retain(|p| p.hash != photo),
                Step::Tell => queue.untold = false,
                _ => break,
            }
        }
        let ready = |time: Option<DateTime<Utc>>| time.is_none_or(|time| time <= now());
        let held = |position: usize| {
            let hazard = queue.operations[position].hazard;
            hazard.is_some() && queue.operations[..position].iter().any(|o| o.hazard == hazard && !ready(o.not_before))
        };
        let left = queue.operations.iter().enumerate().filter(|(position, o)| ready(o.not_before) && !held(*position));
        prop_assert_eq!(left.count(), 0);
        prop_assert!(!queue.photos.iter().any(|p| p.announced && ready(p.not_before)));
    }
}

#[test]
fn what_waits_is_told_once_it_has_changed_and_before_what_takes_long() {
    let queue =
        Queue { photos: vec![photo(1, 9)], pictures: vec![PhotoHash::of(&[8])], untold: true, ..pulled() };
    assert!(matches!(queue.next(now()), Step::Upload { .. }), "work goes first");
    let queue = Queue { photos: vec![], ..queue };
    assert_eq!(queue.next(now()), Step::Tell);
    let queue = Queue { untold: false, ..queue };
    assert!(matches!(queue.next(now()), Step::FetchPicture { .. }));
}

#[test]
fn a_phone_that_was_away_for_a_day_says_first_what_it_holds() {
    let away = Queue { operations: vec![operation(1, 10)], untold: true, ..Queue::default() };
    let after = |hours| Queue { last_pull: Some(now() - Duration::hours(hours)), ..away.clone() };
    assert!(matches!(after(23).next(now()), Step::Sync { .. }));
    assert_eq!(after(24).next(now()), Step::Tell);
    // Never been there: nothing was away.
    assert!(matches!(away.next(now()), Step::Sync { .. }));
    // Told in vain: the work goes all the same.
    let in_vain = Queue { tell_not_before: Some(now() + Duration::minutes(5)), ..after(24) };
    assert!(matches!(in_vain.next(now()), Step::Sync { .. }));
}

#[test]
fn what_was_told_in_vain_is_told_again_when_its_time_has_come() {
    let later = now() + Duration::minutes(3);
    let queue = Queue { untold: true, tell_not_before: Some(later), ..pulled() };
    assert_eq!(queue.next(now()), Step::WaitUntil(later));
    assert_eq!(queue.next(later), Step::Tell);
    let queue = Queue { line: ConnectionState { signed_out: true, ..ConnectionState::default() }, ..queue };
    assert_eq!(queue.next(later), Step::NeedsSignIn);
}
