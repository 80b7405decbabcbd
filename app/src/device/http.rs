//! The device API, spoken over `fetch`.

mod password;
mod upload;

pub use password::{NotChanged, change_password};
pub use upload::{begin_upload, photo_receipt, upload_chunk, upload_offset};

use super::{DeviceError, half};
use crate::components::photo_pair::thumbnail_url;
use domain::{
    device::{Unwritable, failure::Failure, mended::mended},
    id::HazardId,
    integrity::PhotoChecks,
    photo::PhotoHash,
    sync::{Answered, Credentials, Problem, SignedIn, SyncRequest, SyncResponse},
};
use futures::future::Either;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestInit, Response};

/// How long an answer may take; records and pieces of photos are small, and 2G is slow.
const TIMEOUT_MS: u32 = 60_000;

const JSON: (&str, &str) = ("content-type", "application/json");

impl From<Failure> for DeviceError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NoAnswer => Self::Offline,
            Failure::SignIn => Self::WrongPassword,
            Failure::Later { .. } => Self::TooManyTries,
            Failure::Refused { status } | Failure::Server { status } => Self::Server(status),
            Failure::Conflict => Self::Server(409),
            Failure::Gone => Self::Server(410),
            Failure::Unwritable => Self::Unwritable(Unwritable("request".to_owned())),
        }
    }
}

pub async fn sign_in(credentials: &Credentials) -> Result<SignedIn, Failure> {
    half::hold();
    let body = json(credentials)?;
    read(send("POST", "/api/v1/session", &[JSON], Some(body)).await?).await
}

pub async fn whoami() -> Result<SignedIn, Failure> {
    read(send("GET", "/api/v1/session", &[], None).await?).await
}

pub async fn sign_out() -> Result<(), Failure> {
    send("DELETE", "/api/v1/session", &[], None).await.map(drop)
}

pub async fn sync(request: &SyncRequest) -> Result<SyncResponse, Failure> {
    let body = json(request)?;
    let response = send("POST", "/api/v1/sync", &[JSON], Some(body)).await?;
    let answer = text(&response).await?;
    // Read part by part only where a newer server has said something unknown.
    serde_json::from_str(&answer)
        .or_else(|_| serde_json::from_str(&mended(&answer, reads).unwrap_or_default()))
        .map_err(|_| Failure::NoAnswer)
}

fn reads(answered: &Value) -> bool {
    serde_json::from_str::<Answered>(&answered.to_string()).is_ok()
}

/// The small picture of a photo, for lists that open offline.
pub async fn thumbnail(hash: &PhotoHash) -> Result<Vec<u8>, Failure> {
    bytes(&thumbnail_url(hash)).await
}

/// The photo itself, to be looked at and not kept.
pub async fn photo(hash: &PhotoHash) -> Result<Vec<u8>, Failure> {
    bytes(&format!("/api/v1/photos/{hash}")).await
}

async fn bytes(path: &str) -> Result<Vec<u8>, Failure> {
    let response = send("GET", path, &[], None).await?;
    let buffer = response.array_buffer().map_err(|_| Failure::NoAnswer)?;
    Ok(Uint8Array::new(&in_time(buffer).await?).to_vec())
}

/// What speaks against a hazard's photos, for whoever may accept it.
pub async fn photo_checks(hazard: HazardId) -> Result<PhotoChecks, Failure> {
    read(send("GET", &format!("/api/v1/hazards/{hazard}/photos"), &[], None).await?).await
}

/// A request's body. What cannot be said is not sent, and no empty body goes in its place.
fn json(request: &impl Serialize) -> Result<JsValue, Failure> {
    let text = serde_json::to_string(request).map_err(|_| Failure::Unwritable)?;
    Ok(JsValue::from_str(&text))
}

/// A portal's 200 with a login page does not parse, and neither does an answer cut short.
async fn read<A: DeserializeOwned>(response: Response) -> Result<A, Failure> {
    serde_json::from_str(&text(&response).await?).map_err(|_| Failure::NoAnswer)
}

async fn text(response: &Response) -> Result<String, Failure> {
    let text = response.text().map_err(|_| Failure::NoAnswer)?;
    Ok(in_time(text).await?.as_string().unwrap_or_default())
}

/// A line may go silent in the middle of an answer, too.
async fn in_time(promise: Promise) -> Result<JsValue, Failure> {
    match futures::future::select(JsFuture::from(promise), TimeoutFuture::new(TIMEOUT_MS)).await {
        Either::Left((came, _)) => came.map_err(|_| Failure::NoAnswer),
        Either::Right(_) => Err(Failure::NoAnswer),
    }
}

/// Whatever the server answers. The browser keeps none of it: what the phone keeps is sealed.
async fn answered(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<JsValue>,
) -> Result<Response, Failure> {
    half::renew();
    // Older browsers cannot break a request off; it is waited for no longer all the same.
    let controller = AbortController::new().ok();
    let init = RequestInit::new();
    init.set_method(method);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(controller.as_ref().map(AbortController::signal).as_ref());
    if let Some(body) = body {
        init.set_body(&body);
    }
    let sent = Headers::new().map_err(|_| Failure::NoAnswer)?;
    for (name, value) in headers {
        sent.set(name, value).map_err(|_| Failure::NoAnswer)?;
    }
    init.set_headers(&sent);
    let answer = in_time(leptos::prelude::window().fetch_with_str_and_init(path, &init)).await;
    if let Some(controller) = controller.filter(|_| answer.is_err()) {
        controller.abort();
    }
    let answer = answer?;
    let response: Response = answer.dyn_into().map_err(|_| Failure::NoAnswer)?;
    if response.redirected() { Err(Failure::NoAnswer) } else { Ok(response) }
}

/// An answer that is a success, or what came instead.
async fn send(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<JsValue>,
) -> Result<Response, Failure> {
    let response = answered(method, path, headers, body).await?;
    if response.ok() {
        return Ok(response);
    }
    let after_seconds = header(&response, "retry-after").and_then(|text| text.parse().ok());
    // An answer to HEAD has no body.
    let problem = match method {
        "HEAD" => header(&response, "tus-resumable").map(|_| Problem::default()),
        _ => problem(&response).await,
    };
    Err(Failure::of(response.status(), problem.as_ref(), after_seconds))
}

/// What the server itself says of an error; none where something else answered in its place.
async fn problem(response: &Response) -> Option<Problem> {
    header(response, "content-type").filter(|kind| Problem::is_media_type(kind))?;
    serde_json::from_str(&text(response).await.ok()?).ok()
}

fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).ok().flatten()
}
