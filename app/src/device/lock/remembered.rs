//! That somebody's things are kept here, remembered where the browser does not clear it away with them: in a cookie.

use domain::id::PersonId;
use leptos::prelude::document;
use wasm_bindgen::JsCast;

const NAME: &str = "kept";
const SECONDS: u32 = 400 * 24 * 3600;

fn write(value: &str, seconds: u32) {
    let document: web_sys::HtmlDocument = document().unchecked_into();
    let secure = leptos::prelude::window().location().protocol().is_ok_and(|protocol| protocol == "https:");
    let secure = if secure { "; Secure" } else { "" };
    // Where a browser takes no cookies, nobody is remembered.
    let _ = document
        .set_cookie(&format!("{NAME}={value}; Path=/field; Max-Age={seconds}; SameSite=Strict{secure}"));
}

pub(super) fn set(person: PersonId) {
    write(&person.to_string(), SECONDS);
}

pub(super) fn forget() {
    write("", 0);
}

pub(super) fn is(person: PersonId) -> bool {
    let document: web_sys::HtmlDocument = document().unchecked_into();
    document.cookie().is_ok_and(|cookies| cookies.contains(&format!("{NAME}={person}")))
}
