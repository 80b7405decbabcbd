//! Work that waits. Leases are exclusive because writers take turns.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{ms, time, word},
    query, query_as, query_scalar,
    rows::portions,
};
use crate::{Job, JobKind, ReadJobs, Result, WriteJobs};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::OfficeId;
use uuid::Uuid;

pub(super) async fn put(
    conn: &mut Conn,
    office: OfficeId,
    kind: JobKind,
    subjects: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    for portion in portions(subjects) {
        let mut sql = QueryBuilder::new("INSERT INTO job (office, kind, subject, due) ");
        sql.push_values(portion, |mut row, subject| {
            row.push_bind(office.0).push_bind(kind.as_str()).push_bind(subject.clone()).push_bind(ms(now));
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

pub(super) async fn next(conn: &mut Conn) -> Result<Option<DateTime<Utc>>> {
    let due: Option<i64> = query_scalar("SELECT min(due) FROM job WHERE kind = $1")
        .bind(JobKind::Develop.as_str())
        .fetch_one(conn)
        .await?;
    due.map(time).transpose()
}

/// Of kinds that this server knows: a newer one beside it may have others.
pub(super) async fn lease(
    conn: &mut Conn,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    most: u32,
) -> Result<Vec<Job>> {
    let rows: Vec<(Uuid, String, String, i64)> = query_as(
        "UPDATE job SET due = $1, tries = tries + 1 WHERE (office, kind, subject) IN
             (SELECT office, kind, subject FROM job WHERE due <= $2 AND kind = $4 ORDER BY due LIMIT $3)
         RETURNING office, kind, subject, tries - 1",
    )
    .bind(ms(until))
    .bind(ms(now))
    .bind(i64::from(most))
    .bind(JobKind::Develop.as_str())
    .fetch_all(conn)
    .await?;
    let job = |(office, kind, subject, tries): (Uuid, String, String, i64)| {
        Ok(Job {
            office: OfficeId(office),
            kind: word("a job", &kind, JobKind::parse)?,
            subject,
            tries: u32::try_from(tries).unwrap_or_default(),
        })
    };
    rows.into_iter().map(job).collect()
}

pub(super) async fn end(conn: &mut Conn, job: &Job) -> Result<()> {
    query("DELETE FROM job WHERE office = $1 AND kind = $2 AND subject = $3")
        .bind(job.office.0)
        .bind(job.kind.as_str())
        .bind(&job.subject)
        .execute(conn)
        .await?;
    Ok(())
}

#[async_trait]
impl ReadJobs for SqlStore {
    async fn next_job(&self) -> Result<Option<DateTime<Utc>>> {
        next(&mut self.reader().await?).await
    }
}

#[async_trait]
impl WriteJobs for SqlTransaction {
    async fn put_jobs(
        &mut self,
        office: OfficeId,
        kind: JobKind,
        subjects: &[String],
        now: DateTime<Utc>,
    ) -> Result<()> {
        put(&mut self.0, office, kind, subjects, now).await
    }

    async fn lease_jobs(&mut self, now: DateTime<Utc>, until: DateTime<Utc>, most: u32) -> Result<Vec<Job>> {
        lease(&mut self.0, now, until, most).await
    }

    async fn end_job(&mut self, job: &Job) -> Result<()> {
        end(&mut self.0, job).await
    }
}
