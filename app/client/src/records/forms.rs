//! Forms on this phone: each version is a record of its own, and which there are is told by the keys. A form is long, so that
//! what nobody asks for is not read.

use crate::{
    Device, DeviceError,
    db::{self, Known, Tx},
};
use domain::{
    device::StoreName,
    form::{Form, in_use},
    id::FormId,
    order::{collected, sort_by_key},
    sync::{self, RecordKind, form_id, parse_form_id},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Versions of forms; of each the newest last.
type Versions = BTreeMap<FormId, Vec<u32>>;

/// Exactly this version; drafts keep theirs.
pub async fn form(device: &Device, id: &FormId, version: u32) -> Result<Option<Form>, DeviceError> {
    db::read(&device.db, &[StoreName::Records], async |tx| tx.record(&form_id(id, version)).await).await
}

/// Of each form the version that is asked today.
pub async fn forms(device: &Device) -> Result<Known<Form>, DeviceError> {
    let today = device.clock.today();
    let begun = db::read(&device.db, &[StoreName::Records], async |tx| {
        newest(tx, versions(tx).await?, |form| form.validity.has_begun(today)).await
    })
    .await?;
    Ok(Known { known: in_use(begun.known, today), newer: begun.newer })
}

/// The version of this form that is asked today.
pub async fn form_in_use(device: &Device, id: &FormId) -> Result<Option<Form>, DeviceError> {
    let today = device.clock.today();
    let begun = db::read(&device.db, &[StoreName::Records], async |tx| {
        let versions = of(versions(tx).await?, &[id.clone()].into());
        newest(tx, versions, |form| form.validity.has_begun(today)).await
    })
    .await?;
    Ok(in_use(begun.known, today).pop())
}

/// What was asked before this version, the newest first; what only a newer app could read says nothing of that.
pub async fn earlier_versions(device: &Device, id: &FormId, version: u32) -> Result<Vec<Form>, DeviceError> {
    let mut earlier: Known<Form> = db::read(&device.db, &[StoreName::Records], async |tx| {
        let known = versions(tx).await?.remove(id).unwrap_or_default();
        let before = known.into_iter().filter(|known| *known < version);
        tx.records_of(before.map(|known| form_id(id, known))).await
    })
    .await?;
    sort_by_key(&mut earlier.known, |form| Reverse(form.version));
    Ok(earlier.known)
}

/// Of these forms the newest versions that can be read.
pub(super) async fn newest_of(tx: &Tx<'_>, ids: &BTreeSet<FormId>) -> Result<Vec<Form>, DeviceError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    Ok(newest(tx, of(versions(tx).await?, ids), |_| true).await?.known)
}

/// Told by their keys: none of them is read.
async fn versions(tx: &Tx<'_>) -> Result<Versions, DeviceError> {
    let prefix = sync::key(RecordKind::Form, "");
    let mut versions = Versions::new();
    for key in tx.keys_of(RecordKind::Form).await? {
        if let Some((id, version)) = key.strip_prefix(&prefix).and_then(parse_form_id) {
            versions.entry(id).or_default().push(version);
        }
    }
    versions.values_mut().for_each(|known| sort_by_key(known, |version| *version));
    Ok(versions)
}

fn of(mut versions: Versions, ids: &BTreeSet<FormId>) -> Versions {
    versions.retain(|id, _| ids.contains(id));
    versions
}

/// Of each form the newest version of which this is true; and what of those only a newer app could read. Read from the newest
/// down, and all forms together.
async fn newest(
    tx: &Tx<'_>,
    mut left: Versions,
    is_it: impl Fn(&Form) -> bool,
) -> Result<Known<Form>, DeviceError> {
    let mut newest = Known::default();
    loop {
        let next: Vec<_> =
            collected(left.iter_mut().filter_map(|(id, known)| Some(form_id(id, known.pop()?))));
        if next.is_empty() {
            return Ok(newest);
        }
        let Known { known, newer } = tx.records_of(next).await?;
        newest.newer.extend(newer);
        for form in known {
            if is_it(&form) {
                left.remove(&form.id);
                newest.known.push(form);
            }
        }
    }
}
