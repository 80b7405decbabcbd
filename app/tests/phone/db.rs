//! The database: whole transactions, and what becomes of damage.

use crate::support::*;
use app::device::{DeviceError, clock, db, drafts, records, session};
use domain::{
    device::{Shelf, key, settle::Reset},
    id::SiteId,
    inspection::Draft,
    place::Office,
    sync::Directory,
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_transaction_that_fails_leaves_no_trace() {
    let id: SiteId = clock::new_id();
    let key = id.to_string();
    let failed: Result<(), _> = db::write(&[Shelf::Sites], async |tx| {
        tx.put(Shelf::Sites, &key, &site()).await?;
        Err(DeviceError::StorageFull)
    })
    .await;
    assert_eq!(failed, Err(DeviceError::StorageFull));
    assert_eq!(records::site(id).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_record_that_cannot_be_read_hides_no_other() {
    sign_in().await;
    let (_, draft) = begun().await;
    db::write(&[Shelf::Drafts], async |tx| tx.put_text(Shelf::Drafts, "damaged", "not a draft").await)
        .await
        .unwrap();
    assert_eq!(drafts::all().await.unwrap(), [draft]);
    let still = db::read(&[Shelf::Drafts], async |tx| tx.text(Shelf::Drafts, "damaged").await).await.unwrap();
    assert_eq!(still.as_deref(), Some("not a draft"));
}

#[wasm_bindgen_test]
async fn a_database_that_the_browser_closed_opens_again() {
    sign_in().await;
    let (_, draft) = begun().await;
    db::close_underneath().await;
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft.clone()));
    db::close_underneath().await;
    drafts::save(&Draft { note: "again".into(), ..draft.clone() }).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap().unwrap().note, "again");
}

#[wasm_bindgen_test]
async fn records_are_whole_once_a_pull_from_the_beginning_is_over() {
    sign_in().await;
    assert!(!records::are_whole().await.unwrap(), "nothing has come");
    let me = session::current().unwrap().actor;
    let directory = Directory {
        office: Office { id: me.office, name: "新城街道".into(), demo: false },
        me,
        communities: vec![],
        grids: vec![],
        departments: vec![],
        kinds: vec![],
        intervals: Default::default(),
    };
    db::write(&[Shelf::Meta], async |tx| {
        tx.put(Shelf::Meta, key::DIRECTORY, &directory).await?;
        tx.put(Shelf::Meta, key::RESET, &Reset::default()).await
    })
    .await
    .unwrap();
    assert!(!records::are_whole().await.unwrap(), "the first page is not all");
    db::write(&[Shelf::Meta], async |tx| tx.delete(Shelf::Meta, key::RESET).await).await.unwrap();
    assert!(records::are_whole().await.unwrap());
    db::write(&[Shelf::Meta], async |tx| tx.delete(Shelf::Meta, key::DIRECTORY).await).await.unwrap();
}
