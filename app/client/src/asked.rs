//! What the office has and a pull does not bring: a record that somebody opens and that has ended long ago, and what a site's
//! past holds. Needs signal. What comes is kept like every other record, until the phone is tidied up.

use crate::{Device, DeviceError, changes::Topic, db, http, session};
use domain::{
    device::{StoreName, apply_response::asked, failure::Failure},
    id::{PersonId, SiteId},
    sync::{Envelope, RecordKind},
};
use std::collections::BTreeSet;

/// Whether it is there for this person; then it is on this phone from now on.
pub async fn record(device: &Device, kind: RecordKind, id: &str) -> Result<bool, DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::Locked)?;
    match http::record(device, kind, id).await {
        Ok(envelope) => keep(device, me, &[envelope]).await.map(|()| true),
        Err(Failure::Gone) => Ok(false),
        Err(failure) => Err(failure.into()),
    }
}

/// A page of what is not live any more at this site. Gives where the next one begins, if there is one.
pub async fn earlier(
    device: &Device,
    site: SiteId,
    before: Option<&str>,
) -> Result<Option<String>, DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::Locked)?;
    let page = http::earlier(device, site, before).await?;
    keep(device, me, &page.records).await?;
    Ok(page.before)
}

async fn keep(device: &Device, me: PersonId, envelopes: &[Envelope]) -> Result<(), DeviceError> {
    db::write(&device.db, &[StoreName::Meta, StoreName::Records], async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        let mut here = BTreeSet::new();
        for key in envelopes.iter().map(Envelope::key) {
            if tx.kept(StoreName::Records, &key).await?.is_some() {
                here.insert(key);
            }
        }
        tx.carry_out(&asked(envelopes, &here)?).await
    })
    .await?;
    device.changes.announce(Topic::Records);
    Ok(())
}
