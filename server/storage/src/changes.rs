//! 变更: what devices have to learn of.
//!
//! A record keeps only its newest number, and is found by it from each [`Audience`] that sees it: a fresh device and one that
//! was away read the same lists from different places, and only their own.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audience::Audience,
    id::{FormId, HazardId, NoticeId, OfficeId, SealedOrderId, SiteId, TaskId, VisitId},
    sync::{RecordKind, form_id},
};

/// A record that changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Record {
    /// The office's places, departments, intervals: sent whole.
    Directory,
    Site(SiteId),
    /// A version of a form.
    Form(FormId, u32),
    Hazard(HazardId),
    Visit(VisitId),
    SealedOrder(SealedOrderId),
    Task(TaskId),
    Notice(NoticeId),
}

impl Record {
    /// Its kind, and what tells it from the others of the kind.
    pub fn named(&self) -> (RecordKind, String) {
        match self {
            Self::Directory => (RecordKind::Directory, String::new()),
            Self::Site(id) => (RecordKind::Site, id.to_string()),
            Self::Form(id, version) => (RecordKind::Form, form_id(id, *version)),
            Self::Hazard(id) => (RecordKind::Hazard, id.to_string()),
            Self::Visit(id) => (RecordKind::Visit, id.to_string()),
            Self::SealedOrder(id) => (RecordKind::SealedOrder, id.to_string()),
            Self::Task(id) => (RecordKind::Task, id.to_string()),
            Self::Notice(id) => (RecordKind::Notice, id.to_string()),
        }
    }
}

/// A line of the list of changes, as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub seq: i64,
    pub kind: String,
    pub id: String,
    /// None: of a kind of a later version, or damaged.
    pub record: Option<Record>,
}

/// Which changes a phone is to learn of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeQuery {
    /// That the phone's person belongs to.
    pub audiences: Vec<Audience>,
    /// Where the phone stands.
    pub after: i64,
    /// Of a phone that is only filling up.
    pub live: Option<Live>,
    pub limit: u32,
}

/// What has ended before these moments is left out, of changes up to a number: a phone that is filling up holds nothing of
/// them that could be out of date. What changed since it began it must hear of, whatever that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Live {
    pub until: i64,
    pub hazards_since: DateTime<Utc>,
    pub visits_since: DateTime<Utc>,
}

/// A page of changes, in order, each record once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    pub rows: Vec<Changed>,
    /// There may be others behind them.
    pub more: bool,
    /// The newest number that was given to anything in the office.
    pub head: i64,
    /// In which of the office's epochs these numbers were given.
    pub epoch: i64,
}

/// What no phone can want any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeSweep {
    pub today: NaiveDate,
    /// A phone that was last here on this day, or before, begins anew.
    pub written_until: NaiveDate,
    pub hazards_before: DateTime<Utc>,
    pub visits_before: DateTime<Utc>,
}

/// What came of forgetting some of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SweptChanges {
    /// Rows that went.
    pub gone: u64,
    /// Behind this number the next ones begin; none: there was none left.
    pub next: Option<i64>,
}

/// The lists of changes, as devices go along them.
#[async_trait]
pub trait ReadChanges: Send + Sync {
    /// Records that changed, as far as these audiences have to hear of them.
    async fn changes(&self, office: OfficeId, query: &ChangeQuery) -> Result<Changes>;
}

/// The office's next numbers for what changed.
#[async_trait]
pub trait WriteChanges: Send {
    /// Announces changes, each record once, to whoever sees it as it stands, and to whoever saw it before.
    async fn touch(&mut self, office: OfficeId, records: &[Record]) -> Result<()>;
    /// The office's changes begin another life: whoever heard of them before begins anew.
    async fn begin_epoch(&mut self, office: OfficeId, epoch: i64) -> Result<()>;
    /// Notes where the changes stand today, and forgets what no phone can want any more: of the rows behind this number it
    /// looks at so many, and at those that share the last one's number.
    async fn sweep_changes(
        &mut self,
        office: OfficeId,
        sweep: &ChangeSweep,
        after: i64,
        most: u32,
    ) -> Result<SweptChanges>;
}
