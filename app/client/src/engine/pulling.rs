//! Asking for what changed, while nothing is sent: all that a form's first answer needs of the office.

use super::{
    Engine, clocks, first_pull, heartbeat,
    prepare::prepare,
    transport::{self, Noted, Said, Trip},
};
use crate::{Device, DeviceError, db, http};
use chrono::{DateTime, Utc};
use domain::{
    device::{StoreName, Write, apply_response::pulled, failure::Failure, key},
    id::PersonId,
    sync::{PullResponse, SyncRequest},
};

/// What writing an answer down touches.
const STORES: [StoreName; 2] = [StoreName::Meta, StoreName::Records];

/// Pulls, in one round trip.
pub(super) async fn pull(engine: &Engine, me: PersonId) {
    let device = &engine.device;
    let begun = device.clock.now();
    match prepare(device, me, &[], engine.state(|state| state.page)).await {
        Ok(prepared) => ask(engine, me, &prepared.request, begun).await,
        Err(error) => transport::not_kept(engine, &error, begun),
    }
}

/// Asks this, which carries no operation; it began at that time.
pub(super) async fn ask(engine: &Engine, me: PersonId, request: &SyncRequest, begun: DateTime<Utc>) {
    let device = &engine.device;
    let (trip, ready, answer) = match first_pull::answer(engine, me, request) {
        Some(first) => {
            let trip = Trip { begun, asked: first.asked, answered: first.answered };
            (trip, Some(first.writes), Ok(first.response))
        }
        None => {
            let answer = http::pull(device, request).await;
            (Trip { begun, asked: begun, answered: device.clock.now() }, None, answer)
        }
    };
    // What is said of operations is no answer to this.
    let answer = answer
        .and_then(|answer| if answer.outcomes.is_empty() { Ok(answer) } else { Err(Failure::NoAnswer) });
    match answer {
        Ok(response) => {
            engine.note("sync", "ok", 0, begun);
            let said = said(&response);
            let clocks = clocks::compare(device, said.now, trip.asked, trip.answered);
            let noted = Noted { clocks, told: heartbeat::heard(me, request, said.heard) };
            match write(device, me, &response, noted, ready).await {
                Ok(()) => transport::arrived(engine, request, said, trip),
                // Not written down means not received: the same is asked again and answered the same.
                Err(error) => transport::not_kept(engine, &error, begun),
            }
        }
        Err(failure) => {
            transport::went_in_vain(engine, failure, 0, begun);
            if let Failure::Server { .. } = failure {
                // The server itself could not say: photos go on meanwhile.
                let (now, chance) = (device.clock.now(), device.clock.chance());
                engine.state(|state| state.line.pull_missed(now, chance));
                engine.line_changed(true);
            } else {
                transport::missed(engine, failure);
            }
        }
    }
}

fn said(response: &PullResponse) -> Said {
    Said {
        more: response.more,
        pull_failed: response.pull_failed,
        heard: response.heard,
        ..Said::of(response.now, &response.changes)
    }
}

/// Writes the answer down, as things stand when it comes; `ready` where that was decided before.
async fn write(
    device: &Device,
    me: PersonId,
    response: &PullResponse,
    noted: Noted,
    ready: Option<Vec<Write>>,
) -> Result<(), DeviceError> {
    let said = said(response);
    let changed = ready.is_some() || said.changed;
    db::write(&device.db, &STORES, async |tx| {
        transport::note(tx, me, &noted).await?;
        if let Some(ready) = ready {
            return tx.carry_out(&ready).await;
        }
        let reset = tx.get(StoreName::Meta, key::RESET).await?;
        tx.carry_out(&pulled(reset, response, device.clock.now())?).await
    })
    .await?;
    transport::announce(device, said, changed).await
}
