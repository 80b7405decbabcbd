//! Photos are looked at on every core, and in nobody's way.

use super::received;
use crate::{
    integrity,
    office::{TestOffice, command_in, found, id, outcome_of},
    photos::announce,
    watched::{Watch, watched},
};
use async_trait::async_trait;
use domain::role::Role;
use server::{
    jobs::{self, JOBS, Worker, find_unprocessed_photos, registry::known},
    state::AppState,
};
use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    sync::Barrier,
    time::{sleep, timeout},
};

async fn drained(state: &AppState) {
    while state.store.next_job(&known(JOBS)).await.unwrap().is_some() {
        sleep(Duration::from_millis(5)).await;
    }
}

/// The readers of a storage wait for a second one.
#[derive(Debug)]
struct Meeting {
    both: Barrier,
    alone: AtomicUsize,
}

#[async_trait]
impl Watch for Meeting {
    async fn gets(&self) {
        if timeout(Duration::from_secs(5), self.both.wait()).await.is_err() {
            self.alone.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[tokio::test]
async fn two_photos_are_worked_at_the_same_time() {
    let office = TestOffice::open().await;
    received(&office, 2, (200, 150)).await;
    let meeting = Arc::new(Meeting { both: Barrier::new(2), alone: AtomicUsize::new(0) });
    let state = watched(&office.state, &meeting);
    let working = tokio::spawn(Worker::new(state.services.clone()).run(pending()));
    drained(&state).await;
    working.abort();
    assert_eq!(meeting.alone.load(Ordering::Relaxed), 0, "one waited in vain for the other");
}

/// Every core has a picture to unpack, and submissions are answered all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_queue_of_photos_drains_while_submissions_are_answered() {
    let office = TestOffice::open().await;
    received(&office, 24, (1600, 1200)).await;
    let state = office.state.clone();
    let begun = Instant::now();
    let working = tokio::spawn(Worker::new(state.services.clone()).run(pending()));
    let phone = office.phone(Role::Inspector).await;
    let mut slowest = Duration::ZERO;
    let mut answered = 0;
    while state.store.next_job(&known(JOBS)).await.unwrap().is_some() {
        let asked = Instant::now();
        let outcome = phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
        assert_eq!(outcome_of(&outcome[0]), "received");
        slowest = slowest.max(asked.elapsed());
        answered += 1;
        // As fast as a person can at the most.
        sleep(Duration::from_millis(20)).await;
    }
    working.abort();
    println!("24 photos in {:?}; {answered} submissions meanwhile, the slowest {slowest:?}", begun.elapsed());
    assert!(slowest < Duration::from_secs(5), "a submission waited {slowest:?}");
    assert_eq!(find_unprocessed_photos::find(&state).await.unwrap(), 0, "all were looked at");
}

/// Each looks for others before the other is written down, unless looks are written down first.
#[tokio::test]
async fn photos_that_look_alike_find_each_other_though_they_are_worked_together() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let mut hashes = vec![];
    for bytes in [90, 70].map(|quality| integrity::jpeg(&integrity::scene(3), quality)) {
        let (hash, announced) = announce(&phone, &bytes);
        let mut operation = found(id(), office.site.id, "堆放杂物");
        command_in(&mut operation)["photos"] = serde_json::json!([hash]);
        phone.sync(&[announced, operation]).await;
        phone.upload_whole(bytes).await;
        hashes.push(hash);
    }
    assert_eq!(jobs::work_off(&office.state).await.unwrap(), 2, "both together");
    for hash in &hashes {
        let shown = office.state.store.shown(office.office.id, hash).await.unwrap();
        assert!(shown.iter().any(|shown| shown.bits.is_some_and(|bits| bits < 40)), "{shown:?}");
    }
}
