//! A job is one server's for as long as it renews its lease.

use super::{counted, put};
use crate::office::{TestOffice, now};
use async_trait::async_trait;
use chrono::Duration as Span;
use serde::{Deserialize, Serialize};
use server::jobs::{Context, Job, JobError, Kind, Worker, registry::known};
use std::{future::pending, time::Duration};
use tokio::{sync::Notify, task::yield_now, time::timeout};

/// Takes longer than its lease.
#[derive(Serialize, Deserialize)]
struct Long {}

static BEGUN: Notify = Notify::const_new();

static MAY_END: Notify = Notify::const_new();

#[async_trait]
impl Job for Long {
    const NAME: &'static str = "long";
    const LEASE: Span = Span::seconds(4);

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        BEGUN.notify_one();
        MAY_END.notified().await;
        Ok(())
    }
}

const LONG: &[Kind] = &[Kind::of::<Long>()];

#[tokio::test]
async fn a_long_job_renews_its_lease_and_nobody_takes_it_over() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(LONG);
    put(&office.state, &Long {}).await;
    let working = tokio::spawn({
        let worker = worker.clone();
        async move { worker.work_off().await }
    });
    BEGUN.notified().await;
    // Its lease has ended long ago, were it not renewed.
    office.clock.set(now() + Span::hours(1));
    let renewed = Some(now() + Span::hours(1) + Long::LEASE);
    let seen = async {
        while office.state.store.next_job(&known(LONG)).await.unwrap() != renewed {
            yield_now().await;
        }
    };
    assert!(timeout(Duration::from_secs(20), seen).await.is_ok(), "it is not renewed");
    assert_eq!(worker.work_off().await.unwrap(), 0, "it is somebody's");
    MAY_END.notify_one();
    assert_eq!(working.await.unwrap().unwrap(), 1);
    assert_eq!(counted(&office).await, [0, 0, 0]);
}

/// Never ends by itself.
#[derive(Serialize, Deserialize)]
struct Endless {}

static ENDLESS: Notify = Notify::const_new();

#[async_trait]
impl Job for Endless {
    const NAME: &'static str = "endless";
    const LEASE: Span = Span::milliseconds(400);

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        ENDLESS.notify_one();
        pending().await
    }
}

const WITHOUT_END: &[Kind] = &[Kind::of::<Endless>()];

/// Another server takes it as soon as its lease has ended: by then it is at work nowhere else.
#[tokio::test]
async fn a_job_whose_lease_cannot_be_renewed_is_let_go_of() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(WITHOUT_END);
    put(&office.state, &Endless {}).await;
    let working = tokio::spawn(async move { worker.work_off().await });
    ENDLESS.notified().await;
    office.database.execute("ALTER TABLE job RENAME TO away").await;
    let left = timeout(Duration::from_secs(20), working).await;
    assert!(left.is_ok_and(|left| left.unwrap().unwrap() == 1), "it is worked at for ever");
    office.database.execute("ALTER TABLE away RENAME TO job").await;
    assert_eq!(counted(&office).await, [0, 1, 0], "it is neither done nor failed");
}
