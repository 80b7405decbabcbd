//! Records of every kind, as devices get them.

use crate::{Record, Result, StoredOrder};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    form::Form,
    hazard::Hazard,
    id::{OfficeId, SiteId},
    notice::Notice,
    role::{ResourceScope, Scope},
    site::Site,
    task::Task,
    visit::VisitSummary,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A record as phones get it, and where it lies.
#[derive(Debug, Clone, PartialEq)]
pub enum LoadedRecord {
    Site(Box<Site>),
    /// The newest version.
    Form(Box<Form>),
    /// One that has ended is seen by whoever walks its site's grid now.
    Hazard {
        hazard: Box<Hazard>,
        place: ResourceScope,
    },
    Visit {
        summary: Box<VisitSummary>,
        place: ResourceScope,
    },
    /// For its person alone.
    SealedOrder(Box<StoredOrder>),
    /// It lies nowhere: whoever has it sees it.
    Task(Box<Task>),
    /// For its person alone.
    Notice(Box<Notice>),
}

/// What of a site's past is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierQuery {
    pub site: SiteId,
    pub hazards_before: DateTime<Utc>,
    pub visits_before: DateTime<Utc>,
    /// Behind this one, as [`Earlier`] names it.
    pub before: Option<(i64, Uuid)>,
    pub limit: u32,
}

/// A record of a site's past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Milliseconds: when it ended.
    pub at: i64,
    pub id: Uuid,
    pub record: Record,
}

/// Many records at once, of whatever kinds.
#[async_trait]
pub trait ReadRecords: Send + Sync {
    /// Those of these records that are there, each as far as it can be read.
    async fn load_records(
        &self,
        office: OfficeId,
        records: &[Record],
    ) -> Result<HashMap<Record, Result<LoadedRecord>>>;
    /// Of a site that the scope covers: what has ended, the newest first.
    async fn earlier(&self, office: OfficeId, scope: &Scope, query: &EarlierQuery) -> Result<Vec<Earlier>>;
}
