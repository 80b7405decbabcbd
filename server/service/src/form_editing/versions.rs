//! Versions that were published, and whether somebody works on the next.

use super::{edition, head};
use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    form::{
        Form,
        editing::{DraftHead, Edition},
    },
    id::FormId,
    role::Action,
};

/// Every version of a form, the newest first, and its draft.
pub async fn versions(
    state: &Services,
    by: &Asker,
    id: &FormId,
) -> Result<(Vec<Edition>, Option<DraftHead>), Error> {
    by.allow(Action::UseOffice)?;
    let office = by.actor.office;
    let editions = state.store.editions(office, id).await?;
    let editions = editions.into_iter().map(|known| edition(&known.form, known.own)).collect();
    let draft = state.store.form_draft(office, id).await?;
    Ok((editions, draft.as_ref().map(head)))
}

/// One version.
pub async fn version(state: &Services, by: &Asker, id: &FormId, version: u32) -> Result<Form, Error> {
    by.allow(Action::UseOffice)?;
    state.store.form(by.actor.office, id, version).await?.ok_or(Error::NotFound)
}
