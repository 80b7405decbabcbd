//! Photos as addresses for `<img src>`. An address lives as long as the page and is made once for each picture; the pictures made
//! for one person are not another's to look at, so all of them go when the phone locks.

use super::blobs::blob;
use crate::{
    Device, DeviceError,
    changes::Change,
    photos::{self, Found},
};
use domain::photo::PhotoHash;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use web_sys::Url;

/// By hash, and whether it is the full one.
type Addresses = Rc<RefCell<BTreeMap<(PhotoHash, bool), String>>>;

#[derive(Clone)]
pub struct Pictures {
    device: Device,
    addresses: Addresses,
}

impl Pictures {
    pub fn new(device: &Device) -> Self {
        let addresses = Addresses::default();
        let closed = addresses.clone();
        device.changes.listen(move |change| {
            if change == Change::Closed {
                for address in closed.take().into_values() {
                    // Refused for no address that was made.
                    let _ = Url::revoke_object_url(&address);
                }
            }
        });
        Self { device: device.clone(), addresses }
    }

    /// Of a photo that this phone holds or has seen: full bytes when `full`, else the thumbnail. None where it is not at hand
    /// offline.
    pub async fn url(&self, hash: &PhotoHash, full: bool) -> Result<Option<String>, DeviceError> {
        let known = self.addresses.borrow().get(&(hash.clone(), full)).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let found = photos::find(&self.device, hash, full).await?;
        Ok(found.and_then(|found| self.shown(hash, full, &found)))
    }

    /// The same, from the server where this phone has none of it. In memory only, and gone when the phone locks.
    pub async fn anywhere(&self, hash: &PhotoHash, full: bool) -> Result<Option<String>, DeviceError> {
        let here = self.url(hash, full).await?;
        if here.is_some() {
            return Ok(here);
        }
        let fetched = photos::fetch(&self.device, hash, full).await;
        Ok(fetched.and_then(|bytes| self.shown(hash, full, &Found { bytes, exact: true })))
    }

    fn shown(&self, hash: &PhotoHash, full: bool, found: &Found) -> Option<String> {
        let url = Url::create_object_url_with_blob(&blob(&found.bytes).ok()?).ok()?;
        if found.exact {
            self.addresses.borrow_mut().insert((hash.clone(), full), url.clone());
        }
        Some(url)
    }
}
