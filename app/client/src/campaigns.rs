//! 专项: how far the campaigns of today are among this person's sites. Watch [`Topic::Records`](crate::changes::Topic::Records) and
//! [`Topic::Outbox`](crate::changes::Topic::Outbox).

use crate::{Device, DeviceError, drafts, records, session};
use domain::{
    campaign::CampaignProgress,
    device::submitted_visit::SubmittedVisit,
    form::{Form, Layer},
    order::collected,
    site::Site,
};

/// Those that are about any of them. None for whoever walks no street.
pub async fn progress(device: &Device) -> Result<Vec<CampaignProgress>, DeviceError> {
    if !session::current(device).is_some_and(|me| me.actor.may_patrol()) {
        return Ok(vec![]);
    }
    let forms = records::forms(device).await?.known;
    let campaigns: Vec<Form> = collected(forms.into_iter().filter(|form| form.layer == Layer::Campaign));
    if campaigns.is_empty() {
        return Ok(vec![]);
    }
    let sites = records::sites(device).await?.known;
    let waiting = drafts::waiting(device).await?;
    let now = device.clock.office_now();
    let all = campaigns.iter().map(|form| {
        let waits = |site: &Site| waiting.iter().any(|visit| fills_in(visit, form, site));
        CampaignProgress::of(form, &sites, now, waits)
    });
    Ok(collected(all.filter(|progress| progress.sites > 0)))
}

/// Whether the visit holds the whole of the form.
fn fills_in(visit: &SubmittedVisit, form: &Form, site: &Site) -> bool {
    visit.site == site.id && visit.forms.iter().any(|filled| filled.form == form.id && filled.only.is_empty())
}
