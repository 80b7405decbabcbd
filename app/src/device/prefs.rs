//! How this person likes this device: language, size of text, light, how soon it locks.

use super::local;
use domain::text::Lang;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    pub lang: Lang,
    pub text: TextSize,
    pub theme: Theme,
    pub lock_after: LockAfter,
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

/// Untouched for so long, the phone locks itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockAfter {
    Five,
    #[default]
    Ten,
    Thirty,
}

impl LockAfter {
    pub fn minutes(self) -> u8 {
        match self {
            Self::Five => 5,
            Self::Ten => 10,
            Self::Thirty => 30,
        }
    }
}

const KEY: &str = "xunan.prefs";

pub fn load() -> Prefs {
    local::get(KEY).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps them, puts text size and theme on the document at once; a new language shows after `location.reload()`.
pub fn save(prefs: &Prefs) {
    // Without local storage (private windows) the choice lasts as long as the page.
    if let Ok(text) = serde_json::to_string(prefs) {
        local::set(KEY, &text);
    }
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
