//! # Work behind the answers
//!
//! A job is a type: what it has to know are its fields, what it does is [`Job::run`], and by which rules it is queued and
//! tried again are its constants. It is put in the transaction that wants it, so that there is never a record without its
//! work nor work without its record, and done by whichever server is free ([`worker`]). All of them are listed in
//! [`registry`]; those that recur have a [`schedule`].
//!
//! A server takes a job by a lease in the store and renews it for as long as it works. When the server dies the lease ends
//! and another takes the job. **So a job may be done twice, or be cut off anywhere, and must do no harm then.** An attempt
//! that fails is made again after a while ([`retry`]); after the last one the job stays, with its error, until an
//! administrator has it done again or gives it up ([`failed`]).
//!
//! **Why a queue of our own.** A job has to be put in the very transaction of SQLite or PostgreSQL that our store has open.
//! apalis, the one kept queue that knows both, takes a transaction of PostgreSQL, but on SQLite pushes in one of its own: a
//! server that dies between two commits would leave a photo that nobody processes. What is here is what
//! matrix-authentication-service does on PostgreSQL, and small: a table, a handful of statements and one loop.

pub mod announce_orders;
pub mod deliver_notices;
pub mod failed;
pub mod find_unprocessed_photos;
pub mod forget_changes;
pub mod forget_notices;
pub mod learn_phrases;
pub mod make_notices;
pub mod process_photo;
pub mod registry;
pub mod retry;
pub mod schedule;
pub mod sweep;
pub mod worker;

pub use registry::{JOBS, Kind};
pub use worker::{Worker, work_off};

use crate::{
    blobs::BlobError,
    services::Services,
    storage::{NewJob, StoreError},
};
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use domain::id::{JobId, OfficeId, uuid_v7};
use rand::Rng;
use schedule::Schedule;
use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;

/// Which work comes before which other. Within one priority the oldest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// What comes in numbers and fills idle cores.
    Low,
    Normal,
    /// Somebody waits for it.
    High,
}

impl Priority {
    /// As it is stored, with room between.
    fn rank(self) -> i16 {
        match self {
            Self::Low => 10,
            Self::Normal => 20,
            Self::High => 30,
        }
    }
}

/// A kind of work. Its fields are stored as JSON: what an earlier version has put must be readable.
#[async_trait]
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// As it is stored. Never changed: a server leaves alone what it does not know by name.
    const NAME: &'static str;
    const PRIORITY: Priority = Priority::Normal;
    /// After so many failed attempts a person has to look.
    const ATTEMPTS: u32 = 10;
    /// For so long a server takes it at a time; one that has not renewed it by then is thought dead.
    const LEASE: Duration = Duration::minutes(5);

    /// None: of the installation.
    fn office(&self) -> Option<OfficeId> {
        None
    }

    /// What it is about. A second job of the same office, name and key is not put while the first waits, runs or has
    /// failed; so what it does must not depend on when it was put.
    fn key(&self) -> String {
        String::new()
    }

    /// May be done twice, and be cut off at any `await`.
    async fn run(&self, context: &Context) -> Result<(), JobError>;
}

/// A kind of work that is put by the clock, once for all servers.
pub trait Recurring: Job + Default {
    const SCHEDULE: Schedule;
}

/// What a job finds around it.
#[derive(Debug, Clone)]
pub struct Context {
    pub state: Services,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
}

/// How an attempt failed. Its words are kept and shown to an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JobError {
    /// Another attempt may succeed.
    #[error("{0}")]
    Retry(String),
    /// None ever will.
    #[error("{0}")]
    GiveUp(String),
    /// What the work needs does not answer, which is no fault of the job's: tried again, and not counted.
    #[error("{0}")]
    Unavailable(String),
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Unavailable(error.to_string()),
            StoreError::Corrupt(_) | StoreError::Unreadable(_) | StoreError::Taken(_) => {
                Self::Retry(error.to_string())
            }
        }
    }
}

impl From<BlobError> for JobError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Full(_) | BlobError::Unavailable(_) => Self::Unavailable(error.to_string()),
        }
    }
}

/// The job as it is put by [`Transaction::put_jobs`](storage::WriteJobs::put_jobs), to be done at once. After the
/// commit [`WriteQueue`](crate::queue::WriteQueue) is told, so that no worker of this server sleeps over it.
pub fn new<J: Job>(job: &J, now: DateTime<Utc>) -> Result<NewJob, StoreError> {
    let payload = serde_json::to_string(job).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let mut random = [0; 10];
    rand::rng().fill_bytes(&mut random);
    Ok(NewJob {
        id: JobId(uuid_v7(u64::try_from(now.timestamp_millis()).unwrap_or_default(), random)),
        office: job.office(),
        name: J::NAME,
        key: job.key(),
        payload,
        priority: J::PRIORITY.rank(),
        run_at: now,
    })
}
