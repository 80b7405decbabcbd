//! What changed since the device's cursor, as far as the person may see it. A row that cannot be read is passed over, and so
//! is a kind of record of a later version.
//!
//! A cursor is `sequence.fingerprint`: where the device stands, and a hash of what the person could see then. When the
//! fingerprint differs (another grid, another role), the list starts over and says `reset`.

use crate::{
    http::ApiError,
    session::SignedInAs,
    state::AppState,
    storage::{Record, StoreError},
};
use domain::{
    photo::hex,
    role::Actor,
    sync::{Cursor, Directory, Envelope, RecordKind, SyncRecord, SyncResponse},
};
use sha2::{Digest, Sha256};

/// Records of one answer.
const PAGE: u32 = 200;

pub(super) async fn changes(
    state: &AppState,
    who: &SignedInAs,
    cursor: Option<&Cursor>,
    response: &mut SyncResponse,
) -> Result<(), ApiError> {
    let fingerprint = fingerprint(&who.actor)?;
    let standing = cursor.and_then(read).filter(|(_, known)| *known == fingerprint);
    response.reset = standing.is_none();
    let after = standing.map_or(0, |(sequence, _)| sequence);
    let records = state.store.changes(who.actor.office, after, PAGE).await?;
    response.more = records.len() as u32 == PAGE;
    let newest = records.last().map_or(after, |(sequence, _)| *sequence);
    response.cursor = Some(Cursor(format!("{newest}.{fingerprint}")));
    let mut records: Vec<_> = records.into_iter().filter_map(|(_, record)| record).collect();
    if response.reset {
        records.retain(|record| *record != Record::Directory);
        records.insert(0, Record::Directory);
    }
    for record in records {
        match envelope(state, who, &record, response.reset).await {
            Ok(envelope) => response.changes.extend(envelope),
            // One row's damage is its own.
            Err(StoreError::Corrupt(why)) => state.damaged.tell(&state.metrics, &record, &why),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The record as this person may have it; on a fresh device what is out of sight is not mentioned.
async fn envelope(
    state: &AppState,
    who: &SignedInAs,
    record: &Record,
    fresh: bool,
) -> Result<Option<Envelope>, StoreError> {
    let (office, scope) = (who.actor.office, &who.actor.scope);
    let gone = |kind: RecordKind, id: &dyn ToString| (!fresh).then(|| Envelope::gone(kind, id.to_string()));
    Ok(match record {
        Record::Directory => Some(enclosed(&directory(state, &who.actor).await?)?),
        Record::Checklist(id) => {
            state.store.newest_checklist(office, id).await?.map(|list| enclosed(&list)).transpose()?
        }
        Record::Site(id) => match state.store.site(office, *id).await? {
            Some(site) if scope.covers(&site.placement()) && !site.retired => Some(enclosed(&site)?),
            _ => gone(RecordKind::Site, id),
        },
        Record::Hazard(id) => match state.store.hazard(office, *id).await? {
            Some(hazard) if scope.covers(&hazard.place) => Some(enclosed(&hazard)?),
            _ => gone(RecordKind::Hazard, id),
        },
        Record::Inspection(id) => {
            let Some(summary) = state.store.inspection_summary(office, *id).await? else { return Ok(None) };
            let site = state.store.site(office, summary.site).await?;
            match site.filter(|site| scope.covers(&site.placement())) {
                Some(_) => Some(enclosed(&summary)?),
                None => gone(RecordKind::Inspection, id),
            }
        }
    })
}

fn enclosed<R: SyncRecord>(record: &R) -> Result<Envelope, StoreError> {
    Envelope::of(record).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The places, the departments and the kinds of site, and who the person is.
pub(crate) async fn directory(state: &AppState, actor: &Actor) -> Result<Directory, StoreError> {
    let places = state.store.places(actor.office).await?;
    Ok(Directory {
        office: places.office,
        me: actor.clone(),
        communities: places.communities,
        grids: places.grids,
        departments: places.departments,
        kinds: state.kinds.to_vec(),
        intervals: places.intervals,
    })
}

/// Two who see different things never have the same: what cannot be said has none, and nothing is pulled.
fn fingerprint(actor: &Actor) -> Result<String, StoreError> {
    let sight = serde_json::to_vec(&(actor.person, actor.role, &actor.scope));
    let sight = sight.map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(hex(&Sha256::digest(&sight)[..6]))
}

fn read(cursor: &Cursor) -> Option<(i64, String)> {
    let (sequence, fingerprint) = cursor.0.split_once('.')?;
    Some((sequence.parse().ok().filter(|sequence| *sequence >= 0)?, fingerprint.to_owned()))
}
