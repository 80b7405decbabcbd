//! # 消息: who is told what
//!
//! A [`Notice`] is one person's own: that work was given to them, that something is due tomorrow or late, was returned, was found.
//! Which of that is told, and to whom, an office says by [rules](NoticeRule); what comes of them is worked out from the records
//! as they stand ([`due_notices`]), so that a notice that was not made in time is made later and none is made twice: each
//! has a key that says what it tells of.
//!
//! A notice lies in its person's inbox, on the phone and at the desk. Beside that it goes out of the house by the office's
//! [channels](NoticeChannel), as a [`NoticeDelivery`] each: what waits for one channel goes as one message, at no hour that is
//! quiet, and is tried for a day.

mod channel;
mod delivery;
mod due;
mod facts;
mod file;
mod party;
mod push;
mod rules;
mod template;

pub use channel::{
    ChannelChange, ChannelKind, ChannelRefusal, ChannelSecret, MailRoute, NoticeChannel, Success,
    decide_channel,
};
pub use delivery::{DeliveryState, NoticeDelivery, TRIED_FOR, first_try, next_try};
pub use due::{DueNotice, due_notices};
pub use facts::{HazardFact, NoticeFacts, OrderFact, ReturnFact, TaskFact, UnsentFact};
pub use file::{ChannelFile, DeliveryRow, NoticeSettingsFile};
pub use party::{
    DuePartyNotice, MOST_A_DAY, PartyNotice, PartyNoticeKind, PartyRules, day_and_next, days_of_parties,
    due_party_notices, masked, mobile,
};
pub use push::{PUSH_HOSTS, PushKey, PushRefusal, PushSubscription, is_push_host};
pub use rules::{NoticeRule, NoticeSettings, NoticeTo, QuietHours, SettingsFault};
pub use template::{Escape, SmsTemplate, TemplateFault, TemplateField, Values};

use crate::id::{HazardId, NoticeId, PersonId, SealedOrderId, SiteId, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What one person is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    pub id: NoticeId,
    pub person: PersonId,
    pub kind: NoticeKind,
    pub about: NoticeAbout,
    /// By the office's clock.
    pub made_at: DateTime<Utc>,
    /// When the person had it before their eyes, on the phone or at the desk. None: not yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<DateTime<Utc>>,
}

/// By which rule somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 派给您: work was given or handed on.
    Assigned,
    /// 明天到期
    DueTomorrow,
    /// 逾期
    Late,
    /// 退回: what was put right was not accepted.
    Returned,
    /// 发现重大隐患
    MajorFound,
    /// 抽查到时: a sealed order can be opened.
    PlanOpened,
    /// 未上传: a phone holds work that did not reach the office.
    UnsentWork,
}

impl NoticeKind {
    pub const ALL: [Self; 7] = [
        Self::Assigned,
        Self::DueTomorrow,
        Self::Late,
        Self::Returned,
        Self::MajorFound,
        Self::PlanOpened,
        Self::UnsentWork,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::DueTomorrow => "due_tomorrow",
            Self::Late => "late",
            Self::Returned => "returned",
            Self::MajorFound => "major_found",
            Self::PlanOpened => "plan_opened",
            Self::UnsentWork => "unsent_work",
        }
    }

    /// None: of a later version.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether it goes out of the house at night, too.
    pub fn is_urgent(self) -> bool {
        match self {
            Self::MajorFound => true,
            Self::Assigned
            | Self::DueTomorrow
            | Self::Late
            | Self::Returned
            | Self::PlanOpened
            | Self::UnsentWork => false,
        }
    }

    /// 待办: whether its person is to do something. The others are 知悉, good to know.
    pub fn is_to_do(self) -> bool {
        match self {
            Self::Assigned | Self::DueTomorrow | Self::Late | Self::Returned | Self::UnsentWork => true,
            Self::MajorFound | Self::PlanOpened => false,
        }
    }

    /// Whether its rules wait for so many days to pass.
    pub fn counts_days(self) -> bool {
        match self {
            Self::Late | Self::UnsentWork => true,
            Self::Assigned | Self::DueTomorrow | Self::Returned | Self::MajorFound | Self::PlanOpened => {
                false
            }
        }
    }
}

/// What a notice tells of, in words that can be shown before the record is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeAbout {
    Task {
        task: TaskId,
        site: SiteId,
        site_name: String,
        /// The hazard that is to be seen to; none: a visit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hazard: Option<HazardId>,
        /// What the hazard is; empty: a visit.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        what: String,
        /// Who gave it.
        from: String,
        until: NaiveDate,
    },
    Hazard {
        hazard: HazardId,
        site_name: String,
        what: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<NaiveDate>,
        /// Who found or returned it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        by: String,
        /// Why it was returned.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Tells neither the site nor the form: nothing of an order is said before it is opened.
    Order { order: SealedOrderId, number: String, opens_at: DateTime<Utc> },
    /// Whose phone, how much, since when.
    Unsent { person: PersonId, name: String, count: u32, since: DateTime<Utc> },
}

impl NoticeAbout {
    /// The hazard that it leads to.
    pub fn hazard(&self) -> Option<HazardId> {
        match self {
            Self::Task { hazard, .. } => *hazard,
            Self::Hazard { hazard, .. } => Some(*hazard),
            Self::Order { .. } | Self::Unsent { .. } => None,
        }
    }
}

impl Notice {
    pub fn is_seen(&self) -> bool {
        self.seen_at.is_some()
    }
}
