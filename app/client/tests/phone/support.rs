//! A person at work on a phone.

pub use client_fixtures::{PIN, beside, form, found, opened, pass_questions, unanswered};
pub use domain::photo::Source;

use chrono::{DateTime, NaiveDateTime, Utc};
use client::{
    Device, DeviceError, Host,
    browser::{
        images::{CanvasWorker, Shot},
        pictures::Pictures,
    },
    db,
    drafts::{self, NotSubmitted},
    lock,
    photos::{self, Stamp, Taken},
    session,
};
use client_fixtures::inspector;
use domain::{
    device::StoreName,
    form::Form,
    id::PersonId,
    photo::PhotoHash,
    site::Site,
    text::Lang,
    visit::{Draft, VisitNature},
};
use js_sys::{Array, Uint8Array};
use std::{
    cell::RefCell,
    ops::Deref,
    sync::atomic::{AtomicU32, Ordering},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement, Response, Url,
};

/// As the server would serve it.
const IMAGE_WORKER: &str = include_str!("../../../../public/image_worker.js");

/// The program of the worker that makes pictures, with something in front of it.
pub fn image_script(words: &str) -> String {
    let parts = Array::of1(&format!("{words}{IMAGE_WORKER}").into());
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let program = Blob::new_with_str_sequence_and_options(&parts, &options).unwrap();
    Url::create_object_url_with_blob(&program).unwrap()
}

pub fn chosen(_: Lang, _: Option<NaiveDateTime>, _: DateTime<Utc>) -> String {
    "选自相册".into()
}

pub fn stamp() -> Stamp {
    Stamp {
        place: "锦绣家园".into(), subject: "灭火器在有效期内".into(), number: "第 3 项".into()
    }
}

/// A phone of its own: nothing on it is another test's.
pub struct Phone {
    device: Device,
    /// What it keeps things under.
    pub name: String,
    pub pictures: Pictures,
    pub image_script: RefCell<String>,
}

impl Deref for Phone {
    type Target = Device;

    fn deref(&self) -> &Device {
        &self.device
    }
}

impl Phone {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let device = Device::new(Host::new(&name));
        let pictures = Pictures::new(&device);
        Self { device, name, pictures, image_script: RefCell::new(image_script("")) }
    }

    /// Whoever has it in hand from now on.
    pub async fn sign_in(&self) -> PersonId {
        let person: PersonId = self.clock.new_id();
        session::becomes(self, &inspector(person, "李敏")).unwrap();
        lock::look(self).await.unwrap();
        lock::set_pin(self, PIN).await.unwrap();
        person
    }

    pub async fn take(&self, file: File, source: Source) -> Result<Taken, DeviceError> {
        let worker = CanvasWorker::at(self.image_script.borrow().clone());
        photos::take(self, &worker, &Shot::File(file, source), &stamp(), chosen).await
    }

    pub async fn begun(&self) -> (Site, Draft) {
        let site = self.site();
        db::write(&self.db, &[StoreName::Records], async |tx| tx.put_record(&site).await).await.unwrap();
        let draft = drafts::begin(self, &site, &form(), VisitNature::Patrol).await.unwrap();
        (site, draft)
    }

    /// Seals a draft, as the screen does.
    pub async fn submit(&self, draft: Draft, forms: &[Form], site: &Site) -> Result<(), NotSubmitted> {
        let title = format!("{} 检查", site.name);
        drafts::submit(self, opened(draft, forms), site, title).await
    }

    /// The bytes that the phone keeps of a photo.
    pub async fn kept(&self, hash: &PhotoHash) -> Vec<u8> {
        let url = self.pictures.url(hash, true).await.unwrap().unwrap();
        let answer = JsFuture::from(window().fetch_with_str(&url)).await.unwrap();
        let blob = JsFuture::from(answer.unchecked_into::<Response>().blob().unwrap()).await.unwrap();
        bytes_of(&blob.unchecked_into()).await
    }

    /// One of its own.
    pub fn site(&self) -> Site {
        Site { id: self.clock.new_id(), ..client_fixtures::site() }
    }
}

/// A fresh phone in somebody's hand.
pub async fn sign_in() -> Phone {
    let phone = Phone::new();
    phone.sign_in().await;
    phone
}

pub fn file(bytes: &[u8], name: &str, media_type: &str) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = FilePropertyBag::new();
    options.set_type(media_type);
    File::new_with_u8_array_sequence_and_options(&parts, name, &options).unwrap()
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
    let canvas = window().document().unwrap().create_element("canvas").unwrap();
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    (canvas, context)
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

pub fn window() -> web_sys::Window {
    web_sys::window().unwrap()
}
