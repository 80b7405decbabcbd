//! 复查: what a recheck asks. Hazards are read for it, which no other visit needs to begin: in the release build it is with the
//! engine's errands, a part of the program by itself (feature `split`).

use crate::{Device, DeviceError, records};
use domain::{
    form::Form,
    id::{FormId, QuestionId, SiteId},
    visit::Draft,
};
use std::pin::Pin;

/// Of each form what failed here before and is still open; of one in which nothing did, all of it. So too of one in which
/// something failed that repeats: which of several it was is found only among its likes.
///
/// # Errors
/// [`DeviceError::Offline`] where that part of the program is neither here nor to be had.
pub(super) async fn ask_what_failed(
    device: &Device,
    draft: &mut Draft,
    forms: &[&Form],
) -> Result<(), DeviceError> {
    let here = failed(device.clone(), draft.site).await.unwrap_or(Err(DeviceError::Offline))?;
    for form in forms {
        let found: Vec<_> =
            here.iter().filter(|(of, _)| *of == form.id).map(|(_, question)| question).collect();
        let single = form.single_questions();
        let is_single = |id: &QuestionId| single.iter().any(|question| question.id == *id);
        if found.iter().any(|id| form.question(id).is_some() && !is_single(id)) {
            continue;
        }
        let failed = single.iter().filter(|question| found.contains(&&question.id));
        draft.ask_only(&form.id, failed.map(|question| question.id.clone()).collect());
    }
    Ok(())
}

/// The part is neither on this phone nor to be had.
#[cfg(feature = "split")]
type Missing = wasm_split_helpers::SplitLoaderError;
#[cfg(not(feature = "split"))]
type Missing = std::convert::Infallible;

/// Questions of forms.
type Failed = Vec<(FormId, QuestionId)>;

type Looked = Result<Result<Failed, DeviceError>, Missing>;

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(errands, return_wrapper(let done = _; { done.await } -> Looked), fallible)
)]
fn failed(device: Device, site: SiteId) -> Pin<Box<dyn Future<Output = Looked>>> {
    Box::pin(async move { Ok(still_open(&device, site).await) })
}

/// The questions at which something was found that is still open there.
async fn still_open(device: &Device, site: SiteId) -> Result<Failed, DeviceError> {
    let here = records::hazards_at(device, site).await?.known;
    let open = here.into_iter().filter(|hazard| hazard.is_open());
    Ok(open.filter_map(|hazard| hazard.found.form.zip(hazard.found.question)).collect())
}
