//! The list of sites in a real browser: what was looked for is nobody else's.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod support;

use client::{Device, Host, lock, session};
use js_sys::Function;
use leptos::prelude::window;
use support::{gone, until};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

fn typed(field: &HtmlElement, words: &str) {
    let body = "field.value = words; field.dispatchEvent(new Event('input', { bubbles: true }))";
    Function::new_with_args("field, words", body).call2(&JsValue::NULL, field, &words.into()).unwrap();
}

async fn looked_for() -> String {
    until("#find").await.unchecked_into::<HtmlInputElement>().value()
}

#[wasm_bindgen_test]
async fn what_was_looked_for_goes_with_what_was_open() {
    let phone = Device::new(Host::new("test-sites"));
    let signed_in = client_fixtures::inspector(phone.clock.new_id(), "李敏");
    session::becomes(&phone, &signed_in).unwrap();
    lock::look(&phone).await.unwrap();
    lock::set_pin(&phone, client_fixtures::PIN).await.unwrap();
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some("/field/sites")).unwrap();
    field::mount_on(phone.clone());

    typed(&until("#find").await, "王记饺子馆");
    // Another screen and back: it is still there.
    until("nav a[href='/field/outbox']").await.click();
    gone("#find").await;
    until("nav a[href='/field/sites']").await.click();
    assert_eq!(looked_for().await, "王记饺子馆");

    lock::lock(&phone).await.unwrap();
    gone("#find").await;
    lock::unlock(&phone, client_fixtures::PIN).await.unwrap();
    assert_eq!(looked_for().await, "");
}
