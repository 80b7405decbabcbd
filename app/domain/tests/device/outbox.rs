//! What is done is put into the outbox, each operation as it is sent.

use super::{enqueued, now, on, photo, receipt};
use chrono::Duration;
use domain::{
    device::{
        StoreName, Unwritable, Write, bundle,
        queue::{About, PhotoRecord, PhotoStatus, Queued},
        submission::{REMEMBERED, SubmissionRecord},
    },
    sync::Operation,
};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn what_cannot_be_said_in_json_is_an_error_and_no_text() {
    // Keys of JSON are texts.
    let odd = BTreeMap::from([((1, 2), 3)]);
    let put = Write::put(StoreName::Operations, "1", &odd);
    assert!(matches!(&put, Err(Unwritable(why)) if !why.is_empty()), "{put:?}");
    assert!(matches!(bundle::raw(&[odd]), Err(Unwritable(_))), "a file holds all that was begun, or is none");
    let text = "[1]".to_owned();
    assert_eq!(
        Write::put(StoreName::Meta, "k", &[1]),
        Ok(Write::Put { store: StoreName::Meta, key: "k".into(), text })
    );
}

#[test]
fn a_submission_is_its_photos_facts_then_its_command_each_as_it_is_sent() {
    let stores = enqueued();
    let queued: Vec<Queued> = on(&stores, StoreName::Outbox);
    assert_eq!(queued.iter().map(|queued| queued.number).collect::<Vec<_>>(), [8, 9]);
    assert!(matches!(queued[0].about, About::Photo(_)));
    assert_eq!(queued[0].submission, queued[1].operation, "named by what was done");
    for queued in &queued {
        let raw = &stores[&(StoreName::Operations, queued.key())];
        assert_eq!((Operation::hash(raw), raw.to_string().len() as u64), (queued.hash.clone(), queued.bytes));
    }
    let photos: Vec<PhotoRecord> = on(&stores, StoreName::Photos);
    assert!(matches!(photos[0].status, PhotoStatus::Waiting { announced: false, .. }));
}

/// The phone's clock ran a year ahead when it was made, and was set right since.
#[test]
fn what_was_received_is_forgotten_by_the_offices_time() {
    let stores = enqueued();
    let queued: Vec<Queued> = on(&stores, StoreName::Outbox);
    let made: Vec<SubmissionRecord> = on(&stores, StoreName::Submissions);
    let at = now() + Duration::days(365);
    let waits = SubmissionRecord { at, ..made[0].clone() };
    let received = SubmissionRecord { receipt: Some(receipt(&queued[1])), ..waits.clone() };
    let photos = [PhotoRecord { status: PhotoStatus::Received { at: now(), unpacking: None }, ..photo(900) }];
    let later = now() + REMEMBERED + Duration::minutes(1);
    assert!(!received.may_be_forgotten(&[], &photos, now() + REMEMBERED), "it stays on the list for a while");
    assert!(received.may_be_forgotten(&[], &photos, later));
    assert!(!waits.may_be_forgotten(&[], &photos, later), "without a receipt it is not there");
    assert!(!received.may_be_forgotten(&queued, &photos, later), "something of it waits");
    assert!(!received.may_be_forgotten(&[], &[photo(900)], later), "its photo waits");
}

#[test]
fn a_photo_that_nothing_names_goes_a_day_later_whichever_way_the_clock_was_set() {
    let named = BTreeSet::from([photo(900).facts.hash]);
    let (none, day) = (BTreeSet::new(), Duration::days(1));
    assert!(!photo(900).is_orphaned(&none, now() + day), "what is filled in may not be saved yet");
    for later in [now() + day * 2, now() - day * 2] {
        assert!(photo(900).is_orphaned(&none, later));
        assert!(!photo(900).is_orphaned(&named, later));
    }
}
