//! 行政检查 without signal: the office's rules, whoever holds certificates, and how often a party was inspected, as they came with
//! the directory.

use crate::{Device, DeviceError, records, session};
use domain::{
    inspection::{AdministrativeInspection, Breach, InspectionDirectory, WentBy},
    site::Site,
    visit::Draft,
};

/// None for those who inspect nobody, and before the first pull.
pub async fn known(device: &Device) -> Result<Option<InspectionDirectory>, DeviceError> {
    Ok(records::directory(device).await?.and_then(|directory| directory.inspection))
}

/// What one begins with.
pub(crate) async fn begun(device: &Device) -> Result<AdministrativeInspection, DeviceError> {
    let known = known(device).await?.unwrap_or_default();
    let me = session::current(device).ok_or(DeviceError::WrongPassword)?;
    Ok(known.begin(&me.actor))
}

/// What an inspection that is sealed now goes by; none where this phone knows no rules.
pub(crate) async fn went_by(
    device: &Device,
    inspection: &AdministrativeInspection,
    site: &Site,
) -> Result<Option<WentBy>, DeviceError> {
    let (known, me) = (known(device).await?, session::current(device));
    Ok(known.zip(me).map(|(known, me)| known.went_by(&me.actor, site, inspection)))
}

/// What of the draft does not fit, as far as this phone knows; nothing where it knows no rules.
pub async fn breaches(device: &Device, draft: &Draft, site: &Site) -> Result<Vec<Breach>, DeviceError> {
    if draft.administrative.is_none() {
        return Ok(vec![]);
    }
    let (known, me) = (known(device).await?, session::current(device));
    Ok(known.zip(me).map(|(known, me)| known.breaches(&me.actor, site, draft)).unwrap_or_default())
}
