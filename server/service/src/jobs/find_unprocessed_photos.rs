//! Photos that nobody has looked at and that have no job: after a backup was restored, or where one was discarded. Each is
//! given one.

use super::{
    Context, Job, JobError, Recurring,
    process_photo::{self, ProcessPhoto},
    schedule::Schedule,
};
use crate::{
    services::Services,
    storage::{NewJob, StoreError},
};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// Photos of one commit.
const AT_ONCE: u32 = 500;

/// Of all offices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindUnprocessedPhotos {}

impl Recurring for FindUnprocessedPhotos {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 3 };
}

#[async_trait]
impl Job for FindUnprocessedPhotos {
    const NAME: &'static str = "find_unprocessed_photos";

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        find(&context.state).await?;
        Ok(())
    }
}

/// Gives each of them a job; each is met once, whatever becomes of its job meanwhile. Gives how many.
pub async fn find(state: &Services) -> Result<usize, StoreError> {
    let (mut last, mut given) = (None, 0);
    loop {
        let found =
            state.store.photos_without_fingerprint(last.as_ref(), AT_ONCE, ProcessPhoto::NAME).await?;
        let now = state.now();
        let wanted = found.iter().cloned();
        let wanted = wanted.map(|(office, photo)| process_photo::wanted(office, photo, now));
        let jobs: Vec<NewJob> = wanted.collect::<Result<_, _>>()?;
        last = found.into_iter().next_back();
        if last.is_none() {
            return Ok(given);
        }
        let mut tx = state.store.write().await?;
        tx.put_jobs(&jobs).await?;
        tx.commit().await?;
        state.write_queue.jobs.notify_one();
        given += jobs.len();
    }
}
