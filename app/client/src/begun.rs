//! 没做完的: what a person has begun here and not ended. A visit lies in the database; what is written beside visits lies among the settings.

use crate::{Device, DeviceError, action_drafts, drafts, new_sites, tasks};

/// How many things: visits, commands and reports, a site, work that is to be given.
pub async fn count(device: &Device) -> Result<usize, DeviceError> {
    let beside = action_drafts::all(device).len() + new_sites::count(device) + tasks::count(device);
    Ok(drafts::all(device).await?.len() + beside)
}

/// How many are kept beside visits; none of them is read, so that a locked phone knows it, too.
pub(crate) fn beside_visits(device: &Device) -> usize {
    action_drafts::count(device) + new_sites::count(device) + tasks::count(device)
}
