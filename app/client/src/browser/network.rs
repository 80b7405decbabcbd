//! `fetch`, with an end to every wait.

use super::window;
use crate::platform::{Body, HEADERS, Network, Request, Response, Unreachable};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestInit};

/// How long an answer may take; records and pieces of photos are small, and 2G is slow.
const TIMEOUT_MS: u32 = 60_000;

pub struct Fetch;

impl Network for Fetch {
    async fn send(&self, request: Request<'_>) -> Result<Response, Unreachable> {
        let answer = answered(request).await.ok_or(Unreachable)?;
        let headers = answer.headers();
        let header = |name: &'static str| Some((name, headers.get(name).ok()??));
        let response = Response {
            status: answer.status(),
            headers: HEADERS.into_iter().filter_map(header).collect(),
            body: vec![],
        };
        match body(&answer).await {
            Some(body) => Ok(Response { body, ..response }),
            None if response.is_success() => Err(Unreachable),
            // The status of an error counts without its words, too.
            None => Ok(response),
        }
    }
}

/// None where nothing came, or it came from somewhere else.
async fn answered(request: Request<'_>) -> Option<web_sys::Response> {
    // Older browsers cannot break a request off; it is waited for no longer all the same.
    let controller = AbortController::new().ok();
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(controller.as_ref().map(AbortController::signal).as_ref());
    match request.body {
        Some(Body::Text(text)) => init.set_body(&JsValue::from_str(text)),
        Some(Body::Bytes(bytes)) => init.set_body(&Uint8Array::from(bytes)),
        None => {}
    }
    let sent = Headers::new().ok()?;
    for (name, value) in request.headers {
        sent.set(name, value).ok()?;
    }
    init.set_headers(&sent);
    let answer = in_time(window().fetch_with_str_and_init(request.path, &init)).await;
    if let Some(controller) = controller.filter(|_| answer.is_none()) {
        controller.abort();
    }
    let response: web_sys::Response = answer?.dyn_into().ok()?;
    (!response.redirected()).then_some(response)
}

async fn body(answer: &web_sys::Response) -> Option<Vec<u8>> {
    let buffer = in_time(answer.array_buffer().ok()?).await?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// A line may go silent in the middle of an answer, too.
async fn in_time(promise: Promise) -> Option<JsValue> {
    match select(JsFuture::from(promise), TimeoutFuture::new(TIMEOUT_MS)).await {
        Either::Left((came, _)) => came.ok(),
        Either::Right(_) => None,
    }
}
