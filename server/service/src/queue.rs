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
    attachment::AttachmentKind,
    id::{OfficeId, OperationId},
    photo::PhotoHash,
    role::Actor,
    sync::{OperationResult, Outcome, Payload, Postponed},
};
use heard::Heard;
use pace::Pace;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use stuck::Stuck;
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    time::timeout,
};

/// Most operations of one batch, unless a single request brings more.
const MOST_OPERATIONS: usize = 256;

/// Requests that may wait before the next waits to be let in.
const QUEUE: usize = 256;

/// Bytes of requests that may be read and wait at the same time, in KiB; whoever comes beyond is asked to come later. What
/// was read takes several times as much memory.
const ROOM: usize = 24 * 1024;

/// Timeout of one batch, so that a silent database does not block all requests.
const PATIENCE: Duration = Duration::from_secs(45);

/// How long a device waits before it sends again what this server stumbles over.
const LATER_SECONDS: u32 = 600;

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

#[derive(Debug)]
struct Waiting {
    work: Work,
    answer: oneshot::Sender<Result<Answer, StoreError>>,
}

/// The result of one request's work.
#[derive(Debug)]
struct Answer {
    /// When it was committed.
    at: DateTime<Utc>,
    /// One for each operation.
    outcomes: Vec<OperationResult>,
}

#[derive(Debug, Clone)]
enum Work {
    Operations(Batch),
    /// An attachment's bytes are stored; of a photo, the small picture is to be made.
    AttachmentReceived {
        office: OfficeId,
        brought: Brought,
        kind: AttachmentKind,
    },
    /// What a phone says of the work that waits on it.
    Heartbeat {
        office: OfficeId,
        said: Box<NewHeartbeat>,
    },
}

impl Work {
    fn size(&self) -> usize {
        match self {
            Self::Operations(batch) => batch.operations.len(),
            Self::AttachmentReceived { .. } | Self::Heartbeat { .. } => 1,
        }
    }

    /// Each operation by itself.
    fn parts(&self) -> Vec<Self> {
        match self {
            Self::Operations(batch) => {
                let alone = |one| Self::Operations(Batch { operations: vec![one], ..batch.clone() });
                batch.operations.iter().cloned().map(alone).collect()
            }
            Self::AttachmentReceived { .. } | Self::Heartbeat { .. } => vec![self.clone()],
        }
    }

    /// For the log, which must not hold records' content.
    fn ids(&self) -> Vec<OperationId> {
        match self {
            Self::Operations(batch) => batch.operations.iter().filter_map(|one| one.id).collect(),
            Self::AttachmentReceived { .. } | Self::Heartbeat { .. } => vec![],
        }
    }

    /// What a single operation is about, if it can be read.
    fn payload(&self) -> Option<&Payload> {
        let Self::Operations(batch) = self else { return None };
        Some(&batch.operations.first()?.read.as_ref().ok()?.payload)
    }

    /// What is said of work that failed even by itself.
    fn put_off(&self) -> Vec<OperationResult> {
        let Self::Operations(batch) = self else { return vec![] };
        let later = Outcome::RetryAfter { after_seconds: LATER_SECONDS, because: Postponed::Busy };
        batch
            .operations
            .iter()
            .map(|one| OperationResult { operation: one.id, outcome: later.clone() })
            .collect()
    }
}

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

#[derive(Debug, Clone)]
struct BatchWriter {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    signer: Signer,
    metrics: Metrics,
    forms: Arc<PreparedForms>,
    photo_job: PhotoJob,
    under_way: Arc<AtomicUsize>,
    jobs: Arc<Notify>,
}

impl BatchWriter {
    async fn work(self, mut waiting: mpsc::Receiver<Waiting>) {
        while let Some(first) = waiting.recv().await {
            let mut size = first.work.size();
            let mut group = vec![first];
            while size < MOST_OPERATIONS
                && let Ok(next) = waiting.try_recv()
            {
                size += next.work.size();
                group.push(next);
            }
            let begun = Instant::now();
            self.under_way.store(group.len(), Ordering::Relaxed);
            self.answer(group).await;
            self.under_way.store(0, Ordering::Relaxed);
            self.metrics.batch(size, begun.elapsed());
        }
    }

    /// Whoever does not wait any more has hung up: what is written is written, and is answered when it is sent again.
    async fn answer(&self, group: Vec<Waiting>) {
        let (work, answers): (Vec<_>, Vec<_>) =
            group.into_iter().map(|waiting| (waiting.work, waiting.answer)).unzip();
        let work = Arc::new(work);
        match self.commit_batch(Arc::clone(&work)).await {
            Ok(done) => {
                for (answer, done) in answers.into_iter().zip(done) {
                    let _ = answer.send(Ok(done));
                }
            }
            Err(error @ StoreError::Unavailable(_)) => {
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a write batch failed; each operation gets its own");
                for (work, answer) in work.iter().zip(answers) {
                    let _ = answer.send(self.one_by_one(work).await);
                }
            }
        }
    }

    async fn one_by_one(&self, work: &Work) -> Result<Answer, StoreError> {
        let mut whole = Answer { at: self.clock.now(), outcomes: vec![] };
        let mut stuck = Stuck::default();
        for part in work.parts() {
            // What presupposes something that was put off must not be refused for want of it.
            if let Some(payload) = part.payload().filter(|payload| stuck.holds(payload)) {
                stuck.put(payload);
                whole.outcomes.extend(part.put_off());
                continue;
            }
            match self.commit_batch(Arc::new(vec![part.clone()])).await {
                Ok(done) => whole.outcomes.extend(done.into_iter().flat_map(|answer| answer.outcomes)),
                Err(error @ StoreError::Unavailable(_)) => return Err(error),
                // Nothing was stored, and there is no way to say so but this.
                Err(error) if !matches!(part, Work::Operations(_)) => return Err(error),
                Err(error) => {
                    part.payload().into_iter().for_each(|payload| stuck.put(payload));
                    tracing::error!(%error, operation = ?part.ids(), "not stored");
                    whole.outcomes.extend(part.put_off());
                }
            }
        }
        Ok(whole)
    }

    /// Commits one batch in a task of its own, so that a panic is an error like others.
    async fn commit_batch(&self, work: Arc<Vec<Work>>) -> Result<Vec<Answer>, StoreError> {
        let writer = self.clone();
        let mut task = tokio::spawn(async move { writer.write(&work).await });
        match timeout(PATIENCE, &mut task).await {
            Ok(done) => done.unwrap_or_else(|panic| Err(StoreError::Corrupt(panic.to_string()))),
            Err(_) => {
                task.abort();
                Err(StoreError::Unavailable(format!("the database said nothing for {PATIENCE:?}")))
            }
        }
    }

    async fn write(&self, work: &[Work]) -> Result<Vec<Answer>, StoreError> {
        let now = self.clock.now();
        // Before the transaction: creating a key takes one of its own.
        let key = self.signer.key(now).await?;
        let mut tx = self.store.write().await?;
        let mut answers: Vec<_> = work.iter().map(|_| Answer { at: now, outcomes: vec![] }).collect();
        let mut offices: BTreeMap<OfficeId, Vec<(usize, &Batch)>> = BTreeMap::new();
        let mut received: BTreeMap<OfficeId, Vec<Brought>> = BTreeMap::new();
        let mut photos: BTreeSet<(OfficeId, PhotoHash)> = BTreeSet::new();
        let mut heard = Heard::default();
        for (position, work) in work.iter().enumerate() {
            match work {
                Work::Operations(batch) => {
                    offices.entry(batch.actor.office).or_default().push((position, batch));
                }
                Work::AttachmentReceived { office, brought, kind } => {
                    match kind {
                        AttachmentKind::Photo => drop(photos.insert((*office, brought.hash.clone()))),
                        // Nothing is made of it.
                        AttachmentKind::Paper => {}
                    }
                    received.entry(*office).or_default().push(brought.clone());
                }
                Work::Heartbeat { office, said } => heard.take(*office, said),
            }
        }
        for (office, batches) in offices {
            let all: Vec<_> = batches.iter().map(|(_, batch)| *batch).collect();
            let mut unit_of_work =
                UnitOfWork::open(&mut *tx, &self.forms, key.clone(), office, &all, now).await?;
            for (position, batch) in batches {
                let outcomes = batch.in_order().map(|(place, incoming)| {
                    let outcome = unit_of_work.apply(batch, incoming);
                    (place, OperationResult { operation: incoming.id, outcome })
                });
                // Answered in the order sent.
                let outcomes: BTreeMap<_, _> = outcomes.collect();
                if let Some(answer) = answers.get_mut(position) {
                    answer.outcomes.extend(outcomes.into_values());
                }
            }
            unit_of_work.close(&mut *tx).await?;
        }
        let left_work = !photos.is_empty();
        for (office, brought) in received {
            tx.attachments_received(office, &brought, now).await?;
        }
        for (office, said) in heard.newest() {
            tx.put_heartbeats(office, &said, now).await?;
        }
        if left_work {
            let wanted = photos.into_iter().map(|(office, photo)| (self.photo_job)(office, photo, now));
            tx.put_jobs(&wanted.collect::<Result<Vec<NewJob>, _>>()?).await?;
        }
        tx.commit().await?;
        if left_work {
            self.jobs.notify_one();
        }
        Ok(answers)
    }
}
