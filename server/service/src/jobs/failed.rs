//! The administrator's word on background jobs that failed.

use crate::{error::Error, services::Services};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    id::{JobId, OfficeId},
};
use serde_json::{Value, json};

/// Has it done again as if it had never been tried, or gives it up. What had become of it stands in 操作记录.
pub async fn decide(
    state: &Services,
    office: OfficeId,
    author: &Author,
    id: JobId,
    again: bool,
) -> Result<(), Error> {
    let mut tx = state.store.write().await?;
    let job = tx.failed_job(office, id).await?.ok_or(Error::NotFound)?;
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
        state.write_queue.jobs.notify_one();
    }
    Ok(())
}
