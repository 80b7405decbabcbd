//! Work behind the answers, as it is kept. What a job does, and by which rules it is tried again, is said above the seam.

use chrono::{DateTime, Duration, Utc};
use domain::id::{JobId, OfficeId};
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
