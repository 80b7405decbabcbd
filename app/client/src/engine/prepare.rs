//! What a sync asks: the work that is to go, as it was queued, and what the phone says of itself.

use super::heartbeat;
use crate::{Device, DeviceError, db, session};
use domain::{
    device::{StoreName, heartbeat::Heartbeat, key, queue::Queued},
    id::{DeviceId, OperationId, PersonId},
    sync::{Cursor, SyncRequest},
};
use serde_json::Value;

/// What is about to be asked.
pub(super) struct Prepared {
    pub request: SyncRequest,
    /// What it carries.
    pub sent: Vec<OperationId>,
    /// The first that lies here and cannot be read. What comes after it may presuppose it, and is not sent with this request.
    pub unread: Option<OperationId>,
}

/// Those that are still there, as they are sent; where none is, what changed is asked for all the same.
pub(super) async fn prepare(
    device: &Device,
    me: PersonId,
    ids: &[OperationId],
    page_bytes: u32,
) -> Result<Prepared, DeviceError> {
    let stores: Vec<_> = heartbeat::STORES.into_iter().chain([StoreName::Operations]).collect();
    let ((operations, sent, unread), cursor, name, said) = db::write(&device.db, &stores, async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let (mut operations, mut sent, mut unread) = (vec![], vec![], None);
        for id in ids {
            let Some(queued) = queued.iter().find(|queued| queued.operation == *id) else { continue };
            let Some(raw) = tx.readable::<Value>(StoreName::Operations, &queued.key()).await? else {
                unread = Some(*id);
                break;
            };
            operations.push(raw);
            sent.push(*id);
        }
        let name = device_name(device, tx).await?;
        let said = heartbeat::next(device, tx, me, &queued).await?;
        let cursor: Option<Cursor> = tx.get(StoreName::Meta, key::CURSOR).await?;
        Ok(((operations, sent, unread), cursor, name, said))
    })
    .await?;
    let request = request(device, name, cursor, operations, Some(said), page_bytes);
    Ok(Prepared { request, sent, unread })
}

/// This phone's own name, made where there is none yet.
pub(super) async fn device_name(device: &Device, tx: &db::Tx<'_>) -> Result<DeviceId, DeviceError> {
    if let Some(name) = tx.get(StoreName::Meta, key::DEVICE).await? {
        return Ok(name);
    }
    let name: DeviceId = device.clock.new_id();
    tx.put(StoreName::Meta, key::DEVICE, &name).await?;
    Ok(name)
}

pub(super) fn request(
    device: &Device,
    name: DeviceId,
    cursor: Option<Cursor>,
    operations: Vec<Value>,
    heartbeat: Option<Heartbeat>,
    page_bytes: u32,
) -> SyncRequest {
    SyncRequest {
        device: name,
        now: device.clock.now(),
        cursor,
        operations,
        pull: true,
        page_bytes: Some(page_bytes),
        app: env!("CARGO_PKG_VERSION").to_owned(),
        heartbeat,
    }
}
