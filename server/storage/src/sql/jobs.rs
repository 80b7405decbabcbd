//! Work behind the answers, and when what recurs was last put.

use super::{
    Conn, PAGE, QueryBuilder, SqlStore, SqlTransaction,
    columns::{count, ms, offset, time},
    query, query_as,
    rows::power_of_two_chunks,
};
use crate::{JobEnd, JobExchange, KnownJob, LeasedJob, NewJob, ReadJobs, Result, WriteJobs};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{JobId, OfficeId},
    job::{JobCount, JobPage, JobRow, JobState},
};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// One that is there already stays as it is.
pub(super) async fn put(conn: &mut Conn, jobs: &[NewJob]) -> Result<()> {
    for chunk in power_of_two_chunks(jobs) {
        let mut sql =
            QueryBuilder::new("INSERT INTO job (id, office, name, key, payload, priority, run_at) ");
        sql.push_values(chunk, |mut row, job| {
            row.push_bind(job.id.0).push_bind(job.office.map(|office| office.0)).push_bind(job.name);
            row.push_bind(job.key.clone()).push_bind(job.payload.clone());
            row.push_bind(i64::from(job.priority)).push_bind(ms(job.run_at));
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// When the next can be taken: what nobody works on at its time, the rest when its lease ends.
pub(super) async fn next(conn: &mut Conn, known: &[KnownJob]) -> Result<Option<DateTime<Utc>>> {
    if known.is_empty() {
        return Ok(None);
    }
    let mut sql = QueryBuilder::new(
        "SELECT min(at) FROM (SELECT min(run_at) AS at FROM job WHERE failed_at IS NULL AND lease_until IS NULL",
    );
    push_names(&mut sql, known);
    sql.push(" UNION ALL SELECT min(lease_until) AS at FROM job WHERE lease_until IS NOT NULL");
    push_names(&mut sql, known);
    sql.push(") AS soonest");
    let at: Option<i64> = sql.build_query_scalar().fetch_one(conn).await?;
    at.map(time).transpose()
}

/// Of names that this server knows: a newer one beside it may have others.
pub(super) async fn lease(
    conn: &mut Conn,
    now: DateTime<Utc>,
    lease: Uuid,
    known: &[KnownJob],
    most: u32,
) -> Result<Vec<LeasedJob>> {
    type Line = (Uuid, Option<Uuid>, String, String, String, i64);
    if known.is_empty() || most == 0 {
        return Ok(vec![]);
    }
    let mut sql = QueryBuilder::new(
        "SELECT id, office, name, key, payload, attempts FROM job WHERE failed_at IS NULL AND run_at <= ",
    );
    sql.push_bind(ms(now)).push(" AND (lease_until IS NULL OR lease_until <= ").push_bind(ms(now)).push(")");
    push_names(&mut sql, known);
    sql.push(" ORDER BY priority DESC, run_at, id LIMIT ").push_bind(i64::from(most));
    sql.push_passing_over_what_others_take();
    let rows: Vec<Line> = sql.build_query_as().fetch_all(&mut *conn).await?;
    let mut leased = Vec::with_capacity(rows.len());
    for (id, office, name, key, payload, attempts) in rows {
        let Some(kind) = known.iter().find(|kind| kind.name == name) else { continue };
        query("UPDATE job SET lease_until = $1, leased_by = $2, attempts = attempts + 1 WHERE id = $3")
            .bind(ms(now + kind.lease))
            .bind(lease)
            .bind(id)
            .execute(&mut *conn)
            .await?;
        let attempt = number(attempts).saturating_add(1);
        let office = office.map(OfficeId);
        leased.push(LeasedJob { id: JobId(id), lease, office, name, key, payload, attempt });
    }
    Ok(leased)
}

/// Whether the job was still this lease's.
pub(super) async fn renew(conn: &mut Conn, job: &LeasedJob, until: DateTime<Utc>) -> Result<bool> {
    let renewed = query("UPDATE job SET lease_until = $1 WHERE id = $2 AND leased_by = $3")
        .bind(ms(until))
        .bind(job.id.0)
        .bind(job.lease)
        .execute(conn)
        .await?;
    Ok(renewed.rows_affected() > 0)
}

/// How many were still of their leases.
pub(super) async fn settle(conn: &mut Conn, ended: &[(LeasedJob, JobEnd)]) -> Result<usize> {
    let mut settled = 0;
    for (job, end) in ended {
        let query = match end {
            JobEnd::Done => query("DELETE FROM job WHERE id = $1 AND leased_by = $2"),
            JobEnd::Later { .. } => query(
                "UPDATE job SET run_at = $3, attempts = $4, failure = $5, lease_until = NULL, leased_by = NULL
                 WHERE id = $1 AND leased_by = $2",
            ),
            JobEnd::GivenBack => query(
                "UPDATE job SET attempts = attempts - 1, lease_until = NULL, leased_by = NULL
                 WHERE id = $1 AND leased_by = $2",
            ),
            JobEnd::Failed { .. } => query(
                "UPDATE job SET failed_at = $3, failure = $4, lease_until = NULL, leased_by = NULL
                 WHERE id = $1 AND leased_by = $2",
            ),
        };
        let query = query.bind(job.id.0).bind(job.lease);
        let query = match end {
            JobEnd::Done | JobEnd::GivenBack => query,
            JobEnd::Later { run_at, attempts, failure } => {
                query.bind(ms(*run_at)).bind(i64::from(*attempts)).bind(failure)
            }
            JobEnd::Failed { at, failure } => query.bind(ms(*at)).bind(failure),
        };
        settled += usize::from(query.execute(&mut *conn).await?.rows_affected() > 0);
    }
    Ok(settled)
}

/// When each was last put, by name.
pub(super) async fn recurring(conn: &mut Conn) -> Result<HashMap<String, DateTime<Utc>>> {
    let rows: Vec<(String, i64)> = query_as("SELECT name, last_at FROM job_schedule").fetch_all(conn).await?;
    rows.into_iter().map(|(name, at)| Ok((name, time(at)?))).collect()
}

/// Whether it was put: another server may have been faster. What failed the last time begins anew, and what waits for a later
/// time waits no longer.
pub(super) async fn put_recurring(
    conn: &mut Conn,
    job: &NewJob,
    before: Option<DateTime<Utc>>,
) -> Result<bool> {
    let noted = match before {
        None => {
            query("INSERT INTO job_schedule (name, last_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(job.name)
                .bind(ms(job.run_at))
                .execute(&mut *conn)
                .await?
        }
        Some(before) => {
            query("UPDATE job_schedule SET last_at = $1 WHERE name = $2 AND last_at = $3")
                .bind(ms(job.run_at))
                .bind(job.name)
                .bind(ms(before))
                .execute(&mut *conn)
                .await?
        }
    };
    if noted.rows_affected() == 0 {
        return Ok(false);
    }
    query(
        "UPDATE job SET failed_at = NULL, attempts = 0, run_at = $1
         WHERE office IS NULL AND name = $2 AND key = $3
             AND (failed_at IS NOT NULL OR (lease_until IS NULL AND run_at > $1))",
    )
    .bind(ms(job.run_at))
    .bind(job.name)
    .bind(&job.key)
    .execute(&mut *conn)
    .await?;
    put(conn, std::slice::from_ref(job)).await?;
    Ok(true)
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name: String,
    key: String,
    attempts: i64,
    run_at: i64,
    lease_until: Option<i64>,
    failed_at: Option<i64>,
    failure: Option<String>,
}

impl Row {
    fn job(self) -> Result<JobRow> {
        let state = match (self.failed_at, self.lease_until) {
            (Some(_), _) => JobState::Failed,
            (None, Some(_)) => JobState::Running,
            (None, None) => JobState::Waiting,
        };
        Ok(JobRow {
            id: JobId(self.id),
            name: self.name,
            key: self.key,
            state,
            attempts: number(self.attempts),
            run_at: time(self.run_at)?,
            failed_at: self.failed_at.map(time).transpose()?,
            failure: self.failure,
        })
    }
}

/// The office's, and those of the installation that belong to no office.
pub(super) async fn page(conn: &mut Conn, office: OfficeId, page: u32) -> Result<JobPage> {
    let counts = counts(&mut *conn, Some(office)).await?;
    let rows: Vec<Row> = query_as(
        "SELECT id, name, key, attempts, run_at, lease_until, failed_at, failure FROM job
         WHERE (office IS NULL OR office = $1)
         ORDER BY failed_at IS NULL, failed_at DESC, lease_until IS NULL, priority DESC, run_at, id
         LIMIT $2 OFFSET $3",
    )
    .bind(office.0)
    .bind(i64::from(PAGE))
    .bind(offset(page))
    .fetch_all(conn)
    .await?;
    Ok(JobPage { rows: rows.into_iter().map(Row::job).collect::<Result<_>>()?, counts })
}

/// By name; of no office in particular, of all of them.
pub(super) async fn counts(conn: &mut Conn, office: Option<OfficeId>) -> Result<Vec<JobCount>> {
    let mut sql = QueryBuilder::new("SELECT name, count(*), count(lease_until), count(failed_at) FROM job");
    if let Some(office) = office {
        sql.push(" WHERE (office IS NULL OR office = ").push_bind(office.0).push(")");
    }
    sql.push(" GROUP BY name ORDER BY name");
    let rows: Vec<(String, i64, i64, i64)> = sql.build_query_as().fetch_all(conn).await?;
    let counted = |(name, all, running, failed): (String, i64, i64, i64)| JobCount {
        name,
        waiting: count(all - running - failed),
        running: count(running),
        failed: count(failed),
    };
    Ok(rows.into_iter().map(counted).collect())
}

/// One that failed, of the office or of none.
pub(super) async fn failed(conn: &mut Conn, office: OfficeId, id: JobId) -> Result<Option<JobRow>> {
    let row: Option<Row> = query_as(
        "SELECT id, name, key, attempts, run_at, lease_until, failed_at, failure FROM job
         WHERE id = $1 AND (office IS NULL OR office = $2) AND failed_at IS NOT NULL",
    )
    .bind(id.0)
    .bind(office.0)
    .fetch_optional(conn)
    .await?;
    row.map(Row::job).transpose()
}

/// As if it had never been tried.
pub(super) async fn retry(conn: &mut Conn, id: JobId, now: DateTime<Utc>) -> Result<()> {
    query(
        "UPDATE job SET failed_at = NULL, attempts = 0, run_at = $1 WHERE id = $2 AND failed_at IS NOT NULL",
    )
    .bind(ms(now))
    .bind(id.0)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn discard(conn: &mut Conn, id: JobId) -> Result<()> {
    query("DELETE FROM job WHERE id = $1 AND failed_at IS NOT NULL").bind(id.0).execute(conn).await?;
    Ok(())
}

fn push_names(sql: &mut QueryBuilder, known: &[KnownJob]) {
    sql.push(" AND name IN (");
    let mut list = sql.separated(", ");
    for kind in known {
        list.push_bind(kind.name);
    }
    sql.push(")");
}

/// A number of attempts; never negative.
fn number(attempts: i64) -> u32 {
    u32::try_from(attempts).unwrap_or_default()
}

#[async_trait]
impl ReadJobs for SqlStore {
    async fn next_job(&self, known: &[KnownJob]) -> Result<Option<DateTime<Utc>>> {
        next(&mut self.reader().await?, known).await
    }

    async fn settle_and_lease_jobs(
        &self,
        ended: &[(LeasedJob, JobEnd)],
        now: DateTime<Utc>,
        lease: Uuid,
        known: &[KnownJob],
        most: u32,
    ) -> Result<JobExchange> {
        let mut claim = self.claim().await?;
        let settled = settle(&mut claim, ended).await?;
        let leased = self::lease(&mut claim, now, lease, known, most).await?;
        claim.commit().await?;
        Ok(JobExchange { settled, leased })
    }

    async fn renew_job(&self, job: &LeasedJob, until: DateTime<Utc>) -> Result<bool> {
        let mut claim = self.claim().await?;
        let renewed = renew(&mut claim, job, until).await?;
        claim.commit().await?;
        Ok(renewed)
    }

    async fn recurring_jobs(&self) -> Result<HashMap<String, DateTime<Utc>>> {
        recurring(&mut self.reader().await?).await
    }

    async fn jobs(&self, office: OfficeId, page: u32) -> Result<JobPage> {
        self::page(&mut self.snapshot().await?, office, page).await
    }

    async fn job_counts(&self) -> Result<Vec<JobCount>> {
        counts(&mut self.reader().await?, None).await
    }
}

#[async_trait]
impl WriteJobs for SqlTransaction {
    async fn put_jobs(&mut self, jobs: &[NewJob]) -> Result<()> {
        put(&mut self.0, jobs).await
    }

    async fn put_recurring_job(&mut self, job: &NewJob, before: Option<DateTime<Utc>>) -> Result<bool> {
        put_recurring(&mut self.0, job, before).await
    }

    async fn failed_job(&mut self, office: OfficeId, id: JobId) -> Result<Option<JobRow>> {
        failed(&mut self.0, office, id).await
    }

    async fn retry_job(&mut self, id: JobId, now: DateTime<Utc>) -> Result<()> {
        retry(&mut self.0, id, now).await
    }

    async fn discard_job(&mut self, id: JobId) -> Result<()> {
        discard(&mut self.0, id).await
    }
}
