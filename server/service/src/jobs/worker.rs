//! Doing jobs, several at a time.
//!
//! One loop takes as many as may run at a time, and one more whenever one ends: it rests only where nothing waits. What
//! needs a core unpacks in turns of its own, at a low priority (`picture::slots`), so that work behind the answers takes the
//! cores that are left over and hinders nobody. Those that have ended while the loop was writing are settled together, in
//! the commit that takes the next.

use super::{
    Context, JOBS, JobError, Kind,
    registry::known,
    retry::{end_of, kept},
};
use crate::{
    picture::slots,
    services::Services,
    storage::{JobEnd, LeasedJob, StoreError},
};
use futures::{FutureExt, future::join_all};
use std::{
    panic::AssertUnwindSafe,
    time::{Duration as Span, Instant},
};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

/// Jobs at a time for each core, unless it is said: while one reads or writes, another unpacks.
const EACH_CORE: usize = 4;

/// What another server left behind, what was put off and what recurs is found within this long.
const LOOK_EVERY: Span = Span::from_secs(20);

/// Does jobs of one server.
#[derive(Debug, Clone)]
pub struct Worker {
    state: Services,
    kinds: &'static [Kind],
    at_a_time: usize,
}

/// A job whose attempt has ended.
struct Ended {
    kind: &'static Kind,
    job: LeasedJob,
    /// None: it is somebody else's by now.
    end: Option<JobEnd>,
}

impl Worker {
    pub fn new(state: Services) -> Self {
        Self { state, kinds: JOBS, at_a_time: EACH_CORE * slots::cores().max(2) }
    }

    /// Other kinds of work than the product's.
    #[must_use]
    pub fn of_kinds(self, kinds: &'static [Kind]) -> Self {
        Self { kinds, ..self }
    }

    /// So many jobs at a time; unsaid, as many as the cores want.
    #[must_use]
    pub fn at_a_time(self, most: Option<u16>) -> Self {
        Self { at_a_time: most.map_or(self.at_a_time, |most| usize::from(most.max(1))), ..self }
    }

    /// Works until it is dropped.
    pub async fn run(self) {
        let mut running = JoinSet::new();
        let mut ended: Vec<Ended> = vec![];
        let mut looked: Option<Instant> = None;
        loop {
            if looked.is_none_or(|at| at.elapsed() >= LOOK_EVERY) {
                looked = Some(Instant::now());
                if let Err(error) = self.put_due().await {
                    tracing::warn!(%error, "what recurs is not put");
                }
            }
            match self.exchange(&ended, self.at_a_time.saturating_sub(running.len())).await {
                Ok(taken) => {
                    ended.clear();
                    for (kind, job) in taken {
                        running.spawn(carry_out(self.state.clone(), kind, job));
                    }
                }
                // What has ended is settled when the store answers.
                Err(error @ StoreError::Unavailable(_)) => tracing::warn!(%error, "jobs wait"),
                Err(error) => {
                    tracing::error!(%error, jobs = ended.len(), "not settled: they are done once more");
                    ended.clear();
                }
            }
            let is_full = running.len() >= self.at_a_time;
            tokio::select! {
                Some(first) = running.join_next(), if !running.is_empty() => {
                    ended.extend(first);
                    while let Some(next) = running.try_join_next() {
                        ended.extend(next);
                    }
                }
                () = self.state.write_queue.jobs.notified(), if !is_full => {}
                () = sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Puts what recurs and is due, unless another server has. Gives how much.
    pub async fn put_due(&self) -> Result<usize, StoreError> {
        let recurring = self.kinds.iter().filter_map(|kind| Some((kind.name, kind.recurrence?)));
        let last = self.state.store.recurring_jobs().await?;
        let mut put = 0;
        for (name, recurrence) in recurring {
            let (now, before) = (self.state.now(), last.get(name).copied());
            if !recurrence.schedule.is_due(before, now) {
                continue;
            }
            let job = (recurrence.job)(now)?;
            let mut tx = self.state.store.write().await?;
            if tx.put_recurring_job(&job, before).await? {
                tx.commit().await?;
                put += 1;
            }
        }
        Ok(put)
    }

    /// Does as many jobs as may run at a time, as far as some are due. Gives how many.
    pub async fn work_off(&self) -> Result<usize, StoreError> {
        let taken = self.exchange(&[], self.at_a_time).await?;
        let attempts = taken.into_iter().map(|(kind, job)| carry_out(self.state.clone(), kind, job));
        let ended = join_all(attempts).await;
        self.exchange(&ended, 0).await?;
        Ok(ended.len())
    }

    /// Settles what has ended and takes what is next, in one commit.
    async fn exchange(
        &self,
        ended: &[Ended],
        most: usize,
    ) -> Result<Vec<(&'static Kind, LeasedJob)>, StoreError> {
        let (now, known) = (self.state.now(), known(self.kinds));
        if ended.is_empty() {
            // Read first: a server that has nothing to do is in no writer's way.
            let none = most == 0 || self.state.store.next_job(&known).await?.is_none_or(|at| at > now);
            if none {
                return Ok(vec![]);
            }
        }
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let settled = ended.iter().filter_map(|one| Some((one.job.clone(), one.end.clone()?)));
        let settled: Vec<_> = settled.collect();
        let lease = self.state.new_id();
        let exchange = self.state.store.settle_and_lease_jobs(&settled, now, lease, &known, most).await?;
        for one in ended {
            self.state.metrics.job(one.kind.name, one.outcome());
        }
        let with_kind = |job: LeasedJob| {
            let kind = self.kinds.iter().find(|kind| kind.name == job.name)?;
            Some((kind, job))
        };
        Ok(exchange.leased.into_iter().filter_map(with_kind).collect())
    }
}

impl Ended {
    /// As it is counted.
    fn outcome(&self) -> &'static str {
        match self.end {
            Some(JobEnd::Done) => "done",
            Some(JobEnd::Later { .. }) => "put_off",
            Some(JobEnd::Failed { .. }) => "failed",
            None => "lost",
        }
    }
}

/// What is due now, by the product's kinds of work. Gives how many.
pub async fn work_off(state: &Services) -> Result<usize, StoreError> {
    Worker::new(state.clone()).work_off().await
}

/// One attempt. A panic is a failure like others.
async fn carry_out(state: Services, kind: &'static Kind, job: LeasedJob) -> Ended {
    if job.attempt > kind.attempts {
        let failure = kept("no attempt came to an end: each time the server died, or lost the job");
        tracing::error!(job = kind.name, key = %job.key, "given up: it ends its server, or takes too long");
        return Ended { kind, end: Some(JobEnd::Failed { at: state.now(), failure }), job };
    }
    let context = Context { state: state.clone(), attempt: job.attempt };
    let attempt = AssertUnwindSafe(kind.run(job.payload.clone(), context)).catch_unwind();
    let panicked = || Err(JobError::Retry("it panicked; see the log".to_owned()));
    let outcome = tokio::select! {
        outcome = attempt => outcome.unwrap_or_else(|_| panicked()),
        () = lose_lease(&state, kind, &job) => {
            tracing::warn!(job = kind.name, key = %job.key, "cut off: it was taken over, or may be by now");
            return Ended { kind, job, end: None };
        }
    };
    let end = end_of(outcome, job.attempt, kind.attempts, state.now());
    match &end {
        JobEnd::Done => {}
        JobEnd::Later { failure, run_at, .. } => {
            tracing::warn!(job = kind.name, key = %job.key, %run_at, %failure, "tried again later");
        }
        JobEnd::Failed { failure, .. } => {
            tracing::error!(job = kind.name, key = %job.key, attempts = job.attempt, %failure, "failed");
        }
    }
    Ended { kind, job, end: Some(end) }
}

/// Renews the lease for as long as it can be. A store that is away for a moment is asked again before the lease ends; where it
/// stays away, the job is let go of by then: others think this server dead, and take it.
async fn lose_lease(state: &Services, kind: &Kind, job: &LeasedJob) {
    let every = (kind.lease / 4).to_std().unwrap_or(LOOK_EVERY);
    let mut renewed = Instant::now();
    while renewed.elapsed() < every * 3 {
        sleep(every).await;
        let asked = Instant::now();
        // Answers in half that time, so that a silent store is asked twice.
        match timeout(every / 2, state.store.renew_job(job, state.now() + kind.lease)).await {
            Ok(Ok(true)) => renewed = asked,
            Ok(Ok(false)) => return,
            Ok(Err(error)) => tracing::warn!(%error, job = kind.name, "its lease is not renewed"),
            Err(_) => tracing::warn!(job = kind.name, "its lease is not renewed: the store says nothing"),
        }
    }
}
