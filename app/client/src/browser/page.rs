//! The page that the phone's program lives in.

use super::{document, location, window, worker};
use crate::platform::{Lack, Page, PageEvent, Space};
use domain::place::Location;
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageManager, VisibilityState};

/// The program of the worker that makes pictures, as the server serves it.
const IMAGE_SCRIPT: &str = "/image_worker.js";

pub struct BrowserPage {
    /// Where the program of the worker that makes pictures is.
    pub image_script: String,
}

impl Default for BrowserPage {
    fn default() -> Self {
        Self { image_script: IMAGE_SCRIPT.to_owned() }
    }
}

impl Page for BrowserPage {
    fn is_online(&self) -> bool {
        window().navigator().on_line()
    }

    fn listen(&self, hear: impl Fn(PageEvent) + Clone + 'static) {
        let on_window =
            [("online", PageEvent::Online), ("offline", PageEvent::Offline), ("pageshow", PageEvent::Shown)];
        for (kind, event) in on_window {
            let hear = hear.clone();
            EventListener::new(&window(), kind, move |_| hear(event)).forget();
        }
        for kind in ["pointerdown", "keydown", "input", "wheel"] {
            let (hear, early) = (hear.clone(), EventListenerOptions::run_in_capture_phase());
            EventListener::new_with_options(&window(), kind, early, move |_| hear(PageEvent::Touched))
                .forget();
        }
        let woken = hear.clone();
        worker::on_wake(move || woken(PageEvent::Woken));
        EventListener::new(&document(), "visibilitychange", move |_| {
            let seen = document().visibility_state() == VisibilityState::Visible;
            hear(if seen { PageEvent::Seen } else { PageEvent::Hidden });
        })
        .forget();
    }

    async fn ask_to_be_woken(&self) {
        worker::ask_to_be_woken().await;
    }

    async fn keeps_program(&self) -> Result<bool, Lack> {
        worker::kept().await
    }

    async fn space(&self) -> Option<Space> {
        let storage = manager()?;
        let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
        let figure = |name: &str| Reflect::get(&estimate, &JsValue::from_str(name)).ok()?.as_f64();
        let (used, quota) = (figure("usage")?, figure("quota")?);
        let persistent = JsFuture::from(storage.persisted().ok()?).await.ok()?.is_truthy();
        Some(Space { used: used as u64, free: (quota - used).max(0.0) as u64, persistent })
    }

    async fn ask_to_persist(&self) -> bool {
        let Some(promise) = manager().and_then(|storage| storage.persist().ok()) else { return false };
        JsFuture::from(promise).await.is_ok_and(|granted| granted.is_truthy())
    }

    async fn locate(&self) -> Option<Location> {
        location::locate().await
    }

    fn device_name(&self) -> String {
        let agent = window().navigator().user_agent().unwrap_or_default();
        let system = ["Android", "iPhone", "iPad", "HarmonyOS", "Windows", "Mac OS", "Linux"];
        let browser = ["MicroMessenger", "Edg", "Firefox", "Chrome", "Safari"];
        let found =
            |names: &[&str]| names.iter().find(|name| agent.contains(**name)).map(ToString::to_string);
        [found(&system), found(&browser)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// Absent on plain-http pages.
fn manager() -> Option<StorageManager> {
    let navigator = window().navigator();
    Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?.dyn_into().ok()
}
