//! What is published of draws: the fingerprint before, everything after the checks.

use super::{leads, may_read, plans};
use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    id::SpotCheckPlanId,
    spot_check::{file::DrawPage, plan::SpotCheckPlan},
};

/// For anybody: fingerprint, method and source of the plan's draws; once it is published, the lists, too.
pub async fn draw_page(state: &Services, id: SpotCheckPlanId) -> Result<DrawPage, Error> {
    let plan = state.store.spot_check_plan_of_anybody(id).await?.ok_or(Error::NotFound)?;
    // The office as it was called when the list was frozen.
    let draw = plan.draw.iter().chain(plan.void.last()).next().ok_or(Error::NotFound)?;
    let office = draw.frozen.plan.office.clone();
    DrawPage::of(&plan, office).ok_or(Error::NotFound)
}

/// The draw as a file, which proves by itself what it says: for anybody once it is published, before that for those who may know what
/// is in it.
pub async fn draw_file(state: &Services, by: Option<&Asker>, id: SpotCheckPlanId) -> Result<String, Error> {
    let plan = state.store.spot_check_plan_of_anybody(id).await?.ok_or(Error::NotFound)?;
    if !plan.is_published() {
        let by = by.ok_or(Error::NotFound)?;
        let own = state.store.spot_check_plan(by.actor.office, id).await?;
        own.filter(|plan| may_have(state, by, plan)).ok_or(Error::NotFound)?;
    }
    let draw = plan.draw.as_ref().ok_or(Error::NotFound)?;
    serde_json::to_string_pretty(draw).map_err(|error| Error::Bug(error.to_string()))
}

fn may_have(state: &Services, by: &Asker, plan: &SpotCheckPlan) -> bool {
    may_read(by).is_ok()
        && (plans(by) || leads(by, plan))
        && plan.shows_sites_to(by.actor.person, state.now())
}
