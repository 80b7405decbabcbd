//! Receipts that prove what was received, to whoever holds the public key.

use super::office::{TestOffice, found, id, receipt_of};
use axum::{body::Body, http::Request};
use domain::{receipt::Receipt, role::Role, sync::Operation};
use serde_json::json;
use server::signing::{NotProven, check};

#[tokio::test]
async fn a_receipt_proves_itself_and_nothing_else() {
    let office = TestOffice::open().await;
    let sent = found(id(), office.site.id, "堆放杂物");
    let answers = office.phone(Role::Inspector).await.sync(std::slice::from_ref(&sent)).await;
    let receipt: Receipt = serde_json::from_value(receipt_of(&answers[0]).clone()).unwrap();
    assert_eq!(receipt.hash, Operation::hash(&sent));
    // Without a session: whoever the receipt is shown to may ask.
    let key = office.send(Request::get("/api/v1/receipt-key").body(Body::empty()).unwrap()).await.json();
    let public = key["public"].as_str().unwrap();
    assert_eq!(receipt.signature.as_ref().unwrap().key, key["id"]);
    assert_eq!(check(&receipt, public), Ok(()));

    let later = receipt.at + chrono::Duration::milliseconds(1);
    for forged in [
        Receipt { hash: "00".repeat(32), ..receipt.clone() },
        Receipt { number: "HZ-2026-999999".into(), ..receipt.clone() },
        Receipt { operation: id(), ..receipt.clone() },
        Receipt { at: later, ..receipt.clone() },
    ] {
        assert_eq!(check(&forged, public), Err(NotProven::Forged), "{forged:?}");
    }
    assert_eq!(check(&receipt, &"ab".repeat(32)), Err(NotProven::OtherKey));
    assert_eq!(check(&receipt, "no key"), Err(NotProven::NoKey));
    assert_eq!(check(&Receipt { signature: None, ..receipt.clone() }, public), Err(NotProven::NotSigned));
    // A repeat, after a restart too, gives the very same receipt.
    let again = office.phone(Role::Inspector).await.sync(&[sent]).await;
    assert_eq!(serde_json::from_value::<Receipt>(receipt_of(&again[0]).clone()).unwrap(), receipt);
}

#[tokio::test]
async fn servers_that_begin_at_once_have_one_key() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let others = [office.second().await, office.second().await];
    let asked = others.map(|app| async move {
        let request = Request::get("/api/v1/receipt-key").body(Body::empty()).unwrap();
        let response = tower::ServiceExt::oneshot(app, request).await.unwrap();
        let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
        serde_json::from_slice::<serde_json::Value>(&body).unwrap()
    });
    let sent = [found(id(), office.site.id, "堆放杂物")];
    let (keys, own) = tokio::join!(futures::future::join_all(asked), phone.sync(&sent));
    assert_eq!(keys[0], keys[1]);
    assert_eq!(receipt_of(&own[0])["signature"]["key"], keys[0]["id"]);
    assert_ne!(keys[0]["public"], json!(""));
}
