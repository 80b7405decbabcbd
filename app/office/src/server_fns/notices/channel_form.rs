//! The form of a channel as browsers send it: flat words. What a channel is held to is the trade's.

use crate::error::AppError;
use domain::{
    id::NoticeChannelId,
    notice::{ChannelChange, ChannelKind, MailRoute, NoticeChannel, NoticeKind, Success},
};
use serde::{Deserialize, Serialize};
use std::fmt;

pub const CHANNEL: &str = "channel";
pub const RETIRE: &str = "retire";

#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChannelForm {
    /// [`CHANNEL`] or [`RETIRE`]
    pub does: String,
    /// Empty: a new one.
    pub id: String,
    pub name: String,
    pub kind: String,
    pub on: bool,
    pub kinds: Vec<String>,
    /// Empty: as it is.
    pub address: String,
    /// Empty: as it is.
    pub secret: String,
    pub template: String,
    pub success: String,
    pub value: String,
    pub mail_from: String,
    /// Between commas.
    pub mail_to: String,
    /// Of [`RETIRE`]: that it is meant.
    pub sure: bool,
}

impl fmt::Debug for ChannelForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelForm").field("name", &self.name).finish_non_exhaustive()
    }
}

impl ChannelForm {
    /// As it is, but for what is shown to nobody again.
    pub fn of(channel: &NoticeChannel) -> Self {
        let success = channel.success.clone().unwrap_or_default();
        let mail = channel.mail.clone().unwrap_or_default();
        Self {
            does: CHANNEL.to_owned(),
            id: channel.id.to_string(),
            name: channel.name.clone(),
            kind: channel.kind.as_str().to_owned(),
            on: channel.on,
            kinds: channel.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
            address: String::new(),
            secret: String::new(),
            template: channel.template.clone(),
            success: success.field,
            value: success.value,
            mail_from: mail.from,
            mail_to: mail.to.join(", "),
            sure: false,
        }
    }

    /// Which channel, none: a new one, and what is wanted of it.
    ///
    /// # Errors
    /// A word that names nothing.
    pub fn read(&self) -> Result<(Option<NoticeChannelId>, ChannelChange), AppError> {
        let id = match self.id.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| AppError::NotFound)?),
        };
        let kinds: Option<Vec<NoticeKind>> = self.kinds.iter().map(|kind| NoticeKind::parse(kind)).collect();
        let change = ChannelChange {
            name: self.name.clone(),
            kind: ChannelKind::parse(&self.kind),
            on: self.on,
            kinds: kinds.ok_or(AppError::NotFound)?,
            address: self.address.clone(),
            key: self.secret.clone(),
            template: self.template.clone(),
            success: Success { field: self.success.clone(), value: self.value.clone() },
            mail: MailRoute::read(&self.mail_from, &self.mail_to),
        };
        Ok((id, change))
    }
}
