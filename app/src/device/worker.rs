//! The service worker: whether a newer version waits.
//!
//! `field-boot.js` registers it. A new version never takes over by itself: it waits until a person lets it, between
//! tasks, and then the page loads anew once.

use super::ready::Lack;
use gloo_events::EventListener;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use std::cell::{Cell, OnceCell};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};

thread_local! {
    static READY: OnceCell<ArcRwSignal<bool>> = const { OnceCell::new() };
    static TAKING: Cell<bool> = const { Cell::new(false) };
}

fn signal() -> ArcRwSignal<bool> {
    READY.with(|cell| cell.get_or_init(|| ArcRwSignal::new(false)).clone())
}

/// True when a new version is ready; offer it between tasks, never in the middle of a form.
pub fn update_ready() -> ArcReadSignal<bool> {
    let first = READY.with(|cell| cell.get().is_none());
    let ready = signal().read_only();
    if first {
        spawn_local(watch());
    }
    ready
}

/// Absent on plain-http pages.
fn container() -> Option<ServiceWorkerContainer> {
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

/// Hears that the browser would not take the worker in, or that another one has taken over,
/// for as long as the listeners are held.
pub fn on_change(hear: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    let heard = hear.clone();
    let mut listeners = vec![EventListener::new(&window(), "worker-refused", move |_| heard())];
    if let Some(container) = container() {
        listeners.push(EventListener::new(&container, "controllerchange", move |_| hear()));
    }
    listeners
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

async fn registration() -> Option<ServiceWorkerRegistration> {
    JsFuture::from(container()?.ready().ok()?).await.ok()?.dyn_into().ok()
}

async fn watch() {
    let Some(registration) = registration().await else { return };
    if registration.waiting().is_some() {
        signal().set(true);
    }
    let found = registration.clone();
    EventListener::new(&registration, "updatefound", move |_| {
        if let Some(installing) = found.installing() {
            watch_install(installing);
        }
    })
    .forget();
    if let Some(container) = container() {
        EventListener::new(&container, "controllerchange", |_| {
            // The first worker of a fresh phone takes control too, and nothing is to be reloaded then.
            if TAKING.replace(false) {
                // Else the page goes on as it was, and is the new one when it is opened again.
                let _ = window().location().reload();
            }
        })
        .forget();
    }
    // The browser looks once a day by itself; opening the app is a good moment too.
    if let Ok(looking) = registration.update() {
        // Fails without signal; then it is looked the next time.
        let _ = JsFuture::from(looking).await;
    }
}

fn watch_install(worker: ServiceWorker) {
    let watched = worker.clone();
    EventListener::new(&worker, "statechange", move |_| {
        let controlled = container().and_then(|container| container.controller()).is_some();
        if watched.state() == ServiceWorkerState::Installed && controlled {
            signal().set(true);
        }
    })
    .forget();
}

/// Lets the new version take over and loads the page anew.
pub fn take_update() {
    spawn_local(async {
        let Some(waiting) = registration().await.and_then(|registration| registration.waiting()) else {
            return;
        };
        TAKING.set(true);
        let message = Object::new();
        // An object of our own takes any field, and a worker takes any message that can be copied.
        let _ = Reflect::set(&message, &JsValue::from_str("type"), &JsValue::from_str("SKIP_WAITING"));
        let _ = waiting.post_message(&message);
    });
}
