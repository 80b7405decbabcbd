//! Local storage, which a browser may refuse: then nothing is there, and what is written says that it was not kept.
//!
//! Whoever finds the phone can read what lies here. So texts that say anything of people or places are sealed first
//! ([`seal`](super::seal)); ids, times and choices lie open.

/// None where the browser refuses.
fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}

pub(super) fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Whether it is kept.
pub(super) fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub(super) fn remove(key: &str) {
    if let Some(storage) = storage() {
        // Refused only where writing is, and then nothing lies there.
        let _ = storage.remove_item(key);
    }
}

pub(super) fn keys() -> Vec<String> {
    let Some(storage) = storage() else { return vec![] };
    let all = 0..storage.length().unwrap_or_default();
    all.filter_map(|position| storage.key(position).ok()?).collect()
}

/// Found out by trying.
pub(super) fn is_possible() -> bool {
    const PROBE: &str = "xunan.probe";
    let kept = set(PROBE, PROBE) && get(PROBE).as_deref() == Some(PROBE);
    remove(PROBE);
    kept
}
