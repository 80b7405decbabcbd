//! # Work behind the answers
//!
//! What nobody waits for is written down with the record that wants it, in the same commit, and done by whichever server
//! is free. A server takes a job by a lease in the store; when it dies, the lease ends and another takes it. Every job may
//! be done twice without harm.
//!
//! Answers go first: a server does one job at a time and rests as long as the job took.

mod develop;

use crate::{
    blobs::BlobError,
    state::AppState,
    storage::{Job, JobKind, StoreError},
};
use chrono::Duration;
use std::time::{Duration as Span, Instant};
use thiserror::Error;
use tokio::time::{sleep, timeout};

/// After this long a server that took a job is thought dead.
const LEASE: Duration = Duration::minutes(2);

/// What was left behind by another server is found within this long.
const LOOK_EVERY: Span = Span::from_secs(20);

/// After so many tries a job is given up, and said so.
const MOST_TRIES: u32 = 20;

#[derive(Debug, Error)]
enum JobError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blobs(#[from] BlobError),
}

/// Photos at a time that are given a job because they have none, from before there were such jobs or from a backup.
const CAUGHT_UP: u32 = 200;

/// Works until it is dropped.
pub async fn run(state: AppState) {
    let mut caught_up = false;
    loop {
        match work_off(&state).await {
            Ok(0) if !caught_up => match catch_up(&state).await {
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

/// Does one job, if one is due. Gives how many it did.
pub async fn work_off(state: &AppState) -> Result<usize, StoreError> {
    let now = state.now();
    if state.store.next_job().await?.is_none_or(|due| due > now) {
        return Ok(0);
    }
    let mut tx = state.store.write().await?;
    let jobs = tx.lease_jobs(now, now + LEASE, 1).await?;
    tx.commit().await?;
    for job in &jobs {
        let begun = Instant::now();
        match work(state, job).await {
            Ok(()) => {
                state.metrics.job("done");
                end(state, job).await?;
            }
            // A storage that is away is no fault of the job's.
            Err(error) if job.tries >= MOST_TRIES && !matches!(error, JobError::Blobs(_)) => {
                state.metrics.job("given_up");
                tracing::error!(%error, ?job, "given up");
                end(state, job).await?;
            }
            Err(error) => {
                state.metrics.job("put_off");
                tracing::warn!(%error, ?job, "tried again when its lease ends");
            }
        }
        sleep(begun.elapsed()).await;
    }
    Ok(jobs.len())
}

async fn work(state: &AppState, job: &Job) -> Result<(), JobError> {
    match job.kind {
        JobKind::Develop => develop::work(state, job.office, &job.subject).await,
    }
}

async fn end(state: &AppState, job: &Job) -> Result<(), StoreError> {
    let mut tx = state.store.write().await?;
    tx.end_job(job).await?;
    tx.commit().await
}
