//! The phone's storage in a real browser.

#![cfg(all(target_arch = "wasm32", feature = "field"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use app::device::{
    DeviceError, clock,
    db::{self, Store},
    drafts::{self, NotSubmitted},
    outbox::{self, ParcelState},
    photos::{self, Stamp},
    records,
};
use domain::{
    answer::Answer,
    checklist::{Checklist, Severity},
    hazard::{Deed, Found},
    id::{CommunityId, GridId, ItemId, OfficeId, PersonId, SiteId, SiteKind},
    inspection::{Draft, Gap, InspectionKind},
    risk::RiskLevel,
    role::{Actor, Role, Scope},
    sector::Sector,
    site::Site,
    sync::SignedIn,
};
use gloo_storage::{LocalStorage, Storage};
use js_sys::{Array, Uint8Array};
use serde_json::json;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{File, FilePropertyBag, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

const SUBJECT: fn() -> Stamp = || Stamp { place: "锦绣家园".into(), subject: "第 3 项".into() };

/// Each test is another person, so that their records keep apart.
fn sign_in() -> PersonId {
    let person: PersonId = clock::new_id();
    let actor = Actor {
        office: OfficeId(Uuid::nil()),
        person,
        name: "李敏".into(),
        role: Role::Inspector,
        scope: Scope::Grids(vec![]),
    };
    LocalStorage::set("xunan.session", SignedIn { actor, office: "新城街道".into(), demo: false }).unwrap();
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
    db::write(&[Store::Sites], async |tx| tx.put(Store::Sites, &site.id.to_string(), &site).await)
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
    sign_in();
    let (_, mut draft) = begun().await;
    draft.answer(&ItemId::from("a"), Answer::Pass);
    drafts::save(&draft).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn saves_are_carried_out_in_the_order_made() {
    sign_in();
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
    let failed: Result<(), _> = db::write(&[Store::Sites], async |tx| {
        tx.put(Store::Sites, &key, &site()).await?;
        Err(DeviceError::StorageFull)
    })
    .await;
    assert_eq!(failed, Err(DeviceError::StorageFull));
    assert_eq!(records::site(id).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn an_incomplete_draft_is_not_submitted_and_stays() {
    sign_in();
    let (site, mut draft) = begun().await;
    draft.answer(&ItemId::from("a"), Answer::Pass);
    drafts::save(&draft).await.unwrap();
    let refused = drafts::submit(draft.clone(), &checklist(), &site).await;
    assert!(matches!(refused, Err(NotSubmitted::Gaps(gaps)) if gaps == [Gap::Unanswered(ItemId::from("b"))]));
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn submitting_moves_the_draft_into_the_outbox_and_a_late_save_does_not_bring_it_back() {
    sign_in();
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
    sign_in();
    let (site, _) = begun().await;
    let taken = photos::take(drawn_photo(800, 600).await, &SUBJECT()).await.unwrap();
    let found = Found {
        level: Severity::General,
        what: "飞线充电".into(),
        basis: String::new(),
        due: None,
        responsible: String::new(),
        photos: vec![taken.facts.hash.clone()],
        inspection: None,
        checklist: None,
        item: None,
        fixed: None,
    };
    let id = outbox::report(site.id, Deed::Found(found), "飞线充电".into()).await.unwrap();
    let hazard = records::hazard(id).await.unwrap().unwrap();
    assert_eq!((hazard.title(), hazard.number.as_deref()), ("飞线充电", None));
    assert_eq!(outbox::all().await.unwrap()[0].photos, (0, 1));
    assert!(photos::url(&taken.facts.hash, false).await.unwrap().unwrap().starts_with("blob:"));
}

#[wasm_bindgen_test]
async fn the_next_person_sees_nothing_of_it() {
    sign_in();
    let (site, mut draft) = begun().await;
    drafts::save(&draft).await.unwrap();
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    drafts::submit(draft, &checklist(), &site).await.unwrap();
    let (_, second) = begun().await;
    sign_in();
    assert_eq!(outbox::all().await.unwrap(), []);
    assert_eq!(drafts::all().await.unwrap(), []);
    assert_eq!(drafts::get(second.id).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_large_photo_is_scaled_and_hashed() {
    sign_in();
    let original = drawn_photo(4000, 3000).await;
    let taken = photos::take(original, &SUBJECT()).await.unwrap();
    assert_eq!((taken.facts.width, taken.facts.height), (2048, 1536));
    assert_eq!(taken.facts.media_type, "image/jpeg");
    assert_ne!(taken.facts.original.as_ref(), Some(&taken.facts.hash));
}

#[wasm_bindgen_test]
async fn what_is_no_photo_is_refused_with_a_word() {
    sign_in();
    for bytes in [&b""[..], b"GIF89a but not really", &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]] {
        let refused = photos::take(file(bytes, "broken.jpg", "image/jpeg"), &SUBJECT()).await;
        assert_eq!(refused, Err(DeviceError::PhotoUnreadable));
    }
}

#[wasm_bindgen_test]
async fn a_heic_that_the_browser_cannot_show_is_kept_as_it_is() {
    sign_in();
    let bytes = [&[0, 0, 0, 24][..], b"ftypheic", &[0; 40]].concat();
    let taken = photos::take(file(&bytes, "IMG_1.HEIC", "image/heic"), &SUBJECT()).await.unwrap();
    assert!(taken.as_it_is);
    assert_eq!(taken.facts.original, Some(taken.facts.hash));
    assert_eq!(taken.facts.bytes, bytes.len() as u64);
}
