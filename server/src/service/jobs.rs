//! The administrator's word on background jobs that failed.

use crate::{state::AppState, storage::StoreError};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    id::{JobId, OfficeId},
};
use serde_json::{Value, json};
use thiserror::Error;

#[derive(Debug, Error)]
pub enum DecideJobError {
    #[error("no job of this id has failed")]
    NotFound,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Has it done again as if it had never been tried, or gives it up. What had become of it stands in 操作记录.
pub async fn decide(
    state: &AppState,
    office: OfficeId,
    author: &Author,
    id: JobId,
    again: bool,
) -> Result<(), DecideJobError> {
    let mut tx = state.store.write().await?;
    let job = tx.failed_job(office, id).await?.ok_or(DecideJobError::NotFound)?;
    let act = if again {
        tx.retry_job(id, state.now()).await?;
        Act::JobRetried
    } else {
        tx.discard_job(id).await?;
        Act::JobDiscarded
    };
    let label = format!("{} {}", job.name, job.key);
    let subject = Subject::new(SubjectKind::Job, id.0, label.trim_end());
    let was = json!({ "attempts": job.attempts, "failure": job.failure });
    tx.put_audit(&state.audit(office, author, act, subject).change(&was, &Value::Null)).await?;
    tx.commit().await?;
    if again {
        state.intake.jobs.notify_one();
    }
    Ok(())
}
