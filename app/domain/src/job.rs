//! 后台任务: work behind the answers, as an administrator sees it. How it is queued and done is the server's.

use crate::id::JobId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a job stands. One that is done is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// For its time, or for a server that is free.
    Waiting,
    Running,
    /// Its last attempt failed too: a person says what becomes of it.
    Failed,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRow {
    pub id: JobId,
    /// Which kind of work.
    pub name: String,
    /// What it is about; empty where there is only one of its name.
    pub key: String,
    pub state: JobState,
    /// Begun so far.
    pub attempts: u32,
    /// Not before.
    pub run_at: DateTime<Utc>,
    pub failed_at: Option<DateTime<Utc>>,
    /// What the last attempt ended with, if it failed.
    pub failure: Option<String>,
}

/// How many jobs of one name stand where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobCount {
    pub name: String,
    pub waiting: u64,
    pub running: u64,
    pub failed: u64,
}

/// Failed first, the newest before the others; then what runs; then what waits, in the order in which it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JobPage {
    pub rows: Vec<JobRow>,
    /// By name.
    pub counts: Vec<JobCount>,
}

impl JobPage {
    /// Rows of all pages.
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|count| count.waiting + count.running + count.failed).sum()
    }
}
