//! 心跳: what the office is told of the work that waits here.

use super::{Engine, clocks, prepare, transport};
use crate::{
    Device, DeviceError, begun,
    db::{self, Tx},
    http, session,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::{
        StoreName,
        failure::Failure,
        heartbeat::{Heartbeat, Told, Unsent, oldest},
        key,
        queue::{PhotoRecord, Queued},
    },
    id::PersonId,
    sync::{PullResponse, SyncRequest},
};

/// What it is made of.
pub(super) const STORES: [StoreName; 4] =
    [StoreName::Outbox, StoreName::Photos, StoreName::Drafts, StoreName::Meta];

/// How long nothing is told by itself after it was told in vain: an older office does not listen.
const AGAIN_AFTER: Duration = Duration::minutes(5);

/// What is said next; each has a number of its own.
pub(super) async fn next(
    device: &Device,
    tx: &Tx<'_>,
    me: PersonId,
    queued: &[Queued],
) -> Result<Heartbeat, DeviceError> {
    let photos: Vec<PhotoRecord> = tx.all(StoreName::Photos).await?;
    let drafts = tx.raw_values(StoreName::Drafts).await?;
    let drafts = drafts.iter().filter(|(_, kept)| kept.is_mine(&device.encryption)).count();
    let last: Option<u64> = tx.get(StoreName::Meta, key::HEARTBEAT_NUMBER).await?;
    let number = last.unwrap_or_default() + 1;
    tx.put(StoreName::Meta, key::HEARTBEAT_NUMBER, &number).await?;
    Ok(Heartbeat {
        number,
        unsent: Unsent::of(me, queued, &photos),
        drafts: u32::try_from(drafts + begun::beside_visits(device)).unwrap_or(u32::MAX),
        oldest: oldest(me, queued, &photos),
        last_sync: tx.get(StoreName::Meta, key::LAST_PULL).await?,
    })
}

/// What the office has heard, where it says so.
pub(super) fn heard(me: PersonId, request: &SyncRequest, heard: bool) -> Option<Told> {
    let heartbeat = request.heartbeat.clone().filter(|_| heard)?;
    Some(Told { person: me, heartbeat })
}

/// Whether it is told by itself again, and when.
pub(super) fn told(engine: &Engine, request: &SyncRequest, heard: bool) {
    if request.heartbeat.is_some() {
        let later = engine.device.clock.now() + AGAIN_AFTER;
        engine.state(|state| state.tell_not_before = Some(later).filter(|_| !heard));
    }
}

/// It is about to be told by itself. An office that does not take it is asked to take the work meanwhile.
pub(super) fn tries(engine: &Engine, now: DateTime<Utc>) {
    engine.state(|state| state.tell_not_before = Some(now + AGAIN_AFTER));
}

/// Says what waits here, and nothing else.
pub(super) async fn tell(engine: &Engine, me: PersonId) {
    let device = &engine.device;
    let begun = device.clock.now();
    let request = match request(device, me).await {
        Ok(request) => request,
        Err(error) => return transport::not_kept(engine, &error, begun),
    };
    let answer = http::pull(device, &request).await;
    let came = answer.as_ref().map_or_else(|failure| failure.code(), |_| "ok".to_owned());
    engine.note("tell", &came, 0, begun);
    let answer = match answer {
        Ok(answer) => answer,
        Err(failure) => return not_told(engine, failure),
    };
    match remember(device, me, &request, &answer, begun).await {
        Ok(()) => {
            engine.state(|state| state.line.reached());
            told(engine, &request, answer.heard);
            engine.line_changed(true);
        }
        Err(error) => transport::not_kept(engine, &error, begun),
    }
}

/// An office that answers and does not take it keeps nobody from sending what waits.
fn not_told(engine: &Engine, failure: Failure) {
    match failure {
        // Nobody was there: it is still the first thing to be said.
        Failure::NoAnswer | Failure::SignIn | Failure::RetryAfter { .. } => {
            engine.state(|state| state.tell_not_before = None);
            transport::missed(engine, failure);
        }
        Failure::Refused { .. }
        | Failure::Conflict
        | Failure::Gone
        | Failure::Server { .. }
        | Failure::Unwritable => engine.line_changed(true),
    }
}

async fn request(device: &Device, me: PersonId) -> Result<SyncRequest, DeviceError> {
    let (name, heartbeat) = db::write(&device.db, &STORES, async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        Ok((prepare::device_name(device, tx).await?, next(device, tx, me, &queued).await?))
    })
    .await?;
    // Nothing is sent and nothing is fetched: a few hundred bytes, on the worst of lines.
    Ok(SyncRequest {
        pull: false,
        page_bytes: None,
        ..prepare::request(device, name, None, vec![], Some(heartbeat), 0)
    })
}

async fn remember(
    device: &Device,
    me: PersonId,
    request: &SyncRequest,
    response: &PullResponse,
    asked: DateTime<Utc>,
) -> Result<(), DeviceError> {
    let clocks = clocks::compare(device, response.now, asked, device.clock.now());
    db::write(&device.db, &[StoreName::Meta], async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        tx.put(StoreName::Meta, key::CLOCKS, &clocks).await?;
        match heard(me, request, response.heard) {
            Some(told) => tx.put(StoreName::Meta, key::TOLD, &told).await,
            None => Ok(()),
        }
    })
    .await
}

/// Whether the office was told otherwise of what waits here.
pub(super) fn is_untold(
    me: PersonId,
    told: Option<&Told>,
    queued: &[Queued],
    photos: &[PhotoRecord],
) -> bool {
    !Told::is_known(told, me, &Unsent::of(me, queued, photos))
}
