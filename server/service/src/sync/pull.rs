//! What changed since the device's cursor, as far as the person may see it. A row that cannot be read is passed over, and so
//! is a kind of record of a later version.
//!
//! Where the device stands its cursor says ([`position`]). When that is none of this person's here and now, the list starts over
//! and says `reset`. A fresh device is sent forms last: they are many times as large as what it shows first.
//!
//! What a row is about is read when it is sent, many rows at a time, and the scope is asked once more: a row says who has to
//! hear of a record, never who may see it.

mod passed_over;
mod position;

pub use position::LONGEST_AWAY;

use crate::{
    error::Error,
    inspections, outlines, sealed_orders,
    services::Services,
    storage::{ChangeQuery, Changed, Live, LoadedRecord, Record, StoreError},
    tasks,
};
use domain::{
    role::{Action, Actor},
    site::Site,
    sync::{Cursor, Directory, Envelope, LARGEST_PAGE, RecordKind, SyncRecord, SyncResponse, record_key},
    task::Colleague,
};
use passed_over::PassedOver;
use position::{Position, fingerprint};
use serde::Serialize;
use std::{
    borrow::Cow,
    io::{self, Write},
    slice,
};

/// Records of one answer at the most. What a phone does for each costs as much as its bytes.
const PAGE: u32 = 2_500;

/// Bytes of records in an answer, at the least: what nobody can ask to be less.
const SMALLEST_PAGE: u32 = 64 * 1024;

/// Rows whose records are read at a time.
const AT_ONCE: usize = 256;

pub(super) async fn changes(
    state: &Services,
    actor: &Actor,
    cursor: Option<&Cursor>,
    page_bytes: Option<u32>,
    response: &mut SyncResponse,
) -> Result<(), Error> {
    let now = state.now();
    let window = state.windows.of(&actor.scope);
    let fingerprint = fingerprint(actor, window)?;
    let known = cursor.and_then(|cursor| Position::read(cursor, &fingerprint, now));
    // Whatever there is when it begins, a fresh device has none of it.
    let fresh = Position {
        sequence: 0,
        up_to_date: now,
        filling: Some(i64::MAX),
        others: None,
        passed_over: PassedOver::default(),
        epoch: 0,
    };
    let mut position = known.unwrap_or(fresh);
    let mended = mended(state, actor, &mut position).await?;
    let live = |until| Live {
        until,
        hazards_since: window.hazards_since(now),
        visits_since: window.visits_since(now),
    };
    let behind = |position: &Position| ChangeQuery {
        audiences: actor.audiences(),
        after: position.sequence,
        live: position.filling.map(live),
        limit: PAGE,
    };
    let mut page = state.store.changes(actor.office, &behind(&position)).await?;
    // After a backup was restored, what the device was told since then is not so, and its numbers are given once more. Whoever
    // puts a database's own files back draws no epoch: then at least the numbers tell, until they have caught up.
    let is_of_another_life = |known: Position| known.epoch != page.epoch || known.sequence > page.head;
    let begins_anew = known.is_none_or(is_of_another_life);
    if begins_anew && known.is_some() {
        position = fresh;
        page = state.store.changes(actor.office, &behind(&position)).await?;
    }
    response.reset = begins_anew;
    if begins_anew {
        position.filling = Some(page.head);
        position.epoch = page.epoch;
        response.changes.push(enclosed(&on_phone(state, actor).await?)?);
    }
    if !begins_anew {
        // They stand behind the device, and move it nowhere.
        let mut aside = position;
        fill(state, actor, &mended, u64::MAX, &mut aside, response).await?;
        position.passed_over = aside.passed_over;
    }
    let most = page_bytes.unwrap_or(LARGEST_PAGE).clamp(SMALLEST_PAGE, LARGEST_PAGE).into();
    if begins_anew && page.rows.iter().any(is_form) {
        return first_look(state, actor, &page.rows, most, position, &fingerprint, response).await;
    }
    let sent = position.others.unwrap_or_default();
    let rows: Vec<_> = page.rows.iter().filter(|row| row.seq > sent || is_form(row)).cloned().collect();
    let is_whole = fill(state, actor, &rows, most, &mut position, response).await?;
    if let Some(last) = page.rows.last().filter(|_| is_whole) {
        position.sequence = position.sequence.max(last.seq);
    }
    position.others = position.others.filter(|until| *until > position.sequence);
    response.more = page.more || !is_whole;
    if !response.more {
        // Nothing else in the office concerns this person, up to here.
        let sequence = page.head.max(position.sequence);
        position = Position { sequence, up_to_date: now, filling: None, ..position };
    }
    response.cursor = Some(position.cursor(&fingerprint));
    Ok(())
}

/// What a fresh device waits for: places, sites, hazards, visits. Forms are many times as large and wait for the next answers,
/// which leave out what this one has brought.
async fn first_look(
    state: &Services,
    actor: &Actor,
    rows: &[Changed],
    most: u64,
    position: Position,
    fingerprint: &str,
    response: &mut SyncResponse,
) -> Result<(), Error> {
    let others: Vec<_> = rows.iter().filter(|row| !is_form(row)).cloned().collect();
    let mut ahead = position;
    let is_whole = fill(state, actor, &others, most, &mut ahead, response).await?;
    let last = rows.last().map_or(ahead.sequence, |last| last.seq);
    let others = Some(if is_whole { last } else { ahead.sequence });
    let position = Position { others, passed_over: ahead.passed_over, ..position };
    response.more = true;
    response.cursor = Some(position.cursor(fingerprint));
    Ok(())
}

fn is_form(row: &Changed) -> bool {
    row.kind == RecordKind::Form.as_str()
}

/// Puts into the answer what the rows are about. False where they do not all go into it.
async fn fill(
    state: &Services,
    actor: &Actor,
    rows: &[Changed],
    most: u64,
    position: &mut Position,
    response: &mut SyncResponse,
) -> Result<bool, Error> {
    let office = actor.office;
    let mut bytes = 0;
    for rows in rows.chunks(AT_ONCE) {
        let records: Vec<_> = rows.iter().filter_map(|row| row.record.clone()).collect();
        let loaded = state.store.load_records(office, &records).await?;
        for row in rows {
            if bytes >= most {
                return Ok(false);
            }
            position.sequence = row.seq;
            // What a device has not had yet need not be said to be gone.
            let is_news = position.filling.is_none_or(|until| row.seq > until);
            let read = match &row.record {
                None => unknown(row),
                Some(Record::Directory) if !is_news => continue,
                Some(Record::Directory) => Read::Envelope(enclosed(&on_phone(state, actor).await?)?),
                Some(record) => read(state, record, loaded.get(record), actor)?,
            };
            match read {
                Read::Envelope(envelope) => {
                    state.damaged.mended(office, row);
                    bytes += size(&envelope)?;
                    response.changes.push(envelope);
                }
                Read::Gone(envelope) => {
                    state.damaged.mended(office, row);
                    response.changes.extend(is_news.then_some(envelope));
                }
                Read::Later => pass_over(position, response, row),
                // One row's damage is its own.
                Read::Damaged => {
                    state.damaged.tell(&state.metrics, office, row);
                    pass_over(position, response, row);
                }
            }
        }
    }
    Ok(true)
}

/// What the device has of it stays there.
fn pass_over(position: &mut Position, response: &mut SyncResponse, row: &Changed) {
    position.passed_over.put(row.seq);
    response.passed_over.push(record_key(&row.kind, &row.id));
}

/// Takes off the list what was passed over and is not as it was, and answers what of it is to be sent now. What has changed
/// meanwhile stands further on and comes with the others.
async fn mended(
    state: &Services,
    actor: &Actor,
    position: &mut Position,
) -> Result<Vec<Changed>, StoreError> {
    let known = position.passed_over;
    let mut mended = vec![];
    for &seq in known.rows() {
        let query = ChangeQuery { audiences: actor.audiences(), after: seq - 1, live: None, limit: 1 };
        let page = state.store.changes(actor.office, &query).await?;
        let row = page.rows.into_iter().next().filter(|row| row.seq == seq);
        if let Some(row) = &row
            && is_unreadable(state, actor, row).await?
        {
            continue;
        }
        if position.passed_over.take(seq) {
            // All that is behind it is sent once more.
            position.sequence = position.sequence.min(seq - 1);
            position.others = position.others.map(|until| until.min(seq - 1));
        } else {
            mended.extend(row);
        }
    }
    Ok(mended)
}

async fn is_unreadable(state: &Services, actor: &Actor, row: &Changed) -> Result<bool, StoreError> {
    let read = match &row.record {
        None => unknown(row),
        Some(Record::Directory) => return Ok(false),
        Some(record) => {
            let loaded = state.store.load_records(actor.office, slice::from_ref(record)).await?;
            read(state, record, loaded.get(record), actor)?
        }
    };
    Ok(matches!(read, Read::Later | Read::Damaged))
}

/// What there is to say of a row.
pub(super) enum Read {
    Envelope(Envelope),
    /// Not there, or out of this person's sight.
    Gone(Envelope),
    /// Of a kind of a later version.
    Later,
    Damaged,
}

fn unknown(row: &Changed) -> Read {
    if RecordKind::parse(&row.kind).is_some() { Read::Damaged } else { Read::Later }
}

/// The record as this person may have it.
pub(super) fn read(
    state: &Services,
    record: &Record,
    loaded: Option<&Result<LoadedRecord, StoreError>>,
    actor: &Actor,
) -> Result<Read, StoreError> {
    let scope = &actor.scope;
    let loaded = match loaded {
        None => None,
        Some(Ok(loaded)) => Some(loaded),
        Some(Err(_)) => return Ok(Read::Damaged),
    };
    let seen = match loaded {
        Some(LoadedRecord::Site(site)) if scope.covers(&site.resource_scope()) && !site.retired => {
            Some(enclosed(&*told(site, actor))?)
        }
        Some(LoadedRecord::Form(form)) => Some(enclosed(&**form)?),
        Some(LoadedRecord::Hazard { hazard, place }) if scope.covers(place) => Some(enclosed(&**hazard)?),
        Some(LoadedRecord::Visit { summary, place }) if scope.covers(place) => Some(enclosed(&**summary)?),
        // However much of the office somebody sees.
        Some(LoadedRecord::SealedOrder(stored)) if stored.order.person == actor.person => {
            Some(enclosed(&sealed_orders::sent(state, stored))?)
        }
        Some(LoadedRecord::Notice(notice)) if notice.person == actor.person => Some(enclosed(&**notice)?),
        Some(LoadedRecord::Task(task)) if task.person == actor.person && task.is_open() => {
            Some(enclosed(&**task)?)
        }
        Some(
            LoadedRecord::Site(_)
            | LoadedRecord::Hazard { .. }
            | LoadedRecord::Visit { .. }
            | LoadedRecord::SealedOrder(_)
            | LoadedRecord::Task(_)
            | LoadedRecord::Notice(_),
        )
        | None => None,
    };
    Ok(seen.map_or_else(|| Read::Gone(gone(record)), Read::Envelope))
}

/// What was answered the last time is for whoever answers the next time. Others hear of a visit without its answers, as its
/// summary tells of it.
fn told<'a>(site: &'a Site, actor: &Actor) -> Cow<'a, Site> {
    if site.last_answers.is_empty() || actor.reads_last_answers() {
        return Cow::Borrowed(site);
    }
    Cow::Owned(Site { last_answers: vec![], ..site.clone() })
}

fn gone(record: &Record) -> Envelope {
    let (kind, id) = record.named();
    Envelope::gone(kind, id)
}

pub(super) fn enclosed<R: SyncRecord>(record: &R) -> Result<Envelope, StoreError> {
    Envelope::of(record).map_err(cannot_be_said)
}

fn cannot_be_said(error: serde_json::Error) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// Bytes of it in an answer, without writing them anywhere.
fn size(record: &impl Serialize) -> Result<u64, StoreError> {
    struct Count(u64);
    impl Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len() as u64;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    serde_json::to_writer(&mut count, record).map_err(cannot_be_said)?;
    Ok(count.0)
}

/// The places, the departments and the kinds of site, and who the person is.
pub async fn directory(state: &Services, actor: &Actor) -> Result<Directory, StoreError> {
    let places = state.store.places(actor.office).await?;
    // Who reports nothing is offered no words for it, and what the office writes of others is not the site's to know.
    let reports = actor.may_do(Action::Inspect) && !actor.role.is_contact();
    let phrases = if reports { state.store.phrases(actor.office).await? } else { vec![] };
    let colleagues = if actor.may_do(Action::Assign) {
        let permissions = state.store.office_settings(actor.office).await?.permissions;
        let people = state.store.people(actor.office).await?;
        let all = tasks::colleagues(actor.office, &people, &places, &permissions);
        all.into_iter().filter(Colleague::takes_work).collect()
    } else {
        vec![]
    };
    Ok(Directory {
        office: places.office,
        me: actor.clone(),
        communities: places.communities,
        grids: places.grids,
        departments: places.departments,
        kinds: state.kinds.to_vec(),
        intervals: places.intervals,
        colleagues,
        window: state.windows.of(&actor.scope),
        phrases,
        inspection: None,
        outlines: vec![],
    })
}

/// The same with what a phone needs beside: the desk asks the server where it needs it.
async fn on_phone(state: &Services, actor: &Actor) -> Result<Directory, StoreError> {
    let inspection = inspections::directory(state, actor).await?;
    let outlines = outlines::on_phone(state, actor).await?;
    Ok(Directory { inspection, outlines, ..directory(state, actor).await? })
}
