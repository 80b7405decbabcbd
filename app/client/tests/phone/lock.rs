//! What lies on the phone, and who can read it.

use crate::support::*;
use client::{
    Device, DeviceError, Host, db, drafts,
    lock::{self, Lock, Lost},
    outbox, session,
};
use domain::{device::StoreName, role::Actor, sync::SignedIn};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const DIRECTORY: &str = "directory/";

/// What lies in the database as the browser keeps it.
async fn lies(phone: &Phone, store: StoreName, key: &str) -> JsValue {
    let open = window().indexed_db().unwrap().unwrap().open(&phone.name).unwrap();
    let db: web_sys::IdbDatabase = done(&open).await.unchecked_into();
    let store = db.transaction_with_str(store.name()).unwrap().object_store(store.name()).unwrap();
    let value = done(&store.get(&JsValue::from_str(key)).unwrap()).await;
    db.close();
    value
}

#[wasm_bindgen_test]
async fn the_next_person_sees_nothing_of_it() {
    let phone = sign_in().await;
    let (site, mut draft) = phone.begun().await;
    drafts::save(&phone, &draft).await.unwrap();
    pass_questions(&mut draft, &["a", "b"]);
    phone.submit(draft, &[form()], &site).await.unwrap();
    let (_, second) = phone.begun().await;
    phone.sign_in().await;
    assert_eq!(outbox::all(&phone).await.unwrap(), []);
    assert_eq!(drafts::all(&phone).await.unwrap(), []);
    assert_eq!(drafts::get(&phone, second.id).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn what_lies_on_the_phone_is_unreadable_without_the_pin() {
    let phone = sign_in().await;
    let (site, draft) = phone.begun().await;
    for (store, key) in
        [(StoreName::Records, format!("site/{}", site.id)), (StoreName::Drafts, draft.id.to_string())]
    {
        let sealed = lies(&phone, store, &key).await.dyn_into::<Uint8Array>().unwrap().to_vec();
        assert!(!sealed.windows(3).any(|part| part == "锦".as_bytes()), "{store:?}");
    }
    lock::lock(&phone).await.unwrap();
    assert_eq!(drafts::get(&phone, draft.id).await, Err(DeviceError::Locked));
    assert_eq!(drafts::save(&phone, &draft).await, Err(DeviceError::Locked));
    lock::look(&phone).await.unwrap();
    assert_eq!(
        drafts::get(&phone, draft.id).await,
        Err(DeviceError::Locked),
        "looking does not open what was locked"
    );
    assert_eq!(lock::unlock(&phone, "271828").await, Err(DeviceError::WrongPin));
    lock::unlock(&phone, PIN).await.unwrap();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft));
}

/// Everything that lies in local storage.
fn lies_in_the_open() -> String {
    let storage = window().local_storage().unwrap().unwrap();
    let keys = (0..storage.length().unwrap()).map(|n| storage.key(n).unwrap().unwrap());
    keys.map(|key| format!("{key}={};", storage.get_item(&key).unwrap().unwrap())).collect()
}

#[wasm_bindgen_test]
async fn not_even_a_name_lies_in_the_open() {
    let phone = sign_in().await;
    let person = session::owner(&phone).unwrap();
    assert!(!lies_in_the_open().contains("李敏"), "{}", lies_in_the_open());
    let directory = serde_json::json!({ "me": "李敏" });
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        tx.put(StoreName::Records, DIRECTORY, &directory).await
    })
    .await
    .unwrap();
    let sealed = lies(&phone, StoreName::Records, DIRECTORY).await.dyn_into::<Uint8Array>().unwrap().to_vec();
    assert!(!sealed.windows(6).any(|part| part == "李敏".as_bytes()));
    lock::lock(&phone).await.unwrap();
    assert_eq!(
        (session::owner(&phone), session::current(&phone)),
        (Some(person), None),
        "a locked phone knows no name"
    );
    lock::unlock(&phone, PIN).await.unwrap();
    assert_eq!(session::current(&phone).unwrap().actor.name, "李敏");
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_after_a_rest_is_locked() {
    let phone = sign_in().await;
    let (_, draft) = phone.begun().await;
    let storage = window().local_storage().unwrap().unwrap();
    let key = format!("{}.touched", phone.name);
    let touched = |ago: i64| {
        let at = phone.clock.now().timestamp_millis() - ago * 60_000;
        storage.set_item(&key, &at.to_string()).unwrap();
    };
    // As a page that was thrown away and comes back: the key is gone from memory, and what is kept opens for a while.
    touched(9);
    lock::forget_key(&phone);
    lock::look(&phone).await.unwrap();
    assert_eq!(phone.lock.get(), Lock::Open);
    for ago in [10, 600, -5] {
        touched(ago);
        lock::forget_key(&phone);
        lock::look(&phone).await.unwrap();
        assert_eq!(phone.lock.get(), Lock::Closed, "{ago} minutes ago");
        lock::unlock(&phone, PIN).await.unwrap();
    }
    assert_eq!(
        drafts::get(&phone, draft.id).await.unwrap(),
        Some(draft),
        "what was being filled in is there"
    );
}

#[wasm_bindgen_test]
async fn wrong_pins_are_slowed_and_the_right_one_is_not_heard_meanwhile() {
    let phone = sign_in().await;
    lock::lock(&phone).await.unwrap();
    for _ in 0..5 {
        assert_eq!(lock::unlock(&phone, "271828").await, Err(DeviceError::WrongPin));
    }
    assert!(lock::waits_until(&phone).await.unwrap().is_some());
    assert_eq!(lock::unlock(&phone, PIN).await, Err(DeviceError::TooManyTries));
}

/// Whoever finds a phone may open as many pages of it as they like.
#[wasm_bindgen_test]
async fn wrong_pins_of_several_tabs_count_together() {
    let phone = sign_in().await;
    lock::lock(&phone).await.unwrap();
    let tabs: Vec<_> = (0..5).map(|_| Device::new(Host::new(&phone.name))).collect();
    let tries = tabs.iter().map(|tab| lock::unlock(tab, "271828"));
    for tried in futures::future::join_all(tries).await {
        assert_eq!(tried, Err(DeviceError::WrongPin));
    }
    assert_eq!(lock::unlock(&phone, PIN).await, Err(DeviceError::TooManyTries));
}

#[wasm_bindgen_test]
async fn a_second_pin_does_not_replace_the_first() {
    let phone = sign_in().await;
    let (_, draft) = phone.begun().await;
    assert_eq!(lock::set_pin(&phone, "480213").await, Err(DeviceError::Locked), "another tab was first");
    lock::lock(&phone).await.unwrap();
    assert_eq!(lock::unlock(&phone, "480213").await, Err(DeviceError::WrongPin));
    lock::unlock(&phone, PIN).await.unwrap();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn what_one_person_opened_is_closed_for_the_next() {
    let phone = sign_in().await;
    let first = session::owner(&phone).unwrap();
    let (_, draft) = phone.begun().await;
    let of_first = session::current(&phone).unwrap();
    let actor = Actor { person: phone.clock.new_id(), ..of_first.actor.clone() };
    session::becomes(&phone, &SignedIn { actor, ..of_first.clone() }).unwrap();
    lock::look(&phone).await.unwrap();
    assert_eq!(phone.lock.get(), Lock::New, "the next person has no PIN here yet");
    assert_eq!(drafts::get(&phone, draft.id).await, Err(DeviceError::Locked));
    session::becomes(&phone, &of_first).unwrap();
    lock::look(&phone).await.unwrap();
    assert_eq!(phone.lock.get(), Lock::Closed, "who was away in between shows the PIN again");
    lock::unlock(&phone, PIN).await.unwrap();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap().map(|draft| draft.inspector), Some(first));
}

#[wasm_bindgen_test]
async fn a_forgotten_pin_says_what_is_lost_and_loses_nothing_of_anybody_else() {
    let phone = sign_in().await;
    let other = session::owner(&phone).unwrap();
    let (_, others_draft) = phone.begun().await;
    let others_session = session::current(&phone).unwrap();
    phone.sign_in().await;
    let (site, mut draft) = phone.begun().await;
    let (_, unfinished) = phone.begun().await;
    pass_questions(&mut draft, &["a", "b"]);
    phone.submit(draft, &[form()], &site).await.unwrap();
    phone.take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    let my_session = session::current(&phone).unwrap();
    lock::lock(&phone).await.unwrap();
    assert_eq!(lock::would_be_lost(&phone).await.unwrap(), Lost { drafts: 1, unsent: 1, photos: 1 });
    lock::forget(&phone).await.unwrap();
    assert_eq!(session::owner(&phone), None, "who sets a new PIN signs in first");
    session::becomes(&phone, &my_session).unwrap();
    lock::look(&phone).await.unwrap();
    assert_eq!(lock::would_be_lost(&phone).await.unwrap(), Lost::default());
    lock::set_pin(&phone, "480213").await.unwrap();
    assert_eq!(drafts::get(&phone, unfinished.id).await.unwrap(), None);
    session::becomes(&phone, &others_session).unwrap();
    lock::look(&phone).await.unwrap();
    lock::unlock(&phone, PIN).await.unwrap();
    assert_eq!(drafts::get(&phone, others_draft.id).await.unwrap().map(|draft| draft.inspector), Some(other));
}
