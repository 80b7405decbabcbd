//! A person at work on a phone.

use app::device::{
    DeviceError, clock, db, drafts, lock,
    photos::{self, Darkroom, Shot, Stamp, Taken},
    session,
};
pub use domain::photo::Source;
use domain::{
    checklist::{Checklist, Severity},
    device::Shelf,
    hazard::Found,
    id::{CommunityId, GridId, OfficeId, PersonId, SiteKind},
    inspection::{Draft, InspectionKind},
    photo::PhotoHash,
    risk::RiskLevel,
    role::{Actor, Role, Scope},
    sector::Sector,
    site::Site,
    sync::SignedIn,
};
use js_sys::{Array, Uint8Array};
use serde_json::json;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement, Response, Url,
};

/// As the server would serve it.
const DARKROOM: &str = include_str!("../../../public/darkroom.js");

/// The darkroom's program, with something in front of it.
pub fn darkroom_begins_with(words: &str) {
    let parts = Array::of1(&format!("{words}{DARKROOM}").into());
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let program = Blob::new_with_str_sequence_and_options(&parts, &options).unwrap();
    photos::found_at(Url::create_object_url_with_blob(&program).unwrap());
}

pub async fn take(file: File, source: Source) -> Result<Taken, DeviceError> {
    let stamp =
        Stamp {
            place: "锦绣家园".into(), subject: "灭火器在有效期内".into(), number: "第 3 项".into()
        };
    photos::take(&Darkroom::default(), &Shot::File(file, source), &stamp).await
}

pub const PIN: &str = "190305";

/// Each test is another person, so that their records keep apart.
pub async fn sign_in() -> PersonId {
    let person: PersonId = clock::new_id();
    let actor = Actor {
        office: OfficeId(Uuid::nil()),
        person,
        name: "李敏".into(),
        role: Role::Inspector,
        scope: Scope::Grids(vec![]),
    };
    session::becomes(&SignedIn { actor, office: "新城街道".into(), demo: false, due: None }).unwrap();
    lock::look().await.unwrap();
    lock::set_pin(PIN).await.unwrap();
    darkroom_begins_with("");
    person
}

pub fn site() -> Site {
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

pub fn checklist() -> Checklist {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let item = |id: &str| json!({ "id": id, "text": text(id), "question": "pass_fail", "photo": "never" });
    let list = json!({
        "id": "shed", "version": 1, "sector": "ebike", "site_kinds": ["charging-shed"], "title": text("充电棚"),
        "section": [{ "id": "all", "title": text("全部"), "item": [item("a"), item("b")] }],
    });
    serde_json::from_value(list).unwrap()
}

pub async fn begun() -> (Site, Draft) {
    let site = site();
    db::write(&[Shelf::Records], async |tx| tx.put_record(&site).await).await.unwrap();
    let draft = drafts::begin(&site, &checklist(), InspectionKind::Surprise).await.unwrap();
    (site, draft)
}

pub fn file(bytes: &[u8], name: &str, media_type: &str) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = FilePropertyBag::new();
    options.set_type(media_type);
    File::new_with_u8_array_sequence_and_options(&parts, name, &options).unwrap()
}

pub fn found(photos: Vec<PhotoHash>) -> Found {
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
pub async fn drawn_photo(width: u32, height: u32) -> File {
    drawn_as("image/jpeg", width, height).await
}

/// Four quarters: red and green above, blue and white below.
pub async fn drawn_as(media_type: &str, width: u32, height: u32) -> File {
    let canvas = canvas(width, height);
    let (across, down) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    for (n, colour) in (0u8..).zip(["#f00", "#0f0", "#00f", "#fff"]) {
        let (column, row) = (f64::from(n % 2), f64::from(n / 2));
        canvas.1.set_fill_style_str(colour);
        canvas.1.fill_rect(column * across, row * down, across, down);
    }
    saved(&canvas.0, media_type).await
}

pub async fn saved(canvas: &HtmlCanvasElement, media_type: &str) -> File {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let take = Closure::once_into_js(move |blob: JsValue| resolve.call1(&JsValue::NULL, &blob));
        canvas.to_blob_with_type(take.unchecked_ref(), media_type).unwrap();
    });
    let blob: Blob = JsFuture::from(promise).await.unwrap().unchecked_into();
    file(&bytes_of(&blob).await, "photo", media_type)
}

pub fn canvas(width: u32, height: u32) -> (HtmlCanvasElement, CanvasRenderingContext2d) {
    let canvas = leptos::prelude::document().create_element("canvas").unwrap();
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    (canvas, context)
}

/// The bytes that the phone keeps of a photo.
pub async fn kept(hash: &PhotoHash) -> Vec<u8> {
    let url = photos::url(hash, true).await.unwrap().unwrap();
    let answer = JsFuture::from(leptos::prelude::window().fetch_with_str(&url)).await.unwrap();
    let blob = JsFuture::from(answer.unchecked_into::<Response>().blob().unwrap()).await.unwrap();
    bytes_of(&blob.unchecked_into()).await
}

pub async fn bytes_of(blob: &Blob) -> Vec<u8> {
    Uint8Array::new(&JsFuture::from(blob.array_buffer()).await.unwrap()).to_vec()
}

pub async fn done(request: &web_sys::IdbRequest) -> JsValue {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.unwrap();
    request.result().unwrap()
}
