//! What a person has written for a deed on a hazard and not yet done.
//!
//! Kept with each keystroke, sealed: opening the camera makes a small phone throw the page away.

use super::changes::{self, Topic};
use super::{local, seal, session};
pub use domain::device::deed_draft::{About, BegunDeed, DeedDraft};
use domain::{
    id::{HazardId, PersonId},
    photo::PhotoHash,
};

/// All of a person's: nobody can open them any more.
pub(super) fn forget_all(owner: PersonId) {
    keys(owner).iter().for_each(|key| local::remove(key));
}

fn keys(owner: PersonId) -> Vec<String> {
    let mine = format!("xunan.deed.{owner}.");
    local::keys().into_iter().filter(|key| key.starts_with(&mine)).collect()
}

/// This person's, those that hold anything.
pub fn all() -> Vec<BegunDeed> {
    let Some(owner) = session::owner() else { return vec![] };
    let begun = |key: String| {
        let (hazard, deed) = key.strip_prefix(&format!("xunan.deed.{owner}."))?.split_once('.')?;
        let draft = read(&key).filter(DeedDraft::holds_something)?;
        Some(BegunDeed { hazard: hazard.parse().ok()?, deed: deed.to_owned(), draft })
    };
    let mut all: Vec<BegunDeed> = keys(owner).into_iter().filter_map(begun).collect();
    all.sort_by_key(|begun| (begun.hazard, begun.deed.clone()));
    all
}

/// What a deed on this hazard was written about.
pub fn about(hazard: HazardId) -> Option<About> {
    let mut begun = all().into_iter().filter(|begun| begun.hazard == hazard);
    begun.find_map(|begun| begun.draft.about).map(|about| *about)
}

/// One that was begun on another phone; false where one is here, and where it is not kept.
pub(super) fn take_in(begun: &BegunDeed) -> bool {
    let is_new = !load(begun.hazard, &begun.deed).holds_something();
    is_new && save(begun.hazard, &begun.deed, &begun.draft)
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
    serde_json::from_str(&seal::open_text(key, &kept)?).ok()
}

/// Whether it is kept. Without room it lasts as long as the page, and what was kept before stays.
pub fn save(hazard: HazardId, deed: &str, draft: &DeedDraft) -> bool {
    let sealed = key(hazard, deed).and_then(|key| {
        let text = serde_json::to_string(draft).ok()?;
        let sealed = seal::seal_text(&key, &text).ok()?;
        Some((key, sealed))
    });
    sealed.is_some_and(|(key, sealed)| local::set(&key, &sealed))
}

/// The deed is done.
pub fn forget(hazard: HazardId, deed: &str) {
    if let Some(key) = key(hazard, deed) {
        local::remove(&key);
        changes::announce(Topic::Drafts);
    }
}
