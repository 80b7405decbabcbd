//! 未上传列表: who holds what unsent, since when: what the list can be asked, and its rows, one a person and phone.

use super::Heartbeat;
use crate::{
    id::{CommunityId, DepartmentId, DeviceId, GridId, HeartbeatId, PersonId},
    list::{ListFilter, ListPage, Parts},
    role::Role,
    time::office_day,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnsentFilter {
    pub state: Option<UnsentState>,
    /// With a grid there.
    pub community: Option<CommunityId>,
    pub person: Option<PersonId>,
    /// The person's name and telephone.
    pub query: String,
    pub page: u32,
}

impl UnsentFilter {
    pub fn of(state: UnsentState) -> Self {
        Self { state: Some(state), ..Self::default() }
    }

    /// All phones of one person.
    pub fn of_person(person: PersonId) -> Self {
        Self { person: Some(person), ..Self::default() }
    }
}

impl ListFilter for UnsentFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("state", &mut self.state);
        parts.choice("community", &mut self.community);
        parts.choice("person", &mut self.person);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

/// How the work on a phone stands, as it said itself the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnsentState {
    /// Something waits there.
    Holding,
    /// Something has waited there since the day before yesterday, or longer.
    Long,
    /// Something there was refused, and nobody else has it.
    Refused,
    /// All is sent.
    Sent,
}

impl UnsentState {
    pub const ALL: [Self; 4] = [Self::Holding, Self::Long, Self::Refused, Self::Sent];

    /// Days after which somebody asks, by the calendar.
    pub const LONG_DAYS: u32 = 2;

    /// The first day that is not long ago.
    pub fn lately_from(today: NaiveDate) -> NaiveDate {
        today.checked_sub_days(Days::new(u64::from(Self::LONG_DAYS) - 1)).unwrap_or(today)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holding => "holding",
            Self::Long => "long",
            Self::Refused => "refused",
            Self::Sent => "sent",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// Those that hold something first, the oldest before the others.
pub type UnsentPage = ListPage<UnsentRow, UnsentSums>;

/// What all phones of a list hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnsentSums {
    /// Photos among them.
    pub things: u64,
    pub photos: u64,
    pub photo_bytes: u64,
}

/// One person's work on one phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsentRow {
    pub id: HeartbeatId,
    pub person: PersonId,
    pub person_name: String,
    pub role: Role,
    /// For a call.
    pub telephone: String,
    pub department: Option<DepartmentId>,
    /// That the person answers for.
    pub communities: Vec<CommunityId>,
    /// That the person walks.
    pub grids: Vec<GridId>,
    pub device: DeviceId,
    pub heartbeat: Heartbeat,
    /// Since when the oldest waits, by the office's clock; none where nothing waits.
    pub since: Option<DateTime<Utc>>,
    /// When the phone said so: its last contact, but for what it fetched without a word.
    pub heard_at: DateTime<Utc>,
    /// The version of the app that said so; empty where it did not say.
    pub app: String,
}

impl UnsentRow {
    /// For how many days the oldest has waited, by the calendar.
    pub fn waited_days(&self, today: NaiveDate) -> u32 {
        self.since.map_or(0, |since| days_since(since, today))
    }

    /// For how many days the phone has said nothing.
    pub fn silent_days(&self, today: NaiveDate) -> u32 {
        days_since(self.heard_at, today)
    }

    /// The gravest that can be said of it.
    pub fn state(&self, today: NaiveDate) -> UnsentState {
        if self.since.is_none() {
            UnsentState::Sent
        } else if self.heartbeat.unsent.refused > 0 {
            UnsentState::Refused
        } else if self.waited_days(today) >= UnsentState::LONG_DAYS {
            UnsentState::Long
        } else {
            UnsentState::Holding
        }
    }
}

/// Never negative.
fn days_since(at: DateTime<Utc>, today: NaiveDate) -> u32 {
    u32::try_from((today - office_day(at)).num_days()).unwrap_or_default()
}
