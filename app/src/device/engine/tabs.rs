//! Several tabs of one phone: one works, all hear.

use crate::device::changes::{self, Topic};
use futures::channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "xunan-engine";

const WAKE: &str = "wake";
const LOCK: &str = "lock";

thread_local! {
    static CHANNEL: OnceCell<Option<BroadcastChannel>> = const { OnceCell::new() };
}

fn tell(word: &str) {
    CHANNEL.with(|cell| {
        if let Some(channel) = cell.get_or_init(|| BroadcastChannel::new(NAME).ok()) {
            // A tab that does not hear it finds out by its own timer.
            let _ = channel.post_message(&JsValue::from_str(word));
        }
    });
}

/// Wakes the tab that works.
pub(super) fn pass_on() {
    tell(WAKE);
}

/// Makes the other tabs close what is open in them.
pub(super) fn lock() {
    tell(LOCK);
}

/// Tells the other tabs that records changed.
pub(in crate::device) fn changed(topic: Topic) {
    tell(topic.word());
}

/// Hears what other tabs tell.
pub(super) fn listen() {
    CHANNEL.with(|cell| {
        let Some(channel) = cell.get_or_init(|| BroadcastChannel::new(NAME).ok()) else { return };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
            match event.data().as_string().as_deref() {
                Some(WAKE) => super::heard(),
                Some(LOCK) => super::heard_lock(),
                Some(word) => changes::hear(word),
                None => {}
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // Lives as long as the page.
        on_message.forget();
    });
}

/// Returns once this tab holds the lock, which it keeps until it closes. Without Web Locks (plain http) at once.
pub(super) async fn become_the_one() {
    // By reflection: web-sys keeps Web Locks among its unstable bindings.
    let navigator = leptos::prelude::window().navigator();
    let Ok(locks) = Reflect::get(&navigator, &JsValue::from_str("locks")) else { return };
    let request = Reflect::get(&locks, &JsValue::from_str("request")).ok();
    let Some(request) = request.and_then(|request| request.dyn_into::<Function>().ok()) else { return };
    let (held, holding) = oneshot::channel::<()>();
    let hold = Closure::once(move |_: JsValue| -> Promise {
        let _ = held.send(());
        // Never settles: the lock is kept.
        Promise::new(&mut |_, _| {})
    });
    if request.call2(&locks, &JsValue::from_str(NAME), hold.as_ref()).is_ok() {
        let _ = holding.await;
    }
    hold.forget();
}
