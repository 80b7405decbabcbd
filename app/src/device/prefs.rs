//! How this person likes this device: language, size of text, light.

use super::json;
use domain::text::Lang;
use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    pub lang: Lang,
    pub text: TextSize,
    pub theme: Theme,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Larger,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    Auto,
    Light,
    Dark,
    Sunlight,
}

const KEY: &str = "xunan.prefs";

pub fn load() -> Prefs {
    json::stored(KEY).unwrap_or_default()
}

/// Keeps them, puts text size and theme on the document at once; a new language shows after `location.reload()`.
pub fn save(prefs: &Prefs) {
    // Without local storage (private windows) the choice lasts as long as the page.
    let _ = LocalStorage::set(KEY, prefs);
    apply(prefs);
}

/// Puts text size, theme and language on the document, and in cookies for the pages that the server renders.
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
    let document = leptos::prelude::document();
    if let Some(html) = document.document_element() {
        for (name, value) in [("data-text", text), ("data-theme", theme), ("lang", prefs.lang.tag())] {
            let _ = html.set_attribute(name, value);
        }
    }
    let document: web_sys::HtmlDocument = document.unchecked_into();
    for (name, value) in [("lang", lang), ("text", text), ("theme", theme)] {
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}
