//! Work behind the answers: as fast as there are cores, in nobody's way, tried again, and an administrator's where it fails.

mod failures;
mod interrupted;
mod leases;
mod photos;
mod recurring;
mod told;

use super::{office::TestOffice, photos::announce};
use async_trait::async_trait;
use domain::{job::JobCount, role::Role};
use image::{ImageFormat, Rgb, RgbImage};
use serde::{Deserialize, Serialize};
use server::{
    jobs::{self, Context, Job, JobError, Kind},
    state::AppState,
};
use std::io::Cursor;

fn jpeg(shade: u8, (width, height): (u32, u32)) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, shade]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// So many photos, received, with their jobs waiting.
async fn received(office: &TestOffice, many: u8, size: (u32, u32)) {
    let phone = office.phone(Role::Inspector).await;
    for shade in 0..many {
        let bytes = jpeg(shade, size);
        phone.sync(&[announce(&phone, &bytes).1]).await;
        assert_eq!(phone.upload_whole(bytes).await.status, 201);
    }
}

/// Puts a job, as whatever wants it does.
async fn put<J: Job>(state: &AppState, job: &J) {
    let mut tx = state.store.write().await.unwrap();
    tx.put_jobs(&[jobs::new(job, state.now()).unwrap()]).await.unwrap();
    tx.commit().await.unwrap();
}

/// How many wait, run and have failed.
async fn counted(office: &TestOffice) -> [u64; 3] {
    let counts = office.state.store.job_counts().await.unwrap();
    let sum = |of: fn(&JobCount) -> u64| counts.iter().map(of).sum::<u64>();
    [sum(|count| count.waiting), sum(|count| count.running), sum(|count| count.failed)]
}

/// Never works.
#[derive(Serialize, Deserialize)]
struct Failing {
    panics: bool,
}

#[async_trait]
impl Job for Failing {
    const NAME: &'static str = "failing";
    const ATTEMPTS: u32 = 2;

    fn key(&self) -> String {
        "一号".to_owned()
    }

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        assert!(!self.panics, "attempt {}", context.attempt);
        Err(JobError::Retry(format!(
            "attempt {}: no answer of https://me:s3cr3t@host/a?token=s3cr3t",
            context.attempt
        )))
    }
}

const FAILING: &[Kind] = &[Kind::of::<Failing>()];
