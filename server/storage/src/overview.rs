//! 总览: the figures of an office.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{id::OfficeId, overview::Overview, role::Scope};

/// What the office has to see to, counted in one state of the database.
#[async_trait]
pub trait ReadOverview: Send + Sync {
    async fn overview(&self, office: OfficeId, scope: &Scope, now: DateTime<Utc>) -> Result<Overview>;
}
