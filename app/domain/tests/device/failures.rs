//! What becomes of the outbox where no answer comes, or not the server's.

use super::{ME, enqueued, now, on, stores};
use chrono::Duration;
use domain::{
    device::{
        StoreName, Write,
        apply_response::failed_together,
        connection::{ConnectionState, has_come},
        failure::Failure,
        plan::{Queue, Step},
        queue::{DeliveryStatus, Queued},
    },
    sync::{Problem, Reason},
};
use std::collections::BTreeMap;

#[test]
fn operations_that_failed_alone_wait_longer_each_time_and_together_only_remember() {
    let both: Vec<Queued> = on(&enqueued(), StoreName::Outbox);
    let server = Failure::Server { status: 500 };
    let together: Vec<Queued> =
        on(&stores(&failed_together(both.clone(), server, now(), 0.0).unwrap()), StoreName::Outbox);
    assert!(together.iter().all(|queued| queued.last_try().is_some()));
    assert!(
        together
            .iter()
            .all(|queued| matches!(&queued.status, DeliveryStatus::Waiting(t) if t.not_before.is_none()))
    );
    let mut alone = both[0].clone();
    let mut waits = vec![];
    for _ in 0..4 {
        let writes = failed_together(vec![alone], server, now(), 1.0).unwrap();
        alone = on::<Queued>(&stores(&writes), StoreName::Outbox).remove(0);
        let DeliveryStatus::Waiting(tries) = &alone.status else { panic!("{alone:?}") };
        waits.push((tries.not_before.unwrap() - now()).num_seconds());
    }
    assert_eq!(waits, [2, 4, 8, 16]);
    let refused = failed_together(vec![alone], Failure::Refused { status: 413 }, now(), 0.0).unwrap();
    let refused: Vec<Queued> = on(&stores(&refused), StoreName::Outbox);
    assert!(
        matches!(&refused[0].status, DeliveryStatus::Refused { refusal } if matches!(refusal.reason, Reason::TooLarge { .. }))
    );
}

#[test]
fn one_operation_that_breaks_the_line_does_not_hold_up_the_others() {
    // The first operation kills every request that carries it, and the pull with it.
    let poison: Vec<Queued> = on(&enqueued(), StoreName::Outbox);
    let mut outbox: BTreeMap<String, Queued> =
        poison.iter().map(|queued| (queued.key(), queued.clone())).collect();
    let (bad, good) = (poison[0].operation, poison[1].operation);
    let (mut line, mut time, mut pulled) = (ConnectionState::default(), now(), None);
    for _ in 0..60 {
        let queued: Vec<Queued> = outbox.values().cloned().collect();
        match Queue::of(ME, &queued, &[], pulled, line.clone()).next(time) {
            Step::Sync { operations } if operations.contains(&bad) => {
                line.missed(Failure::NoAnswer, time, 0.5);
                let tried = queued.into_iter().filter(|q| operations.contains(&q.operation)).collect();
                for write in failed_together(tried, Failure::NoAnswer, time, 0.5).unwrap() {
                    if let Write::Put { key, text, .. } = write {
                        outbox.insert(key, serde_json::from_str(&text).unwrap());
                    }
                }
            }
            Step::Sync { operations } => {
                line.reached();
                line.pull_wanted = false;
                pulled = Some(time);
                outbox.retain(|_, queued| !operations.contains(&queued.operation));
            }
            Step::WaitUntil(until) => time = until,
            step => panic!("{step:?}"),
        }
    }
    assert!(outbox.values().all(|queued| queued.operation != good), "the good one went");
    assert_eq!(outbox.len(), 1, "the bad one is still there");
    assert!(pulled.is_some_and(|pulled| pulled > now()), "and news came");
}

#[test]
fn only_the_servers_own_words_are_believed() {
    let problem = Problem::new("not_allowed", 403, "…".into());
    let of = |status, ours: bool| Failure::of(status, ours.then_some(&problem), None);
    for status in [302, 400, 401, 403, 404, 409, 413, 422, 429, 460] {
        assert_eq!(of(status, false), Failure::NoAnswer, "{status} of a portal");
        let believed = of(status, true) != Failure::NoAnswer;
        assert_eq!(believed, status != 302, "{status}: this server never sends anybody elsewhere");
    }
    assert_eq!(of(502, false), Failure::Server { status: 502 });
    assert_eq!(Failure::of(503, None, Some(7)), Failure::RetryAfter { after_seconds: Some(7) });
    assert_eq!(of(401, true), Failure::SignIn);
}

#[test]
fn a_clock_that_ran_ahead_stops_nothing() {
    assert!(has_come(Some(now() + Duration::days(1)), now()));
    assert!(!has_come(Some(now() + Duration::minutes(5)), now()));
    let quiet =
        ConnectionState { quiet_until: Some(now() + Duration::days(1)), ..ConnectionState::default() };
    assert!(matches!(Queue { line: quiet, ..Queue::default() }.next(now()), Step::Sync { .. }));
}
