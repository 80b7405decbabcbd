//! What changed since the device's cursor, as far as the person may see it. A row that cannot be read is passed over, and so
//! is a kind of record of a later version.
//!
//! A cursor is `sequence.fingerprint.time.epoch`: where the device stands, a hash of what the person could see and for how long
//! it was kept then, when it was up to date (a device that breaks off between two pages stays as old as it was before), and in
//! which of the office's epochs: restoring a backup begins another, in which the same numbers are given once more. `.f` and a
//! sequence follow while the device fills up: it holds nothing that could be out of date, so of changes up to that one it is
//! sent only what is [live](domain::window). `.p` and a sequence follow where a row was passed over, for the first of them. When the fingerprint differs (another grid, another role, other windows), the device was away for too long, or it
//! stands where the office has not come to or in another epoch, the list starts over and says `reset`.
//!
//! What a row is about is read when it is sent, many rows at a time, and the scope is asked once more: a row says who has to
//! hear of a record, never who may see it.

use crate::{
    error::Error,
    services::Services,
    storage::{ChangeQuery, Changed, Live, LoadedRecord, Record, StoreError},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    role::{Actor, Scope},
    sync::{Cursor, Directory, Envelope, LARGEST_PAGE, RecordKind, SyncRecord, SyncResponse, record_key},
    window::LiveWindow,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{
    io::{self, Write},
    slice,
};

/// Records of one answer at the most. What a phone does for each costs as much as its bytes.
const PAGE: u32 = 2_500;

/// Bytes of records in an answer, at the least: what nobody can ask to be less.
const SMALLEST_PAGE: u32 = 64 * 1024;

/// Rows whose records are read at a time.
const AT_ONCE: usize = 256;

/// A device that was away for longer begins anew: what it would have to be told may be forgotten by then.
pub const LONGEST_AWAY: Duration = Duration::days(60);

/// How far a server's clock may have run ahead when it gave a cursor.
const AHEAD: Duration = Duration::days(1);

/// Where a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Position {
    sequence: i64,
    /// When it last had everything, or began anew. Changes are forgotten by their age, so the age of what it has still to be
    /// told is what counts, and not when it was here.
    up_to_date: DateTime<Utc>,
    /// Up to which change it is filling up, if it is.
    filling: Option<i64>,
    /// The first row that was passed over: what is behind it is sent once more as soon as it can be read, or has gone.
    passed_over: Option<i64>,
    /// In which its numbers were given.
    epoch: i64,
}

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
    let fresh =
        Position { sequence: 0, up_to_date: now, filling: Some(i64::MAX), passed_over: None, epoch: 0 };
    let mut position = known.unwrap_or(fresh);
    if let Some(first) = position.passed_over
        && !is_still_unreadable(state, actor, first).await?
    {
        position = Position { sequence: first - 1, passed_over: None, ..position };
    }
    let live = |until| Live {
        until,
        hazards_since: window.hazards_since(now),
        visits_since: window.visits_since(now),
    };
    let behind = |position: &Position| ChangeQuery {
        audiences: actor.scope.audiences(),
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
        response.changes.push(enclosed(&directory(state, actor).await?)?);
    }
    let most = page_bytes.unwrap_or(LARGEST_PAGE).clamp(SMALLEST_PAGE, LARGEST_PAGE).into();
    let is_whole = fill(state, actor, &page.rows, most, &mut position, response).await?;
    response.more = page.more || !is_whole;
    if !response.more {
        // Nothing else in the office concerns this person, up to here.
        let sequence = page.head.max(position.sequence);
        position = Position { sequence, up_to_date: now, filling: None, ..position };
    }
    response.cursor = Some(position.cursor(&fingerprint));
    Ok(())
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
                Some(Record::Directory) => Read::Envelope(enclosed(&directory(state, actor).await?)?),
                Some(record) => read(record, loaded.get(record), &actor.scope)?,
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
    position.passed_over.get_or_insert(row.seq);
    response.passed_over.push(record_key(&row.kind, &row.id));
}

/// Whether the row that was passed over first is where it was, and as it was.
async fn is_still_unreadable(state: &Services, actor: &Actor, first: i64) -> Result<bool, StoreError> {
    let audiences = actor.scope.audiences();
    let query = ChangeQuery { audiences, after: first - 1, live: None, limit: 1 };
    let page = state.store.changes(actor.office, &query).await?;
    let Some(row) = page.rows.first().filter(|row| row.seq == first) else { return Ok(false) };
    let read = match &row.record {
        None => unknown(row),
        Some(Record::Directory) => return Ok(false),
        Some(record) => {
            let loaded = state.store.load_records(actor.office, slice::from_ref(record)).await?;
            read(record, loaded.get(record), &actor.scope)?
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
    record: &Record,
    loaded: Option<&Result<LoadedRecord, StoreError>>,
    scope: &Scope,
) -> Result<Read, StoreError> {
    let loaded = match loaded {
        None => None,
        Some(Ok(loaded)) => Some(loaded),
        Some(Err(_)) => return Ok(Read::Damaged),
    };
    let seen = match loaded {
        Some(LoadedRecord::Site(site)) if scope.covers(&site.resource_scope()) && !site.retired => {
            Some(enclosed(&**site)?)
        }
        Some(LoadedRecord::Checklist(list)) => Some(enclosed(&**list)?),
        Some(LoadedRecord::Hazard { hazard, place }) if scope.covers(place) => Some(enclosed(&**hazard)?),
        Some(LoadedRecord::Visit { summary, place }) if scope.covers(place) => Some(enclosed(&**summary)?),
        Some(LoadedRecord::Site(_) | LoadedRecord::Hazard { .. } | LoadedRecord::Visit { .. }) | None => None,
    };
    Ok(seen.map_or_else(|| Read::Gone(gone(record)), Read::Envelope))
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
    Ok(Directory {
        office: places.office,
        me: actor.clone(),
        communities: places.communities,
        grids: places.grids,
        departments: places.departments,
        kinds: state.kinds.to_vec(),
        intervals: places.intervals,
        window: state.windows.of(&actor.scope),
    })
}

/// Two who see different things never have the same: what cannot be said has none, and nothing is pulled.
fn fingerprint(actor: &Actor, window: LiveWindow) -> Result<String, StoreError> {
    let seen_by = serde_json::to_vec(&(actor.person, actor.role, &actor.scope, window));
    Ok(hex::encode(&Sha256::digest(&seen_by.map_err(cannot_be_said)?)[..6]))
}

impl Position {
    fn cursor(self, fingerprint: &str) -> Cursor {
        let Self { sequence, up_to_date, filling, passed_over, epoch } = self;
        let filling = filling.map(|until| format!(".f{until}")).unwrap_or_default();
        let passed_over = passed_over.map(|first| format!(".p{first}")).unwrap_or_default();
        let time = up_to_date.timestamp();
        Cursor(format!("{sequence}.{fingerprint}.{time}.{epoch}{filling}{passed_over}"))
    }

    /// None where it is none of this server's, too old, or what the person could see then was something else.
    fn read(cursor: &Cursor, fingerprint: &str, now: DateTime<Utc>) -> Option<Self> {
        let mut parts = cursor.0.split('.').peekable();
        let number = |part: &str| part.parse().ok().filter(|number: &i64| *number >= 0);
        let sequence = number(parts.next()?)?;
        parts.next().filter(|known| *known == fingerprint)?;
        let up_to_date = DateTime::from_timestamp(number(parts.next()?)?, 0)?;
        let age = now - up_to_date;
        if age > LONGEST_AWAY || age < -AHEAD {
            return None;
        }
        let epoch = number(parts.next()?)?;
        let mut lettered = |letter: char| {
            let part = parts.next_if(|part| part.starts_with(letter))?;
            Some(part.strip_prefix(letter).and_then(number))
        };
        let filling = lettered('f');
        let passed_over = lettered('p');
        // What is there must be a number, and nothing else be there.
        let position = Self {
            sequence,
            up_to_date,
            filling: filling.flatten(),
            passed_over: passed_over.flatten(),
            epoch,
        };
        let is_read = filling.is_none_or(|read| read.is_some())
            && passed_over.is_none_or(|read| read.is_some_and(|first| (1..=sequence).contains(&first)))
            && parts.next().is_none();
        is_read.then_some(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
    }

    fn read(text: &str, now: DateTime<Utc>) -> Option<Position> {
        Position::read(&Cursor(text.to_owned()), "abc", now)
    }

    #[test]
    fn a_cursor_is_read_as_it_was_given() {
        for (filling, passed_over) in [(None, None), (Some(90), None), (None, Some(3)), (Some(90), Some(7))] {
            let position = Position { sequence: 7, up_to_date: now(), filling, passed_over, epoch: 9 };
            let cursor = position.cursor("abc");
            assert_eq!(read(&cursor.0, now()), Some(position), "{cursor:?}");
        }
    }

    #[test]
    fn what_is_no_cursor_of_this_persons_begins_anew() {
        let time = now().timestamp();
        for text in [
            String::new(),
            "7".to_owned(),
            "7.abc".to_owned(),
            format!("-1.abc.{time}.0"),
            format!("7.acc.{time}.0"),
            format!("7.abc.{time}"),
            format!("7.abc.{time}.-1"),
            format!("7.abc.{time}.0.f"),
            format!("7.abc.{time}.0.p0"),
            format!("7.abc.{time}.0.p8"),
            format!("7.abc.{time}.0.p7.f90"),
            format!("7.abc.{time}.0.7"),
            format!("7.abc.{}.0", i64::MAX),
        ] {
            assert_eq!(read(&text, now()), None, "{text}");
        }
    }

    #[test]
    fn who_was_away_too_long_begins_anew() {
        let position =
            Position { sequence: 7, up_to_date: now(), filling: None, passed_over: None, epoch: 0 };
        let cursor = position.cursor("abc");
        assert!(read(&cursor.0, now() + LONGEST_AWAY).is_some());
        assert!(read(&cursor.0, now() + LONGEST_AWAY + Duration::seconds(1)).is_none());
        assert!(read(&cursor.0, now() - AHEAD).is_some());
        assert!(read(&cursor.0, now() - AHEAD - Duration::seconds(1)).is_none());
    }
}
