//! 总览: what the office has to see to.

use crate::{asker::Asker, error::Error, services::Services};
use domain::{overview::Overview, role::Action};

/// As far as the person's scope reaches.
pub async fn read(state: &Services, by: &Asker) -> Result<Overview, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.overview(by.actor.office, &by.actor.scope, state.now()).await?)
}
