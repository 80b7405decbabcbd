//! Work behind the answers, as it is kept. What a job does, and by which rules it is tried again, is said above the seam.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{JobId, OfficeId},
    job::{JobCount, JobPage, JobRow},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Work that is to be done, put in the transaction that wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    pub id: JobId,
    /// None: of the installation.
    pub office: Option<OfficeId>,
    /// Which kind of work it is.
    pub name: &'static str,
    /// What it is about: of an office, a name and a key there is one job at a time.
    pub key: String,
    /// What the work has to know, as JSON.
    pub payload: String,
    /// The highest is taken first.
    pub priority: i16,
    /// Not before.
    pub run_at: DateTime<Utc>,
}

/// A name that a server knows, and for how long it takes a job of it at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownJob {
    pub name: &'static str,
    pub lease: Duration,
}

/// A job that somebody works on, until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasedJob {
    pub id: JobId,
    /// Drawn for this one taking: whoever lost the job to somebody else can neither renew nor settle it.
    pub lease: Uuid,
    pub office: Option<OfficeId>,
    pub name: String,
    pub key: String,
    pub payload: String,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
}

/// What becomes of a job after an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobEnd {
    /// It is no more.
    Done,
    /// Again, not before `run_at`.
    Later {
        run_at: DateTime<Utc>,
        /// Those that count.
        attempts: u32,
        failure: String,
    },
    /// Nothing became of it: whoever had it stops. It waits as it did before it was taken, and this was no attempt.
    GivenBack,
    /// Kept until a person says what becomes of it.
    Failed { at: DateTime<Utc>, failure: String },
}

/// What came of settling some jobs and taking others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobExchange {
    /// How many were still those of whoever settled them. What was taken over meanwhile stays as it is.
    pub settled: usize,
    pub leased: Vec<LeasedJob>,
}

/// What waits, what runs, what failed; and taking work, in commits of its own.
#[async_trait]
pub trait ReadJobs: Send + Sync {
    /// When the next job of these names can be taken, if there is any.
    async fn next_job(&self, known: &[KnownJob]) -> Result<Option<DateTime<Utc>>>;
    /// Says what became of attempts, and takes jobs of these names whose time has come, at most `most`: the highest priority
    /// first, then the oldest. Whoever has not renewed a lease when it ends is thought dead. `lease` is drawn for this
    /// call. One commit, durable when it returns, beside the writers' turns where the database can.
    async fn settle_and_lease_jobs(
        &self,
        ended: &[(LeasedJob, JobEnd)],
        now: DateTime<Utc>,
        lease: Uuid,
        known: &[KnownJob],
        most: u32,
    ) -> Result<JobExchange>;
    /// Whether it could be: a job that was taken over, or is no more, cannot. Durable when it returns.
    async fn renew_job(&self, job: &LeasedJob, until: DateTime<Utc>) -> Result<bool>;
    /// When each job that recurs was last put, by name.
    async fn recurring_jobs(&self) -> Result<HashMap<String, DateTime<Utc>>>;
    /// The office's jobs, and those of the installation that belong to no office; a page of them, counted from 1.
    async fn jobs(&self, office: OfficeId, page: u32) -> Result<JobPage>;
    /// Of all offices, by name.
    async fn job_counts(&self) -> Result<Vec<JobCount>>;
}

/// Putting work down with what it is about, and saying what becomes of what failed.
#[async_trait]
pub trait WriteJobs: Send {
    /// One of the same office, name and key that waits, runs or has failed stays as it is, and is the only one.
    async fn put_jobs(&mut self, jobs: &[NewJob]) -> Result<()>;
    /// Puts a job that recurs, unless another server has put it since `before`, when it was last put. One of its name and
    /// key that failed begins anew, and so does one that waits for a later time. Whether it was put.
    async fn put_recurring_job(&mut self, job: &NewJob, before: Option<DateTime<Utc>>) -> Result<bool>;
    /// One that failed, of the office or of none.
    async fn failed_job(&mut self, office: OfficeId, id: JobId) -> Result<Option<JobRow>>;
    /// Has a job that failed done again, as if it had never been tried.
    async fn retry_job(&mut self, id: JobId, now: DateTime<Utc>) -> Result<()>;
    /// Gives up a job that failed.
    async fn discard_job(&mut self, id: JobId) -> Result<()>;
}
