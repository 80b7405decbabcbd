//! What a phone asks for beside the changes: a record that somebody opens and that is not live, and what a site's past
//! holds. Within the person's scope, like everything that is sent; what is out of sight is answered like what is not there.

use super::pull::{self, Read, enclosed};
use crate::{
    error::Error,
    services::Services,
    storage::{Earlier, EarlierQuery, Record},
};
use domain::{
    id::{FormId, SiteId},
    role::Actor,
    sync::{EarlierRecords, Envelope, RecordKind},
};
use std::slice;
use uuid::Uuid;

/// Records of one page of a site's past.
const PAGE: usize = 50;

/// As a phone's key names it: a form by its id and version.
pub async fn record(state: &Services, actor: &Actor, kind: &str, id: &str) -> Result<Envelope, Error> {
    let record = match RecordKind::parse(kind) {
        Some(RecordKind::Site) => id.parse().map(Record::Site),
        Some(RecordKind::Hazard) => id.parse().map(Record::Hazard),
        Some(RecordKind::Visit) => id.parse().map(Record::Visit),
        Some(RecordKind::SealedOrder) => id.parse().map(Record::SealedOrder),
        Some(RecordKind::Task) => id.parse().map(Record::Task),
        Some(RecordKind::Notice) => id.parse().map(Record::Notice),
        Some(RecordKind::Form) => return form(state, actor, id).await,
        // The directory comes with every pull.
        Some(RecordKind::Directory) | None => return Err(Error::NotFound),
    };
    let record = record.map_err(|_| Error::NotFound)?;
    let loaded = state.store.load_records(actor.office, slice::from_ref(&record)).await?;
    match pull::read(state, &record, loaded.get(&record), actor)? {
        Read::Envelope(envelope) => Ok(envelope),
        Read::Gone(_) | Read::Later => Err(Error::NotFound),
        Read::Damaged => {
            damaged(state, actor, record);
            Err(Error::Bug(format!("{kind} {id} cannot be read")))
        }
    }
}

/// `id@version`: a draft is finished with the version that it was begun with.
async fn form(state: &Services, actor: &Actor, id: &str) -> Result<Envelope, Error> {
    let (id, version) = id.rsplit_once('@').ok_or(Error::NotFound)?;
    let version = version.parse().map_err(|_| Error::NotFound)?;
    let form = state.store.form(actor.office, &FormId::from(id), version).await?;
    Ok(enclosed(&form.ok_or(Error::NotFound)?)?)
}

/// A page of what is not live any more at this site, behind where the last page ended.
pub async fn earlier(
    state: &Services,
    actor: &Actor,
    site: SiteId,
    before: Option<&str>,
) -> Result<EarlierRecords, Error> {
    let site = state.store.site(actor.office, site).await?;
    let site = site.filter(|site| actor.scope.covers(&site.resource_scope())).ok_or(Error::NotFound)?;
    let before = before.map(|before| read_before(before).ok_or_else(malformed)).transpose()?;
    let (now, window) = (state.now(), state.windows.of(&actor.scope));
    let query = EarlierQuery {
        site: site.id,
        hazards_before: window.hazards_since(now),
        visits_before: window.visits_since(now),
        before,
        // One more tells whether there are others.
        limit: u32::try_from(PAGE + 1).unwrap_or(u32::MAX),
    };
    let mut rows = state.store.earlier(actor.office, &actor.scope, &query).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let before = rows.last().filter(|_| more).map(write_before);
    let all: Vec<_> = rows.into_iter().map(|row| row.record).collect();
    let loaded = state.store.load_records(actor.office, &all).await?;
    let mut records = vec![];
    for record in all {
        match pull::read(state, &record, loaded.get(&record), actor)? {
            Read::Envelope(envelope) => records.push(envelope),
            Read::Gone(_) | Read::Later => {}
            // One row's damage is its own.
            Read::Damaged => damaged(state, actor, record),
        }
    }
    Ok(EarlierRecords { records, before })
}

fn damaged(state: &Services, actor: &Actor, record: Record) {
    state.damaged.tell_of(&state.metrics, actor.office, record);
}

fn malformed() -> Error {
    Error::Malformed("before is no place in a site's past".to_owned())
}

/// `milliseconds.id`
fn write_before(row: &Earlier) -> String {
    format!("{}.{}", row.at, row.id.simple())
}

fn read_before(text: &str) -> Option<(i64, Uuid)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, Uuid::try_parse(id).ok()?))
}
