//! What speaks against a photo, and what does not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, NaiveDateTime, TimeZone, Utc};
use domain::{
    id::{HazardId, PersonId, VisitId},
    integrity::{
        ExaminedPhoto, FingerprintState, PhotoFlag, PhotoUse, RecordRef, SimilarUse, Thresholds,
        compare_before_after, of_facts, used_before,
    },
    photo::{Camera, Grey, ImageFingerprint, PhotoFacts, PhotoHash, Source},
    place::Location,
};
use proptest::prelude::*;
use uuid::Uuid;

const SITE: Location = Location { latitude: 34.8561, longitude: 113.599, accuracy: None };

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

fn camera() -> Camera {
    let taken = NaiveDateTime::parse_from_str("2026-11-25 09:00:00", "%Y-%m-%d %H:%M:%S").unwrap();
    Camera { taken: Some(taken), device: "HUAWEI nova".into(), orientation: Some(6), ..Camera::default() }
}

fn photo(name: &[u8]) -> PhotoFacts {
    PhotoFacts {
        hash: PhotoHash::of(name),
        bytes: 9,
        media_type: "image/jpeg".into(),
        width: 2048,
        height: 1536,
        at: now(),
        by: PersonId(Uuid::from_u128(3)),
        location: None,
        original: Some(PhotoHash::of(&[name, b"original"].concat())),
        camera: Some(camera()),
        source: Some(Source::Camera),
        caption_height: 0,
    }
}

fn of(facts: &PhotoFacts) -> Vec<PhotoFlag> {
    of_facts(facts, Some(&SITE), &Thresholds::default())
}

#[test]
fn a_photo_of_today_from_a_camera_at_the_site_is_blameless() {
    let here = Location { latitude: 34.8565, ..SITE };
    assert_eq!(of(&photo(b"a")), []);
    assert_eq!(of(&PhotoFacts { location: Some(here), ..photo(b"a") }), []);
    // The camera's local morning is still yesterday in Greenwich: its day is what its clock says.
    let in_app = PhotoFacts { camera: None, source: Some(Source::InApp), ..photo(b"a") };
    assert_eq!(of(&in_app), []);
    // Earlier versions did not tell.
    assert_eq!(of(&PhotoFacts { camera: None, source: None, ..photo(b"a") }), []);
}

#[test]
fn what_speaks_against_a_photo_is_said_with_its_figures() {
    let old = Camera { taken: camera().taken.map(|taken| taken - Duration::days(9)), ..camera() };
    let found = of(&PhotoFacts { camera: Some(old), ..photo(b"a") });
    let [PhotoFlag::OtherDay { taken, recorded }] = found[..] else { panic!("{found:?}") };
    assert_eq!((taken.to_string(), recorded.to_string()), ("2026-11-16".into(), "2026-11-25".into()));

    let far = Camera { location: Some(Location { latitude: 34.9, ..SITE }), ..camera() };
    let found = of(&PhotoFacts { camera: Some(far), location: Some(SITE), ..photo(b"a") });
    assert!(matches!(found[..], [PhotoFlag::FarAway { metres: 4_800..=4_950 }]), "{found:?}");

    // A place that is known to a kilometre only says nothing of three hundred metres.
    let vague = Location { latitude: 34.864, accuracy: Some(1_000.0), ..SITE };
    assert_eq!(of(&PhotoFacts { location: Some(vague), ..photo(b"a") }), []);

    let edited = Camera { software: "Adobe Photoshop CC 2019 (Windows)".into(), ..camera() };
    assert!(matches!(
        of(&PhotoFacts { camera: Some(edited), ..photo(b"a") })[..],
        [PhotoFlag::Edited { .. }]
    ));
    let firmware = Camera { software: "NOP-AL00 4.2.0.130".into(), ..camera() };
    assert_eq!(of(&PhotoFacts { camera: Some(firmware), ..photo(b"a") }), []);

    let bare = PhotoFacts { camera: None, source: Some(Source::Gallery), ..photo(b"a") };
    assert_eq!(of(&bare), [PhotoFlag::FromGallery, PhotoFlag::NoCamera]);
}

/// A picture of waves, of which `seed` decides which.
fn picture(seed: u64, width: u32, height: u32) -> Grey {
    let wave = |n: u64| (seed.wrapping_mul(2_654_435_761).rotate_left(n as u32 * 7) % 97) as f32 / 97.0;
    let pixels = (0..height).flat_map(|y| {
        (0..width).map(move |x| {
            let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
            let sum: f32 = (0..6)
                .map(|n| {
                    let (across, down) = (1.0 + wave(n) * 9.0, 1.0 + wave(n + 6) * 9.0);
                    (u * across * 3.0 + v * down * 3.0 + wave(n + 12) * 6.0).sin()
                })
                .sum();
            (127.0 + sum * 20.0) as u8
        })
    });
    Grey::new(width, height, pixels.collect()).unwrap()
}

fn shown(n: u128, day: i64, bits: Option<u32>) -> SimilarUse {
    let by = RecordRef::Hazard(HazardId(Uuid::from_u128(n)));
    SimilarUse {
        record: PhotoUse { photo: PhotoHash::of(&n.to_be_bytes()), by },
        at: now() + Duration::days(day),
        bits,
    }
}

fn numbers(found: &[PhotoFlag]) -> Vec<(u128, bool)> {
    let number = |finding: &PhotoFlag| match finding {
        PhotoFlag::SameBytes { earlier } => (earlier.of.as_ref().unwrap().by, true),
        PhotoFlag::NearlySame { earlier, .. } => (earlier.of.as_ref().unwrap().by, false),
        other => panic!("{other:?}"),
    };
    let plain = |(by, same)| match by {
        RecordRef::Hazard(id) => (id.0.as_u128(), same),
        RecordRef::Visit(id) => (id.0.as_u128(), same),
        RecordRef::Site(id) => (id.0.as_u128(), same),
    };
    found.iter().map(number).map(plain).collect()
}

#[test]
fn a_photo_that_was_used_before_says_where_and_the_first_use_is_blameless() {
    let used =
        |own: &[RecordRef], all: &[SimilarUse]| numbers(&used_before(own, all, &Thresholds::default()));
    let all = [shown(3, 3, None), shown(1, 1, None), shown(2, 2, Some(40)), shown(4, 0, Some(81))];
    let own = |n: usize| all[n].record.by;
    assert_eq!(used(&[own(0)], &all), [(1, true), (2, false)], "the third use, not what is too unlike");
    assert_eq!(used(&[own(1)], &all), []);
    assert_eq!(used(&[own(0), own(1)], &all), [], "one matter");
    // Not told of itself yet: everything came before.
    let elsewhere = RecordRef::Visit(VisitId(Uuid::from_u128(5)));
    assert_eq!(used(&[elsewhere], &all[..2]), [(1, true), (3, true)]);
    // Twice in one record is told once, as the stronger finding.
    let twice = [shown(9, 9, None), shown(1, 1, Some(3)), shown(1, 1, None)];
    assert_eq!(used(&[twice[0].record.by], &twice), [(1, true)]);
    // Two records that came together: one of them was first.
    let together = [shown(1, 0, None), shown(2, 0, None)];
    assert_eq!(used(&[together[1].record.by], &together), [(1, true)]);
    assert_eq!(used(&[together[0].record.by], &together), []);
}

#[test]
fn a_picture_made_smaller_is_nearly_the_same_and_another_is_not() {
    let fingerprint = |seed, width, height| ImageFingerprint::of(&picture(seed, width, height));
    let (whole, smaller, other) =
        (fingerprint(1, 640, 480), fingerprint(1, 300, 200), fingerprint(2, 640, 480));
    let most = Thresholds::default().alike_bits;
    assert!(whole.distance(&smaller).fine < most / 4 && whole.distance(&other).fine > most);
    assert!(!whole.probe_keys().is_disjoint(&smaller.keys().into_iter().map(|(key, _)| key).collect()));
}

#[test]
fn a_rectification_is_looked_at_beside_what_was_found() {
    let seen = |name: &[u8], fingerprint| ExaminedPhoto { facts: photo(name), fingerprint };
    let [first, smaller, other] = [(1, 640, 480), (1, 500, 400), (2, 640, 480)]
        .map(|(seed, w, h)| ImageFingerprint::of(&picture(seed, w, h)));
    let found = [seen(b"found", FingerprintState::Known(Box::new(first)))];
    let usual = Thresholds::default();
    let beside =
        |after: &ExaminedPhoto, thresholds: &Thresholds| compare_before_after(after, &found, thresholds);
    // The same file, stamped anew; and saved anew.
    let stamped = ExaminedPhoto {
        facts: PhotoFacts { hash: PhotoHash::of(b"b"), ..photo(b"found") },
        fingerprint: FingerprintState::Pending,
    };
    assert_eq!(beside(&stamped, &usual), Some(PhotoFlag::SameAsFound { bits: None }));
    let again = beside(&seen(b"b", FingerprintState::Known(Box::new(smaller))), &usual);
    assert!(matches!(again, Some(PhotoFlag::SameAsFound { bits: Some(..40) })), "{again:?}");
    let elsewhere = seen(b"c", FingerprintState::Known(Box::new(other)));
    let hint = beside(&elsewhere, &Thresholds { same_place_percent: 90, ..usual });
    assert!(matches!(hint, Some(PhotoFlag::OtherPlace { percent: ..90 })), "{hint:?}");
    // Neither the same picture nor unlike its place, or nothing to compare with.
    assert_eq!(beside(&elsewhere, &Thresholds { same_place_percent: 0, ..usual }), None);
    assert_eq!(beside(&seen(b"d", FingerprintState::Unavailable), &usual), None);
    assert_eq!(compare_before_after(&elsewhere, &[], &usual), None);
}

proptest! {
    #[test]
    fn a_fingerprint_reads_back_and_shares_a_key_with_itself(seed: u64, width in 1u32..80, height in 1u32..80) {
        let fingerprint = ImageFingerprint::of(&picture(seed, width, height));
        prop_assert_eq!(ImageFingerprint::from_bytes(&fingerprint.to_bytes()), Some(fingerprint.clone()));
        prop_assert!(fingerprint.keys().iter().all(|(key, _)| fingerprint.probe_keys().contains(key)));
        prop_assert!(fingerprint.keys().iter().all(|(_, coarse)| fingerprint.may_be_near(*coarse)));
        prop_assert_eq!(fingerprint.distance(&fingerprint).fine, 0);
        prop_assert_eq!(ImageFingerprint::from_bytes(&fingerprint.to_bytes()[1..]), None);
    }
}
