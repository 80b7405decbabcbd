//! # Records, as they travel to a phone and lie there
//!
//! A record travels in an [`Envelope`] that names its kind, its id and the schema of its body. A phone keeps the body as it
//! came, under [`key`], whether or not it understands it: a kind that it does not know, a newer schema, a body with a
//! word of a later version costs that record its place on the screen until the app is updated, and nothing else.
//!
//! [`RecordKind`] is the registry: a kind that is not in it is not sent by this server and not read by this phone.

use super::{Directory, DirectoryHead};
use crate::{
    form::Form, hazard::Hazard, id::FormId, json::read_value, notice::Notice, site::Site,
    spot_check::SealedOrder, task::Task, visit::VisitSummary,
};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// What is sent to phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// What surrounds the others; one, sent whole.
    Directory,
    Site,
    Form,
    Hazard,
    Visit,
    /// One person's own.
    SealedOrder,
    Task,
    Notice,
}

impl RecordKind {
    pub const ALL: [Self; 8] = [
        Self::Directory,
        Self::Site,
        Self::Form,
        Self::Hazard,
        Self::Visit,
        Self::SealedOrder,
        Self::Task,
        Self::Notice,
    ];

    /// On the wire, in the database's list of changes, and at the beginning of a phone's keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Directory => "directory",
            Self::Site => "site",
            Self::Form => "form",
            Self::Hazard => "hazard",
            Self::Visit => "visit",
            Self::SealedOrder => "sealed_order",
            Self::Task => "task",
            Self::Notice => "notice",
        }
    }

    /// None: of a later version.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The schema of the bodies that this version writes, and the newest that it reads.
    pub fn schema(self) -> u16 {
        match self {
            Self::Directory
            | Self::Site
            | Self::Form
            | Self::Hazard
            | Self::Visit
            | Self::SealedOrder
            | Self::Task
            | Self::Notice => 1,
        }
    }

    /// Published to everybody: kept without encryption, for the next person of the office too, and while drafts are filled
    /// in by a version that the office has replaced.
    pub fn is_published(self) -> bool {
        match self {
            Self::Form => true,
            Self::Directory
            | Self::Site
            | Self::Hazard
            | Self::Visit
            | Self::SealedOrder
            | Self::Task
            | Self::Notice => false,
        }
    }
}

/// A record that phones keep.
pub trait SyncRecord: Serialize + DeserializeOwned {
    const KIND: RecordKind;

    /// Tells it from the others of its kind.
    fn record_id(&self) -> String;
}

impl SyncRecord for Directory {
    const KIND: RecordKind = RecordKind::Directory;

    fn record_id(&self) -> String {
        String::new()
    }
}

impl SyncRecord for DirectoryHead {
    const KIND: RecordKind = RecordKind::Directory;

    fn record_id(&self) -> String {
        String::new()
    }
}

impl SyncRecord for Site {
    const KIND: RecordKind = RecordKind::Site;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}

impl SyncRecord for Form {
    const KIND: RecordKind = RecordKind::Form;

    /// Each version by itself: a draft keeps the one that it was begun with.
    fn record_id(&self) -> String {
        form_id(&self.id, self.version)
    }
}

impl SyncRecord for Hazard {
    const KIND: RecordKind = RecordKind::Hazard;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}

impl SyncRecord for VisitSummary {
    const KIND: RecordKind = RecordKind::Visit;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}

impl SyncRecord for SealedOrder {
    const KIND: RecordKind = RecordKind::SealedOrder;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}

impl SyncRecord for Task {
    const KIND: RecordKind = RecordKind::Task;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}

impl SyncRecord for Notice {
    const KIND: RecordKind = RecordKind::Notice;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}

/// `id@version`
pub fn form_id(id: &FormId, version: u32) -> String {
    format!("{id}@{version}")
}

/// What [`form_id`] names.
pub fn parse_form_id(id: &str) -> Option<(FormId, u32)> {
    let (id, version) = id.rsplit_once('@')?;
    Some((FormId::from(id), version.parse().ok()?))
}

/// A record as it stands now; the device replaces its own copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope {
    /// `directory`, `site`, `form`, `hazard`, `visit`, `sealed_order`, `task`, `notice`, or one of a later version.
    pub kind: String,
    /// Empty where there is one of the kind only.
    pub id: String,
    /// Of the body.
    pub schema: u16,
    /// None: gone, or out of the person's sight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub body: Option<Value>,
}

impl Envelope {
    /// # Errors
    /// What cannot be said in JSON is not sent.
    pub fn of<R: SyncRecord>(record: &R) -> Result<Self, serde_json::Error> {
        let body = Some(serde_json::to_value(record)?);
        Ok(Self { kind: R::KIND.as_str().to_owned(), id: record.record_id(), schema: R::KIND.schema(), body })
    }

    /// Gone, or out of sight.
    pub fn gone(kind: RecordKind, id: impl ToString) -> Self {
        Self { kind: kind.as_str().to_owned(), id: id.to_string(), schema: kind.schema(), body: None }
    }

    /// Under which a phone keeps it.
    pub fn key(&self) -> String {
        record_key(&self.kind, &self.id)
    }

    /// As a phone keeps it.
    pub fn stored(&self) -> Option<StoredRecord<&Value>> {
        self.body.as_ref().map(|body| StoredRecord { schema: self.schema, body })
    }
}

/// A body as it lies on a phone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredRecord<B> {
    pub schema: u16,
    pub body: B,
}

impl<R: SyncRecord> StoredRecord<R> {
    /// None where this version cannot know what it means.
    pub fn understood(self) -> Option<R> {
        (self.schema <= R::KIND.schema()).then_some(self.body)
    }
}

/// Where a phone keeps a record of whatever kind. A kind is one word: what comes with a slash takes no other kind's place.
/// Ids carry no content, because keys lie in the clear.
pub fn record_key(kind: &str, id: &str) -> String {
    format!("{}/{id}", kind.replace('/', "_"))
}

/// Where a phone keeps a record.
pub fn key(kind: RecordKind, id: &str) -> String {
    format!("{}/{id}", kind.as_str())
}

/// Where all of a kind begin, and where they have ended: keys from the first one on and before the second.
pub fn keys_of(kind: RecordKind) -> (String, String) {
    // The sign after the slash.
    (format!("{}/", kind.as_str()), format!("{}0", kind.as_str()))
}

/// The kind that a phone's key names; none of a later version's.
pub fn kind_of(key: &str) -> Option<RecordKind> {
    RecordKind::parse(key.split_once('/')?.0)
}

/// Whether what lies under this key is for everybody; what is of an unknown kind is not.
pub fn is_published(key: &str) -> bool {
    kind_of(key).is_some_and(RecordKind::is_published)
}

/// What of a list this version can read: one entry with a word of a later version does not take the others away.
pub(crate) fn readable<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let all = Vec::<Value>::deserialize(deserializer)?;
    Ok(all.into_iter().filter_map(|one| read_value(&one).ok()).collect())
}
