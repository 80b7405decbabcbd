//! The bytes of pictures that no form shows: when they go, and what keeps them.

use crate::{
    form_pictures::{Desk, file, noise},
    office::{TestOffice, now},
};
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use domain::{attachment::AttachmentFacts, photo::PhotoHash, place::Office};
use image::ImageFormat;
use service::{
    Services,
    blobs::{BlobError, Blobs, Variant},
    clock::SetClock,
    jobs::{
        JobError,
        sweep::{clear_bytes, sweep},
    },
    verify::verify,
};
use std::{future::pending, sync::Arc, time};
use uuid::Uuid;

/// The office some days and hours later.
fn later(office: &TestOffice, days: i64, hours: i64) -> Services {
    let clock = Arc::new(SetClock::at(now() + Duration::days(days) + Duration::hours(hours)));
    Services { clock, ..office.services.clone() }
}

async fn lies(office: &TestOffice, hash: &PhotoHash) -> bool {
    office.services.blobs.has(hash, Variant::Original).await.unwrap()
}

async fn undamaged(office: &TestOffice) {
    let report = verify(&*office.services.store, &*office.services.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
}

#[tokio::test]
async fn the_bytes_of_a_picture_go_an_hour_after_it_and_nothing_is_damaged() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    let first = file(noise(64, 48), ImageFormat::Png);
    desk.put(first.clone()).await.unwrap();
    let taken_out = desk.named().await;
    desk.put(file(noise(48, 64), ImageFormat::Png)).await.unwrap();
    let shown = desk.named().await;
    for small in [Variant::Thumbnail, Variant::Preview] {
        office.services.blobs.put(&taken_out, small, b"small").await.unwrap();
    }
    sweep(&office.services).await.unwrap();
    let swept = sweep(&later(&office, 31, 0)).await.unwrap();
    assert_eq!((swept.pictures, swept.bytes), (1, 0));
    assert!(lies(&office, &taken_out).await, "the row goes first");
    undamaged(&office).await;
    let known = office.services.store.attachment(desk.by.actor.office, &taken_out).await.unwrap();
    assert_eq!(known, None, "no attachment any more");

    // The server died with half of it done: the next hour does the rest.
    office.services.blobs.delete(&taken_out, Variant::Thumbnail).await.unwrap();
    assert_eq!(sweep(&later(&office, 31, 2)).await.unwrap().bytes, 1);
    for variant in [Variant::Original, Variant::Thumbnail, Variant::Preview] {
        assert!(!office.services.blobs.has(&taken_out, variant).await.unwrap(), "{variant:?}");
    }
    assert!(lies(&office, &shown).await);
    undamaged(&office).await;
    assert_eq!(sweep(&later(&office, 31, 4)).await.unwrap().bytes, 0);

    desk.put(first).await.unwrap();
    assert_eq!(desk.named().await, taken_out);
    assert!(!desk.kept().await.is_empty(), "it can be added again");
}

#[tokio::test]
async fn bytes_that_anything_else_names_stay() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    let (services, of) = (&office.services, desk.by.actor.office);
    let other = services.new_id();
    let mut hashes = vec![];
    for (wide, high) in [(64, 48), (48, 64), (80, 60), (60, 80)] {
        desk.put(file(noise(wide, high), ImageFormat::Png)).await.unwrap();
        hashes.push(desk.named().await);
    }
    let [told, elsewhere, alone, _] = &hashes[..] else { panic!("{hashes:?}") };
    let facts = |hash: &PhotoHash| {
        let facts = serde_json::json!({ "hash": hash, "bytes": 5, "media_type": "image/jpeg", "width": 4,
            "height": 3, "at": now(), "by": desk.by.actor.person });
        AttachmentFacts::Photo(serde_json::from_value(facts).unwrap())
    };
    let mut tx = services.store.write().await.unwrap();
    // Somebody's phone took the same for a photo, and another office has it too.
    tx.put_attachments(of, &[facts(told)]).await.unwrap();
    tx.put_office(&Office { id: other, name: "南湖街道".to_owned(), demo: false }).await.unwrap();
    tx.put_brought(other, &facts(elsewhere), now()).await.unwrap();
    tx.commit().await.unwrap();
    sweep(services).await.unwrap();
    assert_eq!(sweep(&later(&office, 31, 0)).await.unwrap().pictures, 3);
    assert_eq!(sweep(&later(&office, 31, 2)).await.unwrap().bytes, 1, "of the one that nothing names");
    assert!(lies(&office, told).await && lies(&office, elsewhere).await && !lies(&office, alone).await);
    let known = services.store.attachment(of, told).await.unwrap();
    assert!(known.is_some_and(|known| known.received_at.is_some()), "still the office's");
    assert_eq!(services.store.attachment(of, elsewhere).await.unwrap(), None);
}

#[tokio::test]
async fn a_picture_that_no_draft_came_to_name_leaves_no_bytes_for_good() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    desk.put(file(noise(64, 48), ImageFormat::Png)).await.unwrap();
    let (named, cut_off) = (desk.named().await, PhotoHash::of(b"cut off"));
    let mut tx = office.services.store.write().await.unwrap();
    tx.await_bytes(&cut_off, now()).await.unwrap();
    tx.commit().await.unwrap();
    office.services.blobs.put(&cut_off, Variant::Original, b"cut off").await.unwrap();
    assert_eq!(sweep(&office.services).await.unwrap().bytes, 0, "it may be named yet");
    assert_eq!(sweep(&later(&office, 0, 2)).await.unwrap().bytes, 1);
    assert!(!lies(&office, &cut_off).await && lies(&office, &named).await);
}

/// Whatever is asked of it, but for deleting, which never comes to an end.
#[derive(Debug)]
struct NeverDeleting(Arc<dyn Blobs>);

#[async_trait]
impl Blobs for NeverDeleting {
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError> {
        self.0.put(hash, variant, bytes).await
    }

    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError> {
        self.0.get(hash, variant).await
    }

    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError> {
        self.0.has(hash, variant).await
    }

    async fn delete(&self, _hash: &PhotoHash, _variant: Variant) -> Result<(), BlobError> {
        pending().await
    }

    async fn ready(&self) -> Result<(), BlobError> {
        self.0.ready().await
    }

    async fn pieces(&self, before: DateTime<Utc>) -> Result<Vec<(PhotoHash, Uuid)>, BlobError> {
        self.0.pieces(before).await
    }
}

/// A turn that lasts is taken away, and then others name what still goes.
#[tokio::test]
async fn a_storage_that_does_not_delete_keeps_the_turn_from_nobody_and_the_bytes_stay() {
    let office = TestOffice::open().await;
    let hash = PhotoHash::of(b"cut off");
    let mut tx = office.services.store.write().await.unwrap();
    tx.await_bytes(&hash, now()).await.unwrap();
    tx.commit().await.unwrap();
    office.services.blobs.put(&hash, Variant::Original, b"cut off").await.unwrap();
    let later = later(&office, 0, 2);
    let slow = Services { blobs: Arc::new(NeverDeleting(Arc::clone(&later.blobs))), ..later.clone() };
    let cleared = clear_bytes(&slow, time::Duration::from_millis(1)).await;
    assert!(matches!(cleared, Err(JobError::Unavailable(_))), "{cleared:?}");
    assert!(lies(&office, &hash).await);
    let mut tx = office.services.store.write().await.unwrap();
    tx.await_bytes(&hash, later.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(sweep(&later).await.unwrap().bytes, 0, "somebody is about to name it by now");
    assert!(lies(&office, &hash).await);
}
