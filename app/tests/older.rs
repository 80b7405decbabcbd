//! What an earlier version of the app left on the phone, opened by this one, in a real browser.

#![cfg(all(target_arch = "wasm32", feature = "field"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use app::device::{
    db, deed_drafts, lock,
    outbox::{self, ParcelState},
    photos, session,
};
use domain::{
    device::{Shelf, queue::Queued},
    id::OfficeId,
    photo::PhotoHash,
    role::{Actor, Role, Scope},
    sync::{Operation, SignedIn},
};
use js_sys::{Array, Uint8Array};
use serde_json::{Value, json};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ME: &str = "0193a000-0000-7000-8000-000000000022";
const SITE: &str = "0193a000-0000-7000-8000-000000000004";
const HAZARD: &str = "0193a000-0000-7000-8000-000000000002";
const DRAFT: &str = "0193a000-0000-7000-8000-000000000041";
const NOW: &str = "2026-11-24T02:00:00Z";

/// The stores of the first version.
const STORES: [&str; 11] = [
    "meta",
    "sites",
    "checklists",
    "hazards",
    "inspections",
    "drafts",
    "outbox",
    "parcels",
    "photos",
    "photo_bytes",
    "thumbnails",
];

async fn done(request: &web_sys::IdbRequest) -> JsValue {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.unwrap();
    request.result().unwrap()
}

/// The database as the first version made it, with these records.
async fn first_version(records: &[(&str, &str, JsValue)]) {
    let factory = leptos::prelude::window().indexed_db().unwrap().unwrap();
    let open = factory.open_with_u32("xunan", 1).unwrap();
    let request: web_sys::IdbRequest = open.clone().unchecked_into();
    let make = Closure::once(move |_: JsValue| {
        let db: web_sys::IdbDatabase = request.result().unwrap().unchecked_into();
        for store in STORES {
            db.create_object_store(store).unwrap();
        }
    });
    open.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    let db: web_sys::IdbDatabase = done(&open).await.unchecked_into();
    for (store, key, value) in records {
        let mode = web_sys::IdbTransactionMode::Readwrite;
        let tx = db.transaction_with_str_and_mode(store, mode).unwrap();
        let put = tx.object_store(store).unwrap().put_with_key(value, &JsValue::from_str(key)).unwrap();
        done(&put).await;
    }
    db.close();
}

fn text(value: &Value) -> JsValue {
    JsValue::from_str(&value.to_string())
}

#[wasm_bindgen_test]
async fn work_of_the_first_version_is_sealed_and_waits_as_it_did() {
    let photo = b"bytes of a photo".to_vec();
    let hash = PhotoHash::of(&photo);
    let deed = json!({ "type": "found", "level": "general", "what": "消防通道堆放杂物", "photos": [hash] });
    let operation = json!({ "id": "0193a000-0000-7000-8000-000000000001", "schema": 1, "at": NOW,
        "payload": { "type": "hazard", "hazard": HAZARD,
            "event": "0193a000-0000-7000-8000-000000000003", "site": SITE, "deed": deed } });
    let facts = json!({ "hash": hash, "bytes": photo.len(), "media_type": "image/jpeg", "width": 1, "height": 1,
        "at": NOW, "by": ME });
    let announce = json!({ "id": "0193a000-0000-7000-8000-000000000005", "schema": 1, "at": NOW,
        "payload": { "type": "photo", "hash": hash, "bytes": photo.len(), "media_type": "image/jpeg", "width": 1,
            "height": 1, "at": NOW, "by": ME } });
    let queued = |number: u32, operation: &Value| {
        json!({ "number": number, "owner": ME, "parcel": "0193a000-0000-7000-8000-000000000001", "operation": operation,
            "bytes": 100, "standing": { "is": "waiting", "tries": 2 } })
    };
    let parcel = json!({ "id": "0193a000-0000-7000-8000-000000000001", "owner": ME, "title": "消防通道堆放杂物",
        "subject": { "type": "hazard", "hazard": HAZARD }, "at": NOW, "photos": [hash],
        "receipt": null });
    let draft = json!({ "owner": ME, "draft": { "id": DRAFT, "site": SITE, "kinds": ["charging-shed"],
        "kind": "surprise", "checklist": "ebike-charging", "version": 1, "inspector": ME, "started_at": NOW,
        "items": {} } });
    let waiting = json!({ "facts": facts, "standing": { "is": "waiting", "announced": false } });
    let parts = Array::of1(&Uint8Array::from(photo.as_slice()));
    let blob = web_sys::Blob::new_with_u8_array_sequence(&parts).unwrap();
    first_version(&[
        ("outbox", "000000000001", text(&queued(1, &operation))),
        ("outbox", "000000000002", text(&queued(2, &announce))),
        ("meta", "outbox_number", JsValue::from_str("2")),
        ("parcels", "0193a000-0000-7000-8000-000000000001", text(&parcel)),
        ("photos", hash.as_str(), text(&waiting)),
        ("photo_bytes", hash.as_str(), blob.into()),
        ("drafts", DRAFT, text(&draft)),
    ])
    .await;
    let actor = Actor {
        office: OfficeId(Uuid::nil()),
        person: ME.parse().unwrap(),
        name: "李敏".into(),
        role: Role::Inspector,
        scope: Scope::Grids(vec![]),
    };
    let me = SignedIn { actor, office: "新城街道".into(), demo: false, due: None };
    session::becomes(&me).unwrap();
    let storage = leptos::prelude::window().local_storage().unwrap().unwrap();

    let deed_key = format!("xunan.deed.{ME}.{HAZARD}.rectified");
    let deed_kept = || storage.get_item(&deed_key).unwrap().unwrap();
    storage.set_item(&deed_key, r#"{"words":"已清走杂物","day":null,"photos":[]}"#).unwrap();

    lock::look().await.unwrap();
    lock::set_pin("190305").await.unwrap();

    let parcels = outbox::all().await.unwrap();
    assert!(matches!(parcels[0].state, ParcelState::Waiting { .. }));
    assert_eq!((parcels.len(), parcels[0].photos), (1, (0, 1)));
    let (queue, raw) = db::read(&[Shelf::Outbox, Shelf::Operations], async |tx| {
        let queue: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let raw: Vec<Value> = tx.all(Shelf::Operations).await?;
        Ok((queue, raw))
    })
    .await
    .unwrap();
    assert_eq!(raw, [operation.clone(), announce]);
    assert_eq!(queue[0].hash, Operation::hash(&operation));
    assert!(photos::url(&hash, true).await.unwrap().unwrap().starts_with("blob:"));
    let drafts = app::device::drafts::all().await.unwrap();
    assert_eq!(drafts[0].id.to_string(), DRAFT);
    // What was written for a deed is there, and sealed with the next keystroke.
    let hazard = HAZARD.parse().unwrap();
    let written = deed_drafts::load(hazard, "rectified");
    assert_eq!(written.words, "已清走杂物");
    deed_drafts::save(hazard, "rectified", &written);
    assert!(!deed_kept().contains("words"));
    assert_eq!(deed_drafts::load(hazard, "rectified"), written);
    // Everything private is sealed now.
    for shelf in [Shelf::Operations, Shelf::Parcels, Shelf::Photos, Shelf::PhotoBytes, Shelf::Drafts] {
        let lies = db::read(&[shelf], async |tx| tx.raw_values(shelf).await).await.unwrap();
        assert!(!lies.is_empty() && lies.iter().all(|(_, kept)| kept.owner().is_some()), "{shelf:?}");
    }
}
