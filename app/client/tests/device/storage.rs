//! The database: whole transactions, and what becomes of damage.

use crate::support::*;
use client::{
    DeviceError, bundle, db, drafts, outbox,
    platform::StoredValue,
    ready::{self, Lack, Ready},
    records, session,
};
use domain::{
    device::{StoreName, apply_response::Reset, bundle::Contents, key},
    place::Office,
    sync::{Directory, Envelope},
};
use serde_json::json;

#[test]
fn a_transaction_that_fails_leaves_no_trace() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let failed: Result<(), _> = db::write(&phone.db, &[StoreName::Records], async |tx| {
            tx.put_record(&site()).await?;
            assert_eq!(tx.record(&site().id.to_string()).await?, Some(site()), "it sees what it wrote");
            Err(DeviceError::StorageFull)
        })
        .await;
        assert_eq!(failed, Err(DeviceError::StorageFull));
        assert_eq!(records::site(&phone, site().id).await.unwrap(), None);
    });
}

#[test]
fn a_record_that_cannot_be_read_hides_no_other_and_is_noted_once() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let draft = phone.begin().await;
        let damaged = StoredValue::Sealed(vec![1; 60]);
        phone.host.storage.put(StoreName::Drafts, "damaged", damaged);
        phone.host.storage.put(StoreName::Drafts, "in the clear", StoredValue::Text("{}".into()));
        for _ in 0..3 {
            assert_eq!(drafts::all(&phone).await.unwrap(), std::slice::from_ref(&draft));
        }
        client::diagnostics::send(&phone).await.unwrap();
        phone.start().await;
        let operations = phone.office.operations.borrow();
        let told = serde_json::to_string(&operations[0].0).unwrap();
        // Of the two, one says itself another person's.
        assert_eq!(told.matches(r#""what":"record","came":"drafts""#).count(), 1, "{told}");
    });
}

#[test]
fn a_database_that_was_closed_opens_again() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let draft = phone.begin().await;
        phone.db.close_underneath();
        assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft.clone()));
        phone.db.close_underneath();
        drafts::save(&phone, &draft).await.unwrap();
    });
}

#[test]
fn a_record_of_a_newer_version_is_kept_and_named() {
    day(async |phone| {
        let mut newer = Envelope::of(&site()).unwrap();
        newer.body.as_mut().unwrap()["sector"] = json!("deep_sea");
        phone.office.records.replace(vec![newer]);
        phone.sign_in("李敏").await;
        phone.start().await;
        let sites = records::sites(&phone).await.unwrap();
        assert_eq!((sites.known.len(), sites.newer.len()), (0, 1));
        assert_eq!(records::site(&phone, site().id).await, Err(DeviceError::NewerRecord));
    });
}

#[test]
fn a_phone_is_ready_once_it_has_everything() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        assert_eq!(ready::look(&phone).await, Ready::FetchingRecords);
        let me = session::current(&phone).unwrap().actor;
        let directory = Directory {
            office: Office { id: me.office, name: "新城街道".into(), demo: false },
            me,
            communities: vec![],
            grids: vec![],
            departments: vec![],
            kinds: vec![],
            intervals: Default::default(),
            colleagues: vec![],
            window: Default::default(),
            phrases: vec![],
            inspection: None,
            outlines: vec![],
        };
        db::write(&phone.db, &[StoreName::Meta, StoreName::Records], async |tx| {
            tx.put_record(&directory).await?;
            tx.put(StoreName::Meta, key::RESET, &Reset::default()).await
        })
        .await
        .unwrap();
        assert_eq!(ready::look(&phone).await, Ready::FetchingRecords, "the first page is not all");
        db::write(&phone.db, &[StoreName::Meta], async |tx| tx.delete(StoreName::Meta, key::RESET).await)
            .await
            .unwrap();
        assert_eq!(ready::look(&phone).await, Ready::Yes);
        phone.host.page.set_space(None);
        assert_eq!(ready::look(&phone).await, Ready::UnlessCleared);
        phone.host.settings.refuse(true);
        assert_eq!(ready::look(&phone).await, Ready::No(Lack::Storage(DeviceError::NoLocalStorage)));
    });
}

/// One that was sealed here and has changed since.
fn damage(phone: &Phone, store: StoreName, key: &str) {
    let Some(StoredValue::Sealed(mut sealed)) = phone.host.storage.value(store, key) else { panic!("{key}") };
    *sealed.last_mut().unwrap() ^= 1;
    phone.host.storage.put(store, key, StoredValue::Sealed(sealed));
}

#[test]
fn work_that_cannot_be_read_holds_up_no_other_and_hides_none() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&site()).await).await.unwrap();
        let photo = phone.photo(1_000).await;
        outbox::report(&phone, site().id, found(vec![]), "飞线".into()).await.unwrap();
        let second = outbox::report(&phone, site().id, found(vec![photo]), "堵门".into()).await.unwrap();
        let keys =
            db::read(&phone.db, &[StoreName::Operations], async |tx| tx.keys(StoreName::Operations).await)
                .await;
        damage(&phone, StoreName::Operations, &keys.unwrap()[0]);
        let (mut begun, lost) = (phone.begin().await, phone.begin().await);
        begun.note = "写到一半".into();
        drafts::save(&phone, &begun).await.unwrap();
        damage(&phone, StoreName::DraftCopies, &lost.id.to_string());

        let hazards = records::hazards(&phone).await.unwrap().known;
        assert_eq!(hazards.iter().map(|hazard| hazard.id).collect::<Vec<_>>(), [second]);
        let packed = bundle::pack(&phone, |_| ()).await.unwrap().unwrap();
        let (contents, _) = Contents::read(packed.head.as_bytes()).unwrap();
        // The photo's facts, and the hazard.
        assert_eq!((contents.operations.len(), contents.photos.len(), contents.drafts.len()), (2, 1, 1));

        phone.connect();
        phone.start().await;
        assert_eq!((phone.office.ids().len(), phone.office.photos.borrow().len()), (2, 1));
        assert_eq!(phone.queued().await, 1, "it stays where it is");
        assert_eq!(phone.submissions().await.len(), 2, "and is on the list");
        let told = phone.office.syncs.borrow().last().and_then(|request| request.heartbeat.clone()).unwrap();
        assert_eq!(told.unsent.hazards, 1, "and the office hears that it waits");
    });
}
