//! The phone's storage in a real browser.

#![cfg(all(target_arch = "wasm32", feature = "field"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use app::device::{
    DeviceError, clock, db,
    drafts::{self, NotSubmitted},
    lock::{self, Lock, Lost},
    outbox::{self, ParcelState},
    photos::{self, Stamp},
    records,
};
use domain::{
    answer::Answer,
    checklist::{Checklist, Severity},
    device::{
        Shelf,
        queue::{Queued, Standing},
    },
    hazard::{Deed, Found},
    id::{CommunityId, GridId, ItemId, OfficeId, PersonId, SiteId, SiteKind},
    inspection::{Draft, Gap, InspectionKind},
    photo::PhotoHash,
    risk::RiskLevel,
    role::{Actor, Role, Scope},
    sector::Sector,
    site::Site,
    sync::{Reason, Refusal, SignedIn},
};
use gloo_storage::{LocalStorage, Storage};
use js_sys::{Array, Uint8Array};
use leptos::prelude::GetUntracked;
use serde_json::json;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{File, FilePropertyBag, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

const SUBJECT: fn() -> Stamp = || Stamp { place: "锦绣家园".into(), subject: "第 3 项".into() };

const PIN: &str = "190305";

/// Each test is another person, so that their records keep apart.
async fn sign_in() -> PersonId {
    let person: PersonId = clock::new_id();
    let actor = Actor {
        office: OfficeId(Uuid::nil()),
        person,
        name: "李敏".into(),
        role: Role::Inspector,
        scope: Scope::Grids(vec![]),
    };
    LocalStorage::set("xunan.session", SignedIn { actor, office: "新城街道".into(), demo: false }).unwrap();
    lock::look().await.unwrap();
    lock::set_pin(PIN).await.unwrap();
    person
}

fn site() -> Site {
    Site {
        id: clock::new_id(),
        community: CommunityId(Uuid::nil()),
        grid: GridId(Uuid::nil()),
        name: "锦绣家园 2 号充电棚".into(),
        code: "XC0001".into(),
        kinds: vec![SiteKind::from("charging-shed")],
        sector: Sector::Ebike,
        risk: RiskLevel::Considerable,
        address: String::new(),
        location: None,
        contacts: vec![],
        leader: String::new(),
        department: None,
        pinyin: String::new(),
        last_visit: None,
        retired: false,
    }
}

fn checklist() -> Checklist {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let item = |id: &str| json!({ "id": id, "text": text(id), "type": "pass_fail", "photo": "never" });
    let list = json!({
        "id": "shed", "version": 1, "sector": "ebike", "site_kinds": ["charging-shed"], "title": text("充电棚"),
        "section": [{ "id": "all", "title": text("全部"), "item": [item("a"), item("b")] }],
    });
    serde_json::from_value(list).unwrap()
}

async fn begun() -> (Site, Draft) {
    let site = site();
    db::write(&[Shelf::Sites], async |tx| tx.put(Shelf::Sites, &site.id.to_string(), &site).await)
        .await
        .unwrap();
    let draft = drafts::begin(&site, &checklist(), InspectionKind::Surprise).await.unwrap();
    (site, draft)
}

fn file(bytes: &[u8], name: &str, media_type: &str) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = FilePropertyBag::new();
    options.set_type(media_type);
    File::new_with_u8_array_sequence_and_options(&parts, name, &options).unwrap()
}

fn found(photos: Vec<PhotoHash>) -> Found {
    Found {
        level: Severity::General,
        what: "飞线充电".into(),
        basis: String::new(),
        due: None,
        responsible: String::new(),
        photos,
        inspection: None,
        checklist: None,
        item: None,
        fixed: None,
    }
}

/// A JPEG as a camera would give, by the browser's own encoder.
async fn drawn_photo(width: u32, height: u32) -> File {
    let document = leptos::prelude::document();
    let canvas: HtmlCanvasElement = document.create_element("canvas").unwrap().unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let take = Closure::once_into_js(move |blob: JsValue| resolve.call1(&JsValue::NULL, &blob));
        canvas.to_blob_with_type(take.unchecked_ref(), "image/jpeg").unwrap();
    });
    let blob: web_sys::Blob = JsFuture::from(promise).await.unwrap().unchecked_into();
    let bytes = Uint8Array::new(&JsFuture::from(blob.array_buffer()).await.unwrap()).to_vec();
    file(&bytes, "photo.jpg", "image/jpeg")
}

#[wasm_bindgen_test]
async fn a_tap_is_kept_and_read_back() {
    sign_in().await;
    let (_, mut draft) = begun().await;
    draft.answer(&ItemId::from("a"), Answer::Pass);
    drafts::save(&draft).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn saves_are_carried_out_in_the_order_made() {
    sign_in().await;
    let (_, mut draft) = begun().await;
    let saves: Vec<_> = (0..30)
        .map(|n| {
            draft.note = format!("{n}");
            let draft = draft.clone();
            async move { drafts::save(&draft).await }
        })
        .collect();
    for saved in futures::future::join_all(saves).await {
        saved.unwrap();
    }
    assert_eq!(drafts::get(draft.id).await.unwrap().unwrap().note, "29");
}

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
async fn an_incomplete_draft_is_not_submitted_and_stays() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    draft.answer(&ItemId::from("a"), Answer::Pass);
    drafts::save(&draft).await.unwrap();
    let refused = drafts::submit(draft.clone(), &checklist(), &site).await;
    assert!(matches!(refused, Err(NotSubmitted::Gaps(gaps)) if gaps == [Gap::Unanswered(ItemId::from("b"))]));
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn submitting_moves_the_draft_into_the_outbox_and_a_late_save_does_not_bring_it_back() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    drafts::submit(draft.clone(), &checklist(), &site).await.unwrap();
    drafts::save(&draft).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap(), None);
    let parcels = outbox::all().await.unwrap();
    assert_eq!(parcels.len(), 1);
    assert!(parcels[0].title.contains("锦绣家园 2 号充电棚"));
    assert!(matches!(parcels[0].state, ParcelState::Waiting { last_try: None }));
}

#[wasm_bindgen_test]
async fn a_hazard_reported_offline_is_there_at_once_with_its_photo() {
    sign_in().await;
    let (site, _) = begun().await;
    let taken = photos::take(drawn_photo(800, 600).await, &SUBJECT()).await.unwrap();
    let found = found(vec![taken.facts.hash.clone()]);
    let id = outbox::report(site.id, Deed::Found(found), "飞线充电".into()).await.unwrap();
    let hazard = records::hazard(id).await.unwrap().unwrap();
    assert_eq!((hazard.title(), hazard.number.as_deref()), ("飞线充电", None));
    assert_eq!(outbox::all().await.unwrap()[0].photos, (0, 1));
    assert!(photos::url(&taken.facts.hash, false).await.unwrap().unwrap().starts_with("blob:"));
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
async fn a_large_photo_is_scaled_and_hashed() {
    sign_in().await;
    let original = drawn_photo(4000, 3000).await;
    let taken = photos::take(original, &SUBJECT()).await.unwrap();
    assert_eq!((taken.facts.width, taken.facts.height), (2048, 1536));
    assert_eq!(taken.facts.media_type, "image/jpeg");
    assert_ne!(taken.facts.original.as_ref(), Some(&taken.facts.hash));
}

#[wasm_bindgen_test]
async fn what_is_no_photo_is_refused_with_a_word() {
    sign_in().await;
    for bytes in [&b""[..], b"GIF89a but not really", &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]] {
        let refused = photos::take(file(bytes, "broken.jpg", "image/jpeg"), &SUBJECT()).await;
        assert_eq!(refused, Err(DeviceError::PhotoUnreadable));
    }
}

#[wasm_bindgen_test]
async fn a_heic_that_the_browser_cannot_show_is_kept_as_it_is() {
    sign_in().await;
    let bytes = [&[0, 0, 0, 24][..], b"ftypheic", &[0; 40]].concat();
    let taken = photos::take(file(&bytes, "IMG_1.HEIC", "image/heic"), &SUBJECT()).await.unwrap();
    assert!(taken.as_it_is);
    assert_eq!(taken.facts.original, Some(taken.facts.hash));
    assert_eq!(taken.facts.bytes, bytes.len() as u64);
}

/// What lies in the database as the browser keeps it.
async fn lies(shelf: Shelf, key: &str) -> JsValue {
    let open = leptos::prelude::window().indexed_db().unwrap().unwrap().open("xunan").unwrap();
    let db: web_sys::IdbDatabase = done(&open).await.unchecked_into();
    let store = db.transaction_with_str(shelf.name()).unwrap().object_store(shelf.name()).unwrap();
    let value = done(&store.get(&JsValue::from_str(key)).unwrap()).await;
    db.close();
    value
}

async fn done(request: &web_sys::IdbRequest) -> JsValue {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.unwrap();
    request.result().unwrap()
}

#[wasm_bindgen_test]
async fn what_lies_on_the_phone_is_unreadable_without_the_pin() {
    sign_in().await;
    let (site, draft) = begun().await;
    for (shelf, key) in [(Shelf::Sites, site.id.to_string()), (Shelf::Drafts, draft.id.to_string())] {
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
    let of_first: SignedIn = LocalStorage::get("xunan.session").unwrap();
    let actor = Actor { person: clock::new_id(), ..of_first.actor.clone() };
    LocalStorage::set("xunan.session", SignedIn { actor, ..of_first.clone() }).unwrap();
    lock::look().await.unwrap();
    assert_eq!(lock::state().get_untracked(), Lock::New, "the next person has no PIN here yet");
    assert_eq!(drafts::get(draft.id).await, Err(DeviceError::Locked));
    LocalStorage::set("xunan.session", of_first).unwrap();
    lock::look().await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap().map(|draft| draft.inspector), Some(first));
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
async fn what_is_taken_off_the_list_leaves_no_photo_that_could_never_go() {
    sign_in().await;
    let (site, _) = begun().await;
    let taken = photos::take(drawn_photo(800, 600).await, &SUBJECT()).await.unwrap();
    let found = found(vec![taken.facts.hash.clone()]);
    outbox::report(site.id, Deed::Found(found), "飞线充电".into()).await.unwrap();
    let refusal = Refusal { reason: Reason::NotAllowed, kept: None, words: String::new() };
    db::write(&[Shelf::Outbox], async |tx| {
        for queued in tx.all::<Queued>(Shelf::Outbox).await? {
            let standing = Standing::Refused { refusal: refusal.clone() };
            tx.carry_out(&[Queued { standing, ..queued }.write()]).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
    let parcel = outbox::all().await.unwrap().remove(0).id;
    outbox::dismiss(parcel).await.unwrap();
    assert_eq!(outbox::all().await.unwrap(), []);
    let hash = taken.facts.hash.as_str().to_owned();
    let bytes =
        db::read(&[Shelf::PhotoBytes], async |tx| tx.kept(Shelf::PhotoBytes, &hash).await).await.unwrap();
    assert!(bytes.is_none());
}

#[wasm_bindgen_test]
async fn a_forgotten_pin_says_what_is_lost_and_loses_nothing_of_anybody_else() {
    let other = sign_in().await;
    let (_, others_draft) = begun().await;
    let others_session: SignedIn = LocalStorage::get("xunan.session").unwrap();
    sign_in().await;
    let (site, mut draft) = begun().await;
    let (_, unfinished) = begun().await;
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    drafts::submit(draft, &checklist(), &site).await.unwrap();
    photos::take(drawn_photo(800, 600).await, &SUBJECT()).await.unwrap();
    let my_session: SignedIn = LocalStorage::get("xunan.session").unwrap();
    lock::lock().await.unwrap();
    assert_eq!(lock::would_be_lost().await.unwrap(), Lost { drafts: 1, unsent: 1, photos: 1 });
    lock::forget().await.unwrap();
    let signed_in = LocalStorage::get::<SignedIn>("xunan.session");
    assert!(signed_in.is_err(), "who sets a new PIN signs in first");
    LocalStorage::set("xunan.session", my_session).unwrap();
    lock::look().await.unwrap();
    assert_eq!(lock::would_be_lost().await.unwrap(), Lost::default());
    lock::set_pin("480213").await.unwrap();
    assert_eq!(drafts::get(unfinished.id).await.unwrap(), None);
    LocalStorage::set("xunan.session", others_session).unwrap();
    lock::look().await.unwrap();
    assert_eq!(drafts::get(others_draft.id).await.unwrap().map(|draft| draft.inspector), Some(other));
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
async fn unsent_work_travels_in_a_file_and_comes_in_once() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    let taken = photos::take(drawn_photo(800, 600).await, &SUBJECT()).await.unwrap();
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    draft.items.get_mut(&ItemId::from("a")).unwrap().photos = vec![taken.facts.hash.clone()];
    drafts::submit(draft, &checklist(), &site).await.unwrap();
    let before = outbox::all().await.unwrap();
    let (blob, name) = outbox::carry::pack().await.unwrap().unwrap();
    assert!(name.ends_with(".xunan"), "{name}");
    let packed = File::new_with_blob_sequence(&Array::of1(&blob), &name).unwrap();
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), (0, 0), "it is all here already");
    // The same person on a phone that has none of it.
    let my_session: SignedIn = LocalStorage::get("xunan.session").unwrap();
    lock::lock().await.unwrap();
    lock::forget().await.unwrap();
    LocalStorage::set("xunan.session", my_session).unwrap();
    lock::look().await.unwrap();
    lock::set_pin(PIN).await.unwrap();
    assert_eq!(outbox::all().await.unwrap(), []);
    // The inspection and the facts of its photo; the photo.
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), (2, 1));
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), (0, 0));
    assert_eq!(outbox::all().await.unwrap(), before);
    sign_in().await;
    assert_eq!(outbox::carry::unpack(&packed).await, Err(DeviceError::SomebodyElses));
    let odd = file(b"xunan outbox 1\n{}", "odd.xunan", "");
    assert_eq!(outbox::carry::unpack(&odd).await, Err(DeviceError::NotABundle));
}
