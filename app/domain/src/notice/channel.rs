//! 通知渠道: a way out of the house, as an office configures it. Its address and its key are secrets: they are kept sealed and shown
//! to nobody again, and what is shown of the address ends before the path.

use super::{NoticeKind, SmsTemplate, TemplateFault, TemplateField};
use crate::{
    id::NoticeChannelId,
    limits::{
        Field, NOTICE_ADDRESS, NOTICE_MAILBOXES, NOTICE_TEMPLATE, OverLimit, QUERY, check_count, check_line,
        check_name, tidy_line,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use thiserror::Error;

/// Which kind of way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// 企业微信群机器人
    Wecom,
    /// 钉钉群机器人, whose messages are signed.
    Dingtalk,
    /// 短信, by a gateway that takes a request of the office's own making.
    Sms,
    /// Another program, which is sent what happened and can check by whom.
    Webhook,
    /// 邮件, to mailboxes of the office.
    Mail,
    /// 手机提醒, by the browser of each person who switched it on. Its address is whom a browser's service writes to.
    Push,
}

impl ChannelKind {
    pub const ALL: [Self; 6] =
        [Self::Wecom, Self::Dingtalk, Self::Sms, Self::Webhook, Self::Mail, Self::Push];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wecom => "wecom",
            Self::Dingtalk => "dingtalk",
            Self::Sms => "sms",
            Self::Webhook => "webhook",
            Self::Mail => "mail",
            Self::Push => "push",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The one host where such robots are; none: the office says where.
    pub fn host(self) -> Option<&'static str> {
        match self {
            Self::Wecom => Some("qyapi.weixin.qq.com"),
            Self::Dingtalk => Some("oapi.dingtalk.com"),
            Self::Sms | Self::Webhook | Self::Mail | Self::Push => None,
        }
    }

    /// Whether it goes to each person by themselves; else all see it.
    pub fn is_personal(self) -> bool {
        match self {
            Self::Sms | Self::Push => true,
            Self::Wecom | Self::Dingtalk | Self::Webhook | Self::Mail => false,
        }
    }

    /// Whether there is a key beside the address. A robot of WeCom has its key in the address.
    pub fn needs_key(self) -> bool {
        match self {
            Self::Dingtalk | Self::Webhook => true,
            Self::Wecom | Self::Sms | Self::Mail | Self::Push => false,
        }
    }
}

/// By what an answer of a gateway is known to mean success, whatever its status says: `code` or `data.0.status`, and the value
/// there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Success {
    pub field: String,
    pub value: String,
}

impl Success {
    /// Whether the answer says so.
    pub fn is_said(&self, answer: &Value) -> bool {
        let found = self.field.split('.').try_fold(answer, |at, step| match at {
            Value::Array(items) => step.parse::<usize>().ok().and_then(|place| items.get(place)),
            Value::Object(fields) => fields.get(step),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        });
        match found {
            Some(Value::String(text)) => *text == self.value,
            Some(Value::Number(number)) => number.to_string() == self.value,
            Some(Value::Bool(said)) => self.value == if *said { "true" } else { "false" },
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => false,
        }
    }
}

/// From which mailbox to which.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MailRoute {
    pub from: String,
    pub to: Vec<String>,
}

impl MailRoute {
    /// Mailboxes as people type them: between commas, blanks or in lines.
    pub fn read(from: &str, to: &str) -> Self {
        let to = to.split([',', '，', ';', '；', ' ', '\n']).map(str::trim).filter(|one| !one.is_empty());
        Self { from: from.trim().to_owned(), to: to.map(str::to_owned).collect() }
    }

    /// # Errors
    /// None, too many, or what is no mailbox.
    fn check(&self) -> Result<(), ChannelRefusal> {
        if self.from.is_empty() || self.to.is_empty() {
            return Err(ChannelRefusal::MailMissing);
        }
        check_count(Field::People, self.to.len(), NOTICE_MAILBOXES).map_err(ChannelRefusal::OverLimit)?;
        let is_mailbox = |text: &String| {
            let fits =
                |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && c != '@');
            text.len() <= QUERY
                && text
                    .split_once('@')
                    .is_some_and(|(who, host)| fits(who) && fits(host) && !text.contains(['<', '>']))
        };
        match self.to.iter().chain([&self.from]).find(|text| !is_mailbox(text)) {
            Some(wrong) => Err(ChannelRefusal::MailWrong(wrong.clone())),
            None => Ok(()),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeChannel {
    pub id: NoticeChannelId,
    pub name: String,
    pub kind: ChannelKind,
    pub on: bool,
    /// Which notices go this way.
    pub kinds: Vec<NoticeKind>,
    /// As much of the address as tells nothing: `https://qyapi.weixin.qq.com`.
    pub shown: String,
    /// Of a gateway.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// Of a gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<Success>,
    /// Of a mail server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailRoute>,
    /// 已删除: nothing goes this way any more, and its address and key are forgotten. What went by it still names it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// What of a channel nobody is shown again.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChannelSecret {
    /// Whole, with the key that a robot has in it.
    pub address: String,
    /// Signs what goes this way, or is filled into it. Empty: there is none.
    #[serde(default)]
    pub key: String,
}

impl fmt::Debug for ChannelSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChannelSecret(…)")
    }
}

/// What is wanted of a channel; one whose id is new is made.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ChannelChange {
    pub name: String,
    /// None: as it is.
    pub kind: Option<ChannelKind>,
    pub on: bool,
    pub kinds: Vec<NoticeKind>,
    /// Empty: as it is.
    pub address: String,
    /// Empty: as it is.
    pub key: String,
    pub template: String,
    pub success: Success,
    pub mail: MailRoute,
}

impl fmt::Debug for ChannelChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelChange").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Why a channel is not taken. Each has words, which say what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChannelRefusal {
    #[error("{0}")]
    OverLimit(OverLimit),
    #[error("no name")]
    NameMissing,
    #[error("no kind of channel")]
    KindMissing,
    #[error("no address")]
    AddressMissing,
    #[error("no key")]
    KeyMissing,
    /// Whoever changes where a key goes has to know it.
    #[error("the key that is kept does not go to another place")]
    KeyElsewhere,
    #[error("{0}")]
    Template(TemplateFault),
    #[error("no field that says whether it went well")]
    SuccessMissing,
    #[error("no mailbox")]
    MailMissing,
    #[error("{0} is no mailbox")]
    MailWrong(String),
    /// Of reminders on phones.
    #[error("the address is nobody whom a browser's service can write to")]
    ContactWrong,
}

/// Whether the key that is kept would go to another host, less well protected, or within a text that it was not in: then whoever
/// changes the channel would be shown it.
fn shows_key(
    (channel, secret): (&NoticeChannel, &ChannelSecret),
    address: &str,
    change: &ChannelChange,
) -> bool {
    let is_kept = change.key.trim().is_empty() && !secret.key.is_empty();
    let is_filled_in = match channel.kind {
        ChannelKind::Sms => {
            change.template.trim() != channel.template
                && change.template.contains(TemplateField::Secret.as_str())
        }
        ChannelKind::Wecom
        | ChannelKind::Dingtalk
        | ChannelKind::Webhook
        | ChannelKind::Mail
        | ChannelKind::Push => false,
    };
    is_kept && (is_filled_in || reached(address) != reached(&secret.address))
}

/// Whom a browser's service writes to if something goes wrong (RFC 8292, `sub`): a mailbox or a page.
fn is_contact(address: &str) -> bool {
    let fits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && c != '"');
    match address.strip_prefix("mailto:") {
        Some(mailbox) => mailbox.split_once('@').is_some_and(|(who, host)| fits(who) && fits(host)),
        None => address.strip_prefix("https://").is_some_and(fits),
    }
}

/// Scheme, host and port, as they are written.
fn reached(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    format!("{scheme}://{host}").to_lowercase()
}

/// The channel as it is to be, and its secret, where either was given anew. Whether the address may be called is not asked here:
/// that depends on where it leads.
///
/// # Errors
/// What is missing or wrong; then nothing is changed.
pub fn decide_channel(
    id: NoticeChannelId,
    was: Option<(&NoticeChannel, &ChannelSecret)>,
    change: &ChannelChange,
) -> Result<(NoticeChannel, ChannelSecret), ChannelRefusal> {
    let line = |field, text: &str, most| check_line(field, text, most).map_err(ChannelRefusal::OverLimit);
    let name = tidy_line(&change.name);
    check_name(Field::Name, &name).map_err(ChannelRefusal::OverLimit)?;
    if name.is_empty() {
        return Err(ChannelRefusal::NameMissing);
    }
    // What a channel is stays: another kind is another channel.
    let kind = was.map(|(channel, _)| channel.kind).or(change.kind).ok_or(ChannelRefusal::KindMissing)?;
    let given = |text: &str, known: fn(&ChannelSecret) -> &String| match text.trim() {
        "" => was.map(|(_, secret)| known(secret).clone()).unwrap_or_default(),
        text => text.to_owned(),
    };
    let address = given(&change.address, |secret| &secret.address);
    let key = given(&change.key, |secret| &secret.key);
    line(Field::Address, &address, NOTICE_ADDRESS)?;
    line(Field::Secret, &key, NOTICE_ADDRESS)?;
    if address.is_empty() {
        return Err(ChannelRefusal::AddressMissing);
    }
    if kind.needs_key() && key.is_empty() {
        return Err(ChannelRefusal::KeyMissing);
    }
    if was.is_some_and(|was| shows_key(was, &address, change)) {
        return Err(ChannelRefusal::KeyElsewhere);
    }
    let (template, success, mail) = match kind {
        ChannelKind::Sms => {
            let template = change.template.trim().to_owned();
            if template.chars().count() > NOTICE_TEMPLATE {
                line(Field::Template, &template, NOTICE_TEMPLATE)?;
            }
            SmsTemplate::read(&template).map_err(ChannelRefusal::Template)?;
            let [field, value] = [&change.success.field, &change.success.value].map(|text| tidy_line(text));
            line(Field::Success, &field, QUERY)?;
            line(Field::Success, &value, QUERY)?;
            if field.is_empty() {
                return Err(ChannelRefusal::SuccessMissing);
            }
            (template, Some(Success { field, value }), None)
        }
        ChannelKind::Mail => {
            change.mail.check()?;
            (String::new(), None, Some(change.mail.clone()))
        }
        ChannelKind::Push => {
            if !is_contact(&address) {
                return Err(ChannelRefusal::ContactWrong);
            }
            (String::new(), None, None)
        }
        ChannelKind::Wecom | ChannelKind::Dingtalk | ChannelKind::Webhook => (String::new(), None, None),
    };
    let mut kinds = change.kinds.clone();
    kinds.sort_unstable();
    kinds.dedup();
    let shown = was.map(|(channel, _)| channel.shown.clone()).unwrap_or_default();
    // What push has to say of itself is nobody's secret, and nothing signs for it.
    let key = if kind == ChannelKind::Push { String::new() } else { key };
    let on = change.on;
    let channel = NoticeChannel { id, name, kind, on, kinds, shown, template, success, mail, retired: false };
    Ok((channel, ChannelSecret { address, key }))
}
