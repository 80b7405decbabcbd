//! What the clock asks for.

use crate::office::{TestOffice, now};
use async_trait::async_trait;
use chrono::Duration as Span;
use serde::{Deserialize, Serialize, Serializer, ser::Error};
use server::{
    jobs::{Context, Job, JobError, Kind, Recurring, Worker, schedule::Schedule},
    service::Services,
    state::AppState,
};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts how often it is done.
#[derive(Default, Serialize, Deserialize)]
struct Nightly {}

static NIGHTS: AtomicUsize = AtomicUsize::new(0);

impl Recurring for Nightly {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 3 };
}

#[async_trait]
impl Job for Nightly {
    const NAME: &'static str = "nightly";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        NIGHTS.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

const NIGHTLY: &[Kind] = &[Kind::recurring::<Nightly>()];

#[tokio::test]
async fn what_recurs_is_done_once_by_all_servers_together() {
    let office = TestOffice::open().await;
    let Services { blobs, clock, kinds, .. } = office.state.services.clone();
    let second = AppState::new(office.database.open().await, blobs, clock, kinds);
    let servers = [office.state.clone(), second].map(|state| Worker::new(state.services).of_kinds(NIGHTLY));
    let mut done = vec![];
    // Ten in the morning of the office's clock; before three, after three; three nights without a server.
    for hours in [0, 1, 16, 18, 18 + 72] {
        office.clock.set(now() + Span::hours(hours));
        let put = tokio::join!(servers[0].put_due(), servers[1].put_due());
        assert!(put.0.unwrap() + put.1.unwrap() <= 1);
        let worked = tokio::join!(servers[0].work_off(), servers[1].work_off());
        assert!(worked.0.unwrap() + worked.1.unwrap() <= 1);
        done.push(NIGHTS.load(Ordering::Relaxed));
    }
    assert_eq!(done, [1, 1, 1, 2, 3]);
}

/// Nothing can be written down of it.
#[derive(Default, Deserialize)]
struct Unsayable {}

impl Serialize for Unsayable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("it cannot be said"))
    }
}

impl Recurring for Unsayable {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 3 };
}

#[async_trait]
impl Job for Unsayable {
    const NAME: &'static str = "unsayable";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        Ok(())
    }
}

const UNSAYABLE: &[Kind] = &[Kind::recurring::<Unsayable>(), Kind::recurring::<Nightly>()];

#[tokio::test]
async fn what_cannot_be_put_keeps_nothing_else_that_recurs_from_it() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(UNSAYABLE);
    assert_eq!(worker.put_due().await.unwrap(), 1);
    let rows = office.state.store.jobs(office.office.id, 1).await.unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["nightly"]);
}
