//! Every kind of work that this server knows: a line a kind.

use super::{
    Context, Job, JobError, Recurring, announce_orders::AnnounceOrders, deliver_notices::DeliverNotices,
    find_unprocessed_photos::FindUnprocessedPhotos, forget_changes::ForgetChanges,
    forget_notices::ForgetNotices, learn_phrases::LearnPhrases, make_notices::MakeNotices,
    process_photo::ProcessPhoto, schedule::Schedule, sweep::SweepUploads,
};
use crate::storage::{KnownJob, NewJob, StoreError};
use chrono::{DateTime, Duration, Utc};
use futures::{FutureExt, future::BoxFuture};

/// A test holds it complete.
pub const JOBS: &[Kind] = &[
    Kind::of::<ProcessPhoto>(),
    Kind::of::<AnnounceOrders>(),
    Kind::recurring::<FindUnprocessedPhotos>(),
    Kind::recurring::<ForgetChanges>(),
    Kind::recurring::<LearnPhrases>(),
    Kind::recurring::<MakeNotices>(),
    Kind::recurring::<DeliverNotices>(),
    Kind::recurring::<ForgetNotices>(),
    Kind::recurring::<SweepUploads>(),
];

/// A [`Job`] without its type.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub attempts: u32,
    pub lease: Duration,
    run: fn(String, Context) -> BoxFuture<'static, Result<(), JobError>>,
    pub(super) recurrence: Option<Recurrence>,
}

/// When it is put, and as what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recurrence {
    pub schedule: Schedule,
    pub job: fn(DateTime<Utc>) -> Result<NewJob, StoreError>,
}

impl Kind {
    pub const fn of<J: Job>() -> Self {
        Self { name: J::NAME, attempts: J::ATTEMPTS, lease: J::LEASE, run: run::<J>, recurrence: None }
    }

    pub const fn recurring<J: Recurring>() -> Self {
        let recurrence = Recurrence { schedule: J::SCHEDULE, job: put::<J> };
        Self { recurrence: Some(recurrence), ..Self::of::<J>() }
    }

    pub(super) fn run(&self, payload: String, context: Context) -> BoxFuture<'static, Result<(), JobError>> {
        (self.run)(payload, context)
    }
}

/// What the store is asked for.
pub fn known(kinds: &[Kind]) -> Vec<KnownJob> {
    kinds.iter().map(|kind| KnownJob { name: kind.name, lease: kind.lease }).collect()
}

fn run<J: Job>(payload: String, context: Context) -> BoxFuture<'static, Result<(), JobError>> {
    async move {
        let job: J = serde_json::from_str(&payload)
            .map_err(|error| JobError::GiveUp(format!("what is stored of it cannot be read: {error}")))?;
        job.run(&context).await
    }
    .boxed()
}

fn put<J: Recurring>(now: DateTime<Utc>) -> Result<NewJob, StoreError> {
    super::new(&J::default(), now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::Lang;
    use i18n::jobs;
    use std::{collections::BTreeSet, fs, path::Path};

    /// Whoever writes a job and forgets its line would see it put and never done.
    #[test]
    fn every_job_has_a_line() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/jobs");
        let mut written = 0;
        for file in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            for line in text.lines().filter_map(|line| line.strip_prefix("impl Job for ")) {
                let name = line.trim_end_matches(" {");
                let lines =
                    [format!("    Kind::of::<{name}>(),"), format!("    Kind::recurring::<{name}>(),")];
                let this = include_str!("registry.rs");
                assert!(lines.iter().any(|line| this.contains(line)), "JOBS lacks {name}");
                written += 1;
            }
        }
        assert_eq!(written, JOBS.len());
    }

    #[test]
    fn every_job_has_a_name_of_its_own_and_words_for_it() {
        let names: BTreeSet<_> = JOBS.iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), JOBS.len());
        for name in names {
            for lang in [Lang::Zh, Lang::En] {
                assert!(jobs::title(lang, name).is_some(), "app/i18n/src/jobs.rs does not name {name}");
            }
        }
    }

    #[test]
    fn a_lease_is_long_enough_to_be_renewed_and_a_job_is_tried() {
        for kind in JOBS {
            assert!(kind.lease >= Duration::seconds(30) && kind.attempts > 0, "{}", kind.name);
        }
    }
}
