//! Time, chance and tasks of a browser: the only place that reads any of them.

use super::window;
use crate::platform::Runtime;
use chrono::{DateTime, Utc};
use gloo_timers::future::TimeoutFuture;

#[derive(Debug, Clone)]
pub struct BrowserRuntime;

impl Runtime for BrowserRuntime {
    fn now(&self) -> DateTime<Utc> {
        let milliseconds = js_sys::Date::now();
        DateTime::from_timestamp_millis(milliseconds as i64).unwrap_or_default()
    }

    fn random(&self, into: &mut [u8]) {
        if let Ok(crypto) = window().crypto() {
            // Fails only for more bytes than anybody asks for here.
            let _ = crypto.get_random_values_with_u8_array(into);
        }
    }

    fn chance(&self) -> f64 {
        js_sys::Math::random()
    }

    fn sleep(&self, milliseconds: u32) -> impl Future<Output = ()> {
        TimeoutFuture::new(milliseconds)
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        wasm_bindgen_futures::spawn_local(task);
    }
}
