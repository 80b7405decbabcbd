//! 检查表 at the desk: the newest version of one, and the one that a hazard was found by.

use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    expression::Expression,
    form::Form,
    hazard::Found,
    id::{FormId, HazardId},
    role::Action,
};

/// The newest version of one.
pub async fn newest(state: &Services, by: &Asker, id: &FormId) -> Result<Form, Error> {
    by.allow(Action::UseOffice)?;
    let newest = state.store.newest_edition(by.actor.office, id).await?;
    Ok(newest.ok_or(Error::NotFound)?.form)
}

/// The form by which a hazard was found, in the version that was filled in; None where it was found without one, or where
/// the visit names another.
pub async fn found_by(
    state: &Services,
    by: &Asker,
    id: HazardId,
    found: &Found,
) -> Result<Option<Form>, Error> {
    by.allow(Action::UseOffice)?;
    let (Some(visit), Some(form)) = (found.visit, &found.form) else { return Ok(None) };
    let (store, office) = (&state.store, by.actor.office);
    let Some(stored) = store.visit(office, visit).await? else { return Ok(None) };
    let names = |answer: &domain::visit::RecordedAnswer| answer.hazards.contains(&id);
    let filled = stored.visit.forms.iter().find(|filled| filled.form == *form);
    let Some(filled) = filled.filter(|filled| filled.answers.iter().any(names)) else { return Ok(None) };
    Ok(store.form(office, form, filled.version).await?)
}

/// An expression as authors write it.
pub fn written(expression: &Expression) -> String {
    authoring::expression::print(expression)
}
