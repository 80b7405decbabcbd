//! A server that stops, and a loop that panics.

use super::{counted, put};
use crate::office::TestOffice;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use server::jobs::{Context, Job, JobError, Kind, Recurring, Worker, schedule::Schedule};
use std::{future::pending, time::Duration};
use tokio::{
    sync::{Notify, oneshot},
    time::timeout,
};

/// Would go on for ever.
#[derive(Serialize, Deserialize)]
struct Held {}

static HELD: Notify = Notify::const_new();

#[async_trait]
impl Job for Held {
    const NAME: &'static str = "held";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        HELD.notify_one();
        pending().await
    }
}

const HOLDING: &[Kind] = &[Kind::of::<Held>()];

#[tokio::test]
async fn a_server_that_stops_gives_back_what_it_has_begun() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(HOLDING);
    put(&office.state, &Held {}).await;
    let (stop, asked) = oneshot::channel::<()>();
    let working = tokio::spawn(worker.run(async move {
        let _ = asked.await;
    }));
    HELD.notified().await;
    assert_eq!(counted(&office).await, [0, 1, 0]);
    stop.send(()).unwrap();
    working.await.unwrap();
    assert_eq!(counted(&office).await, [1, 0, 0], "another server has it at once");
    let row = office.state.store.jobs(office.office.id, 1).await.unwrap().rows.remove(0);
    assert_eq!((row.attempts, row.failure), (0, None), "it was no attempt");
}

/// Says that it was done.
#[derive(Serialize, Deserialize)]
struct Telling {}

static TOLD: Notify = Notify::const_new();

#[async_trait]
impl Job for Telling {
    const NAME: &'static str = "telling";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        TOLD.notify_one();
        Ok(())
    }
}

/// Ends the loop that would put it.
#[derive(Serialize, Deserialize)]
struct Panicking {}

impl Default for Panicking {
    fn default() -> Self {
        panic!("it cannot be made")
    }
}

impl Recurring for Panicking {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 3 };
}

#[async_trait]
impl Job for Panicking {
    const NAME: &'static str = "panicking";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        Ok(())
    }
}

const PANICKING: &[Kind] = &[Kind::recurring::<Panicking>(), Kind::of::<Telling>()];

#[tokio::test]
async fn a_panic_of_the_loop_does_not_end_it() {
    let office = TestOffice::open().await;
    put(&office.state, &Telling {}).await;
    let working = tokio::spawn(Worker::new(office.state.services.clone()).of_kinds(PANICKING).run(pending()));
    let done = timeout(Duration::from_secs(20), TOLD.notified()).await;
    working.abort();
    assert!(done.is_ok(), "nothing was done after the panic");
}
