//! A photo's way to the server: what is asked, sent and believed.

use chrono::{DateTime, TimeZone, Utc};
use domain::{
    device::{
        failure::Failure,
        queue::{PhotoRecord, PhotoStatus, RetryState},
        upload::{CHUNK, UploadReply, UploadStep, next_chunk},
    },
    id::PersonId,
    photo::{PhotoFacts, PhotoHash},
    sync::{PhotoReceipt, Unpacking},
};
use uuid::Uuid;

const AT: &str = "/api/v1/uploads/1";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

fn fresh(bytes: u64) -> PhotoRecord {
    let facts = PhotoFacts {
        hash: PhotoHash::of(b"photo"),
        bytes,
        media_type: "image/jpeg".into(),
        width: 2,
        height: 1,
        at: now(),
        by: PersonId(Uuid::from_u128(3)),
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    };
    let status =
        PhotoStatus::Waiting { announced: true, urgent: false, tries: RetryState::default(), upload: None };
    PhotoRecord { facts, status }
}

fn has(offset: u64) -> UploadReply {
    UploadReply::Has { at: AT.to_owned(), offset }
}

fn receipt(photo: &PhotoRecord, unpacking: Unpacking) -> PhotoReceipt {
    PhotoReceipt { hash: photo.facts.hash.clone(), bytes: photo.facts.bytes, at: now(), unpacking }
}

fn not_before(photo: &PhotoRecord) -> Option<DateTime<Utc>> {
    match &photo.status {
        PhotoStatus::Waiting { tries, .. } | PhotoStatus::Received { unpacking: Some(tries), .. } => {
            tries.not_before
        }
        _ => None,
    }
}

#[test]
fn an_upload_asks_after_any_trouble_and_ends_with_a_receipt_only() {
    let at = AT.to_owned();
    let fresh = fresh(CHUNK * 2 + 10);
    assert_eq!(fresh.upload_step(CHUNK), Some(UploadStep::Begin { length: CHUNK }));
    let begun = fresh.after(Ok(&has(CHUNK)), now(), 0.0);
    assert_eq!(
        begun.upload_step(CHUNK),
        Some(UploadStep::Send { at: at.clone(), offset: CHUNK, length: CHUNK })
    );
    let cut = begun.after(Err(Failure::NoAnswer), now(), 0.0);
    assert_eq!(cut.upload_step(CHUNK), Some(UploadStep::Ask { at: at.clone() }));
    let asked = cut.after(Ok(&has(CHUNK * 2)), now(), 0.0);
    assert_eq!(
        asked.upload_step(CHUNK),
        Some(UploadStep::Send { at: at.clone(), offset: CHUNK * 2, length: 10 })
    );
    let whole = asked.after(Ok(&has(CHUNK * 2 + 10)), now(), 0.0);
    assert_eq!(whole.upload_step(CHUNK), Some(UploadStep::Claim));
    let receipt = receipt(&fresh, Unpacking::Done);
    for odd in [
        PhotoReceipt { bytes: 3, ..receipt.clone() },
        PhotoReceipt { hash: PhotoHash::of(b"other"), ..receipt.clone() },
    ] {
        assert!(!whole.after(Ok(&UploadReply::Receipt(odd)), now(), 0.0).is_received());
    }
    assert!(whole.after(Ok(&UploadReply::Receipt(receipt)), now(), 0.0).is_settled());
    // Expired on the server: from the beginning.
    let gone = asked.after(Err(Failure::Gone), now(), 0.0);
    assert_eq!(gone.upload_step(CHUNK), Some(UploadStep::Begin { length: CHUNK }));
}

#[test]
fn pieces_shrink_on_a_bad_line_and_grow_on_a_good_one() {
    assert_eq!(next_chunk(CHUNK, None), CHUNK / 2);
    assert_eq!(next_chunk(4 * CHUNK, None), CHUNK);
    assert_eq!(next_chunk(CHUNK, Some(20_000)), CHUNK / 2);
    assert_eq!(next_chunk(CHUNK, Some(300)), CHUNK * 2);
    let slowest = (0..20).fold(CHUNK, |chunk, _| next_chunk(chunk, None));
    assert_eq!(slowest, 64 * 1024);
}

#[test]
fn a_line_that_answers_questions_and_takes_no_piece_is_asked_less_and_less() {
    let mut photo = fresh(CHUNK * 4).after(Ok(&has(CHUNK)), now(), 0.0);
    let mut time = now();
    let mut waits = vec![];
    for _ in 0..4 {
        photo = photo.after(Err(Failure::Server { status: 502 }), time, 0.0);
        let until = not_before(&photo).unwrap();
        waits.push(until - time);
        time = until;
        photo = photo.after(Ok(&has(CHUNK)), time, 0.0);
        assert!(matches!(photo.upload_step(CHUNK), Some(UploadStep::Send { .. })));
    }
    assert!(waits.is_sorted() && waits[3] >= waits[0] * 4, "{waits:?}");
    let through = photo.after(Ok(&has(CHUNK * 2)), time, 0.0);
    assert_eq!(not_before(&through), None, "a piece that came through ends the waiting");
}

#[test]
fn pieces_that_change_nothing_are_not_sent_without_a_pause() {
    let begun = fresh(CHUNK * 4).after(Ok(&has(CHUNK)), now(), 0.0);
    let again = begun.after(Ok(&has(CHUNK)), now(), 0.0);
    assert!(not_before(&again).is_some_and(|until| until > now()));
}

#[test]
fn a_whole_that_is_not_what_was_taken_is_sent_anew_before_it_is_given_up() {
    let refused = Err(Failure::Refused { status: 422 });
    let mut photo = fresh(CHUNK * 2);
    for anew in 0..3 {
        let whole = photo.after(Ok(&has(0)), now(), 0.0);
        photo = whole.after(refused, now(), 0.0);
        assert_eq!(photo.upload_step(CHUNK), Some(UploadStep::Begin { length: CHUNK }), "{anew}");
    }
    let whole = photo.after(Ok(&has(0)), now(), 0.0);
    assert_eq!(whole.after(refused, now(), 0.0).status, PhotoStatus::Refused);
    // What the server does not take at all is not sent again.
    let too_large = Err(Failure::Refused { status: 413 });
    assert_eq!(fresh(9).after(too_large, now(), 0.0).status, PhotoStatus::Refused);
}

#[test]
fn the_server_is_asked_until_it_has_unpacked_the_photo_and_the_bytes_stay_until_then() {
    let said = |unpacking| UploadReply::Receipt(receipt(&fresh(CHUNK), unpacking));
    let mut photo = fresh(CHUNK).after(Ok(&said(Unpacking::ToCome)), now(), 0.0);
    let (mut time, mut waits) = (now(), vec![]);
    for failure in [None, Some(Failure::NoAnswer), Some(Failure::Gone), None] {
        assert!(photo.is_received() && !photo.is_settled(), "{photo:?}");
        assert_eq!((photo.unsent(), photo.last_try()), (0, None), "nothing waits to be sent");
        assert_eq!(photo.upload_step(CHUNK), Some(UploadStep::Claim));
        let until = not_before(&photo).unwrap();
        waits.push((until - time).num_seconds());
        time = until;
        photo = match failure {
            Some(failure) => photo.after(Err(failure), time, 0.0),
            None => photo.after(Ok(&said(Unpacking::ToCome)), time, 0.0),
        };
    }
    assert!(waits[0] >= 5 && waits[1] > waits[0], "{waits:?}");
    // Somebody else's receipt says nothing of it.
    let other = UploadReply::Receipt(PhotoReceipt { bytes: 3, ..receipt(&photo, Unpacking::Failed) });
    assert!(!photo.after(Ok(&other), time, 0.0).is_settled());
    assert!(photo.after(Ok(&other), time, 0.0).is_received());

    let whole = photo.after(Ok(&said(Unpacking::Done)), time, 0.0);
    assert_eq!((whole.is_settled(), whole.upload_step(CHUNK)), (true, None));
    let damaged = photo.after(Ok(&said(Unpacking::Failed)), time, 0.0);
    assert_eq!((damaged.status.clone(), damaged.upload_step(CHUNK)), (PhotoStatus::Refused, None));
}
