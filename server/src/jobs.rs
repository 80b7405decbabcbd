//! # Work behind the answers
//!
//! What nobody waits for is written down with the record that wants it, in the same commit, and done by whichever server
//! is free. A server takes a job by a lease in the store; when it dies, the lease ends and another takes it. Every job may
//! be done twice without harm.
//!
//! Work takes the cores that are left over and rests only when there is none ([`turns`]): several loops take a few jobs each,
//! unpack, write down, and take the next.

mod process_photo;
pub mod sweep;

use crate::{
    blobs::BlobError,
    picture::turns,
    state::AppState,
    storage::{Job, JobKind, StoreError},
};
use chrono::Duration;
use futures::future::join_all;
use std::time::Duration as Span;
use thiserror::Error;
use tokio::time::{sleep, timeout};

/// After this long a server that took a job is thought dead. Where others want every core, a job may take minutes.
const LEASE: Duration = Duration::minutes(5);

/// Jobs taken, done at the same time as far as there are cores, and written down together.
const TOGETHER: u32 = 4;

/// What was left behind by another server is found within this long.
const LOOK_EVERY: Span = Span::from_secs(20);

const SWEEP_EVERY: Span = Span::from_secs(3600);

/// After so many tries a job is given up, and said so.
const MOST_TRIES: u32 = 20;

#[derive(Debug, Error)]
pub enum JobError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blobs(#[from] BlobError),
    #[error("uploads: {0}")]
    Uploads(String),
}

/// Photos at a time that are given a job because they have none, as after a backup was restored.
const CAUGHT_UP: u32 = 200;

/// Works until it is dropped. While one loop writes down, the other's pictures are unpacked.
pub async fn run(state: AppState) {
    let loops = turns::cores().max(2);
    let working = join_all((0..loops).map(|number| work_on(&state, number == 0)));
    tokio::join!(working, sweep_on(&state));
}

async fn sweep_on(state: &AppState) {
    loop {
        if let Err(error) = sweep::sweep(state).await {
            tracing::warn!(%error, "not swept");
        }
        sleep(SWEEP_EVERY).await;
    }
}

async fn work_on(state: &AppState, catches_up: bool) {
    let mut caught_up = !catches_up;
    loop {
        match work_off(state).await {
            Ok(0) if !caught_up => match catch_up(state).await {
                Ok(given) => {
                    caught_up = given == 0;
                    continue;
                }
                Err(error) => tracing::warn!(%error, "jobs wait"),
            },
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(%error, "jobs wait"),
        }
        let _ = timeout(LOOK_EVERY, state.intake.jobs.notified()).await;
    }
}

/// Gives photos that nobody has looked at a job each. Gives how many.
pub async fn catch_up(state: &AppState) -> Result<usize, StoreError> {
    let wanting = state.store.photos_without_look(CAUGHT_UP).await?;
    if wanting.is_empty() {
        return Ok(0);
    }
    let mut tx = state.store.write().await?;
    for (office, hash) in &wanting {
        tx.put_jobs(*office, JobKind::Develop, &[hash.to_string()], state.now()).await?;
    }
    tx.commit().await?;
    Ok(wanting.len())
}

/// Does a few jobs, as far as some are due. Gives how many.
pub async fn work_off(state: &AppState) -> Result<usize, StoreError> {
    let now = state.now();
    if state.store.next_job().await?.is_none_or(|due| due > now) {
        return Ok(0);
    }
    let mut tx = state.store.write().await?;
    let jobs = tx.lease_jobs(now, now + LEASE, TOGETHER).await?;
    tx.commit().await?;
    if jobs.len() == TOGETHER as usize {
        // There may be more: another loop that waits looks as well.
        state.intake.jobs.notify_one();
    }
    let mut made = vec![];
    for (job, seen) in join_all(jobs.iter().map(async |job| (job, make(state, job).await))).await {
        match seen {
            Ok(seen) => made.push((job, seen)),
            Err(error) => put_off(state, job, error).await?,
        }
    }
    note(state, made).await?;
    Ok(jobs.len())
}

async fn make(state: &AppState, job: &Job) -> Result<Option<process_photo::Seen>, JobError> {
    match job.kind {
        JobKind::Develop => process_photo::make(state, job).await,
    }
}

/// Together; where one of them cannot be written down, each by itself.
async fn note(state: &AppState, made: Vec<(&Job, Option<process_photo::Seen>)>) -> Result<(), StoreError> {
    match process_photo::note(state, &made).await {
        Ok(()) => made.iter().for_each(|_| state.metrics.job("done")),
        Err(error @ StoreError::Unavailable(_)) => return Err(error),
        Err(_) => {
            for one in &made {
                match process_photo::note(state, std::slice::from_ref(one)).await {
                    Ok(()) => state.metrics.job("done"),
                    Err(error) => put_off(state, one.0, error.into()).await?,
                }
            }
        }
    }
    Ok(())
}

async fn put_off(state: &AppState, job: &Job, error: JobError) -> Result<(), StoreError> {
    // A storage that is away is no fault of the job's.
    if job.tries < MOST_TRIES || matches!(error, JobError::Blobs(_)) {
        state.metrics.job("put_off");
        tracing::warn!(%error, ?job, "tried again when its lease ends");
        return Ok(());
    }
    state.metrics.job("given_up");
    tracing::error!(%error, ?job, "given up");
    let mut tx = state.store.write().await?;
    tx.end_job(job).await?;
    tx.commit().await
}
