//! 行政检查 without signal: the office's rules, whoever holds certificates, and how often a party was inspected, as they came with
//! the directory.

use crate::{Device, DeviceError, records, session};
use domain::{
    inspection::{AdministrativeInspection, Breach, InspectionDirectory, WentBy},
    site::Site,
    visit::Draft,
};
use std::pin::Pin;

/// None for those who inspect nobody, and before the first pull.
pub async fn known(device: &Device) -> Result<Option<InspectionDirectory>, DeviceError> {
    Ok(records::directory(device).await?.and_then(|directory| directory.inspection))
}

/// What one begins with.
///
/// # Errors
/// [`DeviceError::Offline`] where that part of the program is neither here nor to be had.
pub(crate) async fn begun(device: &Device) -> Result<AdministrativeInspection, DeviceError> {
    by_rules(device.clone()).await.unwrap_or(Err(DeviceError::Offline))
}

/// The part is neither on this phone nor to be had.
#[cfg(feature = "split")]
type Missing = wasm_split_helpers::SplitLoaderError;
#[cfg(not(feature = "split"))]
type Missing = std::convert::Infallible;

type Begun = Result<Result<AdministrativeInspection, DeviceError>, Missing>;

/// No other visit needs the rules to begin: in the release build they are read with the engine's errands, a part of the program by
/// itself (feature `split`).
#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(errands, return_wrapper(let done = _; { done.await } -> Begun), fallible)
)]
fn by_rules(device: Device) -> Pin<Box<dyn Future<Output = Begun>>> {
    Box::pin(async move {
        let known = match known(&device).await {
            Ok(known) => known.unwrap_or_default(),
            Err(error) => return Ok(Err(error)),
        };
        let me = session::current(&device).ok_or(DeviceError::WrongPassword);
        Ok(me.map(|me| known.begin(&me.actor)))
    })
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
