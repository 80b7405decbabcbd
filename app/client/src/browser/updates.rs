//! A newer version of the program. It never takes over by itself: it waits until a person lets it, between tasks, and then
//! the page loads anew once.

use super::{
    window,
    worker::{container, registration},
};
use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerState};

#[derive(Default)]
pub struct Updates {
    watched: Cell<bool>,
    /// A person has let the new version take over.
    taking: Rc<Cell<bool>>,
}

impl Updates {
    /// Says when a new version is ready, to whoever asks first; offer it between tasks, never in the middle of a form.
    pub fn watch(&self, ready: impl Fn() + Clone + 'static) {
        if !self.watched.replace(true) {
            spawn_local(watch(self.taking.clone(), ready));
        }
    }

    /// Activates the new version and reloads the page.
    pub fn take(&self) {
        let taking = self.taking.clone();
        spawn_local(async move {
            let Some(waiting) = registration().await.and_then(|registration| registration.waiting()) else {
                return;
            };
            taking.set(true);
            let message = Object::new();
            // An object of our own takes any field, and a worker takes any message that can be copied.
            let _ = Reflect::set(&message, &JsValue::from_str("type"), &JsValue::from_str("SKIP_WAITING"));
            let _ = waiting.post_message(&message);
        });
    }
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

async fn watch(taking: Rc<Cell<bool>>, ready: impl Fn() + Clone + 'static) {
    let Some(registration) = registration().await else { return };
    if registration.waiting().is_some() {
        ready();
    }
    let found = registration.clone();
    EventListener::new(&registration, "updatefound", move |_| {
        if let Some(installing) = found.installing() {
            watch_install(installing, ready.clone());
        }
    })
    .forget();
    if let Some(container) = container() {
        EventListener::new(&container, "controllerchange", move |_| {
            // The first worker of a fresh phone takes control too, and nothing is to be reloaded then.
            if taking.replace(false) {
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

fn watch_install(worker: ServiceWorker, ready: impl Fn() + 'static) {
    let watched = worker.clone();
    EventListener::new(&worker, "statechange", move |_| {
        let controlled = container().and_then(|container| container.controller()).is_some();
        if watched.state() == ServiceWorkerState::Installed && controlled {
            ready();
        }
    })
    .forget();
}
