//! The first pull, asked for while a person still chooses their PIN.
//!
//! Who has signed in on a phone for the first time has no key yet, so nothing of what the office sends can be kept. It
//! waits in memory, where the session could fetch it anyhow, made ready as far as can be without a key, and is written down,
//! sealed, as the first thing that the key seals. Whatever closes the phone throws it away.

use super::{Engine, prepare};
use crate::{Device, DeviceError, db, http, lock::Lock, session};
use chrono::{DateTime, Utc};
use domain::{
    device::{StoreName, Write, apply_response::pulled, key},
    id::PersonId,
    sync::{Cursor, PullResponse, SyncRequest},
};

/// An answer that could not be kept when it came; both times by this phone's clock.
#[derive(Debug)]
pub(super) struct FirstPull {
    me: PersonId,
    pub asked: DateTime<Utc>,
    pub answered: DateTime<Utc>,
    /// Without what changed.
    pub response: PullResponse,
    /// What changed, as it is to be written.
    pub writes: Vec<Write>,
}

/// Asks, where somebody is signed in who has nothing here, not even a key. One that fails is asked for again with the key.
pub(super) async fn ask(engine: &Engine) {
    let device = &engine.device;
    let is_new = device.lock.get() == Lock::New && engine.state(|state| state.first.is_none());
    let Some(me) = session::owner(device).filter(|_| is_new) else { return };
    let Ok(Some(request)) = request(device, me, engine.state(|state| state.page)).await else { return };
    let asked = device.clock.now();
    let Ok(response) = http::pull(device, &request).await else { return };
    let answered = device.clock.now();
    // Only what replaces everything depends on nothing that lies here.
    let Ok(writes) = pulled(None, &response, answered) else { return };
    // Somebody else may have come meanwhile, or the phone was locked with a PIN that was set meanwhile.
    let may_see = session::owner(device) == Some(me) && matches!(device.lock.get(), Lock::New | Lock::Open);
    if may_see && response.reset && !response.pull_failed {
        let response = PullResponse { changes: vec![], ..response };
        engine.state(|state| state.first = Some(FirstPull { me, asked, answered, response, writes }));
    }
}

/// None where this person's records are here already, or another's still are.
async fn request(device: &Device, me: PersonId, page_bytes: u32) -> Result<Option<SyncRequest>, DeviceError> {
    let name = db::write(&device.db, &[StoreName::Meta], async |tx| {
        let owner: Option<PersonId> = tx.get(StoreName::Meta, key::OWNER).await?;
        let cursor: Option<Cursor> = tx.get(StoreName::Meta, key::CURSOR).await?;
        if owner != Some(me) || cursor.is_some() {
            return Ok(None);
        }
        prepare::device_name(device, tx).await.map(Some)
    })
    .await?;
    Ok(name.map(|name| prepare::request(device, name, None, vec![], None, page_bytes)))
}

/// The answer to this request, if it is here already. Another request is none that it answers.
pub(super) fn answer(engine: &Engine, me: PersonId, request: &SyncRequest) -> Option<FirstPull> {
    let first = engine.state(|state| state.first.take())?;
    let answers = first.me == me && request.cursor.is_none() && request.operations.is_empty();
    answers.then_some(first)
}
