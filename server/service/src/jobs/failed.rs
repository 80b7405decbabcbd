//! Background jobs as an administrator sees them, and their word on those that failed.

use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    audit::{Act, Subject, SubjectKind},
    id::JobId,
    job::JobPage,
    role::Action,
};
use serde_json::{Value, json};

/// Those that failed first. A page, counted from 1.
pub async fn list(state: &Services, by: &Asker, page: u32) -> Result<JobPage, Error> {
    by.allow(Action::ManageJobs)?;
    Ok(state.store.jobs(by.actor.office, page).await?)
}

/// Has it done again as if it had never been tried, or gives it up. What had become of it stands in 操作记录.
pub async fn decide(state: &Services, by: &Asker, id: JobId, again: bool) -> Result<(), Error> {
    by.allow(Action::ManageJobs)?;
    let office = by.actor.office;
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
    tx.put_audit(&state.audit(office, &by.author(), act, subject).change(&was, &Value::Null)).await?;
    tx.commit().await?;
    if again {
        state.write_queue.jobs.notify_one();
    }
    Ok(())
}
