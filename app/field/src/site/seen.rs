//! What the way into a visit needs of a site.

use crate::{home::running::Running, i18n::Lang, sites::due_site::kinds};
use client::{Device, DeviceError, drafts, records, session};
use domain::{id::SiteId, role::Action, site::Site};

#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub site: Site,
    pub kinds: String,
    pub running: Vec<Running>,
    /// This person may inspect here.
    pub inspects: bool,
}

/// None where the site is not on this phone.
pub async fn read(device: &Device, id: SiteId, lang: Lang) -> Result<Option<Seen>, DeviceError> {
    let (Some(site), Some(directory)) =
        (records::site(device, id).await?, records::directory_head(device).await?)
    else {
        return Ok(None);
    };
    let mut drafts = drafts::all(device).await?;
    drafts.retain(|draft| draft.site == id);
    let running = Running::all(device, &drafts, std::slice::from_ref(&site), &[]).await?;
    let resource_scope = site.resource_scope();
    let inspects = session::current(device).is_some_and(|me| me.actor.may(Action::Inspect, &resource_scope));
    let kinds = kinds(lang, &site, Some(&directory)).join(" · ");
    Ok(Some(Seen { site, kinds, running, inspects }))
}
