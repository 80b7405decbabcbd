//! Identifiers. Records carry UUIDv7 made where the record is made, phones included; catalogue entries carry
//! kebab-case slugs that never change.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A UUIDv7 from a time in Unix milliseconds and ten random bytes; both are arguments, so that ids can be replayed.
pub fn uuid_v7(unix_ms: u64, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid()
}

macro_rules! record_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> { Uuid::parse_str(s).map(Self) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    )*};
}

record_ids! {
    /// 街道办事处: the tenant; every record belongs to one.
    OfficeId,
    /// 村(社区)
    CommunityId,
    /// 网格
    GridId,
    /// 部门
    DepartmentId,
    /// 场所、单位
    SiteId,
    /// 责任主体
    PartyId,
    /// A person with an account.
    PersonId,
    /// 检查, from draft to sealed record.
    VisitId,
    /// 隐患
    HazardId,
    /// 派单
    TaskId,
    /// 消息: what one person is told.
    NoticeId,
    /// 通知渠道: a way out of the house by which notices go.
    NoticeChannelId,
    /// One notice on its way through one channel.
    NoticeDeliveryId,
    /// 告知责任主体: one message to whoever answers for a hazard.
    PartyNoticeId,
    /// One event in the life of a hazard or a task.
    EventId,
    /// One installed phone or browser.
    DeviceId,
    /// One thing that a device sends; the key of idempotence.
    OperationId,
    /// One entry of 操作记录.
    AuditId,
    /// 后台任务: work behind the answers.
    JobId,
    /// 抽查计划: which sites are checked unannounced, and by whom.
    SpotCheckPlanId,
    /// One site of a plan of spot checks, and who goes there.
    SpotCheckId,
    /// 短码: what opens a hazard or a site for whoever has no account.
    CodeId,
    /// 封存任务: one person's copy of a spot check that is still secret.
    SealedOrderId,
    /// 心跳: what one person's work on one phone comes to.
    HeartbeatId,
    /// 群众举报: what somebody without an account told the office.
    PublicReportId,
}

macro_rules! slugs {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl From<&str> for $name {
            fn from(slug: &str) -> Self { Self(slug.to_owned()) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )*};
}

slugs! {
    /// An option of a choice question.
    OptionId,
    /// A kind of site, e.g. `charging-shed`; names are data (`server/catalogue/site_kinds.toml`).
    SiteKind,
    /// A numbered fact of the plan, e.g. `A4-017`.
    ClauseId,
    /// 表单: a list of questions for any layer, e.g. `fire-access`.
    FormId,
    /// 问题, unique in its form; what `${…}` names in an expression. A repeat's own name is one, too.
    QuestionId,
    /// A group of a form.
    GroupId,
    /// A law, regulation, rule or standard of the library, e.g. `fire-law`.
    LawId,
    /// A sentence that is quoted from one, e.g. `fire-law-021`.
    QuoteId,
    /// What quotations are about, e.g. `fire_lane`; names are data (`server/catalogue/law/topics.toml`).
    LawTopicId,
}
