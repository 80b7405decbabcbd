//! The service worker: whether it keeps the program, and whether it has been woken. `field-boot.js` registers it.

use super::{document, window};
use crate::platform::Lack;
use gloo_events::EventListener;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, ServiceWorkerContainer, ServiceWorkerRegistration};

/// Absent on plain-http pages.
pub(super) fn container() -> Option<ServiceWorkerContainer> {
    Reflect::get(&window().navigator(), &JsValue::from_str("serviceWorker")).ok()?.dyn_into().ok()
}

/// Whether the program is kept whole, so that it opens without signal: true when it is, false while it is on its way.
pub(super) async fn kept() -> Result<bool, Lack> {
    let container = container().ok_or_else(|| Lack::Worker { https: window().is_secure_context() })?;
    // `field-boot.js` notes it there.
    let root = document().document_element().and_then(|root| root.get_attribute("data-worker"));
    let registration = async {
        let found = JsFuture::from(container.get_registration()).await;
        found.ok()?.dyn_into::<ServiceWorkerRegistration>().ok()
    };
    let registration = registration.await;
    if root.is_some() && registration.is_none() {
        return Err(Lack::Refused);
    }
    if registration.as_ref().is_some_and(|one| one.active().is_some()) && is_whole().await {
        return Ok(true);
    }
    // Registered a moment from now, or being filled.
    match registration {
        Some(one) if one.installing().is_none() && one.waiting().is_none() => Err(Lack::NotWhole),
        Some(_) | None => Ok(false),
    }
}

/// Whether one of the caches has the entry that is put in last.
async fn is_whole() -> bool {
    const LAST: &str = "/field/.whole";
    let found = async {
        let caches = Reflect::get(&window(), &JsValue::from_str("caches")).ok()?;
        let find: Function = Reflect::get(&caches, &JsValue::from_str("match")).ok()?.dyn_into().ok()?;
        let looking: Promise = find.call1(&caches, &JsValue::from_str(LAST)).ok()?.dyn_into().ok()?;
        JsFuture::from(looking).await.ok()
    };
    found.await.is_some_and(|found| !found.is_undefined())
}

/// Asks the browser to tell when signal is back, also while the page sleeps; few browsers can.
pub(super) async fn ask_to_be_woken() {
    let Some(registration) = registration().await else { return };
    let Ok(sync) = Reflect::get(&registration, &JsValue::from_str("sync")) else { return };
    let register = Reflect::get(&sync, &JsValue::from_str("register")).ok();
    if let Some(register) = register.and_then(|register| register.dyn_into::<Function>().ok())
        && let Ok(asked) = register.call1(&sync, &JsValue::from_str("unsent"))
        && let Ok(asked) = asked.dyn_into::<Promise>()
    {
        // Refused where the person does not want it: the page's own timer goes on.
        let _ = JsFuture::from(asked).await;
    }
}

/// Hears the worker say that signal is back.
pub(super) fn on_wake(wake: impl Fn() + 'static) {
    let Some(container) = container() else { return };
    EventListener::new(&container, "message", move |event| {
        let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
        let word = data.and_then(|data| Reflect::get(&data, &JsValue::from_str("type")).ok()?.as_string());
        if word.as_deref() == Some("WAKE") {
            wake();
        }
    })
    .forget();
}

pub(super) async fn registration() -> Option<ServiceWorkerRegistration> {
    JsFuture::from(container()?.ready().ok()?).await.ok()?.dyn_into().ok()
}
