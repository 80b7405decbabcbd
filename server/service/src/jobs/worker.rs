//! Doing jobs, several at a time.
//!
//! One loop takes as many as may run at a time, and one more whenever one ends: it rests only where nothing waits. What
//! needs a core unpacks in turns of its own, at a low priority (`picture::slots`), so that work behind the answers takes the
//! cores that are left over and hinders nobody. Those that have ended while the loop was writing are settled together, in
//! the commit that takes the next.
//!
//! Asked to stop, the loop cuts off what is under way and gives it back, so that another server has it at once and not when
//! its lease ends. A panic in the loop itself is told of, and the loop begins again.

use super::{
    Context, JOBS, JobError, Kind,
    registry::{Recurrence, known},
    retry::{end_of, kept},
};
use crate::{
    picture::slots,
    services::Services,
    storage::{JobEnd, LeasedJob, StoreError},
};
use chrono::{DateTime, Utc};
use futures::{
    FutureExt,
    future::{join_all, pending},
};
use std::{
    panic::AssertUnwindSafe,
    pin::pin,
    time::{Duration as Span, Instant},
};
use tokio::{
    sync::watch,
    task::{JoinError, JoinSet},
    time::{sleep, timeout},
};

/// Jobs at a time for each core, unless it is said: while one reads or writes, another unpacks.
const EACH_CORE: usize = 4;

/// What another server left behind, what was put off and what recurs is found within this long.
const LOOK_EVERY: Span = Span::from_secs(20);

/// How long the loop rests after it panicked, so that a panic each time does not cost a core.
const REST: Span = Span::from_secs(1);

/// Does jobs of one server.
#[derive(Debug, Clone)]
pub struct Worker {
    state: Services,
    kinds: &'static [Kind],
    at_a_time: usize,
}

/// What the loop has in hand.
struct AtWork {
    running: JoinSet<Ended>,
    /// Not settled yet.
    ended: Vec<Ended>,
    /// When it last looked for what recurs.
    looked: Option<Instant>,
    /// Whether to stop, for those that run.
    asked: watch::Receiver<bool>,
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

    /// Works until it is asked to stop, and gives back what is under way then. Where it is dropped instead, that is another
    /// server's once its lease has ended.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let (stopping, asked) = watch::channel(false);
        let mut at_work = AtWork { running: JoinSet::new(), ended: vec![], looked: None, asked };
        let mut stop = pin!(stop);
        while AssertUnwindSafe(self.work(&mut at_work, &mut stop)).catch_unwind().await.is_err() {
            let jobs = at_work.ended.len();
            tracing::error!(
                jobs,
                "the loop of jobs panicked and begins again; what it had not settled is done once more"
            );
            at_work.ended.clear();
            sleep(REST).await;
        }
        stopping.send_replace(true);
        self.give_back(at_work).await;
    }

    /// Until it is asked to stop.
    async fn work(&self, at_work: &mut AtWork, stop: &mut (impl Future<Output = ()> + Unpin)) {
        let AtWork { running, ended, looked, asked } = at_work;
        loop {
            if looked.is_none_or(|at| at.elapsed() >= LOOK_EVERY) {
                *looked = Some(Instant::now());
                if let Err(error) = self.put_due().await {
                    tracing::warn!(%error, "what recurs is not put");
                }
            }
            match self.exchange(ended, self.at_a_time.saturating_sub(running.len())).await {
                Ok(taken) => {
                    ended.clear();
                    for (kind, job) in taken {
                        running.spawn(carry_out(self.state.clone(), kind, job, asked.clone()));
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
                    ended.extend(told(first));
                    while let Some(next) = running.try_join_next() {
                        ended.extend(told(next));
                    }
                }
                () = &mut *stop => return,
                () = self.state.write_queue.jobs.notified(), if !is_full => {}
                () = sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Settles what has ended and what was cut off.
    async fn give_back(&self, at_work: AtWork) {
        let AtWork { mut running, mut ended, .. } = at_work;
        while let Some(one) = running.join_next().await {
            ended.extend(told(one));
        }
        if let Err(error) = self.exchange(&ended, 0).await {
            tracing::warn!(%error, jobs = ended.len(), "not given back: they are done once their leases end");
        }
    }

    /// Puts what recurs and is due, unless another server has. Gives how much. What cannot be put keeps nothing else from it.
    pub async fn put_due(&self) -> Result<usize, StoreError> {
        let recurring = self.kinds.iter().filter_map(|kind| Some((kind.name, kind.recurrence?)));
        let last = self.state.store.recurring_jobs().await?;
        let mut put = 0;
        for (name, recurrence) in recurring {
            match self.put_if_due(recurrence, last.get(name).copied()).await {
                Ok(is_put) => put += usize::from(is_put),
                Err(error) => tracing::error!(%error, job = name, "what recurs is not put"),
            }
        }
        Ok(put)
    }

    async fn put_if_due(
        &self,
        recurrence: Recurrence,
        before: Option<DateTime<Utc>>,
    ) -> Result<bool, StoreError> {
        let now = self.state.now();
        if !recurrence.schedule.is_due(before, now) {
            return Ok(false);
        }
        let job = (recurrence.job)(now)?;
        let mut tx = self.state.store.write().await?;
        let is_put = tx.put_recurring_job(&job, before).await?;
        if is_put {
            tx.commit().await?;
        }
        Ok(is_put)
    }

    /// Does as many jobs as may run at a time, as far as some are due. Gives how many.
    pub async fn work_off(&self) -> Result<usize, StoreError> {
        let taken = self.exchange(&[], self.at_a_time).await?;
        let (_stopping, asked) = watch::channel(false);
        let attempts =
            taken.into_iter().map(|(kind, job)| carry_out(self.state.clone(), kind, job, asked.clone()));
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
            Some(JobEnd::GivenBack) => "given_back",
            Some(JobEnd::Failed { .. }) => "failed",
            None => "lost",
        }
    }
}

/// What is due now, by the product's kinds of work. Gives how many.
pub async fn work_off(state: &Services) -> Result<usize, StoreError> {
    Worker::new(state.clone()).work_off().await
}

/// None: its task broke off where no attempt does. Its lease ends by itself, and it is done once more.
fn told(one: Result<Ended, JoinError>) -> Option<Ended> {
    one.inspect_err(|error| tracing::error!(%error, "what does a job broke off")).ok()
}

/// One attempt. A panic is a failure like others.
async fn carry_out(
    state: Services,
    kind: &'static Kind,
    job: LeasedJob,
    asked: watch::Receiver<bool>,
) -> Ended {
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
        () = is_asked(asked) => {
            tracing::info!(job = kind.name, key = %job.key, "given back: the server stops");
            return Ended { kind, job, end: Some(JobEnd::GivenBack) };
        }
    };
    let end = end_of(outcome, job.attempt, kind.attempts, state.now());
    match &end {
        JobEnd::Done | JobEnd::GivenBack => {}
        JobEnd::Later { failure, run_at, .. } => {
            tracing::warn!(job = kind.name, key = %job.key, %run_at, %failure, "tried again later");
        }
        JobEnd::Failed { failure, .. } => {
            tracing::error!(job = kind.name, key = %job.key, attempts = job.attempt, %failure, "failed");
        }
    }
    Ended { kind, job, end: Some(end) }
}

/// Ends when whoever works is to stop; never, where nobody will say so any more.
async fn is_asked(mut asked: watch::Receiver<bool>) {
    if asked.wait_for(|stop| *stop).await.is_err() {
        pending::<()>().await;
    }
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
