//! 操作: what devices sent, and how it was answered.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{DeviceId, OfficeId, OperationId, PersonId},
    sync::Outcome,
};
use std::collections::HashMap;

/// An operation as it was first answered.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub person: PersonId,
    /// SHA-256 of what was sent, hexadecimal.
    pub hash: String,
    pub outcome: Outcome,
}

#[derive(Debug, Clone)]
pub struct NewOperation {
    pub id: OperationId,
    pub office: OfficeId,
    pub person: PersonId,
    pub device: DeviceId,
    pub schema: u16,
    /// By the device's clock.
    pub at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    pub hash: String,
    /// As it came, unknown fields included.
    pub raw: String,
    pub outcome: Outcome,
    /// Who brought it in as a file, where its maker did not send it.
    pub brought_by: Option<PersonId>,
}

/// An operation as it came, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOperation {
    pub person: PersonId,
    pub device: DeviceId,
    pub received_at: DateTime<Utc>,
    pub raw: String,
}

/// The first outcomes, and new ones.
#[async_trait]
pub trait WriteOperations: Send {
    /// The first outcomes of those of these operations that came before.
    async fn recorded(&mut self, ids: &[OperationId]) -> Result<HashMap<OperationId, Recorded>>;
    async fn record(&mut self, operations: &[NewOperation]) -> Result<()>;
}
