//! How a person likes this device, put on the document.

use client::prefs::{Prefs, TextSize, Theme};
use domain::text::Lang;
use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Puts text size, theme and language on the document, and in cookies for the pages that the server renders. A new language
/// shows after `location.reload()`.
pub fn apply(prefs: &Prefs) {
    let text = match prefs.text {
        TextSize::Normal => "normal",
        TextSize::Large => "large",
        TextSize::Larger => "larger",
    };
    let theme = match prefs.theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::Sunlight => "sunlight",
    };
    let lang = match prefs.lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    let document = document();
    if let Some(html) = document.document_element() {
        for (name, value) in [("data-text", text), ("data-theme", theme), ("lang", prefs.lang.tag())] {
            // Refused only for names that are none.
            let _ = html.set_attribute(name, value);
        }
    }
    let document: web_sys::HtmlDocument = document.unchecked_into();
    for (name, value) in [("lang", lang), ("text", text), ("theme", theme)] {
        // Without cookies the server's pages look as they do for anybody.
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}
