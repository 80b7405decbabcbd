//! 专项: how far a campaign is, at the desk.

use crate::{asker::Asker, error::Error, services::Services};
use domain::{campaign::CampaignPart, id::FormId, role::Action};

/// By grid, as far as the person's scope reaches; nothing where there is no such list.
pub async fn progress(state: &Services, by: &Asker, form: &FormId) -> Result<Vec<CampaignPart>, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.campaign_progress(by.actor.office, &by.actor.scope, form, state.now()).await?)
}
