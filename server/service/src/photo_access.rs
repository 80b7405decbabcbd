//! # Who may see a photo
//!
//! Knowing a photo's name opens nothing. It is seen by whoever brought its bytes, and by whoever may see a record that
//! shows it; and a record shows only what its author brought, or could see when the record was received. Where it lies is
//! the record's own place: who sees one hazard of a site does not see the others' photos. Pictures that were added to forms
//! are for everybody of the office, as forms are.

use crate::{
    services::Services,
    storage::{StoreError, StoredAttachment, StoredPhoto},
};
use domain::{
    attachment::AttachmentHash,
    id::PersonId,
    photo::PhotoHash,
    role::{Action, Actor},
};

/// The photo, or whatever else is attached, where its bytes are this office's and this person may see them.
pub async fn attachment(
    state: &Services,
    actor: &Actor,
    hash: &AttachmentHash,
) -> Result<Option<StoredAttachment>, StoreError> {
    let known = state.store.attachment(actor.office, hash).await?;
    let Some(known) = known.filter(|known| known.received_at.is_some()) else { return Ok(None) };
    if actor.may_do(Action::UseField)
        && let Some(own) = state.store.announcement(actor.office, hash, actor.person).await?
        && own.received_at.is_some()
    {
        return Ok(Some(own));
    }
    if state.store.is_form_picture(actor.office, hash).await? {
        return Ok(Some(known));
    }
    let places = state.store.photo_places(actor.office, hash).await?;
    Ok(places.iter().any(|place| actor.scope.covers(place)).then_some(known))
}

/// What is known of a photo that this author named in a record: by their own word; by the office's only where the reader
/// may see the photo anyway.
pub async fn facts(
    state: &Services,
    actor: &Actor,
    hash: &PhotoHash,
    author: PersonId,
) -> Result<Option<StoredPhoto>, StoreError> {
    match state.store.announcement(actor.office, hash, author).await? {
        Some(own) => Ok(own.photo()),
        None => Ok(attachment(state, actor, hash).await?.and_then(StoredAttachment::photo)),
    }
}
