//! The phone's own half of its session.
//!
//! The session's cookie is out of scripts' reach and stays where signing out finds no signal. So the session is bound to a
//! second half, which the phone makes and holds itself and sends beside it: once that is forgotten the session opens
//! nothing, whoever holds the phone.

use super::{clock, local};
use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Kept beside the cookie: browsers that throw cookies of scripts away after a week are given it again.
const KEY: &str = "xunan.half";

/// As the server knows it.
const COOKIE: &str = "xunan_half";

/// Longer than any session lasts.
const SECONDS: u32 = 100 * 24 * 3600;

/// Before signing in: made where there is none.
pub(super) fn hold() {
    if local::get(KEY).is_none() {
        local::set(KEY, &hex::encode(clock::random::<32>()));
    }
    renew();
}

/// Before anything is sent.
pub(super) fn renew() {
    if let Some(half) = local::get(KEY) {
        set(&half, SECONDS);
    }
}

pub(super) fn forget() {
    local::remove(KEY);
    set("", 0);
}

fn set(half: &str, seconds: u32) {
    let document: web_sys::HtmlDocument = document().unchecked_into();
    let secure = leptos::prelude::window().location().protocol().is_ok_and(|protocol| protocol == "https:");
    let secure = if secure { "; Secure" } else { "" };
    // Where a browser takes no cookies there is no session either.
    let _ = document
        .set_cookie(&format!("{COOKIE}={half}; Path=/api/v1; Max-Age={seconds}; SameSite=Strict{secure}"));
}
