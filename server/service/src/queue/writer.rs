//! The one who writes: collects what waits into batches, and commits them one after another.

use super::{
    PhotoJob,
    batch::Batch,
    forms::PreparedForms,
    heard::Heard,
    stuck::Stuck,
    unit_of_work::UnitOfWork,
    work::{Answer, Waiting, Work},
};
use crate::{
    clock::Clock,
    metrics::Metrics,
    signing::Signer,
    storage::{Brought, NewJob, Store, StoreError},
};
use domain::{attachment::AttachmentKind, id::OfficeId, photo::PhotoHash, sync::OperationResult};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    sync::{Notify, mpsc},
    time::timeout,
};

/// Most operations of one batch, unless a single request brings more.
const MOST_OPERATIONS: usize = 256;

/// Timeout of one batch, so that a silent database does not block all requests.
const PATIENCE: Duration = Duration::from_secs(45);

#[derive(Debug, Clone)]
pub(super) struct BatchWriter {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) signer: Signer,
    pub(super) metrics: Metrics,
    pub(super) forms: Arc<PreparedForms>,
    pub(super) photo_job: PhotoJob,
    pub(super) under_way: Arc<AtomicUsize>,
    pub(super) jobs: Arc<Notify>,
}

impl BatchWriter {
    pub(super) async fn work(self, mut waiting: mpsc::Receiver<Waiting>) {
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
