//! What changed since the device's cursor, as far as the person may see it. A row that cannot be read is passed over, and so
//! is a kind of record of a later version.
//!
//! A cursor is `sequence.fingerprint`, with `.sequence` of the first row that was passed over: where the device stands, and a
//! hash of what the person could see then. When the fingerprint differs (another grid, another role), the list starts over
//! and says `reset`.

use crate::{
    http::ApiError,
    session::SignedInAs,
    state::AppState,
    storage::{Changed, Record, StoreError},
};
use domain::{
    role::Actor,
    sync::{Cursor, Directory, Envelope, RecordKind, SyncRecord, SyncResponse, record_key},
};
use sha2::{Digest, Sha256};

/// Records of one answer.
const PAGE: u32 = 200;

/// Where a device stands.
struct Standing {
    sequence: i64,
    /// The first row that was passed over: what is behind it is sent once more as soon as it can be read, or has gone.
    passed_over: Option<i64>,
}

pub(super) async fn changes(
    state: &AppState,
    who: &SignedInAs,
    cursor: Option<&Cursor>,
    response: &mut SyncResponse,
) -> Result<(), ApiError> {
    let office = who.actor.office;
    let fingerprint = fingerprint(&who.actor)?;
    let standing = cursor.and_then(|cursor| read(cursor, &fingerprint));
    response.reset = standing.is_none();
    let mut standing = standing.unwrap_or(Standing { sequence: 0, passed_over: None });
    if let Some(first) = standing.passed_over
        && !is_still_unreadable(state, who, first).await?
    {
        standing = Standing { sequence: first - 1, passed_over: None };
    }
    let rows = state.store.changes(office, standing.sequence, PAGE).await?;
    response.more = rows.len() as u32 == PAGE;
    if response.reset {
        response.changes.push(enclosed(&directory(state, &who.actor).await?)?);
    }
    for row in &rows {
        standing.sequence = row.seq;
        if row.record == Some(Record::Directory) && response.reset {
            continue;
        }
        match envelope(state, who, row, response.reset).await {
            Ok(Read::Envelope(envelope)) => {
                state.damaged.mended(office, row);
                response.changes.extend(envelope.map(|envelope| *envelope));
            }
            Ok(Read::Later) => pass_over(&mut standing, response, row),
            // One row's damage is its own.
            Ok(Read::Damaged) | Err(StoreError::Unreadable(_)) => {
                state.damaged.tell(&state.metrics, office, row);
                pass_over(&mut standing, response, row);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let Standing { sequence, passed_over } = standing;
    let passed_over = passed_over.map(|first| format!(".{first}")).unwrap_or_default();
    response.cursor = Some(Cursor(format!("{sequence}.{fingerprint}{passed_over}")));
    Ok(())
}

/// What the device has of it stays there.
fn pass_over(standing: &mut Standing, response: &mut SyncResponse, row: &Changed) {
    standing.passed_over.get_or_insert(row.seq);
    response.passed_over.push(record_key(&row.kind, &row.id));
}

/// Whether the row that was passed over first is where it was, and as it was.
async fn is_still_unreadable(state: &AppState, who: &SignedInAs, first: i64) -> Result<bool, StoreError> {
    let rows = state.store.changes(who.actor.office, first - 1, 1).await?;
    let Some(row) = rows.first().filter(|row| row.seq == first) else { return Ok(false) };
    Ok(match envelope(state, who, row, false).await {
        Ok(Read::Envelope(_)) => false,
        Ok(Read::Later | Read::Damaged) | Err(StoreError::Unreadable(_)) => true,
        Err(error) => return Err(error),
    })
}

enum Read {
    /// None: nothing that the device has to know of.
    Envelope(Option<Box<Envelope>>),
    /// Of a kind of a later version.
    Later,
    Damaged,
}

/// The record as this person may have it; on a fresh device what is out of sight is not mentioned.
async fn envelope(
    state: &AppState,
    who: &SignedInAs,
    row: &Changed,
    fresh: bool,
) -> Result<Read, StoreError> {
    let Some(record) = &row.record else {
        return Ok(if RecordKind::parse(&row.kind).is_some() { Read::Damaged } else { Read::Later });
    };
    let (office, scope) = (who.actor.office, &who.actor.scope);
    let gone = |kind: RecordKind, id: &dyn ToString| (!fresh).then(|| Envelope::gone(kind, id.to_string()));
    let envelope = match record {
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
            let Some(summary) = state.store.inspection_summary(office, *id).await? else {
                return Ok(Read::Envelope(None));
            };
            let site = state.store.site(office, summary.site).await?;
            match site.filter(|site| scope.covers(&site.placement())) {
                Some(_) => Some(enclosed(&summary)?),
                None => gone(RecordKind::Inspection, id),
            }
        }
    };
    Ok(Read::Envelope(envelope.map(Box::new)))
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
    Ok(hex::encode(&Sha256::digest(&sight)[..6]))
}

/// None where it is none of this server's, or what the person could see then was something else.
fn read(cursor: &Cursor, fingerprint: &str) -> Option<Standing> {
    let mut parts = cursor.0.split('.');
    let number = |part: &str| part.parse().ok().filter(|number: &i64| *number >= 0);
    let sequence = number(parts.next()?)?;
    parts.next().filter(|known| *known == fingerprint)?;
    let passed_over = match parts.next() {
        None => None,
        Some(first) => Some(number(first).filter(|first| (1..=sequence).contains(first))?),
    };
    parts.next().is_none().then_some(Standing { sequence, passed_over })
}
