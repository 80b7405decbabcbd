//! Writing an answer down: outcomes and changes in one transaction, so that a record never disappears between its
//! leaving the outbox and its coming back from the server.

use crate::device::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Store, Tx, key},
    outbox::{LastTry, ParcelRecord, PhotoRecord, PhotoStanding, Queued, Standing, TryFailure},
    records::checklist_key,
};
use chrono::Duration;
use domain::{
    receipt::Receipt,
    sync::{Change, Forget, Outcome, Payload, SyncResponse},
};
use serde::{Deserialize, Serialize};

const STORES: [Store; 8] = [
    Store::Meta,
    Store::Sites,
    Store::Checklists,
    Store::Hazards,
    Store::Inspections,
    Store::Outbox,
    Store::Parcels,
    Store::Photos,
];

/// Keys that have come since a reset began; what did not come is gone for this person.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Reset {
    sites: Vec<String>,
    hazards: Vec<String>,
    inspections: Vec<String>,
}

pub(super) async fn response(sent: &[Queued], response: SyncResponse) -> Result<(), DeviceError> {
    db::write(&STORES, async |tx| {
        for (queued, answered) in sent.iter().zip(&response.outcomes) {
            outcome(tx, queued, &answered.outcome).await?;
        }
        let mut reset: Option<Reset> =
            if response.reset { Some(Reset::default()) } else { tx.get(Store::Meta, key::RESET).await? };
        for change in &response.changes {
            take(tx, change, reset.as_mut()).await?;
        }
        match reset {
            Some(reset) if response.more => tx.put(Store::Meta, key::RESET, &reset).await?,
            Some(reset) => {
                sweep(tx, Store::Sites, &reset.sites).await?;
                sweep(tx, Store::Hazards, &reset.hazards).await?;
                sweep(tx, Store::Inspections, &reset.inspections).await?;
                tx.delete(Store::Meta, key::RESET).await?;
            }
            None => {}
        }
        if let Some(cursor) = &response.cursor {
            tx.put(Store::Meta, key::CURSOR, cursor).await?;
        }
        // A pull that is cut short, by a tab closed for instance, goes on at once when the app opens again.
        if response.more {
            return tx.delete(Store::Meta, key::LAST_PULL).await;
        }
        tx.put(Store::Meta, key::LAST_PULL, &clock::now()).await
    })
    .await?;
    if !sent.is_empty() {
        changes::announce(Topic::Outbox);
    }
    if !sent.is_empty() || !response.changes.is_empty() {
        changes::announce(Topic::Records);
    }
    Ok(())
}

async fn outcome(tx: &Tx<'_>, queued: &Queued, outcome: &Outcome) -> Result<(), DeviceError> {
    match outcome {
        Outcome::Received { receipt } | Outcome::AlreadyReceived { receipt } => {
            tx.delete(Store::Outbox, &queued.key()).await?;
            announced(tx, &queued.operation.payload).await?;
            note_receipt(tx, queued, receipt).await
        }
        Outcome::Refused { refusal } => {
            if let Some(receipt) = &refusal.kept {
                note_receipt(tx, queued, receipt).await?;
            }
            let standing = Standing::Refused { refusal: refusal.clone() };
            tx.put(Store::Outbox, &queued.key(), &Queued { standing, ..queued.clone() }).await
        }
        Outcome::Later { after_seconds } => {
            let now = clock::now();
            let tries = match &queued.standing {
                Standing::Waiting { tries, .. } => tries + 1,
                Standing::Refused { .. } => 0,
            };
            let standing = Standing::Waiting {
                tries,
                not_before: Some(now + Duration::seconds((*after_seconds).into())),
                last_try: Some(LastTry { at: now, why: TryFailure::Later }),
            };
            tx.put(Store::Outbox, &queued.key(), &Queued { standing, ..queued.clone() }).await
        }
    }
}

async fn note_receipt(tx: &Tx<'_>, queued: &Queued, receipt: &Receipt) -> Result<(), DeviceError> {
    let key = queued.parcel.to_string();
    let Some(mut parcel) = tx.get::<ParcelRecord>(Store::Parcels, &key).await? else { return Ok(()) };
    // The parcel shows the number of its first operation.
    if queued.operation.id == parcel.id || parcel.receipt.is_none() {
        parcel.receipt = Some(receipt.clone());
        tx.put(Store::Parcels, &key, &parcel).await?;
    }
    Ok(())
}

/// The server knows the photo's facts now and takes its bytes.
async fn announced(tx: &Tx<'_>, payload: &Payload) -> Result<(), DeviceError> {
    let Payload::Photo(facts) = payload else { return Ok(()) };
    let key = facts.hash.as_str();
    let Some(mut photo) = tx.get::<PhotoRecord>(Store::Photos, key).await? else { return Ok(()) };
    if let PhotoStanding::Waiting { announced, .. } = &mut photo.standing {
        *announced = true;
        tx.put(Store::Photos, key, &photo).await?;
    }
    Ok(())
}

async fn take(tx: &Tx<'_>, change: &Change, reset: Option<&mut Reset>) -> Result<(), DeviceError> {
    match change {
        Change::Directory(directory) => tx.put(Store::Meta, key::DIRECTORY, directory).await,
        Change::Checklist(checklist) => {
            tx.put(Store::Checklists, &checklist_key(&checklist.id, checklist.version), checklist).await
        }
        Change::Site(site) => {
            let key = site.id.to_string();
            tx.put(Store::Sites, &key, site).await?;
            reset.into_iter().for_each(|reset| reset.sites.push(key.clone()));
            Ok(())
        }
        Change::Hazard(hazard) => {
            let key = hazard.id.to_string();
            tx.put(Store::Hazards, &key, hazard).await?;
            reset.into_iter().for_each(|reset| reset.hazards.push(key.clone()));
            Ok(())
        }
        Change::Inspection(summary) => {
            let key = summary.id.to_string();
            tx.put(Store::Inspections, &key, summary).await?;
            reset.into_iter().for_each(|reset| reset.inspections.push(key.clone()));
            Ok(())
        }
        Change::Forget(Forget::Site(id)) => tx.delete(Store::Sites, &id.to_string()).await,
        Change::Forget(Forget::Hazard(id)) => tx.delete(Store::Hazards, &id.to_string()).await,
        Change::Forget(Forget::Inspection(id)) => tx.delete(Store::Inspections, &id.to_string()).await,
    }
}

async fn sweep(tx: &Tx<'_>, store: Store, came: &[String]) -> Result<(), DeviceError> {
    for key in tx.keys(store).await? {
        if !came.contains(&key) {
            tx.delete(store, &key).await?;
        }
    }
    Ok(())
}
