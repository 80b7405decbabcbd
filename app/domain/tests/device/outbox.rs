//! What is done is put into the outbox, each operation as it is sent.

use super::{enqueued, on};
use domain::{
    device::{
        StoreName, Unwritable, Write, bundle,
        queue::{About, PhotoRecord, PhotoStatus, Queued},
    },
    sync::Operation,
};
use std::collections::BTreeMap;

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
