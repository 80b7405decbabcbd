//! The rules of an office: who is told what, after how many days, and at which hours nothing goes out.

use super::{NoticeKind, PartyRules};
use crate::{
    limits::{Excess, Field, NOTICE_RULES, OverLimit, check_count},
    role::Role,
    time::{china, office_day, office_time},
};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Timelike as _, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Days that a rule may wait.
const MOST_DAYS: i64 = 90;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeTo {
    /// 承办人: whose it is to do; without one, who found it.
    Own,
    /// 派单人: who gave the work.
    Giver,
    /// Everybody of the role who sees the place, or whoever it is about.
    Role(Role),
}

impl NoticeTo {
    /// In the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Own, Self::Giver].into_iter().chain(Role::ALL.into_iter().map(Self::Role))
    }

    /// As forms send it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Giver => "giver",
            Self::Role(role) => role.as_str(),
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::all().find(|to| to.as_str() == word)
    }
}

/// One row: when this has been so for so many days, these are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRule {
    pub kind: NoticeKind,
    /// Counts only where [`NoticeKind::counts_days`] says so.
    #[serde(default)]
    pub after_days: u16,
    /// Nobody: it is switched off.
    #[serde(default)]
    pub to: Vec<NoticeTo>,
}

/// 免打扰: hours of the office's clock at which nothing goes out of the house, in minutes since midnight. They may span it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    pub from: u16,
    pub until: u16,
}

impl QuietHours {
    /// Reads `21:00`.
    pub fn minutes(text: &str) -> Option<u16> {
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
    }

    /// `21:00`
    pub fn clock(minutes: u16) -> String {
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// When it is quiet no more; none where it is not quiet now.
    pub fn ends(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let time = office_time(now).time();
        let minute = u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or_default();
        let (evening, morning) =
            if self.from <= self.until { (false, false) } else { (minute >= self.from, minute < self.until) };
        let at_day = self.from <= self.until && (self.from..self.until).contains(&minute);
        let day = office_day(now);
        if at_day || morning {
            Some(moment(day, self.until))
        } else if evening {
            Some(moment(day + Duration::days(1), self.until))
        } else {
            None
        }
    }
}

/// This minute of an office's day.
fn moment(day: NaiveDate, minute: u16) -> DateTime<Utc> {
    let begins = day.and_time(NaiveTime::MIN) - Duration::seconds(china().local_minus_utc().into());
    begins.and_utc() + Duration::minutes(minute.into())
}

/// What an office decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSettings {
    /// Raised by each change: who saves says which they have read.
    #[serde(default)]
    pub version: u32,
    pub rules: Vec<NoticeRule>,
    /// None: no hour is quiet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
    /// What goes to the parties of hazards.
    #[serde(default, skip_serializing_if = "PartyRules::is_unset")]
    pub party: PartyRules,
}

impl Default for NoticeSettings {
    /// As every office has it, where it never decided anything.
    fn default() -> Self {
        use NoticeTo::{Giver, Own, Role as Of};
        let rule = |kind, after_days, to: &[NoticeTo]| NoticeRule { kind, after_days, to: to.to_vec() };
        Self {
            version: 0,
            rules: vec![
                rule(NoticeKind::Assigned, 0, &[Own]),
                rule(NoticeKind::DueTomorrow, 0, &[Own]),
                rule(NoticeKind::Late, 1, &[Own, Giver]),
                rule(NoticeKind::Late, 3, &[Of(Role::CommunityOfficer), Of(Role::Officer)]),
                rule(NoticeKind::Late, 7, &[Of(Role::Supervisor), Of(Role::Leader)]),
                rule(NoticeKind::Returned, 0, &[Own]),
                rule(
                    NoticeKind::MajorFound,
                    0,
                    &[Of(Role::CommunityOfficer), Of(Role::Officer), Of(Role::Supervisor), Of(Role::Leader)],
                ),
                rule(NoticeKind::PlanOpened, 0, &[Own]),
                rule(NoticeKind::UnsentWork, 2, &[Own, Of(Role::CommunityOfficer)]),
                rule(NoticeKind::UnsentWork, 3, &[Of(Role::Supervisor)]),
            ],
            quiet: Some(QuietHours { from: 21 * 60, until: 7 * 60 }),
            party: PartyRules::default(),
        }
    }
}

/// Why rules are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum SettingsFault {
    #[error("{0}")]
    OverLimit(OverLimit),
    /// Two rows of the same kind after the same number of days.
    #[error("two rules of {0:?} after as many days")]
    Twice(NoticeKind),
    /// It would never end, or is no time.
    #[error("quiet from a time until the same")]
    Quiet,
    /// Without an address that begins with `https://` no message leads anywhere.
    #[error("no address for the pages of parties")]
    PartyAddress,
    /// Somebody else was there meanwhile.
    #[error("changed meanwhile")]
    Changed,
}

impl NoticeSettings {
    /// What these become by another's: `is` says which version it was made of.
    ///
    /// # Errors
    /// What is wrong with them; then nothing is changed.
    pub fn changed(&self, is: Self) -> Result<Self, SettingsFault> {
        if is.version != self.version {
            return Err(SettingsFault::Changed);
        }
        check_count(Field::Notices, is.rules.len(), NOTICE_RULES).map_err(SettingsFault::OverLimit)?;
        let mut seen = vec![];
        for rule in &is.rules {
            if i64::from(rule.after_days) > MOST_DAYS {
                let excess = Excess::Outside(0, MOST_DAYS);
                return Err(SettingsFault::OverLimit(OverLimit { field: Field::Days, excess }));
            }
            if seen.contains(&(rule.kind, rule.after_days)) {
                return Err(SettingsFault::Twice(rule.kind));
            }
            seen.push((rule.kind, rule.after_days));
        }
        if is.quiet.is_some_and(|quiet| quiet.from == quiet.until || quiet.from.max(quiet.until) >= DAY) {
            return Err(SettingsFault::Quiet);
        }
        let party = is.party.clone().tidied()?;
        Ok(Self { version: self.version + 1, party, ..is })
    }
}
