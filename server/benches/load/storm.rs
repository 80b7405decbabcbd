//! Three hundred phones whose server was away for a minute, each with a day's work and its photo, and the server is back:
//! what becomes of everybody else's requests meanwhile. All began to fail in the same second, and try again as the product's
//! phones do, by its own rule for waiting.

use super::clients::{Load, Work};
use domain::device::connection::back_off;
use rand::RngExt;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::time::sleep;

const PHONES: usize = 300;
/// What each brings.
const SUBMISSIONS: usize = 5;
const AWAY: chrono::Duration = chrono::Duration::seconds(60);
const CALM: Duration = Duration::from_secs(5);

/// Prints a row: p95 of another client's requests, calm and in the storm, and how long the storm took.
pub async fn measure(store: &str, load: &Load) {
    let other = Watcher::begin(load);
    sleep(CALM).await;
    let calm = other.end().await;

    let other = Watcher::begin(load);
    let begun = Instant::now();
    let phones = (0..PHONES).map(|_| {
        let load = load.clone();
        tokio::spawn(async move {
            sleep(comes_back_after()).await;
            load.submit(Work::Batch(SUBMISSIONS)).await;
            load.submit(Work::Photo).await;
        })
    });
    for phone in phones.collect::<Vec<_>>() {
        phone.await.unwrap();
    }
    let took = begun.elapsed().as_secs_f64();
    let storm = other.end().await;
    let (p95_calm, p95_storm) = (at(&calm, 0.95), at(&storm, 0.95));
    println!(
        "| {store} | {PHONES} | {took:.1} | {p95_calm:.1} | {p95_storm:.1} | {:.1} |",
        p95_storm / p95_calm
    );
}

/// How long after the server came back a phone tries that failed for as long as it was away.
fn comes_back_after() -> Duration {
    let (mut failures, mut time) = (1, chrono::Duration::zero());
    while time < AWAY {
        time += back_off(failures, rand::rng().random_range(0.0..1.0));
        failures += 1;
    }
    (time - AWAY).to_std().unwrap()
}

/// Somebody else at work: one small submission after another, with a breath between them.
pub(super) struct Watcher {
    over: Arc<AtomicBool>,
    running: tokio::task::JoinHandle<Vec<f64>>,
}

impl Watcher {
    pub fn begin(load: &Load) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (load, ended) = (load.clone(), Arc::clone(&over));
        let running = tokio::spawn(async move {
            let mut times = vec![];
            while !ended.load(Ordering::Relaxed) {
                let begun = Instant::now();
                load.submit(Work::Single).await;
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
                sleep(Duration::from_millis(10)).await;
            }
            times
        });
        Self { over, running }
    }

    pub async fn end(self) -> Vec<f64> {
        self.over.store(true, Ordering::Relaxed);
        let mut times = self.running.await.unwrap();
        times.sort_by(f64::total_cmp);
        times
    }
}

pub(super) fn at(times: &[f64], share: f64) -> f64 {
    let position = (times.len() as f64 * share) as usize;
    times[position.min(times.len() - 1)]
}
