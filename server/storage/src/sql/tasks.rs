//! 派单: visits and hazards that are given to people.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{body, day, ms, parse, readable},
    lists::{self, ListQuery, Reader},
    query_scalar,
    rows::{self, IDS_AT_ONCE, power_of_two_chunks, push_in},
    scoped::{OF_HAZARD, OF_SITE, push_equal, push_id, push_scope},
    search::Sought,
};
use crate::{ReadTasks, Record, Result, WriteTasks};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{HazardId, OfficeId, PersonId, SiteId, TaskId},
    role::Scope,
    task::{Task, TaskFilter, TaskLate, TaskPage, TaskStateKind},
    time::office_day,
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Tasks as a filter and a scope narrow them: open ones first, the most pressing before the others.
pub(super) struct TaskQuery<'a> {
    reader: Reader<'a>,
    filter: &'a TaskFilter,
    sought: Sought,
}

impl<'a> TaskQuery<'a> {
    pub async fn of(conn: &mut Conn, reader: Reader<'a>, filter: &'a TaskFilter) -> Result<Self> {
        let sought = Sought::among(conn, reader.office, &filter.query).await?;
        Ok(Self { reader, filter, sought })
    }
}

impl ListQuery for TaskQuery<'_> {
    /// The body.
    type Stored = (String,);
    type Row = Task;

    const ID: &'static str = "t.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push("SELECT t.body FROM task t");
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { reader: Reader { office, scope, now }, filter, sought } = self;
        sql.push(" FROM task t JOIN site s ON s.id = t.site LEFT JOIN hazard h ON h.id = t.hazard");
        sql.push(" WHERE t.office = ").push_bind(office.0);
        // A department may answer for a hazard whose site is another's, and what a hazard is about is told to who sees the hazard.
        sql.push(" AND ((h.id IS NULL");
        push_scope(sql, scope, &OF_SITE);
        sql.push(") OR (h.id IS NOT NULL");
        push_scope(sql, scope, &OF_HAZARD);
        sql.push("))");
        push_id(sql, "t.person", filter.person.map(|id| id.0));
        push_equal(sql, "t.state", filter.state.map(TaskStateKind::as_str));
        match filter.late {
            None => {}
            Some(TaskLate::Overdue) => {
                sql.push(" AND t.ended_at IS NULL AND t.until < ").push_bind(day(office_day(*now)));
            }
        }
        push_id(sql, "t.site", filter.site.map(|id| id.0));
        push_id(sql, "t.hazard", filter.hazard.map(|id| id.0));
        sought.push(sql, "t.site", &["t.person_name", "t.giver_name"]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY t.ended_at IS NOT NULL, t.until, t.id"
    }

    fn row(&self, (body,): Self::Stored) -> Result<Task> {
        parse("a task", &body)
    }
}

/// Each as far as it can be read; what is not there is not in the answer.
pub(super) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[TaskId],
) -> Result<Vec<(TaskId, Result<Task>)>> {
    let mut all = vec![];
    for ids in ids.chunks(IDS_AT_ONCE) {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut sql = QueryBuilder::new("SELECT id, body FROM task WHERE office = ");
        sql.push_bind(office.0).push(" AND id");
        push_in(&mut sql, &ids);
        let rows: Vec<(Uuid, String)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        all.extend(rows.into_iter().map(|(id, body)| (TaskId(id), parse("a task", &body))));
    }
    Ok(all)
}

/// Open ones of the office, by their ids.
pub(super) async fn open(conn: &mut Conn, office: OfficeId) -> Result<Vec<TaskId>> {
    let ids: Vec<Uuid> = query_scalar("SELECT id FROM task WHERE office = $1 AND ended_at IS NULL")
        .bind(office.0)
        .fetch_all(conn)
        .await?;
    Ok(ids.into_iter().map(TaskId).collect())
}

async fn open_at(
    conn: &mut Conn,
    office: OfficeId,
    sites: &[SiteId],
    hazards: &[HazardId],
) -> Result<Vec<Task>> {
    if sites.is_empty() && hazards.is_empty() {
        return Ok(vec![]);
    }
    let sites: Vec<Uuid> = sites.iter().map(|id| id.0).collect();
    let hazards: Vec<Uuid> = hazards.iter().map(|id| id.0).collect();
    // In two, each a range of an index, however many tasks have ended.
    let mut sql = QueryBuilder::new("SELECT body FROM (SELECT until, id, body FROM task WHERE office = ");
    sql.push_bind(office.0).push(" AND ended_at IS NULL AND hazard IS NULL AND site");
    push_in(&mut sql, &sites);
    sql.push(" UNION ALL SELECT until, id, body FROM task WHERE office = ").push_bind(office.0);
    sql.push(" AND ended_at IS NULL AND hazard IS NOT NULL AND hazard");
    push_in(&mut sql, &hazards);
    sql.push(") AS open ORDER BY until, id");
    let bodies: Vec<String> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(readable("a task", &bodies))
}

async fn open_of(conn: &mut Conn, office: OfficeId, person: PersonId) -> Result<Vec<Task>> {
    let bodies: Vec<String> = query_scalar(
        "SELECT body FROM task WHERE office = $1 AND person = $2 AND ended_at IS NULL ORDER BY until, id",
    )
    .bind(office.0)
    .bind(person.0)
    .fetch_all(conn)
    .await?;
    Ok(readable("a task", &bodies))
}

async fn put(conn: &mut Conn, office: OfficeId, tasks: &[Task]) -> Result<()> {
    for chunk in power_of_two_chunks(tasks) {
        let bodies: Vec<_> = chunk.iter().map(body).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO task (id, office, person, person_name, giver, giver_name, site, hazard, state, until,
                 given_at, ended_at, body) ",
        );
        sql.push_values(chunk.iter().zip(bodies), |mut row, (task, body)| {
            row.push_bind(task.id.0).push_bind(office.0);
            row.push_bind(task.person.0).push_bind(task.person_name.clone());
            row.push_bind(task.from.0).push_bind(task.from_name.clone());
            row.push_bind(task.about.site().0).push_bind(task.about.hazard().map(|id| id.0));
            row.push_bind(task.state.kind().as_str()).push_bind(day(task.until));
            row.push_bind(ms(task.given_at)).push_bind(task.state.ended_at().map(ms)).push_bind(body);
        });
        sql.push(
            " ON CONFLICT (id) DO UPDATE SET person = excluded.person, person_name = excluded.person_name,
                 site = excluded.site, state = excluded.state, ended_at = excluded.ended_at, body = excluded.body
             WHERE task.office = excluded.office",
        );
        sql.build().execute(&mut *conn).await?;
    }
    let records: Vec<_> = tasks.iter().map(|task| Record::Task(task.id)).collect();
    changes::touch(conn, office, &records).await
}

#[async_trait]
impl ReadTasks for SqlStore {
    async fn tasks(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &TaskFilter,
        now: DateTime<Utc>,
    ) -> Result<TaskPage> {
        let mut conn = self.snapshot().await?;
        let query = TaskQuery::of(&mut conn, Reader { office, scope, now }, filter).await?;
        lists::page(&mut conn, &query, filter.page).await
    }

    async fn send_tasks(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &TaskFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<Task>,
    ) -> Result<u32> {
        let mut conn = self.snapshot().await?;
        let query = TaskQuery::of(&mut conn, Reader { office, scope, now }, filter).await?;
        lists::send(&mut conn, &query, most, &to).await
    }
}

#[async_trait]
impl WriteTasks for SqlTransaction {
    async fn tasks(&mut self, office: OfficeId, ids: &[TaskId]) -> Result<HashMap<TaskId, Task>> {
        let all = some(&mut self.0, office, ids).await?;
        all.into_iter().map(|(id, task)| Ok((id, task?))).collect()
    }

    async fn known_tasks(&mut self, ids: &[TaskId]) -> Result<HashSet<TaskId>> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let known = rows::known(&mut self.0, "SELECT id FROM task WHERE id", &ids).await?;
        Ok(known.into_iter().map(TaskId).collect())
    }

    async fn open_tasks_at(
        &mut self,
        office: OfficeId,
        sites: &[SiteId],
        hazards: &[HazardId],
    ) -> Result<Vec<Task>> {
        open_at(&mut self.0, office, sites, hazards).await
    }

    async fn open_tasks_of(&mut self, office: OfficeId, person: PersonId) -> Result<Vec<Task>> {
        open_of(&mut self.0, office, person).await
    }

    async fn put_tasks(&mut self, office: OfficeId, tasks: &[Task]) -> Result<()> {
        put(&mut self.0, office, tasks).await
    }
}
