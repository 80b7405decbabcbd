//! What whoever accepts is told of photos: used before, nearly the same, taken elsewhere, of another day.

use super::{
    office::{Phone, TestOffice, command, command_in, found, id, outcome_of},
    photos::announce,
};
use crate::asker::at_desk;
use domain::{
    hazard::Hazard,
    id::HazardId,
    integrity::{Comparison, FingerprintState, PhotoChecks, PhotoFlag},
    photo::PhotoHash,
    place::Location,
    role::{Actor, Role},
    site::Site,
};
use image::{Rgb, RgbImage, imageops};
use serde_json::{Value, json};
use server::{
    jobs::{self, find_unprocessed_photos},
    service::hazards,
};

/// A yard with some things in it.
pub fn scene(seed: u32) -> RgbImage {
    let mut picture = RgbImage::from_fn(800, 600, |x, y| {
        let wave = |n: u32| {
            ((x * (seed * n % 7 + 1)) as f32 / 130.0 + (y * (seed * n % 5 + 1)) as f32 / 90.0).sin() * 35.0
        };
        let shade = 127.0 + wave(1) + wave(2) + wave(3);
        Rgb([shade as u8, (shade * 0.9) as u8, (shade * 0.8) as u8])
    });
    for n in 0..6 {
        let (left, top) = ((seed * 97 + n * 131) % 650, (seed * 61 + n * 173) % 480);
        let thing = RgbImage::from_pixel(60 + n * 13, 40 + n * 11, Rgb([(n * 40) as u8; 3]));
        imageops::replace(&mut picture, &thing, left.into(), top.into());
    }
    picture
}

pub fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    picture.write_with_encoder(encoder).unwrap();
    bytes.into_inner()
}

/// Sends the photo, with what its facts say, as proof of something; gives its hash once the server has looked at it.
async fn taken(office: &TestOffice, phone: &Phone<'_>, bytes: Vec<u8>, facts: Value) -> PhotoHash {
    let (hash, mut announced) = announce(phone, &bytes);
    let told = announced["payload"]["photo"].as_object_mut().unwrap();
    told.extend(facts.as_object().cloned().unwrap());
    assert_eq!(outcome_of(&phone.sync(&[announced]).await[0]), "received");
    phone.upload_whole(bytes).await;
    while jobs::work_off(&office.state).await.unwrap() > 0 {}
    hash
}

async fn report(office: &TestOffice, phone: &Phone<'_>, photo: &PhotoHash) -> HazardId {
    let hazard: HazardId = id();
    let mut operation = found(hazard, office.site.id, "通道堆放杂物");
    command_in(&mut operation)["photos"] = json!([photo]);
    assert_eq!(outcome_of(&phone.sync(&[operation]).await[0]), "received");
    hazard
}

async fn actor(phone: &Phone<'_>) -> Actor {
    serde_json::from_value(phone.request("GET", "/api/v1/session", "").await.json()["actor"].clone()).unwrap()
}

/// What speaks against each of the hazard's photos, with whether the earlier record may be seen.
async fn told(office: &TestOffice, who: &Phone<'_>, hazard: HazardId) -> Vec<(PhotoFlag, bool)> {
    let file = hazards::file(&office.state, &at_desk(&actor(who).await), hazard).await.unwrap();
    let findings = file.photos.into_iter().flat_map(|photo| photo.findings);
    findings.map(|found| (found.finding, found.earlier.is_some())).collect()
}

#[tokio::test]
async fn a_photo_used_again_is_told_to_whoever_accepts_whatever_was_done_to_it() {
    let office = TestOffice::open().await;
    let (phone, officer) = (office.phone(Role::Inspector).await, office.phone(Role::Officer).await);
    let whole = scene(3);
    let first = taken(&office, &phone, jpeg(&whole, 90), json!({})).await;
    let earlier = report(&office, &phone, &first).await;
    assert_eq!(told(&office, &officer, earlier).await, [], "the first use is blameless");

    let smaller = imageops::resize(&whole, 400, 300, imageops::FilterType::Triangle);
    let cut = imageops::crop_imm(&whole, 30, 20, 730, 550).to_image();
    for again in [jpeg(&whole, 40), jpeg(&smaller, 80), jpeg(&cut, 80)] {
        let photo = taken(&office, &phone, again, json!({})).await;
        let later = report(&office, &phone, &photo).await;
        let told = told(&office, &officer, later).await;
        let (PhotoFlag::NearlySame { earlier: record, .. }, seen) = &told[0] else { panic!("{told:?}") };
        assert_eq!((record.of.as_ref().map(|used| &used.photo), *seen), (Some(&first), true));
    }
    let other = taken(&office, &phone, jpeg(&scene(11), 90), json!({})).await;
    let unrelated = report(&office, &phone, &other).await;
    assert_eq!(told(&office, &officer, unrelated).await, []);

    // The very same photo.
    let later = report(&office, &phone, &first).await;
    let told = told(&office, &officer, later).await;
    assert!(
        matches!(&told[0], (found @ PhotoFlag::SameBytes { .. }, true) if found.prior_use().unwrap().photo == first),
        "{told:?}"
    );
}

#[tokio::test]
async fn the_same_file_stamped_anew_is_the_same_file() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let original = json!({ "original": PhotoHash::of(b"from the camera") });
    let first = taken(&office, &phone, jpeg(&scene(3), 90), original.clone()).await;
    report(&office, &phone, &first).await;
    let stamped = taken(&office, &phone, jpeg(&scene(5), 90), original).await;
    let later = report(&office, &phone, &stamped).await;
    let told = told(&office, &office.phone(Role::Supervisor).await, later).await;
    assert!(
        matches!(&told[..], [(found @ PhotoFlag::SameBytes { .. }, true)] if found.prior_use().unwrap().photo == first),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_rectification_is_compared_with_what_was_found_and_with_its_own_facts() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let here = Location { latitude: 34.8561, longitude: 113.599, accuracy: None };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &Site { location: Some(here), ..office.site.clone() }).await.unwrap();
    tx.commit().await.unwrap();
    let photo = taken(&office, &phone, jpeg(&scene(3), 90), json!({})).await;
    let hazard = report(&office, &phone, &photo).await;
    let far = json!({ "camera": { "taken": "2026-10-01T09:00:00", "device": "HUAWEI", "software": "Snapseed 2.0",
        "location": { "latitude": 40.0, "longitude": 110.0 } }, "source": "gallery" });
    let grass = RgbImage::from_fn(800, 600, |x, y| {
        Rgb([((x / 9).wrapping_mul(2_654_435_761) ^ (y / 9).wrapping_mul(2_246_822_519)).to_be_bytes()[1]; 3])
    });
    let (officer, enterprise) = (office.phone(Role::Officer).await, office.phone(Role::Enterprise).await);
    let after = taken(&office, &enterprise, jpeg(&grass, 90), far).await;
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-12-01", "contingency": "巡查" } });
    assert_eq!(outcome_of(&officer.sync(&[command(hazard, plan)]).await[0]), "received");
    let rectified = command(hazard, json!({ "rectify": { "photos": [after] } }));
    assert_eq!(outcome_of(&enterprise.sync(&[rectified]).await[0]), "received");
    let told = told(&office, &office.phone(Role::Supervisor).await, hazard).await;
    let kinds: Vec<_> = told.iter().map(|(finding, _)| finding).collect();
    assert!(
        matches!(
            kinds[..],
            [
                PhotoFlag::FromGallery,
                PhotoFlag::OtherDay { .. },
                PhotoFlag::FarAway { metres: 500_000.. },
                PhotoFlag::Edited { .. },
                PhotoFlag::OtherPlace { .. }
            ]
        ),
        "{told:?}"
    );
    // The same on the phone of whoever may accept it, and of nobody else.
    let path = format!("/api/v1/hazards/{hazard}/photos");
    let asked: PhotoChecks = serde_json::from_value(phone.request("GET", &path, "").await.json()).unwrap();
    assert_eq!(asked.thresholds, office.state.thresholds);
    assert!(asked.photos.iter().all(|check| check.comparison == Comparison::Done));
    let findings = asked.photos.into_iter().flat_map(|check| check.findings);
    assert!(findings.map(|found| found.finding).eq(told.into_iter().map(|(finding, _)| finding)));
    assert_eq!(enterprise.request("GET", &path, "").await.status, 403);
    let unknown = format!("/api/v1/hazards/{}/photos", id::<HazardId>());
    assert_eq!(phone.request("GET", &unknown, "").await.status, 404);
    // Nothing is refused for it.
    let stored: Hazard = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.after, [after]);
}

#[tokio::test]
async fn the_found_photo_proves_no_rectification_but_may_be_shown_by_whoever_sends_it_back() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let photo = taken(&office, &phone, jpeg(&scene(3), 90), json!({})).await;
    let again = taken(&office, &phone, jpeg(&scene(3), 60), json!({})).await;
    let hazard = report(&office, &phone, &photo).await;
    let (officer, enterprise) = (office.phone(Role::Officer).await, office.phone(Role::Enterprise).await);
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-12-01", "contingency": "巡查" } });
    let steps = [
        (&officer, command(hazard, plan)),
        (&enterprise, command(hazard, json!({ "rectify": { "photos": [photo] } }))),
        (
            &phone,
            command(
                hazard,
                json!({ "return": { "reason": "没有改", "deadline": "2026-12-02", "photos": [again] } }),
            ),
        ),
    ];
    for (who, step) in steps {
        let answer = who.sync(&[step]).await;
        assert_eq!(outcome_of(&answer[0]), "received", "{answer:?}");
    }
    assert_eq!(told(&office, &officer, hazard).await, [(PhotoFlag::SameAsFound { bits: None }, false)]);
    let rectified = json!({ "rectify": { "photos": [again] } });
    assert_eq!(outcome_of(&enterprise.sync(&[command(hazard, rectified)]).await[0]), "received");
    let told = told(&office, &officer, hazard).await;
    assert!(
        matches!(
            told[..],
            [(PhotoFlag::SameAsFound { bits: None }, _), (PhotoFlag::SameAsFound { bits: Some(..40) }, _)]
        ),
        "{told:?}"
    );
}

#[tokio::test]
async fn photos_from_before_anybody_looked_are_looked_at() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let photo = taken(&office, &phone, jpeg(&scene(3), 90), json!({})).await;
    office.database.execute("DELETE FROM photo_fingerprint").await;
    office.database.execute("DELETE FROM photo_key").await;
    assert_eq!(
        office.state.store.fingerprint(office.office.id, &photo).await.unwrap(),
        FingerprintState::Pending
    );
    assert_eq!(find_unprocessed_photos::find(&office.state).await.unwrap(), 1);
    assert_eq!(find_unprocessed_photos::find(&office.state).await.unwrap(), 0, "its job waits already");
    while jobs::work_off(&office.state).await.unwrap() > 0 {}
    assert!(office.state.store.fingerprint(office.office.id, &photo).await.unwrap().fingerprint().is_some());
}
