//! How long it takes to find what is nearly the same, and how that grows.

use super::office::{Database, TestOffice};
use domain::photo::{Grey, ImageFingerprint, PhotoHash};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::time::Instant;
use test_support::postgres::Cluster;

const PHOTOS: [f64; 3] = [10_000.0, 100_000.0, 1_000_000.0];
const AT_ONCE: usize = 1_000;
const TIMES: usize = 40;
const SIDE: u32 = 48;

/// A picture as smooth as photos are when they are small: light and dark in large patches, finer ones fainter.
fn picture(rng: &mut StdRng) -> Vec<f32> {
    let mut waves: Vec<(f32, f32, f32, f32)> = vec![];
    for n in 1..8 {
        for _ in 0..3 {
            let (across, down) =
                (rng.random_range(-3.0..3.0) * n as f32, rng.random_range(-3.0..3.0) * n as f32);
            waves.push((across, down, rng.random_range(0.0..6.3), 50.0 / n as f32));
        }
    }
    let at = |x: u32, y: u32| {
        let (u, v) = (x as f32 / SIDE as f32, y as f32 / SIDE as f32);
        let wave = |(across, down, phase, strength): &(f32, f32, f32, f32)| {
            (u * across + v * down + phase).sin() * strength
        };
        127.0 + waves.iter().map(wave).sum::<f32>()
    };
    (0..SIDE * SIDE).map(|n| at(n % SIDE, n / SIDE)).collect()
}

fn fingerprint(picture: &[f32], rng: &mut StdRng, noise: f32) -> ImageFingerprint {
    let pixels =
        picture.iter().map(|pixel| (pixel + rng.random_range(-1.0..1.0) * noise).clamp(0.0, 255.0) as u8);
    ImageFingerprint::of(&Grey::new(SIDE, SIDE, pixels.collect()).unwrap())
}

pub async fn table(scale: f64) {
    let cluster = Cluster::durable();
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Database::sqlite(folder.path());
    let sqlite = TestOffice::on(sqlite, folder).await;
    let postgres =
        TestOffice::on(Database { address: cluster.database().await }, tempfile::tempdir().unwrap()).await;
    println!("| photos | SQLite p50 ms | p95 ms | PostgreSQL p50 ms | p95 ms | near ones, median |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut there = 0;
    for photos in
        PHOTOS.map(|photos| photos as usize).into_iter().filter(|photos| *photos as f64 <= PHOTOS[2] * scale)
    {
        let begun = Instant::now();
        fill([&sqlite, &postgres], there, photos).await;
        eprintln!("{photos} photos are there, after {:.0} s more", begun.elapsed().as_secs_f64());
        postgres.database.execute("ANALYZE").await;
        there = photos;
        let (a, b) = (ask(&sqlite, photos).await, ask(&postgres, photos).await);
        println!("| {photos} | {:.1} | {:.1} | {:.1} | {:.1} | {} |", a.0, a.1, b.0, b.1, a.2);
    }
}

async fn fill(offices: [&TestOffice; 2], from: usize, to: usize) {
    for begin in (from..to).step_by(AT_ONCE) {
        let seen: Vec<_> = (begin..(begin + AT_ONCE).min(to))
            .map(|n| {
                let mut rng = StdRng::seed_from_u64(n as u64);
                let fingerprint = fingerprint(&picture(&mut rng), &mut rng, 4.0);
                (PhotoHash::of(&n.to_be_bytes()), fingerprint)
            })
            .collect();
        let put = async |office: &TestOffice| {
            let mut tx = office.state.store.write().await.unwrap();
            for (hash, fingerprint) in &seen {
                tx.put_fingerprint(office.office.id, hash, Some(fingerprint), &[]).await.unwrap();
            }
            tx.commit().await.unwrap();
        };
        tokio::join!(put(offices[0]), put(offices[1]));
    }
}

/// Median and 95th percentile in milliseconds, and how many had to be compared. Half of those asked about were there
/// before, and are found.
async fn ask(office: &TestOffice, photos: usize) -> (f64, f64, usize) {
    let (mut times, mut near) = (vec![], vec![]);
    for n in 0..TIMES {
        let known = n % 2 == 0;
        let seed = if known { n * photos / TIMES } else { photos * 10 + n };
        let mut rng = StdRng::seed_from_u64(seed as u64);
        let picture = picture(&mut rng);
        let fingerprint = fingerprint(&picture, &mut rng, 9.0);
        let begun = Instant::now();
        let found = office.state.store.fingerprints_near(office.office.id, &fingerprint).await.unwrap();
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        let is_there = found.iter().any(|(hash, _)| *hash == PhotoHash::of(&seed.to_be_bytes()));
        assert!(!known || is_there, "photo {seed} is there and was not found");
        near.push(found.len());
    }
    times.sort_by(f64::total_cmp);
    near.sort_unstable();
    (times[TIMES / 2], times[TIMES * 95 / 100], near[TIMES / 2])
}
