//! 后台任务: work that waits for whichever server is free.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::OfficeId;

/// Work that waits for whichever server is free. Doing it twice does no harm: a server that dies has its work done by
/// another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub office: OfficeId,
    pub kind: JobKind,
    /// What it is about; with the kind, its name in the office.
    pub subject: String,
    /// How often it was taken before.
    pub tries: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Small pictures of the photo that the subject names, and what it looks like.
    Develop,
}

impl JobKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Develop => "develop",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        (word == Self::Develop.as_str()).then_some(Self::Develop)
    }
}

/// When there is something to do.
#[async_trait]
pub trait ReadJobs: Send + Sync {
    /// When the next job is due, if any waits.
    async fn next_job(&self) -> Result<Option<DateTime<Utc>>>;
}

/// Putting work down, taking it, and ending it.
#[async_trait]
pub trait WriteJobs: Send {
    /// Due at once. A job that waits already stays as it is.
    async fn put_jobs(
        &mut self,
        office: OfficeId,
        kind: JobKind,
        subjects: &[String],
        now: DateTime<Utc>,
    ) -> Result<()>;
    /// Takes jobs that are due, oldest first, until `until`: whoever has not finished by then is thought dead.
    async fn lease_jobs(&mut self, now: DateTime<Utc>, until: DateTime<Utc>, most: u32) -> Result<Vec<Job>>;
    async fn end_job(&mut self, job: &Job) -> Result<()>;
}
