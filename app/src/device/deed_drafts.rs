//! What a person has written for a deed on a hazard and not yet done.
//!
//! Kept with each keystroke: opening the camera makes a small phone throw the page away.

use super::{json, session};
use chrono::NaiveDate;
use domain::{id::HazardId, photo::PhotoHash};
use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeedDraft {
    /// Note or reason.
    pub words: String,
    pub day: Option<NaiveDate>,
    pub photos: Vec<PhotoHash>,
}

/// Sealed to the person; `deed` is [`domain::hazard::Deed::word`].
fn key(hazard: HazardId, deed: &str) -> Option<String> {
    session::owner().map(|owner| format!("xunan.deed.{owner}.{hazard}.{deed}"))
}

/// Empty where nothing was begun.
pub fn load(hazard: HazardId, deed: &str) -> DeedDraft {
    key(hazard, deed).and_then(|key| json::stored(&key)).unwrap_or_default()
}

/// Without room it lasts as long as the page.
pub fn save(hazard: HazardId, deed: &str, draft: &DeedDraft) {
    if let Some(key) = key(hazard, deed) {
        let _ = LocalStorage::set(key, draft);
    }
}

/// The deed is done.
pub fn forget(hazard: HazardId, deed: &str) {
    if let Some(key) = key(hazard, deed) {
        LocalStorage::delete(key);
    }
}
