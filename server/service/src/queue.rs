//! # Group commit
//!
//! The store has one writer at a time, and each write transaction costs a durable commit. So operations that arrive while
//! one batch is being committed are collected into the next (group commit without a batching delay).
//! One task works the queue, so that a request whose sender hangs up is finished all the same.
//!
//! Errors are isolated. Where the database does not answer, all operations are answered "retry later". Any other error (a
//! record that cannot be read, a panic) rolls the batch back, and each operation is committed alone; the one that
//! fails again is answered "retry later" and logged.

mod apply;
mod batch;
mod forms;
mod hazards;
mod heard;
mod inspections;
mod last_answers;
mod load;
mod named;
mod new_site;
mod pace;
mod quota;
mod stuck;
mod tasks;
mod unit_of_work;
mod visits;
mod work;
mod writer;

pub(crate) use apply::Effect;
pub(crate) use batch::{Batch, Incoming};
pub(crate) use forms::PreparedForms;
pub use load::QueueLoad;
pub(crate) use unit_of_work::UnitOfWork;

use crate::{
    clock::Clock,
    error::Error,
    metrics::Metrics,
    signing::Signer,
    storage::{Brought, NewHeartbeat, NewJob, Store, StoreError},
};
use chrono::{DateTime, Utc};
use domain::{
    attachment::AttachmentKind, id::OfficeId, photo::PhotoHash, role::Actor, sync::OperationResult,
};
use pace::Pace;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use work::{Answer, Waiting, Work};
use writer::BatchWriter;

/// Requests that may wait before the next waits to be let in.
const QUEUE: usize = 256;

/// Bytes of requests that may be read and wait at the same time, in KiB; whoever comes beyond is asked to come later. What
/// was read takes several times as much memory.
const ROOM: usize = 24 * 1024;

/// Makes the job of a photo that has arrived. What jobs do stands upon this queue, so the queue is only told what to put.
pub type PhotoJob = fn(OfficeId, PhotoHash, DateTime<Utc>) -> Result<NewJob, StoreError>;

/// The queue through which operations and received photos reach the store.
#[derive(Debug, Clone)]
pub struct WriteQueue {
    queue: mpsc::Sender<Waiting>,
    room: Arc<Semaphore>,
    pace: Arc<Pace>,
    pub(crate) forms: Arc<PreparedForms>,
    under_way: Arc<AtomicUsize>,
    /// Woken when a batch has put jobs.
    pub jobs: Arc<Notify>,
}

/// Room for one request's bytes, until it is dropped.
#[derive(Debug)]
pub struct Room(#[expect(dead_code, reason = "held, never read")] OwnedSemaphorePermit);

/// Delay before the answer to a sender who is too fast, so that a connection asks at most once in that time.
const HELD_BACK: Duration = Duration::from_secs(1);

impl WriteQueue {
    /// Begins to work; ends when the last copy is gone.
    pub fn begin(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        signer: Signer,
        metrics: Metrics,
        photo_job: PhotoJob,
    ) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let jobs = Arc::new(Notify::new());
        let (forms, under_way) = (Arc::<PreparedForms>::default(), Arc::<AtomicUsize>::default());
        let writer = BatchWriter {
            store,
            clock,
            signer,
            metrics,
            forms: Arc::clone(&forms),
            photo_job,
            under_way: Arc::clone(&under_way),
            jobs: Arc::clone(&jobs),
        };
        tokio::spawn(writer.work(waiting));
        let room = Arc::new(Semaphore::new(ROOM));
        Self { queue, room, pace: Arc::default(), forms, under_way, jobs }
    }

    /// Now.
    pub fn load(&self) -> QueueLoad {
        let waiting = self.queue.max_capacity() - self.queue.capacity();
        QueueLoad { under_way: self.under_way.load(Ordering::Relaxed), waiting }
    }

    /// Counts a request before its body is read; a body of unknown length has no `bytes` and counts as it is read. Whoever
    /// sends too fast is told when to come again, after a moment: who does not wait would keep everybody else waiting with
    /// being refused.
    pub async fn admit(&self, actor: &Actor, bytes: Option<u64>, now: DateTime<Utc>) -> Result<(), Error> {
        match self.pace.admit(actor.person, actor.role, bytes.unwrap_or_default(), now) {
            Ok(()) => Ok(()),
            Err(after_seconds) => {
                tokio::time::sleep(HELD_BACK).await;
                Err(Error::TooFast { after_seconds })
            }
        }
    }

    /// Room for a request of so many bytes, if there is some.
    pub fn room(&self, bytes: usize) -> Result<Room, Error> {
        let room = Arc::clone(&self.room).try_acquire_many_owned(kibibytes(bytes));
        room.map(Room).map_err(|_| Error::Unavailable("no room for more requests".to_owned()))
    }

    /// The same, waiting for room.
    pub(crate) async fn room_in_time(&self, bytes: usize) -> Result<Room, Error> {
        let room = Arc::clone(&self.room).acquire_many_owned(kibibytes(bytes)).await;
        room.map(Room).map_err(|_| Error::Unavailable("the server stops".to_owned()))
    }

    /// Durable when it returns.
    pub(crate) async fn operations(&self, batch: Batch) -> Result<Vec<OperationResult>, StoreError> {
        Ok(self.enter(Work::Operations(batch)).await?.outcomes)
    }

    /// Durable when it returns: since when.
    pub async fn attachment_received(
        &self,
        office: OfficeId,
        brought: Brought,
        kind: AttachmentKind,
    ) -> Result<DateTime<Utc>, StoreError> {
        Ok(self.enter(Work::AttachmentReceived { office, brought, kind }).await?.at)
    }

    /// Noted when it returns.
    pub(crate) async fn heartbeat(&self, office: OfficeId, said: NewHeartbeat) -> Result<(), StoreError> {
        self.enter(Work::Heartbeat { office, said: Box::new(said) }).await.map(drop)
    }

    async fn enter(&self, work: Work) -> Result<Answer, StoreError> {
        let stopping = || StoreError::Unavailable("the server stops".to_owned());
        let (answer, answered) = oneshot::channel();
        self.queue.send(Waiting { work, answer }).await.map_err(|_| stopping())?;
        answered.await.map_err(|_| stopping())?
    }
}

/// At least one, and never more than there are.
fn kibibytes(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(1024).clamp(1, ROOM)).unwrap_or(u32::MAX)
}
