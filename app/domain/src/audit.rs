//! 操作记录: who did what to accounts, places, settings and sign-ins, when, and from where.
//!
//! An entry is written in the same transaction as what it tells of and is never changed. It holds what differs, field by
//! field, as it was and as it became; a secret is never among it.

use crate::{
    id::{AuditId, OfficeId, PersonId},
    list::{ListFilter, ListPage, Parts},
    role::Actor,
    text::Bilingual,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$line:meta])* $variant:ident = $word:literal, $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$line])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }

            pub fn name(self) -> Bilingual {
                match self { $(Self::$variant => Bilingual::new($zh, $en),)* }
            }
        }
    };
}

words! {
    /// What was done.
    Act {
        SignedIn = "signed_in", "登录", "Signed in";
        SignInRefused = "sign_in_refused", "登录被拒", "Sign-in refused";
        /// Too many wrong tries: further ones have to wait.
        LockedOut = "locked_out", "多次输错，暂停登录", "Locked out";
        SignedOut = "signed_out", "退出登录", "Signed out";
        /// Of other devices, or of another person.
        SessionsEnded = "sessions_ended", "结束登录", "Sessions ended";
        /// The password was asked again before something that weighs.
        Confirmed = "confirmed", "再次确认身份", "Identity confirmed";
        PasswordChanged = "password_changed", "修改密码", "Password changed";
        SecondFactorSet = "second_factor_set", "启用两步验证", "Second factor set";
        SecondFactorRemoved = "second_factor_removed", "停用两步验证", "Second factor removed";
        RecoveryCodeUsed = "recovery_code_used", "使用恢复码", "Recovery code used";
        Added = "added", "新增", "Added";
        Changed = "changed", "修改", "Changed";
        Merged = "merged", "合并", "Merged";
        /// Of a place: nothing new is put there.
        Closed = "closed", "停用", "Closed";
        Reopened = "reopened", "恢复使用", "Reopened";
        Removed = "removed", "删除", "Removed";
        Imported = "imported", "导入", "Imported";
        ImportUndone = "import_undone", "撤销导入", "Import undone";
        Exported = "exported", "导出", "Exported";
        /// Work of somebody else, brought in as a file.
        BroughtIn = "brought_in", "代传", "Brought in";
        QuarantineAccepted = "quarantine_accepted", "收下搁置内容", "Set-aside work accepted";
        QuarantineRejected = "quarantine_rejected", "不收搁置内容", "Set-aside work rejected";
        KeyRotated = "key_rotated", "更换签名密钥", "Signing key rotated";
        Restored = "restored", "从备份恢复", "Restored";
        /// Of a form: phones ask it from its first day on.
        Published = "published", "发布", "Published";
        Withdrawn = "withdrawn", "停止使用", "Withdrawn";
        /// All work of somebody, to somebody else.
        HandedOver = "handed_over", "交接工作", "Work handed over";
        /// Of a draw: list and method are fixed, and the fingerprint is published.
        Frozen = "frozen", "封存名单", "List sealed";
        Drawn = "drawn", "抽取", "Drawn";
        /// Of a draw: it stays, and another is made in its place.
        Voided = "voided", "作废抽取", "Draw declared void";
        /// Of a plan of spot checks: sealed, to those who go.
        Sent = "sent", "密封下发", "Sent sealed";
        Exchanged = "exchanged", "换人", "Person exchanged";
        /// Of a check that was missed.
        Rescheduled = "rescheduled", "改期", "Rescheduled";
        Cancelled = "cancelled", "取消", "Cancelled";
        JobRetried = "job_retried", "重新运行后台任务", "Background job run again";
        JobDiscarded = "job_discarded", "放弃后台任务", "Background job discarded";
        /// Of a sealed check: the words that open it were shown to somebody.
        WordsShown = "words_shown", "查看口令", "Words shown";
        /// Of reporters' numbers: one of the two who open them together made a key, or another one.
        ContactKeyMade = "contact_key_made", "设置联系方式保管口令", "Contact key made";
        ContactKeyRemoved = "contact_key_removed", "撤销联系方式保管", "Contact key removed";
        /// The first of the two has asked for a reporter's number.
        ContactAsked = "contact_asked", "申请查看举报人电话", "Reporter's number asked for";
        /// The second has opened it.
        ContactOpened = "contact_opened", "查看举报人电话", "Reporter's number opened";
        RewardProposed = "reward_proposed", "拟定奖励", "Reward proposed";
        RewardApproved = "reward_approved", "批准奖励", "Reward approved";
        RewardPaid = "reward_paid", "发放奖励", "Reward paid";
        /// Of a listed major hazard: anybody may read of it.
        Disclosed = "disclosed", "向社会公开", "Made public";
        Undisclosed = "undisclosed", "停止公开", "No longer public";
    }
}

words! {
    /// What it was done to.
    SubjectKind {
        Account = "account", "账号", "Account";
        Site = "site", "场所", "Site";
        Party = "party", "责任主体", "Responsible party";
        Department = "department", "部门", "Department";
        Community = "community", "社区", "Community";
        Grid = "grid", "网格", "Grid";
        /// The office itself, its name and its settings.
        Office = "office", "单位设置", "Office";
        /// What administrative inspections are held to.
        InspectionRules = "inspection_rules", "行政检查规则", "Rules of inspections";
        /// Who is told of what, and when it is quiet.
        NoticeRules = "notice_rules", "消息规则", "Rules of messages";
        /// Without its address and its key.
        NoticeChannel = "notice_channel", "通知渠道", "Channel of messages";
        /// A list that was taken in.
        Import = "import", "导入的表", "Imported list";
        /// 界线 of communities and grids, from a file. Labelled by its name.
        Outlines = "outlines", "地图界线", "Outlines on the map";
        /// A list that was taken out as a file.
        List = "list", "列表", "List";
        /// What a phone sent.
        Operation = "operation", "手机上传内容", "Submitted work";
        /// A version of a form.
        Form = "form", "检查表", "Checklist";
        FormDraft = "form_draft", "检查表草稿", "Draft of a checklist";
        Key = "key", "签名密钥", "Signing key";
        /// All records.
        Database = "database", "全部数据", "All records";
        /// Labelled by its title, which names no site; nor does anything else of the entry.
        SpotCheckPlan = "spot_check_plan", "抽查计划", "Plan of spot checks";
        /// Labelled by its name and its key.
        Job = "job", "后台任务", "Background job";
        /// Labelled by whoever made it.
        VisitComplaint = "visit_complaint", "对上门的意见", "Complaint about a visit";
        /// Of a hazard, labelled by its number, or of a site's wall; the code itself stands nowhere.
        ShortCode = "short_code", "短码", "Short code";
        /// Labelled by its number, which tells nothing of the site.
        SpotCheck = "spot_check", "抽查任务", "Spot check";
        /// Labelled by its number, which tells nothing of whoever sent it.
        PublicReport = "public_report", "群众举报", "Report by the public";
        Hazard = "hazard", "隐患", "Hazard";
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub kind: SubjectKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Its name as it was then.
    pub label: String,
}

impl Subject {
    pub fn new(kind: SubjectKind, id: impl Into<Option<Uuid>>, label: impl Into<String>) -> Self {
        Self { kind, id: id.into(), label: label.into() }
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Person {
        id: PersonId,
        name: String,
    },
    /// Whoever may log in to the machine.
    CommandLine,
    /// A person who is not signed in.
    Nobody,
}

impl From<&Actor> for By {
    fn from(actor: &Actor) -> Self {
        Self::Person { id: actor.person, name: actor.name.clone() }
    }
}

/// From where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Kind of system and browser.
    #[serde(default)]
    pub device: String,
    /// Tells one session from another and opens none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
}

/// Who acts, and from where: what every service that changes something is given beside the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub by: By,
    pub origin: Origin,
}

impl Author {
    pub fn command_line() -> Self {
        Self { by: By::CommandLine, origin: Origin::default() }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub id: AuditId,
    /// None where no office is known, as for an account that does not exist.
    pub office: Option<OfficeId>,
    /// By the server's clock.
    pub at: DateTime<Utc>,
    pub by: By,
    pub act: Act,
    pub subject: Subject,
    pub origin: Origin,
    /// An object of the fields that differ, as they were; null where there was nothing.
    pub before: Value,
    /// The same fields, as they became.
    pub after: Value,
}

impl AuditEntry {
    /// An act that changed nothing that has fields.
    pub fn new(
        id: AuditId,
        at: DateTime<Utc>,
        office: impl Into<Option<OfficeId>>,
        author: &Author,
        act: Act,
        subject: Subject,
    ) -> Self {
        Self {
            id,
            office: office.into(),
            at,
            by: author.by.clone(),
            act,
            subject,
            origin: author.origin.clone(),
            before: Value::Null,
            after: Value::Null,
        }
    }

    /// With what differs between the two. What they say in JSON is the caller's to make: what cannot be said fails there.
    #[must_use]
    pub fn change(self, before: &Value, after: &Value) -> Self {
        let (before, after) = differences(before, after);
        Self { before, after, ..self }
    }
}

/// Never written down, whatever record they stand in.
const SECRET: [&str; 5] = ["password", "password_hash", "token", "secret", "codes"];

/// The fields that differ, as they were and as they became. Of two records without fields, both whole.
pub fn differences(before: &Value, after: &Value) -> (Value, Value) {
    if before == after {
        return (Value::Null, Value::Null);
    }
    if !before.is_object() && !after.is_object() {
        return (before.clone(), after.clone());
    }
    let none = Map::new();
    let (was, is) = (before.as_object().unwrap_or(&none), after.as_object().unwrap_or(&none));
    let differs = |name: &&String| was.get(*name) != is.get(*name) && !SECRET.contains(&name.as_str());
    let (mut old, mut new) = (Map::new(), Map::new());
    for name in was.keys().chain(is.keys()).filter(differs) {
        old.extend(was.get(name).map(|value| (name.clone(), value.clone())));
        new.extend(is.get(name).map(|value| (name.clone(), value.clone())));
    }
    let object = |fields: Map<String, Value>| if fields.is_empty() { Value::Null } else { fields.into() };
    (object(old), object(new))
}

/// What a reader looks for; an empty one finds everything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// Who did it.
    pub person: Option<PersonId>,
    pub act: Option<Act>,
    pub subject: Option<SubjectKind>,
    /// What it was done to.
    pub subject_id: Option<Uuid>,
    /// Office days.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Words of names and labels.
    pub query: String,
    pub page: u32,
}

impl ListFilter for AuditFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("who", &mut self.person);
        parts.choice("act", &mut self.act);
        parts.choice("subject", &mut self.subject);
        parts.choice("id", &mut self.subject_id);
        parts.choice("from", &mut self.from);
        parts.choice("to", &mut self.to);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

/// Newest first.
pub type AuditPage = ListPage<AuditEntry>;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_kept_and_a_secret_never() {
        let before = json!({ "name": "李敏", "role": "inspector", "phone": "1", "password": "a" });
        let after = json!({ "name": "李敏", "role": "officer", "department": "x", "password": "b" });
        let (was, became) = differences(&before, &after);
        assert_eq!(was, json!({ "role": "inspector", "phone": "1" }));
        assert_eq!(became, json!({ "role": "officer", "department": "x" }));
        assert_eq!(differences(&before, &before), (Value::Null, Value::Null));
    }

    #[test]
    fn what_is_new_has_no_before() {
        let after = json!({ "name": "李敏", "secret": "s" });
        assert_eq!(differences(&Value::Null, &after), (Value::Null, json!({ "name": "李敏" })));
    }

    #[test]
    fn a_word_is_read_as_it_is_written() {
        for act in Act::ALL {
            assert_eq!(Act::parse(act.as_str()), Some(*act));
            assert_eq!(serde_json::to_value(act).unwrap(), json!(act.as_str()));
        }
    }
}
