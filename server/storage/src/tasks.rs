//! 派单: visits and hazards that are given to people.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{HazardId, OfficeId, PersonId, SiteId, TaskId},
    role::Scope,
    task::{Task, TaskFilter, TaskPage},
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// Tasks, listed. They are seen where their site or their hazard is seen; who has one has it on the phone besides.
#[async_trait]
pub trait ReadTasks: Send + Sync {
    async fn tasks(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &TaskFilter,
        now: DateTime<Utc>,
    ) -> Result<TaskPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_tasks(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &TaskFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<Task>,
    ) -> Result<u32>;
}

/// Tasks as a decision finds them, and as it leaves them.
#[async_trait]
pub trait WriteTasks: Send {
    /// Those of these tasks that this office has.
    async fn tasks(&mut self, office: OfficeId, ids: &[TaskId]) -> Result<HashMap<TaskId, Task>>;
    /// Those of these tasks that are there, of whatever office.
    async fn known_tasks(&mut self, ids: &[TaskId]) -> Result<HashSet<TaskId>>;
    /// Open ones that ask for a visit to one of these sites, or are about one of these hazards. One that cannot be read is
    /// left out: it stops nobody's visit.
    async fn open_tasks_at(
        &mut self,
        office: OfficeId,
        sites: &[SiteId],
        hazards: &[HazardId],
    ) -> Result<Vec<Task>>;
    /// Open ones of this person, the most pressing first. One that cannot be read is left out: it keeps nobody from leaving.
    async fn open_tasks_of(&mut self, office: OfficeId, person: PersonId) -> Result<Vec<Task>>;
    /// Writes tasks, all different, and announces them to who has them and who had them.
    async fn put_tasks(&mut self, office: OfficeId, tasks: &[Task]) -> Result<()>;
}
