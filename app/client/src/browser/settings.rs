//! Local storage, which a browser may refuse: then nothing is there, and what is written says that it was not kept. And cookies,
//! which some browsers leave where they clear everything else away.

use super::{document, window};
use crate::platform::Settings;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, Storage};

pub struct LocalSettings {
    /// Of every key: other pages of the site keep things in the same place.
    prefix: String,
}

impl LocalSettings {
    pub(super) fn new(name: &str) -> Self {
        Self { prefix: format!("{name}.") }
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn cookies() -> HtmlDocument {
    document().unchecked_into()
}

impl Settings for LocalSettings {
    fn get(&self, key: &str) -> Option<String> {
        storage()?.get_item(&self.key(key)).ok()?
    }

    fn set(&self, key: &str, value: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(&self.key(key), value).is_ok())
    }

    fn remove(&self, key: &str) {
        if let Some(storage) = storage() {
            // Refused only where writing is, and then nothing lies there.
            let _ = storage.remove_item(&self.key(key));
        }
    }

    fn keys(&self) -> Vec<String> {
        let Some(storage) = storage() else { return vec![] };
        let all =
            (0..storage.length().unwrap_or_default()).filter_map(|position| storage.key(position).ok()?);
        all.filter_map(|key| key.strip_prefix(&self.prefix).map(str::to_owned)).collect()
    }

    fn set_cookie(&self, name: &str, value: &str, path: &str, seconds: u32) {
        let secure = window().location().protocol().is_ok_and(|protocol| protocol == "https:");
        let secure = if secure { "; Secure" } else { "" };
        // A browser that takes none keeps none.
        let _ = cookies()
            .set_cookie(&format!("{name}={value}; Path={path}; Max-Age={seconds}; SameSite=Strict{secure}"));
    }

    fn has_cookie(&self, name: &str, value: &str) -> bool {
        cookies().cookie().is_ok_and(|cookies| cookies.contains(&format!("{name}={value}")))
    }
}
