//! The database: whole transactions, and what becomes of damage.

use crate::support::*;
use app::device::{DeviceError, clock, db, drafts, records};
use domain::{device::Shelf, id::SiteId, inspection::Draft};
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
