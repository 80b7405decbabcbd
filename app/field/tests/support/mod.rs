//! What stands on the page, as soon as it does.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The first element that fits, as soon as there is one.
pub async fn until(selector: &str) -> HtmlElement {
    for _ in 0..200 {
        if let Some(found) = document().query_selector(selector).unwrap() {
            return found.unchecked_into();
        }
        TimeoutFuture::new(25).await;
    }
    panic!("no {selector} in {}", document().body().unwrap().inner_html());
}

/// Waits until nothing fits.
pub async fn gone(selector: &str) {
    for _ in 0..200 {
        if document().query_selector(selector).unwrap().is_none() {
            return;
        }
        TimeoutFuture::new(25).await;
    }
    panic!("{selector} is still in {}", document().body().unwrap().inner_html());
}
