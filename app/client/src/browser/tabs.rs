//! Several tabs of one phone: a broadcast channel between them, and a Web Lock that one of them holds.

use super::window;
use crate::platform::Tabs;
use futures::channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

pub struct BrowserTabs {
    /// Of channel and lock.
    name: String,
    channel: OnceCell<Option<BroadcastChannel>>,
}

impl BrowserTabs {
    pub(super) fn new(name: &str) -> Self {
        Self { name: format!("{name}-engine"), channel: OnceCell::new() }
    }

    fn channel(&self) -> Option<&BroadcastChannel> {
        self.channel.get_or_init(|| BroadcastChannel::new(&self.name).ok()).as_ref()
    }
}

impl Tabs for BrowserTabs {
    fn tell(&self, word: &str) {
        if let Some(channel) = self.channel() {
            // A tab that does not hear it finds out by its own timer.
            let _ = channel.post_message(&JsValue::from_str(word));
        }
    }

    fn listen(&self, hear: impl Fn(&str) + 'static) {
        let Some(channel) = self.channel() else { return };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(word) = event.data().as_string() {
                hear(&word);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // Lives as long as the page.
        on_message.forget();
    }

    /// Without Web Locks (plain http) at once.
    async fn lead(&self) {
        // By reflection: web-sys keeps Web Locks among its unstable bindings.
        let navigator = window().navigator();
        let Ok(locks) = Reflect::get(&navigator, &JsValue::from_str("locks")) else { return };
        let request = Reflect::get(&locks, &JsValue::from_str("request")).ok();
        let Some(request) = request.and_then(|request| request.dyn_into::<Function>().ok()) else { return };
        let (held, holding) = oneshot::channel::<()>();
        let hold = Closure::once(move |_: JsValue| -> Promise {
            let _ = held.send(());
            // Never settles: the lock is kept.
            Promise::new(&mut |_, _| {})
        });
        if request.call2(&locks, &JsValue::from_str(&self.name), hold.as_ref()).is_ok() {
            let _ = holding.await;
        }
        hold.forget();
    }
}
