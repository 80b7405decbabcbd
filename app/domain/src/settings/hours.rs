//! 工作时间: from when to when the office works on a day on which it works, by its own clock. Neither
//! deadlines, which end with a day, nor notices, which have quiet hours of their own
//! ([`QuietHours`](crate::notice::QuietHours)), go by them yet.

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Times of one day at the most: a morning, an afternoon, and two more.
pub const MOST_SPANS: usize = 4;

const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// Minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WorkSpan {
    pub from: u16,
    /// The first minute that is not worked any more; at the most the end of the day.
    pub to: u16,
}

/// One after another, without touching. None: the whole day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkHours(pub Vec<WorkSpan>);

/// Why hours are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HoursRejection {
    #[error("{0} does not end after it begins, on one day")]
    Backwards(WorkSpan),
    #[error("{0} begins before the one before it has ended")]
    Overlaps(WorkSpan),
    #[error("too many times")]
    TooMany,
}

/// 08:30 to 12:00 and 14:30 to 18:00, as long as the office says nothing else.
impl Default for WorkHours {
    fn default() -> Self {
        Self(vec![WorkSpan { from: 8 * 60 + 30, to: 12 * 60 }, WorkSpan { from: 14 * 60 + 30, to: 18 * 60 }])
    }
}

/// `08:30-12:00`
impl fmt::Display for WorkSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl WorkSpan {
    /// As people write it: `8:30-12:00`, with whichever dash and colon. None where it is no such thing.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(['-', '–', '—', '~', '～', '至', '到'])?;
        Some(Self { from: minute(from)?, to: minute(to)? })
    }
}

/// `24:00` ends a day.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let number = |digits: &str, most: u16| {
        let fits = (1..=2).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        digits.parse::<u16>().ok().filter(|number| fits && *number <= most)
    };
    let at = number(hour, 24)? * 60 + number(minute, 59)?;
    (at <= MINUTES_OF_A_DAY).then_some(at)
}

impl WorkHours {
    /// # Errors
    /// Where they are no times of one day, one after another.
    pub fn check(&self) -> Result<(), HoursRejection> {
        if self.0.len() > MOST_SPANS {
            return Err(HoursRejection::TooMany);
        }
        if let Some(span) = self.0.iter().find(|span| span.from >= span.to || span.to > MINUTES_OF_A_DAY) {
            return Err(HoursRejection::Backwards(*span));
        }
        let mut pairs = self.0.iter().zip(self.0.iter().skip(1));
        match pairs.find(|(before, after)| after.from <= before.to) {
            Some((_, after)) => Err(HoursRejection::Overlaps(*after)),
            None => Ok(()),
        }
    }

    /// Whether a day on which the office works is worked at this time.
    pub fn holds(&self, time: NaiveTime) -> bool {
        let minute = time.hour() * 60 + time.minute();
        self.0.is_empty()
            || self.0.iter().any(|span| (u32::from(span.from)..u32::from(span.to)).contains(&minute))
    }

    /// The minutes at which work begins on such a day, in order.
    pub fn beginnings(&self) -> Vec<u16> {
        if self.0.is_empty() { vec![0] } else { self.0.iter().map(|span| span.from).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(texts: &[&str]) -> WorkHours {
        WorkHours(texts.iter().map(|text| WorkSpan::parse(text).unwrap()).collect())
    }

    #[test]
    fn hours_are_read_as_people_write_them_and_told_one_way() {
        for text in ["8:30-12:00", "08:30–12:00", " 8：30 至 12：00 ", "08:30～12:00"] {
            assert_eq!(WorkSpan::parse(text).map(|span| span.to_string()).as_deref(), Some("08:30-12:00"));
        }
        assert_eq!(WorkSpan::parse("20:00-24:00").unwrap().to, MINUTES_OF_A_DAY);
        for text in ["", "8-12", "8:30", "8:60-12:00", "25:00-26:00", "24:01-24:02", "+8:30-12:00", "a:b-c:d"]
        {
            assert_eq!(WorkSpan::parse(text), None, "{text}");
        }
    }

    #[test]
    fn times_follow_one_another_within_a_day() {
        assert_eq!(WorkHours::default().check(), Ok(()));
        assert_eq!(hours(&[]).check(), Ok(()));
        let backwards = hours(&["12:00-8:30"]);
        assert_eq!(backwards.check(), Err(HoursRejection::Backwards(backwards.0[0])));
        let nothing = hours(&["8:30-8:30"]);
        assert_eq!(nothing.check(), Err(HoursRejection::Backwards(nothing.0[0])));
        for (texts, second) in [(["8:30-12:00", "11:00-18:00"], 1), (["14:30-18:00", "8:30-12:00"], 1)] {
            let overlaps = hours(&texts);
            assert_eq!(overlaps.check(), Err(HoursRejection::Overlaps(overlaps.0[second])));
        }
        let many = hours(&["1:00-2:00", "3:00-4:00", "5:00-6:00", "7:00-8:00", "9:00-10:00"]);
        assert_eq!(many.check(), Err(HoursRejection::TooMany));
        let forged = WorkHours(vec![WorkSpan { from: 0, to: u16::MAX }]);
        assert!(matches!(forged.check(), Err(HoursRejection::Backwards(_))));
    }

    #[test]
    fn a_minute_is_worked_until_work_ends() {
        let usual = WorkHours::default();
        let at = |text: &str| text.parse::<NaiveTime>().unwrap();
        for (text, works) in [
            ("08:29:59", false),
            ("08:30:00", true),
            ("11:59:59", true),
            ("12:00:00", false),
            ("18:00:00", false),
        ] {
            assert_eq!(usual.holds(at(text)), works, "{text}");
        }
        assert!(hours(&[]).holds(at("03:00:00")), "an office that says nothing works all day");
        assert_eq!((usual.beginnings(), hours(&[]).beginnings()), (vec![510, 870], vec![0]));
    }
}
