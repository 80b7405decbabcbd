//! Unsent work as one file, for another phone or for the office.
//!
//! A line of magic, a line of JSON ([`Contents`]), then the photos' bytes one after another, each as long as its facts
//! say. Operations keep their ids and stay as they were made, so that bringing the same file in twice, or after the phone
//! has sent everything after all, changes nothing.

use super::{Unwritable, action_draft::BegunAction, given_task::BegunTask, submission::SubmissionRecord};
use crate::{
    form::Form,
    id::{DeviceId, OfficeId, OperationId, PersonId},
    json::{read, read_value, value_of},
    order::collected,
    photo::{PhotoFacts, PhotoHash},
    site::{ProposedSite, Site},
    visit::Draft,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use thiserror::Error;

/// The file's first line.
pub const MAGIC: &str = "xunan outbox 1";

/// Of the file's name.
pub const EXTENSION: &str = "xunan";

/// Longer than any outbox; anything beyond is not one.
pub const LONGEST_CONTENTS: usize = 16 * 1024 * 1024;

/// Bytes that contents may take once they are read. A few megabytes of `0,` or `{"a":0},` would take gigabytes.
const HEAVIEST_CONTENTS: u64 = 128 * 1024 * 1024;

/// Bytes that an object, a list and a further value of either take at the least.
const OBJECT: u64 = 640;
const LIST: u64 = 128;
const VALUE: u64 = 56;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contents {
    pub office: OfficeId,
    /// Whose work it is, whoever brings it.
    pub person: PersonId,
    pub name: String,
    pub device: DeviceId,
    pub made_at: DateTime<Utc>,
    /// In the order made.
    pub operations: Vec<Carried>,
    /// Submissions that the operations belong to, for another phone's list.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub submissions: Vec<SubmissionRecord>,
    /// Visits that are not finished, each a [`CarriedDraft`]; one that cannot be read holds up nothing else. Another phone of the same person goes on with
    /// them; the office is told of them and submits none, because only whoever was there can.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub drafts: Vec<Value>,
    /// Events that are written and not done, each a [`BegunAction`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub actions: Vec<Value>,
    /// 新开的店 that are written and not made, each a [`ProposedSite`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub sites: Vec<Value>,
    /// Work that is written and not given, each a [`BegunTask`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub tasks: Vec<Value>,
    /// Of the bytes that follow, in their order.
    pub photos: Vec<PhotoFacts>,
}

/// A draft, and copies of the records that it stands on: the office may take either away meanwhile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CarriedDraft {
    pub draft: Draft,
    pub copies: Copies,
}

/// What a draft was begun with, and what was taken in as it went on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Copies {
    pub site: Site,
    /// Of its forms.
    pub forms: Vec<Form>,
}

/// One operation and the submission that it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Carried {
    pub submission: OperationId,
    /// As it would be sent.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::sync::Operation))]
    pub raw: Value,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotABundle {
    #[error("not a file of unsent work")]
    Unknown,
    #[error("the file is damaged or cut short")]
    Damaged,
}

/// What a line of JSON takes in memory, reckoned before it is read.
fn weight(line: &[u8]) -> u64 {
    let (mut weight, mut in_text, mut escaped) = (0, false, false);
    for byte in line {
        if in_text {
            in_text = escaped || *byte != b'"';
            escaped = !escaped && *byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' => weight += OBJECT,
            b'[' => weight += LIST,
            b',' => weight += VALUE,
            _ => {}
        }
    }
    weight
}

/// Drafts or events as the file holds them; all of them, or none.
pub fn raw<T: Serialize>(begun: &[T]) -> Result<Vec<Value>, Unwritable> {
    begun.iter().map(|one| Ok(value_of(one)?)).collect()
}

impl Contents {
    /// Whether the photo's facts are among the operations, still to be told.
    pub fn announces(&self, hash: &PhotoHash) -> bool {
        let named = |carried: &Carried| {
            carried.raw.pointer("/payload/photo/hash").and_then(Value::as_str) == Some(hash.as_str())
        };
        self.operations.iter().any(named)
    }

    /// Those that can be read.
    pub fn carried_drafts(&self) -> Vec<CarriedDraft> {
        self.drafts.iter().filter_map(|raw| read_value::<CarriedDraft>(raw).ok()).collect()
    }

    pub fn begun_actions(&self) -> Vec<BegunAction> {
        self.actions.iter().filter_map(|raw| read_value::<BegunAction>(raw).ok()).collect()
    }

    pub fn begun_sites(&self) -> Vec<ProposedSite> {
        self.sites.iter().filter_map(|raw| read_value::<ProposedSite>(raw).ok()).collect()
    }

    pub fn begun_tasks(&self) -> Vec<BegunTask> {
        self.tasks.iter().filter_map(|raw| read_value::<BegunTask>(raw).ok()).collect()
    }

    /// Photos that only what was begun names: no record tells the server of them yet. What cannot be read names them, too: a
    /// later app wrote it, and its photos must not be sent as if the server knew of them.
    pub fn of_drafts_only(&self) -> BTreeSet<PhotoHash> {
        let begun = [&self.drafts, &self.actions, &self.sites, &self.tasks].into_iter().flatten();
        let begun: Vec<String> = begun.map(Value::to_string).collect();
        let is_told = |hash: &PhotoHash| {
            self.announces(hash) || self.submissions.iter().any(|submission| submission.photos.contains(hash))
        };
        let is_named = |hash: &PhotoHash| begun.iter().any(|text| text.contains(hash.as_str()));
        let all = self.photos.iter().map(|facts| &facts.hash);
        collected(all.filter(|hash| is_named(hash) && !is_told(hash)).cloned())
    }

    /// Everything before the photos' bytes.
    pub fn head(&self) -> Result<String, Unwritable> {
        let contents = serde_json::to_string(self)?;
        Ok(format!("{MAGIC}\n{contents}\n"))
    }

    /// Reads the head; gives where the photos begin.
    pub fn read(file: &[u8]) -> Result<(Self, usize), NotABundle> {
        let rest = file.strip_prefix(MAGIC.as_bytes()).and_then(|rest| rest.strip_prefix(b"\n"));
        let rest = rest.ok_or(NotABundle::Unknown)?;
        let within = rest.get(..rest.len().min(LONGEST_CONTENTS)).unwrap_or_default();
        let end = within.iter().position(|byte| *byte == b'\n').ok_or(NotABundle::Damaged)?;
        let line = within.get(..end).unwrap_or_default();
        if weight(line) > HEAVIEST_CONTENTS {
            return Err(NotABundle::Damaged);
        }
        let line = std::str::from_utf8(line).map_err(|_| NotABundle::Damaged)?;
        let contents = read(line).map_err(|_| NotABundle::Damaged)?;
        Ok((contents, MAGIC.len() + 1 + end + 1))
    }

    /// Where each photo's bytes lie in the file.
    pub fn places(&self, begin: usize) -> impl Iterator<Item = (&PhotoFacts, std::ops::Range<usize>)> {
        self.photos.iter().scan(begin, |at, facts| {
            let from = *at;
            *at = from.saturating_add(usize::try_from(facts.bytes).unwrap_or(usize::MAX));
            Some((facts, from..*at))
        })
    }
}
