//! Photo bytes, by content.

use chrono::{TimeZone, Utc};
use domain::photo::PhotoHash;
use futures::future::join_all;
use storage::blobs::{Blobs, Variant};
use uuid::Uuid;

const BYTES: &[u8] = b"not a photo, but bytes";

pub async fn what_was_put_comes_back(blobs: &impl Blobs) {
    let (hash, other) = (PhotoHash::of(BYTES), PhotoHash::of(b"another"));
    blobs.ready().await.unwrap();
    assert_eq!(blobs.get(&hash, Variant::Original).await.unwrap(), None);
    blobs.put(&hash, Variant::Original, BYTES).await.unwrap();
    assert_eq!(blobs.get(&hash, Variant::Original).await.unwrap().as_deref(), Some(BYTES));
    assert!(blobs.has(&hash, Variant::Original).await.unwrap());
    assert!(!blobs.has(&other, Variant::Original).await.unwrap());
    assert_eq!(blobs.size(&hash, Variant::Original).await.unwrap(), Some(BYTES.len() as u64));
    assert_eq!(blobs.size(&other, Variant::Original).await.unwrap(), None);
    let part = blobs.part(&hash, Variant::Original, 4..9).await.unwrap();
    assert_eq!(part.as_deref(), Some(&BYTES[4..9]));
    assert_eq!(blobs.part(&other, Variant::Original, 4..9).await.unwrap(), None);
}

pub async fn writing_twice_is_writing_once(blobs: &impl Blobs) {
    let hash = PhotoHash::of(BYTES);
    blobs.put(&hash, Variant::Original, BYTES).await.unwrap();
    blobs.put(&hash, Variant::Original, BYTES).await.unwrap();
    assert_eq!(blobs.get(&hash, Variant::Original).await.unwrap().as_deref(), Some(BYTES));
}

pub async fn variants_stand_apart(blobs: &impl Blobs) {
    let hash = PhotoHash::of(BYTES);
    blobs.put(&hash, Variant::Thumbnail, b"small").await.unwrap();
    assert!(!blobs.has(&hash, Variant::Original).await.unwrap());
    blobs.put(&hash, Variant::Original, BYTES).await.unwrap();
    assert_eq!(blobs.get(&hash, Variant::Thumbnail).await.unwrap().as_deref(), Some(&b"small"[..]));
}

pub async fn what_was_deleted_is_gone(blobs: &impl Blobs) {
    let (hash, part) = (PhotoHash::of(BYTES), Variant::Part(Uuid::from_u128(7)));
    blobs.delete(&hash, part).await.unwrap();
    blobs.put(&hash, part, b"piece").await.unwrap();
    blobs.put(&hash, Variant::Original, BYTES).await.unwrap();
    assert_eq!(blobs.get(&hash, part).await.unwrap().as_deref(), Some(&b"piece"[..]));
    blobs.delete(&hash, part).await.unwrap();
    assert_eq!(blobs.get(&hash, part).await.unwrap(), None);
    assert!(blobs.has(&hash, Variant::Original).await.unwrap());
    for variant in [Variant::Thumbnail, Variant::Preview, Variant::Original] {
        blobs.put(&hash, variant, BYTES).await.unwrap();
        blobs.delete(&hash, variant).await.unwrap();
        blobs.delete(&hash, variant).await.unwrap();
        assert_eq!(blobs.get(&hash, variant).await.unwrap(), None, "{variant:?}");
    }
    blobs.put(&hash, Variant::Original, BYTES).await.unwrap();
    assert!(blobs.has(&hash, Variant::Original).await.unwrap(), "it can come again");
}

pub async fn many_may_write_the_same_at_once(blobs: &impl Blobs) {
    let large = vec![7; 300_000];
    let hash = PhotoHash::of(&large);
    let writes = join_all((0..8).map(|_| blobs.put(&hash, Variant::Original, &large))).await;
    assert!(writes.iter().all(Result::is_ok));
    assert_eq!(blobs.get(&hash, Variant::Original).await.unwrap(), Some(large));
}

pub async fn pieces_are_found_by_their_age(blobs: &impl Blobs) {
    let (hash, name) = (PhotoHash::of(BYTES), Uuid::from_u128(7));
    blobs.put(&hash, Variant::Part(name), b"piece").await.unwrap();
    blobs.put(&hash, Variant::Original, BYTES).await.unwrap();
    // By the clock of whoever stores them.
    let year = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
    assert_eq!(blobs.pieces(year(2000)).await.unwrap(), []);
    assert_eq!(blobs.pieces(year(2100)).await.unwrap(), [(hash, name)]);
    assert_eq!(blobs.clear_drafts(year(2100)).await.unwrap(), 0, "nobody died while writing");
    if let Some(room) = blobs.room().await.unwrap() {
        assert!(room.free <= room.total && room.takes(0), "{room:?}");
    }
}
