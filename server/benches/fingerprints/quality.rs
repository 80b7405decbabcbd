//! Precision and recall of "nearly the same", on real photos and their quarters.

use super::changes::CHANGES;
use domain::{
    integrity::Thresholds,
    photo::{Grey, ImageFingerprint},
};
use image::{GrayImage, ImageReader, imageops, imageops::FilterType};
use rand::{SeedableRng, rngs::StdRng};
use std::{fs, io::Cursor, path::Path};

/// Each change is made so often of each picture.
const TIMES: usize = 2;

/// One scene in several orientations, of which one stands for all; and one that is damaged, grey all over: there is nothing
/// in it by which to know it again.
const LEFT_OUT: [&str; 5] =
    ["portrait_3.jpg", "portrait_5.jpg", "portrait_6.jpg", "portrait_8.jpg", "corrupted.jpg"];

struct Picture {
    /// Of the photo that it was taken from.
    photo: String,
    grey: GrayImage,
    fingerprint: ImageFingerprint,
}

fn fingerprint(picture: &GrayImage) -> ImageFingerprint {
    ImageFingerprint::of(&Grey::new(picture.width(), picture.height(), picture.as_raw().clone()).unwrap())
}

/// Every photo whole and its four quarters: many different pictures out of few photos.
fn pictures() -> Vec<Picture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/photos");
    let mut files: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
    files.sort();
    let mut pictures = vec![];
    for file in files {
        let photo = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&file).unwrap();
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
        let Ok(decoded) = reader.decode() else { continue };
        if LEFT_OUT.contains(&photo.as_str()) {
            continue;
        }
        let whole = decoded.resize(1200, 1200, FilterType::Triangle).into_luma8();
        let (width, height) = (whole.width() / 2, whole.height() / 2);
        let quarters = [(0, 0), (width, 0), (0, height), (width, height)];
        let quarters = quarters.map(|(x, y)| imageops::crop_imm(&whole, x, y, width, height).to_image());
        for grey in quarters.into_iter().chain([whole]) {
            if Grey::new(grey.width(), grey.height(), grey.as_raw().clone()).unwrap().is_blank() {
                continue;
            }
            pictures.push(Picture { photo: photo.clone(), fingerprint: fingerprint(&grey), grey });
        }
    }
    pictures
}

pub fn table() {
    let pictures = pictures();
    if pictures.is_empty() {
        println!("no photos beside the repository: nothing to measure the rule on");
        return;
    }
    let most = Thresholds::default().alike_bits;
    let mut rng = StdRng::seed_from_u64(7);
    let (mut alike, mut strangers, mut places) = (vec![], vec![], (vec![], vec![]));
    println!("{} pictures of real photos, each changed {TIMES} times in every way\n", pictures.len());
    println!("| change | found, of all | bits of 256, median | most |\n| --- | --- | --- | --- |");
    for (name, change) in CHANGES {
        let mut bits = vec![];
        let mut found = 0;
        for picture in pictures.iter().flat_map(|picture| [picture; TIMES]) {
            let changed = fingerprint(&change(&picture.grey, &mut rng));
            let near = is_near(&changed, &picture.fingerprint);
            let distance = changed.distance(&picture.fingerprint).fine;
            found += usize::from(near && distance <= most);
            bits.push(distance);
            alike.push((near, distance));
            places.0.push(changed.structure.similarity(&picture.fingerprint.structure));
            for other in pictures.iter().filter(|other| other.photo != picture.photo) {
                strangers
                    .push((is_near(&changed, &other.fingerprint), changed.distance(&other.fingerprint).fine));
                places.1.push(changed.structure.similarity(&other.fingerprint.structure));
            }
        }
        bits.sort_unstable();
        let all = bits.len();
        println!("| {name} | {:.3} | {} | {} |", found as f64 / all as f64, bits[all / 2], bits[all - 1]);
    }
    let looked_at = strangers.iter().filter(|(near, _)| *near).count();
    println!(
        "\nof {} strangers {:.4} share a key",
        strangers.len(),
        looked_at as f64 / strangers.len() as f64
    );
    println!("\n| bits allowed | recall | precision | strangers suspected |\n| --- | --- | --- | --- |");
    for bits in [40, 50, 60, 70, 80, 90, 96, 104] {
        let within =
            |of: &[(bool, u32)]| of.iter().filter(|(near, distance)| *near && *distance <= bits).count();
        let (right, wrong) = (within(&alike), within(&strangers));
        let here = if bits == most { " (as set)" } else { "" };
        println!(
            "| {bits}{here} | {:.3} | {:.4} | {wrong} |",
            right as f64 / alike.len() as f64,
            right as f64 / (right + wrong).max(1) as f64
        );
    }
    let share = |list: &mut Vec<f32>, part: usize| {
        list.sort_by(f32::total_cmp);
        list[list.len() * part / 100]
    };
    println!(
        "\nlikeness of structure: the same place 1 % {:.2}, half {:.2}; strangers half {:.2}, 99 % {:.2}\n",
        share(&mut places.0, 1),
        share(&mut places.0, 50),
        share(&mut places.1, 50),
        share(&mut places.1, 99)
    );
}

/// As the index finds it.
fn is_near(new: &ImageFingerprint, before: &ImageFingerprint) -> bool {
    let keys = new.probe_keys();
    before.keys().iter().any(|(key, coarse)| keys.contains(key) && new.may_be_near(*coarse))
}
