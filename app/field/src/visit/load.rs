//! What a visit needs at hand, read from the phone once.

use super::inspection::KeptDirectory;
use client::{Device, DeviceError, drafts, records, session};
use domain::{
    form::{Form, session::PreparedForm},
    id::{FormId, VisitId},
    role::Actor,
    site::Site,
    visit::OpenDraft,
};
use std::sync::Arc;

/// What stands beside the visit itself.
pub struct Found {
    /// Versions of forms in which answers had a place that have none any more: they know what was asked.
    pub earlier: Vec<Form>,
    /// Forms that are here in a newer version.
    pub newer: Vec<(FormId, u32)>,
    pub site: Site,
    pub away: bool,
    /// Of an administrative inspection: the office's rules and departments, where the phone has them.
    pub directory: KeptDirectory,
    /// Whoever is signed in.
    pub me: Option<Actor>,
}

pub enum Loaded {
    Here(Box<(OpenDraft, Found)>),
    /// On this phone, without what it asks.
    Bare,
    /// Waits to be sent.
    Submitted,
    /// Discarded, received, another person's, or never here.
    Gone,
}

pub async fn load(device: &Device, id: Option<VisitId>) -> Result<Loaded, DeviceError> {
    let Some(id) = id else { return Ok(Loaded::Gone) };
    let Some(draft) = drafts::get(device, id).await? else {
        let submitted = drafts::is_submitted(device, id).await?;
        return Ok(if submitted { Loaded::Submitted } else { Loaded::Gone });
    };
    let copies = drafts::copies(device, id).await?;
    // The office's newer words about the site, as long as this person is told of it and this version understands them.
    let (site, away) = match records::site(device, draft.site).await {
        Err(DeviceError::NewerRecord) => (None, false),
        site => {
            let site = site?;
            // An order leads to sites that are somebody else's.
            let away = site.as_ref().map_or(draft.order.is_none(), |site| site.retired);
            (site, away)
        }
    };
    let is_inspection = draft.administrative.is_some();
    let directory = if is_inspection { records::directory_text(device).await? } else { None };
    let directory = KeptDirectory::of(directory);
    let me = session::current(device).map(|signed_in| signed_in.actor);
    let (known, mut copied) = match copies {
        Some(copies) => (Some(copies.site), copies.forms),
        None => (None, vec![]),
    };
    let (mut forms, mut earlier, mut newer) = (vec![], vec![], vec![]);
    for kept in &draft.forms {
        let form = match copied.iter().position(|form| kept.is_of(form)) {
            Some(at) => Some(copied.swap_remove(at)),
            None => records::form(device, &kept.form, kept.version).await?,
        };
        let Some(form) = form else { return Ok(Loaded::Bare) };
        forms.push(PreparedForm::new(Arc::new(form)));
        let asked_today = records::form_in_use(device, &kept.form).await?.map(|form| form.version);
        newer.extend(
            asked_today.filter(|version| *version > kept.version).map(|version| (kept.form.clone(), version)),
        );
        if !kept.answers.aside.is_empty() {
            // What it was begun with, whether the office still tells of it or not.
            earlier.extend(copied.iter().filter(|form| form.id == kept.form).cloned());
            earlier.extend(records::earlier_versions(device, &kept.form, kept.version).await?);
        }
    }
    let (Some(site), Some(open)) = (site.or(known), OpenDraft::open(draft, &forms)) else {
        return Ok(Loaded::Bare);
    };
    Ok(Loaded::Here(Box::new((open, Found { earlier, newer, site, away, directory, me }))))
}
