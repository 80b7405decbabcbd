//! The database: whole transactions, and what becomes of damage.

use crate::support::*;
use client::{DeviceError, db, drafts, records, session};
use domain::{
    device::{StoreName, apply_response::Reset, key},
    id::SiteId,
    place::Office,
    sync::Directory,
    visit::Draft,
};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_transaction_that_fails_leaves_no_trace() {
    let phone = sign_in().await;
    let site = phone.site();
    let failed: Result<(), _> = db::write(&phone.db, &[StoreName::Records], async |tx| {
        tx.put_record(&site).await?;
        Err(DeviceError::StorageFull)
    })
    .await;
    assert_eq!(failed, Err(DeviceError::StorageFull));
    assert_eq!(records::site(&phone, site.id).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_record_that_cannot_be_read_hides_no_other() {
    let phone = sign_in().await;
    let (_, draft) = phone.begun().await;
    db::write(&phone.db, &[StoreName::Drafts], async |tx| {
        tx.put_text(StoreName::Drafts, "damaged", "not a draft").await
    })
    .await
    .unwrap();
    assert_eq!(drafts::all(&phone).await.unwrap(), [draft]);
    let still =
        db::read(&phone.db, &[StoreName::Drafts], async |tx| tx.text(StoreName::Drafts, "damaged").await)
            .await
            .unwrap();
    assert_eq!(still.as_deref(), Some("not a draft"));
}

#[wasm_bindgen_test]
async fn a_database_that_the_browser_closed_opens_again() {
    let phone = sign_in().await;
    let (_, draft) = phone.begun().await;
    phone.db.close_underneath();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft.clone()));
    phone.db.close_underneath();
    drafts::save(&phone, &Draft { note: "again".into(), ..draft.clone() }).await.unwrap();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap().unwrap().note, "again");
}

#[wasm_bindgen_test]
async fn records_are_whole_once_a_pull_from_the_beginning_is_over() {
    let phone = sign_in().await;
    assert!(!records::are_whole(&phone).await.unwrap(), "nothing has come");
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
    assert!(!records::are_whole(&phone).await.unwrap(), "the first page is not all");
    db::write(&phone.db, &[StoreName::Meta], async |tx| tx.delete(StoreName::Meta, key::RESET).await)
        .await
        .unwrap();
    assert!(records::are_whole(&phone).await.unwrap());
}

#[wasm_bindgen_test]
async fn a_record_of_a_newer_version_is_kept_named_and_hides_no_other() {
    let phone = sign_in().await;
    let (here, _) = phone.begun().await;
    let newer = |change: fn(&mut Value)| {
        let mut body = serde_json::to_value(phone.site()).unwrap();
        change(&mut body);
        body
    };
    // A word that this version does not know, a schema that it does not know, and a kind of record that it does not know.
    let word = newer(|site| site["sector"] = json!("deep_sea"));
    let [first, second] = [phone.clock.new_id::<SiteId>(), phone.clock.new_id::<SiteId>()];
    let all = [
        (format!("site/{first}"), json!({ "schema": 1, "body": word })),
        (format!("site/{second}"), json!({ "schema": 99, "body": newer(|_| ()) })),
        ("patrol/1".to_owned(), json!({ "schema": 1, "body": { "doors": 30 } })),
    ];
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        for (key, stored) in &all {
            tx.put(StoreName::Records, key, stored).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
    let sites = records::sites(&phone).await.unwrap();
    assert_eq!(sites.known, [here]);
    assert_eq!(sites.newer.len(), 2);
    for id in [first, second] {
        assert_eq!(records::site(&phone, id).await, Err(DeviceError::NewerRecord));
    }
    for (key, stored) in &all {
        let kept: Option<Value> =
            db::read(&phone.db, &[StoreName::Records], async |tx| tx.get(StoreName::Records, key).await)
                .await
                .unwrap();
        assert_eq!(kept.as_ref(), Some(stored), "as it came");
    }
}
