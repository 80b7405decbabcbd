//! What lies on the phone, and who can read it.

use crate::support::*;
use app::device::{
    DeviceError, clock, db, drafts,
    lock::{self, Lock, Lost},
    outbox, session,
};
use domain::{answer::Answer, device::Shelf, id::ItemId, role::Actor, sync::SignedIn};
use js_sys::Uint8Array;
use leptos::prelude::GetUntracked;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const DIRECTORY: &str = "directory/";

/// What lies in the database as the browser keeps it.
async fn lies(shelf: Shelf, key: &str) -> JsValue {
    let open = leptos::prelude::window().indexed_db().unwrap().unwrap().open("xunan").unwrap();
    let db: web_sys::IdbDatabase = done(&open).await.unchecked_into();
    let store = db.transaction_with_str(shelf.name()).unwrap().object_store(shelf.name()).unwrap();
    let value = done(&store.get(&JsValue::from_str(key)).unwrap()).await;
    db.close();
    value
}

#[wasm_bindgen_test]
async fn the_next_person_sees_nothing_of_it() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    drafts::save(&draft).await.unwrap();
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    drafts::submit(draft, &checklist(), &site).await.unwrap();
    let (_, second) = begun().await;
    sign_in().await;
    assert_eq!(outbox::all().await.unwrap(), []);
    assert_eq!(drafts::all().await.unwrap(), []);
    assert_eq!(drafts::get(second.id).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn what_lies_on_the_phone_is_unreadable_without_the_pin() {
    sign_in().await;
    let (site, draft) = begun().await;
    for (shelf, key) in [(Shelf::Records, format!("site/{}", site.id)), (Shelf::Drafts, draft.id.to_string())]
    {
        let sealed = lies(shelf, &key).await.dyn_into::<Uint8Array>().unwrap().to_vec();
        assert!(!sealed.windows(3).any(|part| part == "锦".as_bytes()), "{shelf:?}");
    }
    lock::lock().await.unwrap();
    assert_eq!(drafts::get(draft.id).await, Err(DeviceError::Locked));
    assert_eq!(drafts::save(&draft).await, Err(DeviceError::Locked));
    lock::look().await.unwrap();
    assert_eq!(
        drafts::get(draft.id).await,
        Err(DeviceError::Locked),
        "looking does not open what was locked"
    );
    assert_eq!(lock::unlock("271828").await, Err(DeviceError::WrongPin));
    lock::unlock(PIN).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft));
}

/// Everything that lies in local storage.
fn lies_in_the_open() -> String {
    let storage = leptos::prelude::window().local_storage().unwrap().unwrap();
    let keys = (0..storage.length().unwrap()).map(|n| storage.key(n).unwrap().unwrap());
    keys.map(|key| format!("{key}={};", storage.get_item(&key).unwrap().unwrap())).collect()
}

#[wasm_bindgen_test]
async fn not_even_a_name_lies_in_the_open() {
    let person = sign_in().await;
    assert!(!lies_in_the_open().contains("李敏"), "{}", lies_in_the_open());
    let directory = serde_json::json!({ "me": "李敏" });
    db::write(&[Shelf::Records], async |tx| tx.put(Shelf::Records, DIRECTORY, &directory).await)
        .await
        .unwrap();
    let sealed = lies(Shelf::Records, DIRECTORY).await.dyn_into::<Uint8Array>().unwrap().to_vec();
    assert!(!sealed.windows(6).any(|part| part == "李敏".as_bytes()));
    lock::lock().await.unwrap();
    assert_eq!((session::owner(), session::current()), (Some(person), None), "a locked phone knows no name");
    lock::unlock(PIN).await.unwrap();
    assert_eq!(session::current().unwrap().actor.name, "李敏");
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_after_a_rest_is_locked() {
    sign_in().await;
    let (_, draft) = begun().await;
    let storage = leptos::prelude::window().local_storage().unwrap().unwrap();
    let touched = |ago: i64| {
        let at = clock::now().timestamp_millis() - ago * 60_000;
        storage.set_item("xunan.touched", &at.to_string()).unwrap();
    };
    // As a page that was thrown away and comes back: the key is gone from memory, and what is kept opens for a while.
    touched(9);
    lock::forget_key();
    lock::look().await.unwrap();
    assert_eq!(lock::state().get_untracked(), Lock::Open);
    for ago in [10, 600, -5] {
        touched(ago);
        lock::forget_key();
        lock::look().await.unwrap();
        assert_eq!(lock::state().get_untracked(), Lock::Closed, "{ago} minutes ago");
        lock::unlock(PIN).await.unwrap();
    }
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft), "what was being filled in is there");
}

#[wasm_bindgen_test]
async fn wrong_pins_are_slowed_and_the_right_one_is_not_heard_meanwhile() {
    sign_in().await;
    lock::lock().await.unwrap();
    for _ in 0..5 {
        assert_eq!(lock::unlock("271828").await, Err(DeviceError::WrongPin));
    }
    assert!(lock::waits_until().await.unwrap().is_some());
    assert_eq!(lock::unlock(PIN).await, Err(DeviceError::TooManyTries));
}

#[wasm_bindgen_test]
async fn a_second_pin_does_not_replace_the_first() {
    sign_in().await;
    let (_, draft) = begun().await;
    assert_eq!(lock::set_pin("480213").await, Err(DeviceError::Locked), "another tab was first");
    lock::lock().await.unwrap();
    assert_eq!(lock::unlock("480213").await, Err(DeviceError::WrongPin));
    lock::unlock(PIN).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn what_one_person_opened_is_closed_for_the_next() {
    let first = sign_in().await;
    let (_, draft) = begun().await;
    let of_first = session::current().unwrap();
    let actor = Actor { person: clock::new_id(), ..of_first.actor.clone() };
    session::becomes(&SignedIn { actor, ..of_first.clone() }).unwrap();
    lock::look().await.unwrap();
    assert_eq!(lock::state().get_untracked(), Lock::New, "the next person has no PIN here yet");
    assert_eq!(drafts::get(draft.id).await, Err(DeviceError::Locked));
    session::becomes(&of_first).unwrap();
    lock::look().await.unwrap();
    assert_eq!(lock::state().get_untracked(), Lock::Closed, "who was away in between shows the PIN again");
    lock::unlock(PIN).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap().map(|draft| draft.inspector), Some(first));
}

#[wasm_bindgen_test]
async fn a_forgotten_pin_says_what_is_lost_and_loses_nothing_of_anybody_else() {
    let other = sign_in().await;
    let (_, others_draft) = begun().await;
    let others_session = session::current().unwrap();
    sign_in().await;
    let (site, mut draft) = begun().await;
    let (_, unfinished) = begun().await;
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    drafts::submit(draft, &checklist(), &site).await.unwrap();
    take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    let my_session = session::current().unwrap();
    lock::lock().await.unwrap();
    assert_eq!(lock::would_be_lost().await.unwrap(), Lost { drafts: 1, unsent: 1, photos: 1 });
    lock::forget().await.unwrap();
    assert_eq!(session::owner(), None, "who sets a new PIN signs in first");
    session::becomes(&my_session).unwrap();
    lock::look().await.unwrap();
    assert_eq!(lock::would_be_lost().await.unwrap(), Lost::default());
    lock::set_pin("480213").await.unwrap();
    assert_eq!(drafts::get(unfinished.id).await.unwrap(), None);
    session::becomes(&others_session).unwrap();
    lock::look().await.unwrap();
    lock::unlock(PIN).await.unwrap();
    assert_eq!(drafts::get(others_draft.id).await.unwrap().map(|draft| draft.inspector), Some(other));
}
