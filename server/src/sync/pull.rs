//! What changed since the device's cursor, as far as the person may see it.
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
    sync::{Change, Cursor, Directory, Forget, SyncResponse},
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
    let fingerprint = fingerprint(&who.actor);
    let standing = cursor.and_then(read).filter(|(_, known)| *known == fingerprint);
    response.reset = standing.is_none();
    let after = standing.map_or(0, |(sequence, _)| sequence);
    let records = state.store.changes(who.actor.office, after, PAGE).await?;
    response.more = records.len() as u32 == PAGE;
    let newest = records.last().map_or(after, |(sequence, _)| *sequence);
    response.cursor = Some(Cursor(format!("{newest}.{fingerprint}")));
    if response.reset {
        response.changes.push(whole_directory(state, &who.actor).await?);
    }
    for (_, record) in records {
        match record {
            Record::Directory if response.reset => {}
            Record::Directory => response.changes.push(whole_directory(state, &who.actor).await?),
            other => response.changes.extend(change(state, who, other, response.reset).await?),
        }
    }
    Ok(())
}

/// The record as this person may have it; on a fresh device what is out of sight is not mentioned.
async fn change(
    state: &AppState,
    who: &SignedInAs,
    record: Record,
    fresh: bool,
) -> Result<Option<Change>, StoreError> {
    let (office, scope) = (who.actor.office, &who.actor.scope);
    let forget = |what: Forget| (!fresh).then_some(Change::Forget(what));
    Ok(match record {
        Record::Directory => None,
        Record::Checklist(id) => {
            let newest = state.store.checklists(office).await?.into_iter().find(|list| list.id == id);
            newest.map(|list| Change::Checklist(Box::new(list)))
        }
        Record::Site(id) => match state.store.site(office, id).await? {
            Some(site) if scope.covers(&site.placement()) && !site.retired => {
                Some(Change::Site(Box::new(site)))
            }
            _ => forget(Forget::Site(id)),
        },
        Record::Hazard(id) => match state.store.hazard(office, id).await? {
            Some(hazard) if scope.covers(&hazard.place) => Some(Change::Hazard(Box::new(hazard))),
            _ => forget(Forget::Hazard(id)),
        },
        Record::Inspection(id) => {
            let Some(summary) = state.store.inspection_summary(office, id).await? else { return Ok(None) };
            let site = state.store.site(office, summary.site).await?;
            match site.filter(|site| scope.covers(&site.placement())) {
                Some(_) => Some(Change::Inspection(summary)),
                None => forget(Forget::Inspection(id)),
            }
        }
    })
}

async fn whole_directory(state: &AppState, actor: &Actor) -> Result<Change, StoreError> {
    Ok(Change::Directory(Box::new(directory(state, actor).await?)))
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

fn fingerprint(actor: &Actor) -> String {
    let sight = serde_json::to_vec(&(actor.person, actor.role, &actor.scope)).unwrap_or_default();
    hex(&Sha256::digest(&sight)[..6])
}

fn read(cursor: &Cursor) -> Option<(i64, String)> {
    let (sequence, fingerprint) = cursor.0.split_once('.')?;
    Some((sequence.parse().ok().filter(|sequence| *sequence >= 0)?, fingerprint.to_owned()))
}
