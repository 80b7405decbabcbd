//! Where a device stands, which its cursor carries.
//!
//! A cursor is `sequence.fingerprint.time.epoch`: where the device stands, a hash of what the person could see and for how long
//! it was kept then, when it was up to date (a device that breaks off between two pages stays as old as it was before), and in
//! which of the office's epochs: restoring a backup begins another, in which the same numbers are given once more. There follow
//!
//! - `.f` and a sequence while the device fills up: it holds nothing that could be out of date, so of changes up to that one it
//!   is sent only what is [live](domain::window);
//! - `.o` and a sequence up to which everything but forms was sent already;
//! - `.p` and the sequences of rows that were passed over, as [`PassedOver`] writes them.
//!
//! A cursor of another fingerprint (another grid, another role, a right that was taken away, other windows), or of a device that was away for too long, is
//! not read. Whether it stands where the office has not come to, or in another epoch, only the office can say.

use super::{cannot_be_said, passed_over::PassedOver};
use crate::storage::StoreError;
use chrono::{DateTime, Duration, Utc};
use domain::{role::Actor, sync::Cursor, window::LiveWindow};
use sha2::{Digest, Sha256};

/// A device that was away for longer begins anew: what it would have to be told may be forgotten by then.
pub const LONGEST_AWAY: Duration = Duration::days(60);

/// How far a server's clock may have run ahead when it gave a cursor.
const AHEAD: Duration = Duration::days(1);

/// Where a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) sequence: i64,
    /// When it last had everything, or began anew. Changes are forgotten by their age, so the age of what it has still to be
    /// told is what counts, and not when it was here.
    pub(super) up_to_date: DateTime<Utc>,
    /// Up to which change it is filling up, if it is.
    pub(super) filling: Option<i64>,
    /// What is no form was sent up to here already; forms are not.
    pub(super) others: Option<i64>,
    pub(super) passed_over: PassedOver,
    /// In which its numbers were given.
    pub(super) epoch: i64,
}

/// Two who see different things never have the same: what cannot be said has none, and nothing is pulled.
pub(super) fn fingerprint(actor: &Actor, window: LiveWindow) -> Result<String, StoreError> {
    // Whoever is told what was answered last has it in each site.
    let told = actor.reads_last_answers();
    let seen_by = serde_json::to_vec(&(actor.person, actor.role, &actor.scope, told, window));
    Ok(hex::encode(&Sha256::digest(&seen_by.map_err(cannot_be_said)?)[..6]))
}

impl Position {
    pub(super) fn cursor(self, fingerprint: &str) -> Cursor {
        let Self { sequence, up_to_date, filling, others, passed_over, epoch } = self;
        let filling = filling.map(|until| format!(".f{until}")).unwrap_or_default();
        let others = others.map(|until| format!(".o{until}")).unwrap_or_default();
        let passed_over = if passed_over.is_empty() { String::new() } else { format!(".p{passed_over}") };
        let time = up_to_date.timestamp();
        Cursor(format!("{sequence}.{fingerprint}.{time}.{epoch}{filling}{others}{passed_over}"))
    }

    /// None where it is none of this server's, too old, or what the person could see then was something else.
    pub(super) fn read(cursor: &Cursor, fingerprint: &str, now: DateTime<Utc>) -> Option<Self> {
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
        let others = lettered('o');
        let passed_over =
            parts.next_if(|part| part.starts_with('p')).map(|part| PassedOver::read(&part[1..]));
        // What is there must be a number, and nothing else be there.
        let position = Self {
            sequence,
            up_to_date,
            filling: filling.flatten(),
            others: others.flatten(),
            passed_over: passed_over.flatten().unwrap_or_default(),
            epoch,
        };
        let seen = sequence.max(position.others.unwrap_or_default());
        let is_read = [filling, others].into_iter().flatten().all(|read| read.is_some())
            && passed_over.is_none_or(|read| read.is_some_and(|rows| rows.last() <= seen))
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
        let cursors: [(Option<i64>, Option<i64>, &[i64]); 6] = [
            (None, None, &[]),
            (Some(90), None, &[]),
            (None, None, &[3]),
            (Some(90), Some(60), &[]),
            (Some(90), Some(60), &[7, 41]),
            (Some(90), None, &[1, 2, 3, 4, 5, 6, 7]),
        ];
        for (filling, others, rows) in cursors {
            let mut passed_over = PassedOver::default();
            rows.iter().for_each(|row| passed_over.put(*row));
            let position =
                Position { sequence: 7, up_to_date: now(), filling, others, passed_over, epoch: 9 };
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
            format!("7.abc.{time}.0.p3-8"),
            format!("7.abc.{time}.0.p"),
            format!("7.abc.{time}.0.p7.f90"),
            format!("7.abc.{time}.0.o"),
            format!("7.abc.{time}.0.o5.p8"),
            format!("7.abc.{time}.0.7"),
            format!("7.abc.{}.0", i64::MAX),
        ] {
            assert_eq!(read(&text, now()), None, "{text}");
        }
    }

    #[test]
    fn who_was_away_too_long_begins_anew() {
        let position = Position {
            sequence: 7,
            up_to_date: now(),
            filling: None,
            others: None,
            passed_over: PassedOver::default(),
            epoch: 0,
        };
        let cursor = position.cursor("abc");
        assert!(read(&cursor.0, now() + LONGEST_AWAY).is_some());
        assert!(read(&cursor.0, now() + LONGEST_AWAY + Duration::seconds(1)).is_none());
        assert!(read(&cursor.0, now() - AHEAD).is_some());
        assert!(read(&cursor.0, now() - AHEAD - Duration::seconds(1)).is_none());
    }
}
