//! 告知责任主体: what whoever answers for a site is told of its hazards, by short message to the number on record.
//!
//! Nobody of a party has an account, so there is no inbox: a message says what is wrong and until when, and leads to the hazard's page
//! by its short code. It tells of hazards alone, of those that are the party's to put right, and of nothing that the office plans. An
//! office switches each kind on by itself, and says under which address it is reached; before that nothing goes.

use super::{
    DeliveryState, QuietHours, SettingsFault,
    due::{LATE_FOR, RECENT},
};
use crate::{
    hazard::{Hazard, HazardEventKind},
    id::{CodeId, EventId, HazardId, PartyNoticeId, SiteId},
    limits::QUERY,
    site::Site,
    time::{china, office_day},
};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// Messages that one number is sent on one day of the office: the rest waits until the next.
pub const MOST_A_DAY: u64 = 3;

/// Digits of a mobile number.
const MOBILE: usize = 11;

/// By which rule a party is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyNoticeKind {
    /// 交办: the office has given it to be put right.
    Issued,
    /// 退回: what was put right was not accepted.
    Returned,
    /// 明天到期
    DueTomorrow,
    /// 逾期
    Late,
}

impl PartyNoticeKind {
    pub const ALL: [Self; 4] = [Self::Issued, Self::Returned, Self::DueTomorrow, Self::Late];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Returned => "returned",
            Self::DueTomorrow => "due_tomorrow",
            Self::Late => "late",
        }
    }

    /// None: of a later version.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What an office lets parties be told. As it begins: nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PartyRules {
    #[serde(default)]
    pub kinds: Vec<PartyNoticeKind>,
    /// Under which the party's page is reached from outside: `https://xunan.example`.
    #[serde(default)]
    pub address: String,
}

impl PartyRules {
    /// Whether anything goes.
    pub fn is_on(&self) -> bool {
        !self.kinds.is_empty() && !self.address.is_empty()
    }

    /// Whether nothing was ever decided.
    pub fn is_unset(&self) -> bool {
        self.kinds.is_empty() && self.address.is_empty()
    }

    /// As they are kept: each kind once, the address without blanks and the stroke at its end.
    pub(super) fn tidied(self) -> Result<Self, SettingsFault> {
        let kinds = PartyNoticeKind::ALL.into_iter().filter(|kind| self.kinds.contains(kind)).collect();
        let address = self.address.trim().trim_end_matches('/').to_owned();
        let is = Self { kinds, address };
        if is.address.is_empty() {
            return if is.kinds.is_empty() { Ok(is) } else { Err(SettingsFault::PartyAddress) };
        }
        // What opens a hazard goes on no line that others read.
        let host = is.address.strip_prefix("https://").unwrap_or_default();
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        if host.is_empty() || is.address.len() > QUERY || !host.chars().all(fits) {
            return Err(SettingsFault::PartyAddress);
        }
        Ok(is)
    }
}

/// One message to a party, and what became of it. Whose number it went to is told by its first and last digits alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyNotice {
    pub id: PartyNoticeId,
    pub hazard: HazardId,
    pub kind: PartyNoticeKind,
    /// `138****1234`; empty: no mobile number is on record.
    pub phone: String,
    pub made_at: DateTime<Utc>,
    /// The first moment at which it may go.
    pub first_at: DateTime<Utc>,
    /// Not before, now.
    pub next_at: DateTime<Utc>,
    /// Tries that were begun.
    pub attempts: u32,
    pub state: DeliveryState,
    /// The code that it led to; none: it has not gone.
    pub code: Option<CodeId>,
    /// When the page was opened by that code first. None: it was not.
    pub opened_at: Option<DateTime<Utc>>,
}

/// A message that is to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePartyNotice {
    /// Of what it tells, by which rule: made twice it is the same.
    pub key: String,
    pub hazard: HazardId,
    pub site: SiteId,
    pub kind: PartyNoticeKind,
}

/// Everything that the party of these hazards is to be told now.
pub fn due_party_notices(rules: &PartyRules, hazards: &[Hazard], now: DateTime<Utc>) -> Vec<DuePartyNotice> {
    let today = office_day(now);
    let is_partys = |hazard: &&Hazard| hazard.party_may_rectify().is_ok();
    let told = hazards.iter().filter(is_partys).flat_map(|hazard| {
        let moved = moved(hazard, now).map(|(kind, event)| (kind, format!("{} {event}", kind.as_str())));
        let day = hazard.due.and_then(|day| {
            let kind = by_day(day, today)?;
            Some((kind, format!("{} {} {day}", kind.as_str(), hazard.id)))
        });
        let due = moved.into_iter().chain(day);
        due.map(move |(kind, key)| DuePartyNotice { key, hazard: hazard.id, site: hazard.place.site, kind })
    });
    told.filter(|due| rules.is_on() && rules.kinds.contains(&due.kind)).collect()
}

/// That it was given to be put right, or came back, lately.
fn moved(hazard: &Hazard, now: DateTime<Utc>) -> Option<(PartyNoticeKind, EventId)> {
    let record = hazard.events.iter().rev().find(|record| record.event.kind().row().moves.is_some())?;
    let kind = record.event.kind();
    let kind = if kind == HazardEventKind::Assigned {
        PartyNoticeKind::Issued
    } else if kind == HazardEventKind::Returned {
        PartyNoticeKind::Returned
    } else {
        return None;
    };
    let is_recent = now.signed_duration_since(record.received_at.unwrap_or(record.at)) <= RECENT;
    is_recent.then_some((kind, record.id))
}

fn by_day(day: NaiveDate, today: NaiveDate) -> Option<PartyNoticeKind> {
    let late = today.signed_duration_since(day).num_days();
    if late == -1 {
        Some(PartyNoticeKind::DueTomorrow)
    } else if (1..=LATE_FOR).contains(&late) {
        Some(PartyNoticeKind::Late)
    } else {
        None
    }
}

/// The days on which a hazard is due of which a party may have to be told today.
pub fn days_of_parties(now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
    let today = office_day(now);
    (today - Duration::days(LATE_FOR), today + Duration::days(1))
}

/// The mobile number of whoever is called first about the site; none: there is none on record. Its last six digits open the page.
pub fn mobile(site: &Site) -> Option<String> {
    site.people().iter().find_map(|one| {
        let digits: String = one.phone.chars().filter(char::is_ascii_digit).collect();
        let own = digits.strip_prefix("86").filter(|rest| rest.len() == MOBILE).unwrap_or(&digits);
        (own.len() == MOBILE && own.starts_with('1')).then(|| own.to_owned())
    })
}

/// `138****1234`: enough to know whose it is by, and nothing to call.
pub fn masked(mobile: &str) -> String {
    let (first, last) = (mobile.get(..3).unwrap_or_default(), mobile.get(MOBILE - 4..).unwrap_or_default());
    format!("{first}****{last}")
}

/// When the office's day begins, and when what a number has had enough of goes on: the next day, when it is quiet no more.
pub fn day_and_next(quiet: Option<QuietHours>, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let offset = Duration::seconds(china().local_minus_utc().into());
    let begins = (office_day(now).and_time(NaiveTime::MIN) - offset).and_utc();
    let next = begins + Duration::days(1);
    (begins, quiet.and_then(|quiet| quiet.ends(next)).unwrap_or(next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::NoticeSettings;

    #[test]
    fn a_kind_is_read_as_it_is_written() {
        for kind in PartyNoticeKind::ALL {
            assert_eq!(PartyNoticeKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), serde_json::json!(kind.as_str()));
        }
        assert_eq!(PartyNoticeKind::parse("plan_opened"), None, "nothing of plans");
    }

    #[test]
    fn an_office_that_decided_nothing_tells_no_party_and_an_address_is_asked_for_first() {
        let was = NoticeSettings::default();
        assert!(!was.party.is_on() && was.party.is_unset());
        let with = |kinds: &[PartyNoticeKind], address: &str| {
            let party = PartyRules { kinds: kinds.to_vec(), address: address.to_owned() };
            was.changed(NoticeSettings { party, ..was.clone() }).map(|is| is.party)
        };
        let twice = [PartyNoticeKind::Late, PartyNoticeKind::Issued, PartyNoticeKind::Late];
        let is = with(&twice, " https://xunan.example/ ").unwrap();
        assert_eq!(is.kinds, [PartyNoticeKind::Issued, PartyNoticeKind::Late]);
        assert_eq!(is.address, "https://xunan.example");
        assert!(is.is_on());
        assert!(!with(&[], "https://xunan.example").unwrap().is_on());
        for wrong in ["", "xunan.example", "http://xunan.example", "https://", "https://a b", "https://a/b?c"]
        {
            assert_eq!(with(&twice, wrong), Err(SettingsFault::PartyAddress), "{wrong}");
        }
    }

    #[test]
    fn a_number_is_shown_by_its_ends_alone() {
        assert_eq!(masked("13812341234"), "138****1234");
        assert_eq!(masked(""), "****");
    }

    #[test]
    fn a_day_of_the_office_ends_at_its_midnight_and_its_quiet_hours() {
        // 23:30 on the 24th.
        let now = DateTime::parse_from_rfc3339("2026-11-24T23:30:00+08:00").unwrap().to_utc();
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let begins = at("2026-11-24T00:00:00+08:00");
        assert_eq!(day_and_next(None, now), (begins, at("2026-11-25T00:00:00+08:00")));
        let quiet = Some(QuietHours { from: 21 * 60, until: 7 * 60 });
        assert_eq!(day_and_next(quiet, now), (begins, at("2026-11-25T07:00:00+08:00")));
    }
}
