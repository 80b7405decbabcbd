//! What cannot be unpacked is taken in, found, said to whoever sent it and to the desk, and proves nothing.

use super::{actor, clean, is_unfounded, plan, reported};
use crate::{
    asker::{at_desk, said},
    batches::held_with_waiting,
    office::{Phone, TestOffice, command, found, id, outcome_of},
    photos::{announce, jpeg},
};
use app::error::AppError;
use axum::http::StatusCode;
use domain::{
    hazard::{Evidence, HazardCommand, HazardStatusKind},
    id::HazardId,
    integrity::{Comparison, FingerprintState, PhotoFlag},
    photo::PhotoHash,
    role::Role,
};
use flate2::{Compression, Crc, write::ZlibEncoder};
use serde_json::{Value, json};
use server::{
    jobs::{self, find_unprocessed_photos},
    service::hazards,
};
use std::io::Write;

/// A PNG in good order, in which this is to be unpacked to 400 by 300 pixels.
fn png(packed: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], body: &[u8]| {
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(body);
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        [&length, kind.as_slice(), body, &crc.sum().to_be_bytes()].concat()
    };
    let head = [[400_u32, 300].map(u32::to_be_bytes).concat(), vec![8, 2, 0, 0, 0]].concat();
    let parts = [chunk(b"IHDR", &head), chunk(b"IDAT", packed), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n".as_slice(), &parts.concat()].concat()
}

/// Compressed, and too little for a picture.
fn too_little() -> Vec<u8> {
    let mut packed = ZlibEncoder::new(vec![], Compression::fast());
    packed.write_all(&[7; 5_000]).unwrap();
    packed.finish().unwrap()
}

/// Tells of the photo and sends it; what was said.
async fn sent(phone: &Phone<'_>, bytes: &[u8], media_type: &str) -> (PhotoHash, Value) {
    let (hash, mut announced) = announce(phone, bytes);
    announced["payload"]["photo"]["media_type"] = json!(media_type);
    assert_eq!(outcome_of(&phone.sync(&[announced]).await[0]), "received");
    let reply = phone.upload_whole(bytes.to_vec()).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    (hash, reply.json())
}

async fn receipt(phone: &Phone<'_>, hash: &PhotoHash) -> Value {
    phone.request("GET", &format!("/api/v1/attachments/{hash}/receipt"), "").await.json()
}

async fn worked_off(office: &TestOffice) {
    while jobs::work_off(&office.state).await.unwrap() > 0 {}
}

#[tokio::test]
async fn a_photo_that_cannot_be_unpacked_is_taken_in_found_and_told_to_its_sender() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let cases = [
        ("a picture", jpeg(10), "image/jpeg", "done"),
        ("rubbish", png(&[0x55; 4_000]), "image/png", "failed"),
        ("too little", png(&too_little()), "image/png", "failed"),
    ];
    for (what, bytes, media_type, came) in cases {
        let (hash, said) = sent(&phone, &bytes, media_type).await;
        assert_eq!(said["unpacking"], "to_come", "{what}");
        assert_eq!(receipt(&phone, &hash).await, said, "{what}");
        worked_off(&office).await;
        assert_eq!(receipt(&phone, &hash).await["unpacking"], came, "{what}");
        // Whoever sends it again is told so, too.
        assert_eq!(phone.upload_whole(bytes.clone()).await.json()["unpacking"], came, "{what}");
        let state = office.state.store.fingerprint(office.office.id, &hash).await.unwrap();
        assert_eq!(state == FingerprintState::Damaged, came == "failed", "{what}: {state:?}");
        // It is kept as it came.
        let path = format!("/api/v1/attachments/{hash}");
        assert_eq!(phone.request("GET", &path, "").await.bytes, bytes, "{what}");
    }
    let failed: u64 = office.state.store.job_counts().await.unwrap().iter().map(|count| count.failed).sum();
    assert_eq!(failed, 0, "to have found it is what the job is for");
    assert_eq!(find_unprocessed_photos::find(&office.state).await.unwrap(), 0, "nobody looks again");
    clean(&office).await;
}

#[tokio::test]
async fn what_cannot_be_unpacked_is_told_at_the_desk_and_nothing_is_accepted_by_it() {
    let office = TestOffice::open().await;
    let (supervisor, officer) = (office.phone(Role::Supervisor).await, office.phone(Role::Officer).await);
    let enterprise = office.phone(Role::Enterprise).await;
    let hazard = reported(&supervisor, &office.site).await;
    supervisor.sync(&[command(hazard, json!(plan(None, "2026-12-01")))]).await;
    let (damaged, _) = sent(&enterprise, &png(&[0x55; 4_000]), "image/png").await;
    let rectified = |photos: &[&PhotoHash]| command(hazard, json!({ "rectify": { "photos": photos } }));
    assert_eq!(outcome_of(&enterprise.sync(&[rectified(&[&damaged])]).await[0]), "received");
    worked_off(&office).await;

    let desk = at_desk(&actor(&officer).await);
    let file = hazards::file(&office.state, &desk, hazard).await.unwrap();
    let photo = file.photos.iter().find(|photo| photo.hash == damaged).unwrap();
    assert_eq!(photo.findings[0].finding, PhotoFlag::Damaged);
    assert_eq!((photo.comparison, photo.is_drawn(), photo.is_damaged()), (Comparison::Done, false, true));

    let accepted = || command(hazard, json!({ "accept": {} }));
    is_unfounded(&officer.sync(&[accepted()]).await[0], "proof");
    let accept = HazardCommand::Accept(Evidence { note: String::new(), photos: vec![] });
    let refused = said(hazards::act(&office.state, &desk, hazard, &accept, 3).await);
    assert!(matches!(&refused, Err(AppError::Invalid { field, .. }) if field == "note"), "{refused:?}");

    // Beside one that shows something it is one too many, and no more.
    let returned = json!({ "return": { "reason": "照片打不开", "deadline": "2026-12-02", "photos": [] } });
    assert_eq!(outcome_of(&officer.sync(&[command(hazard, returned)]).await[0]), "received");
    let (whole, _) = sent(&enterprise, &jpeg(10), "image/jpeg").await;
    assert_eq!(outcome_of(&enterprise.sync(&[rectified(&[&damaged, &whole])]).await[0]), "received");
    worked_off(&office).await;
    assert_eq!(outcome_of(&officer.sync(&[accepted()]).await[0]), "received");
    assert_eq!(status(&office, hazard).await, HazardStatusKind::Closed);
    clean(&office).await;
}

/// All three requests wait for the store, the last two for the same turn.
#[tokio::test]
async fn what_cannot_be_unpacked_proves_nothing_in_the_turn_that_names_it() {
    let office = TestOffice::open().await;
    let (supervisor, officer) = (office.phone(Role::Supervisor).await, office.phone(Role::Officer).await);
    let enterprise = office.phone(Role::Enterprise).await;
    let hazard = reported(&supervisor, &office.site).await;
    supervisor.sync(&[command(hazard, json!(plan(None, "2026-12-01")))]).await;
    let (damaged, _) = sent(&enterprise, &png(&[0x55; 4_000]), "image/png").await;
    worked_off(&office).await;
    let held = office.state.store.write().await.unwrap();
    let first = [found(id::<HazardId>(), office.site.id, "飞线充电")];
    let rectified = [command(hazard, json!({ "rectify": { "photos": [damaged] } }))];
    let accepted = [command(hazard, json!({ "accept": {} }))];
    let (first, rectified, accepted, ()) = tokio::join!(
        supervisor.sync(&first),
        async {
            held_with_waiting(&office, 0).await;
            enterprise.sync(&rectified).await
        },
        async {
            held_with_waiting(&office, 1).await;
            officer.sync(&accepted).await
        },
        async {
            held_with_waiting(&office, 2).await;
            drop(held);
        },
    );
    assert_eq!([outcome_of(&first[0]), outcome_of(&rectified[0])], ["received"; 2]);
    is_unfounded(&accepted[0], "proof");
    assert_eq!(status(&office, hazard).await, HazardStatusKind::Rectified);
    clean(&office).await;
}

async fn status(office: &TestOffice, hazard: HazardId) -> HazardStatusKind {
    office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap().status.kind()
}
