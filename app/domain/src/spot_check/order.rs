//! 封存任务: what one of the team is told before the hour, and what lies sealed in it.
//!
//! Each of the team has an order of their own, with an id and a content key of its own, and nobody else has it. What stands beside
//! the sealed content tells neither the site nor anything that is made of it: no id, no name, no hash, and not which kind of check it
//! is. So an answer of the server and a copy of the phone's storage tell no more than that somebody goes somewhere at nine.

use super::ContentKey;
use crate::{
    id::{FormId, PersonId, SealedOrderId},
    person::Person,
    site::Site,
    time::office_day,
    visit::VisitNature,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One person's copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SealedOrder {
    pub id: SealedOrderId,
    /// Of the check, as people call it: `CC-2026-000046`.
    pub number: String,
    pub person: PersonId,
    /// By the server's clock.
    pub opens_at: DateTime<Utc>,
    /// The last day on which it can be opened, by the office's calendar.
    pub until: NaiveDate,
    pub leader: OrderLeader,
    /// Names of those who go, the person's own among them.
    #[serde(default)]
    pub team: Vec<String>,
    /// Where and when they meet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meet: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bring: String,
    pub state: OrderState,
}

/// Whom the team telephones for the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderLeader {
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

impl From<&Person> for OrderLeader {
    fn from(person: &Person) -> Self {
        Self { name: person.name.clone(), phone: person.phone.clone() }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    Sealed {
        /// Base64 of what [`seal`](super::seal) gives.
        content: String,
        words: OrderWords,
        /// The way in, once the hour has come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<ContentKey>,
    },
    /// 已撤回: nothing is left of what was sealed.
    Withdrawn { at: DateTime<Utc> },
}

/// The way in by the leader's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderWords {
    /// Hexadecimal, as is `wrapped`.
    pub salt: String,
    /// Of PBKDF2 with SHA-256, which derives from the words the key that wraps.
    pub rounds: u32,
    /// The content key, wrapped by AES-256-GCM: nonce and ciphertext.
    pub wrapped: String,
    /// The [list](super::WordList) that they were drawn from; put in when the order is sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub list: String,
}

/// What is sealed: everything that the visit needs, also for somebody who does not see the site otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderContent {
    pub site: Site,
    /// In the order in which they are filled in. Their newest versions lie on every phone.
    pub forms: Vec<FormId>,
    pub nature: VisitNature,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What was wrong there the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastHazard>,
}

/// The newest hazard of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastHazard {
    pub what: String,
    pub found_at: DateTime<Utc>,
    pub found_by: String,
    pub is_open: bool,
}

/// How an order stands on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderPhase {
    Sealed,
    /// The hour has come: the office gives the key to whoever asks.
    Due,
    Opened,
    /// Its last day is over.
    Over,
    Withdrawn,
}

impl SealedOrder {
    /// `opened`: on this phone. `now`: the office's time, as far as the phone knows it; a wrong clock shows another phase and opens
    /// nothing, for the key is the office's to give.
    pub fn phase(&self, opened: bool, now: DateTime<Utc>) -> OrderPhase {
        match &self.state {
            OrderState::Withdrawn { .. } => OrderPhase::Withdrawn,
            OrderState::Sealed { .. } if self.until < office_day(now) => OrderPhase::Over,
            OrderState::Sealed { .. } if opened => OrderPhase::Opened,
            OrderState::Sealed { key, .. } if key.is_some() || self.opens_at <= now => OrderPhase::Due,
            OrderState::Sealed { .. } => OrderPhase::Sealed,
        }
    }

    /// Whether the office gives the key away now, by its own clock.
    pub fn gives_key(&self, now: DateTime<Utc>) -> bool {
        let is_sealed = matches!(self.state, OrderState::Sealed { .. });
        is_sealed && self.opens_at <= now && office_day(now) <= self.until
    }
}

/// What the office answers whoever asks for the key of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderKey {
    pub key: ContentKey,
}

/// How it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OpenedBy {
    /// By the key that the office gave.
    Key,
    /// By the leader's words.
    Words,
}

impl OpenedBy {
    pub const ALL: [Self; 2] = [Self::Key, Self::Words];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Words => "words",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == word)
    }
}
