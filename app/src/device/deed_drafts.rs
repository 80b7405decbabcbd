//! What a person has written for a deed on a hazard and not yet done.
//!
//! Kept with each keystroke, sealed: opening the camera makes a small phone throw the page away.

use super::{json, local, seal, session};
use chrono::NaiveDate;
use domain::{
    id::{HazardId, PersonId},
    photo::PhotoHash,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeedDraft {
    /// Note or reason.
    pub words: String,
    pub day: Option<NaiveDate>,
    pub photos: Vec<PhotoHash>,
}

/// All of a person's: nobody can open them any more.
pub(super) fn forget_all(owner: PersonId) {
    keys(owner).iter().for_each(|key| local::remove(key));
}

fn keys(owner: PersonId) -> Vec<String> {
    let mine = format!("xunan.deed.{owner}.");
    local::keys().into_iter().filter(|key| key.starts_with(&mine)).collect()
}

/// Every photo that one of them names; none where one of them cannot be read.
pub(super) fn photos(owner: PersonId) -> Option<Vec<PhotoHash>> {
    let drafts: Option<Vec<DeedDraft>> = keys(owner).iter().map(|key| read(key)).collect();
    Some(drafts?.into_iter().flat_map(|draft| draft.photos).collect())
}

/// Sealed to the person; `deed` is [`domain::hazard::Deed::word`].
fn key(hazard: HazardId, deed: &str) -> Option<String> {
    session::owner().map(|owner| format!("xunan.deed.{owner}.{hazard}.{deed}"))
}

/// Empty where nothing was begun.
pub fn load(hazard: HazardId, deed: &str) -> DeedDraft {
    key(hazard, deed).and_then(|key| read(&key)).unwrap_or_default()
}

fn read(key: &str) -> Option<DeedDraft> {
    let kept = local::get(key)?;
    // An earlier version kept it open; with the next keystroke it is sealed.
    let text = if kept.starts_with('{') { kept } else { seal::open_text(key, &kept)? };
    json::read(&text).ok()
}

/// Without room it lasts as long as the page.
pub fn save(hazard: HazardId, deed: &str, draft: &DeedDraft) {
    if let Some(key) = key(hazard, deed) {
        let text = serde_json::to_string(draft).unwrap_or_default();
        if let Ok(sealed) = seal::seal_text(&key, &text) {
            local::set(&key, &sealed);
        }
    }
}

/// The deed is done.
pub fn forget(hazard: HazardId, deed: &str) {
    if let Some(key) = key(hazard, deed) {
        local::remove(&key);
    }
}
