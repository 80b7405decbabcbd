//! Photos alone, by sixteen clients: how many are taken in, how many are worked off to the last small picture and
//! comparison, and what one costs the server's process.

use super::{
    clients::{self, Load, Work},
    open,
};
use rand::{Rng, seq::SliceRandom};
use std::time::{Duration, Instant};
use test_support::postgres::Cluster;
use tokio::time::sleep;

const CLIENTS: usize = 16;
const SECONDS: Duration = Duration::from_secs(8);

/// Pixels and bytes of what a phone sends.
const SIZE: (u32, u32) = (2048, 1536);
const BYTES: usize = 300 * 1024;

/// Units of 16 by 16 pixels in one tile.
const TILE: u16 = 32;

/// A photo cut into tiles that can stand in any order: another picture each time, at the cost of a copy.
#[derive(Debug)]
pub struct Tiles {
    head: Vec<u8>,
    tiles: Vec<Vec<u8>>,
}

impl Tiles {
    /// With as much in it as makes a JPEG of [`BYTES`].
    pub fn draw() -> Self {
        let layers =
            [(40, 90.0_f32), (8, 40.0), (3, 30.0)].map(|(coarse, strength)| (noise(coarse), strength));
        let picture = image::RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| {
            let sum = layers.iter().fold([127.0; 3], |mut sum, (layer, strength)| {
                for (sum, shade) in sum.iter_mut().zip(layer.get_pixel(x, y).0) {
                    *sum += (f32::from(shade) / 127.5 - 1.0) * *strength;
                }
                sum
            });
            image::Rgb(sum.map(|shade| shade.clamp(0.0, 255.0) as u8))
        });
        let written = |quality: u8| {
            let mut bytes = vec![];
            let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
            encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
            encoder.set_restart_interval(TILE);
            let (width, height) = (u16::try_from(SIZE.0).unwrap(), u16::try_from(SIZE.1).unwrap());
            encoder.encode(&picture, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
            bytes
        };
        let best = (20..=95).step_by(5).map(written).take_while(|bytes| bytes.len() <= BYTES).last();
        Self::cut(&best.unwrap())
    }

    fn cut(jpeg: &[u8]) -> Self {
        let scan = jpeg.windows(2).position(|marker| marker == [0xff, 0xda]).unwrap();
        let begin = scan + 2 + usize::from(u16::from_be_bytes([jpeg[scan + 2], jpeg[scan + 3]]));
        let data = &jpeg[begin..jpeg.len() - 2];
        let mut tiles = vec![vec![]];
        let mut at = 0;
        while at < data.len() {
            if data[at] == 0xff && (0xd0..=0xd7).contains(&data[at + 1]) {
                tiles.push(vec![]);
                at += 2;
            } else {
                tiles.last_mut().unwrap().push(data[at]);
                at += 1;
            }
        }
        Self { head: jpeg[..begin].to_vec(), tiles }
    }

    pub fn shuffled(&self) -> Vec<u8> {
        let mut order: Vec<&Vec<u8>> = self.tiles.iter().collect();
        order.shuffle(&mut rand::rng());
        let mut bytes = self.head.clone();
        for (number, tile) in order.into_iter().enumerate() {
            if number > 0 {
                bytes.extend([0xff, 0xd0 + ((number - 1) % 8) as u8]);
            }
            bytes.extend_from_slice(tile);
        }
        bytes.extend([0xff, 0xd9]);
        bytes
    }
}

/// Of spots so many pixels wide.
fn noise(coarse: u32) -> image::RgbImage {
    let mut spots = image::RgbImage::new(SIZE.0.div_ceil(coarse), SIZE.1.div_ceil(coarse));
    rand::rng().fill_bytes(&mut spots);
    image::imageops::resize(&spots, SIZE.0, SIZE.1, image::imageops::FilterType::Triangle)
}

pub async fn measure(store: &str, cluster: &Cluster) {
    let (office, server) = open(store, cluster).await;
    let load = Load::prepare(&office, &server.url).await;
    load.run(Work::PhotoAlone, CLIENTS, Duration::from_secs(1)).await;
    worked_off(&office).await;
    let mut pids = vec![server.pid()];
    if store != "SQLite" {
        pids.push(cluster.pid());
    }
    let (before, begun) = (clients::cpu_ms(&pids), Instant::now());
    let measured = load.run(Work::PhotoAlone, CLIENTS, SECONDS).await;
    let taken_in = measured.a_second();
    worked_off(&office).await;
    let (took, photos) = (begun.elapsed(), measured.submissions as f64);
    let cpu = (clients::cpu_ms(&pids) - before) / photos;
    let rate = photos / took.as_secs_f64();
    let p99 = measured.at(0.99);
    println!("| {store} | {CLIENTS} | {photos} | {taken_in:.0} | {rate:.0} | {cpu:.1} | {p99:.0} |");
}

/// Until nothing waits and nothing is under way.
async fn worked_off(office: &super::office::TestOffice) {
    loop {
        let counts = office.state.store.job_counts().await.unwrap();
        if counts.iter().all(|count| count.waiting + count.running == 0) {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
}
