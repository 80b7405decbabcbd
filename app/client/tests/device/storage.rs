//! The database: whole transactions, and what becomes of damage.

use crate::support::*;
use client::{
    DeviceError, db, drafts,
    platform::StoredValue,
    ready::{self, Lack, Ready},
    records, session,
};
use domain::{
    device::{StoreName, apply_response::Reset, key},
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
