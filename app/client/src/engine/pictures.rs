//! Which pictures are worth fetching while nothing else waits. All hazards are read for it, so it is found out once for many.

use super::Engine;
use crate::{DeviceError, db, form_pictures};
use domain::{device::StoreName, hazard::Hazard, order::collected, photo::PhotoHash};
use std::collections::BTreeSet;

/// Those that are not on this phone and that the server may have.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// Of open hazards, small.
    pub thumbnails: Vec<PhotoHash>,
    /// Of forms.
    pub pictures: Vec<PhotoHash>,
}

impl Wanted {
    pub fn is_empty(&self) -> bool {
        self.thumbnails.is_empty() && self.pictures.is_empty()
    }

    /// It was asked for, whatever came of it.
    pub fn leave(&mut self, asked: &PhotoHash) {
        self.thumbnails.retain(|hash| hash != asked);
        self.pictures.retain(|hash| hash != asked);
    }
}

pub(super) async fn wanted(engine: &Engine) -> Result<Wanted, DeviceError> {
    let device = &engine.device;
    let not_now = engine.state(|state| state.not_now());
    let (hazards, thumbnails) =
        db::read(&device.db, &[StoreName::Records, StoreName::Thumbnails], async |tx| {
            Ok((tx.records::<Hazard>().await?.known, tx.keys(StoreName::Thumbnails).await?))
        })
        .await?;
    let pictures = form_pictures::shown(device).await?;
    let have: BTreeSet<&str> = collected(thumbnails.iter().map(String::as_str));
    let is_wanted = |hash: &&PhotoHash| !have.contains(hash.as_str()) && !not_now.contains(hash);
    let thumbnails = of_hazards(&hazards).into_iter().filter(is_wanted).cloned().collect();
    let pictures = pictures.iter().filter(is_wanted).cloned().collect();
    Ok(Wanted { thumbnails, pictures })
}

/// The first found photo of each open hazard, and the newest of its rectification.
fn of_hazards(hazards: &[Hazard]) -> Vec<&PhotoHash> {
    let open = hazards.iter().filter(|hazard| hazard.is_open());
    open.flat_map(|hazard| hazard.found.photos.iter().take(2).chain(hazard.after.first())).collect()
}
