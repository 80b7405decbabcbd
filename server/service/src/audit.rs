//! 操作记录, as it is read.

use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    audit::{AuditFilter, AuditPage},
    role::Action,
};

/// Who did what in the office.
pub async fn list(state: &Services, by: &Asker, filter: &AuditFilter) -> Result<AuditPage, Error> {
    by.allow(Action::ReadAudit)?;
    Ok(state.store.audit(by.actor.office, filter).await?)
}
