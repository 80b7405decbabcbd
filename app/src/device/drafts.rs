//! Inspections under way. Watch [`Topic::Drafts`](super::changes::Topic::Drafts).

use super::DeviceError;
use domain::{
    checklist::Checklist,
    id::InspectionId,
    inspection::{Draft, Gap, InspectionKind},
    site::Site,
};

/// The newest first.
pub async fn all() -> Result<Vec<Draft>, DeviceError> {
    unimplemented!()
}

pub async fn get(id: InspectionId) -> Result<Option<Draft>, DeviceError> {
    let _ = id;
    unimplemented!()
}

/// Begins and saves one.
pub async fn begin(site: &Site, checklist: &Checklist, kind: InspectionKind) -> Result<Draft, DeviceError> {
    let _ = (site, checklist, kind);
    unimplemented!()
}

/// Durable when it returns. Calls are carried out in the order made, each whole.
pub async fn save(draft: &Draft) -> Result<(), DeviceError> {
    let _ = draft;
    unimplemented!()
}

/// Throws a draft away, photos included; the caller has asked.
pub async fn discard(id: InspectionId) -> Result<(), DeviceError> {
    let _ = id;
    unimplemented!()
}

#[derive(Debug)]
pub enum NotSubmitted {
    Gaps(Vec<Gap>),
    Device(DeviceError),
}

/// Seals the draft and puts inspection, hazards and photos into the outbox, in one step: afterwards there is either the
/// draft or the outbox entries, never both and never neither.
pub async fn submit(draft: Draft, checklist: &Checklist, site: &Site) -> Result<(), NotSubmitted> {
    let _ = (draft, checklist, site);
    unimplemented!()
}
