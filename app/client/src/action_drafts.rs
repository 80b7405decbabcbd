//! What a person has written for a command on a hazard and not yet given.
//!
//! Kept with each keystroke, sealed: opening the camera makes a small phone throw the page away.

use crate::{Device, changes::Topic, platform::Settings as _, sealed_settings, session};
pub use domain::device::action_draft::{About, ActionDraft, BegunAction};
use domain::{
    id::{HazardId, PersonId},
    json,
    order::{collected, sort_by_key},
    photo::PhotoHash,
};

/// Deletes all of a person's, because they can no longer be decrypted.
pub(crate) fn forget_all(device: &Device, owner: PersonId) {
    keys(device, owner).iter().for_each(|key| device.settings.remove(key));
}

fn keys(device: &Device, owner: PersonId) -> Vec<String> {
    let mine = format!("action.{owner}.");
    device.settings.keys().into_iter().filter(|key| key.starts_with(&mine)).collect()
}

/// Whether anything was kept of this person's; none of it is read.
pub fn any(device: &Device) -> bool {
    session::owner(device).is_some_and(|owner| !keys(device, owner).is_empty())
}

/// How many are kept of this person's; none of them is read.
pub(crate) fn count(device: &Device) -> usize {
    session::owner(device).map_or(0, |owner| keys(device, owner).len())
}

/// This person's, those that hold anything.
pub fn all(device: &Device) -> Vec<BegunAction> {
    let Some(owner) = session::owner(device) else { return vec![] };
    let begun = |key: String| {
        let (hazard, command) = key.strip_prefix(&format!("action.{owner}."))?.split_once('.')?;
        let draft = read(device, &key).filter(ActionDraft::holds_something)?;
        Some(BegunAction { hazard: hazard.parse().ok()?, command: command.to_owned(), draft })
    };
    let mut all: Vec<BegunAction> = keys(device, owner).into_iter().filter_map(begun).collect();
    sort_by_key(&mut all, |begun| (begun.hazard, begun.command.clone()));
    all
}

/// What a command on this hazard was written about.
pub fn about(device: &Device, hazard: HazardId) -> Option<About> {
    let mut begun = all(device).into_iter().filter(|begun| begun.hazard == hazard);
    begun.find_map(|begun| begun.draft.about).map(|about| *about)
}

/// One that was begun on another phone; false where one is here, and where it is not kept.
pub(crate) fn take_in(device: &Device, begun: &BegunAction) -> bool {
    let key = key(device, begun.hazard, &begun.command);
    let is_new = !key.and_then(|key| read(device, &key)).is_some_and(|kept| kept.holds_something());
    is_new && save(device, begun.hazard, &begun.command, &begun.draft)
}

/// Every photo that one of them names; none where one of them cannot be read.
pub(crate) fn photos(device: &Device, owner: PersonId) -> Option<Vec<PhotoHash>> {
    let drafts: Option<Vec<ActionDraft>> = keys(device, owner).iter().map(|key| read(device, key)).collect();
    Some(collected(drafts?.into_iter().flat_map(|draft| draft.photos)))
}

/// Sealed to the person; `command` is [`domain::hazard::HazardCommandKind::as_str`].
fn key(device: &Device, hazard: HazardId, command: &str) -> Option<String> {
    session::owner(device).map(|owner| format!("action.{owner}.{hazard}.{command}"))
}

/// Empty where nothing was begun. From now on, what changes is told apart by this from what another tab writes.
pub fn load(device: &Device, hazard: HazardId, command: &str) -> ActionDraft {
    let Some(key) = key(device, hazard, command) else { return ActionDraft::default() };
    let draft = read(device, &key).unwrap_or_default();
    device.actions_in_hand.borrow_mut().insert(key, draft.clone());
    draft
}

fn read(device: &Device, key: &str) -> Option<ActionDraft> {
    sealed_settings::read(device, key)
}

/// Whether it is kept. Without room it lasts as long as the page, and what was kept before stays. What another tab has written
/// meanwhile stays, but for what was changed here.
pub fn save(device: &Device, hazard: HazardId, command: &str, draft: &ActionDraft) -> bool {
    let Some(key) = key(device, hazard, command) else { return false };
    let is_kept = sealed_settings::keep(device, &key, &laid_over_kept(device, &key, draft));
    // As it is read again: what is written a digit shorter was changed by nobody.
    let own = serde_json::to_string(draft).ok().and_then(|text| json::read(&text).ok());
    if let Some(own) = own.filter(|_| is_kept) {
        device.actions_in_hand.borrow_mut().insert(key, own);
    }
    is_kept
}

fn laid_over_kept(device: &Device, key: &str, draft: &ActionDraft) -> ActionDraft {
    let known = device.actions_in_hand.borrow().get(key).cloned();
    match (known, read(device, key)) {
        (Some(known), Some(kept)) => draft.laid_over(&known, &kept),
        (None, _) | (_, None) => draft.clone(),
    }
}

/// Whether another tab has written what whoever gives the command has not seen: it would be gone with the draft. What it is
/// about is the office's.
pub fn is_changed_elsewhere(device: &Device, hazard: HazardId, command: &str, draft: &ActionDraft) -> bool {
    let laid = key(device, hazard, command).map(|key| laid_over_kept(device, &key, draft));
    laid.is_some_and(|laid| ActionDraft { about: draft.about.clone(), ..laid } != *draft)
}

/// The command is given.
pub fn forget(device: &Device, hazard: HazardId, command: &str) {
    if let Some(key) = key(device, hazard, command) {
        device.settings.remove(&key);
        device.actions_in_hand.borrow_mut().remove(&key);
        device.changes.announce(Topic::Drafts);
    }
}
