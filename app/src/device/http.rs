//! The device API, spoken over `fetch` and, where a percentage is wanted, XMLHttpRequest.

use super::{DeviceError, json};
use domain::{
    photo::PhotoHash,
    sync::{Credentials, PhotoReceipt, SignedIn, SyncRequest, SyncResponse},
};
use futures::channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Blob, Headers, RequestInit, Response, XmlHttpRequest};

/// How long an answer may take; records are small, and 2G is slow.
const TIMEOUT_MS: u32 = 60_000;

/// How long an upload may stand still.
const STALL_MS: u32 = 45_000;

/// What came back when something did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nothing, or something that is not our server (a captive portal).
    NoAnswer,
    SignIn,
    /// Wait this long, if it said how long.
    Later {
        after_seconds: Option<u32>,
    },
    /// It will never take this.
    Refused {
        status: u16,
    },
    /// The server does not know of the photo yet.
    NotAnnounced,
    Server {
        status: u16,
    },
}

impl From<Failure> for DeviceError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NoAnswer => Self::Offline,
            Failure::SignIn => Self::WrongPassword,
            Failure::Later { .. } => Self::TooManyTries,
            Failure::Refused { status } | Failure::Server { status } => Self::Server(status),
            Failure::NotAnnounced => Self::Server(409),
        }
    }
}

pub async fn sign_in(credentials: &Credentials) -> Result<SignedIn, Failure> {
    call("POST", "/api/v1/session", Some(credentials)).await
}

pub async fn sign_out() -> Result<(), Failure> {
    send("DELETE", "/api/v1/session", None).await.map(drop)
}

pub async fn sync(request: &SyncRequest) -> Result<SyncResponse, Failure> {
    call("POST", "/api/v1/sync", Some(request)).await
}

/// The small picture of a photo, for lists that open offline.
pub async fn thumbnail(hash: &PhotoHash) -> Result<Blob, Failure> {
    let response = send("GET", &format!("/api/v1/photos/{hash}/thumbnail"), None).await?;
    let blob = response.blob().map_err(|_| Failure::NoAnswer)?;
    JsFuture::from(blob).await.ok().and_then(|blob| blob.dyn_into().ok()).ok_or(Failure::NoAnswer)
}

async fn call<Q: Serialize, A: DeserializeOwned>(
    method: &str,
    path: &str,
    body: Option<&Q>,
) -> Result<A, Failure> {
    let body = body.and_then(|body| serde_json::to_string(body).ok());
    let response = send(method, path, body.as_deref()).await?;
    let text = response.text().map_err(|_| Failure::NoAnswer)?;
    let text = JsFuture::from(text).await.map_err(|_| Failure::NoAnswer)?;
    // A portal's 200 with a login page does not parse, and neither does an answer cut short.
    json::read(&text.as_string().unwrap_or_default()).map_err(|_| Failure::NoAnswer)
}

async fn send(method: &str, path: &str, body: Option<&str>) -> Result<Response, Failure> {
    let controller = AbortController::new().map_err(|_| Failure::NoAnswer)?;
    let headers = Headers::new().map_err(|_| Failure::NoAnswer)?;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_signal(Some(&controller.signal()));
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
        let _ = headers.set("content-type", "application/json");
    }
    init.set_headers(&headers);
    let answer = JsFuture::from(leptos::prelude::window().fetch_with_str_and_init(path, &init));
    let expired = TimeoutFuture::new(TIMEOUT_MS);
    let answer = match futures::future::select(answer, expired).await {
        futures::future::Either::Left((answer, _)) => answer.map_err(|_| Failure::NoAnswer)?,
        futures::future::Either::Right(((), _)) => {
            controller.abort();
            return Err(Failure::NoAnswer);
        }
    };
    let response: Response = answer.dyn_into().map_err(|_| Failure::NoAnswer)?;
    if response.ok() && !response.redirected() {
        return Ok(response);
    }
    let after_seconds =
        response.headers().get("retry-after").ok().flatten().and_then(|text| text.parse().ok());
    Err(failure(response.status(), after_seconds))
}

fn failure(status: u16, after_seconds: Option<u32>) -> Failure {
    match status {
        401 => Failure::SignIn,
        408 | 425 | 429 | 503 => Failure::Later { after_seconds },
        409 => Failure::NotAnnounced,
        413 | 415 | 422 => Failure::Refused { status },
        // A redirect, a portal's page, a proxy's own 4xx: not an answer of ours.
        0..=499 => Failure::NoAnswer,
        _ => Failure::Server { status },
    }
}

/// Uploads a photo's bytes; `progress` hears of bytes sent.
pub async fn upload(
    hash: &PhotoHash,
    media_type: &str,
    bytes: &Blob,
    progress: impl Fn(f64) + 'static,
) -> Result<PhotoReceipt, Failure> {
    let request = XmlHttpRequest::new().map_err(|_| Failure::NoAnswer)?;
    request.open_with_async("PUT", &format!("/api/v1/photos/{hash}"), true).map_err(|_| Failure::NoAnswer)?;
    let _ = request.set_request_header("content-type", media_type);

    let (done, ended) = oneshot::channel::<()>();
    let done = Rc::new(RefCell::new(Some(done)));
    let on_end = Closure::<dyn FnMut()>::new(move || {
        if let Some(done) = done.borrow_mut().take() {
            let _ = done.send(());
        }
    });
    request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));

    let sent = Rc::new(RefCell::new(0.0));
    let on_progress = Closure::<dyn FnMut(web_sys::ProgressEvent)>::new({
        let sent = Rc::clone(&sent);
        move |event: web_sys::ProgressEvent| {
            *sent.borrow_mut() = event.loaded();
            progress(event.loaded());
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    }
    spawn_local(give_up_when_still(request.clone(), sent));
    request.send_with_opt_blob(Some(bytes)).map_err(|_| Failure::NoAnswer)?;
    let _ = ended.await;
    request.set_onloadend(None);

    match request.status().unwrap_or(0) {
        200 | 201 => {
            let text = request.response_text().ok().flatten().unwrap_or_default();
            json::read(&text).map_err(|_| Failure::NoAnswer)
        }
        status => {
            let after = request.get_response_header("retry-after").ok().flatten();
            Err(failure(status, after.and_then(|text| text.parse().ok())))
        }
    }
}

/// Aborts an upload that has not moved for [`STALL_MS`].
async fn give_up_when_still(request: XmlHttpRequest, sent: Rc<RefCell<f64>>) {
    let mut before = -1.0;
    loop {
        TimeoutFuture::new(STALL_MS).await;
        let now = *sent.borrow();
        if request.ready_state() == XmlHttpRequest::DONE {
            return;
        }
        if now <= before {
            let _ = request.abort();
            return;
        }
        before = now;
    }
}
