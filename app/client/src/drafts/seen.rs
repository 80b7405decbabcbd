//! What a visit that begins goes by: the site as the office last told of it, and over that what this person has submitted there
//! and not sent yet. It is looked up once; what comes in later changes nothing in a visit under way.

use crate::{Device, DeviceError, db, outbox, records};
use domain::{
    device::{StoreName, submitted_visit::SubmittedVisit},
    form::{Form, LastAnswers},
    site::Site,
    visit::SiteSeen,
};

/// `begun`: the form that is at hand. Others may join the visit later.
pub(super) async fn at(device: &Device, site: &Site, begun: Option<&Form>) -> Result<SiteSeen, DeviceError> {
    let mut seen = SiteSeen::of(site);
    for visit in waiting(device).await?.into_iter().filter(|visit| visit.site == site.id) {
        for filled in &visit.forms {
            let form = match begun.filter(|form| form.id == filled.form) {
                Some(form) => Some(form.clone()),
                None => records::form_in_use(device, &filled.form).await?,
            };
            let Some(form) = form.filter(|form| LastAnswers::are_kept_of(form, &seen.last)) else { continue };
            if let Some(last) = visit.last_answers(&form) {
                last.lay_over(&mut seen.last);
            }
        }
    }
    Ok(seen)
}

/// Visits that wait to be sent.
pub(crate) async fn waiting(device: &Device) -> Result<Vec<SubmittedVisit>, DeviceError> {
    let stores = [StoreName::Outbox, StoreName::Operations];
    db::read(&device.db, &stores, async |tx| outbox::unsent_visits(tx).await).await
}
