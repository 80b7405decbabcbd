//! 操作记录: added, read, never changed.

use super::{
    Conn, PAGE, QueryBuilder, SqlStore, SqlTransaction,
    columns::{begins, body, count, ms, offset, parse, time, word},
    scoped::{push_equal, push_id},
    search::push_words,
};
use crate::{ReadAudit, Result, StoreError, WriteAudit};
use async_trait::async_trait;
use domain::{
    audit::{Act, AuditEntry, AuditFilter, AuditPage, By, Origin, Subject, SubjectKind},
    id::{AuditId, OfficeId, PersonId},
};
use sqlx::FromRow;
use uuid::Uuid;

const COLUMNS: &str =
    "id, office, at, who, person, person_name, act, subject, subject_id, label, address, device,
    session, was, became";

#[derive(FromRow)]
struct Row {
    id: Uuid,
    office: Option<Uuid>,
    at: i64,
    who: String,
    person: Option<Uuid>,
    person_name: String,
    act: String,
    subject: String,
    subject_id: Option<Uuid>,
    label: String,
    address: Option<String>,
    device: String,
    session: Option<String>,
    was: String,
    became: String,
}

impl Row {
    fn entry(self) -> Result<AuditEntry> {
        let by = match (self.who.as_str(), self.person) {
            ("person", Some(id)) => By::Person { id: PersonId(id), name: self.person_name },
            ("command_line", None) => By::CommandLine,
            ("nobody", None) => By::Nobody,
            (other, _) => return Err(StoreError::Corrupt(format!("who acted: `{other}`"))),
        };
        Ok(AuditEntry {
            id: AuditId(self.id),
            office: self.office.map(OfficeId),
            at: time(self.at)?,
            by,
            act: word("an act", &self.act, Act::parse)?,
            subject: Subject {
                kind: word("an act's subject", &self.subject, SubjectKind::parse)?,
                id: self.subject_id,
                label: self.label,
            },
            origin: Origin { address: self.address, device: self.device, session: self.session },
            before: parse("what was", &self.was)?,
            after: parse("what became", &self.became)?,
        })
    }
}

pub(super) async fn put(conn: &mut Conn, entry: &AuditEntry) -> Result<()> {
    let (who, person, name) = match &entry.by {
        By::Person { id, name } => ("person", Some(id.0), name.as_str()),
        By::CommandLine => ("command_line", None, ""),
        By::Nobody => ("nobody", None, ""),
    };
    let mut sql = QueryBuilder::new("INSERT INTO audit (");
    sql.push(COLUMNS).push(") ");
    let (was, became) = (body(&entry.before)?, body(&entry.after)?);
    sql.push_values([()], |mut row, ()| {
        let AuditEntry { subject, origin, .. } = entry;
        row.push_bind(entry.id.0).push_bind(entry.office.map(|office| office.0)).push_bind(ms(entry.at));
        row.push_bind(who).push_bind(person).push_bind(name.to_owned()).push_bind(entry.act.as_str());
        row.push_bind(subject.kind.as_str()).push_bind(subject.id).push_bind(subject.label.clone());
        row.push_bind(origin.address.clone())
            .push_bind(origin.device.clone())
            .push_bind(origin.session.clone());
        row.push_bind(was.clone()).push_bind(became.clone());
    });
    sql.build().execute(conn).await?;
    Ok(())
}

pub(super) async fn page(conn: &mut Conn, office: OfficeId, filter: &AuditFilter) -> Result<AuditPage> {
    let mut counted = QueryBuilder::new("SELECT count(*) FROM audit");
    push_filter(&mut counted, office, filter);
    let total: i64 = counted.build_query_scalar().fetch_one(&mut *conn).await?;
    let mut sql = QueryBuilder::new("SELECT ");
    sql.push(COLUMNS).push(" FROM audit");
    push_filter(&mut sql, office, filter);
    sql.push(" ORDER BY at DESC, id DESC LIMIT ").push_bind(i64::from(PAGE));
    sql.push(" OFFSET ").push_bind(offset(filter.page));
    let rows: Vec<Row> = sql.build_query_as().fetch_all(conn).await?;
    Ok(AuditPage { rows: rows.into_iter().map(Row::entry).collect::<Result<_>>()?, total: count(total) })
}

fn push_filter(sql: &mut QueryBuilder, office: OfficeId, filter: &AuditFilter) {
    sql.push(" WHERE (office IS NULL OR office = ").push_bind(office.0).push(")");
    push_id(sql, "person", filter.person.map(|person| person.0));
    push_equal(sql, "act", filter.act.map(Act::as_str));
    push_equal(sql, "subject", filter.subject.map(SubjectKind::as_str));
    push_id(sql, "subject_id", filter.subject_id);
    if let Some(from) = filter.from {
        sql.push(" AND at >= ").push_bind(begins(from));
    }
    if let Some(after) = filter.to.and_then(|to| to.succ_opt()) {
        sql.push(" AND at < ").push_bind(begins(after));
    }
    push_words(sql, &filter.query, &["person_name", "label", "address"]);
}

#[async_trait]
impl ReadAudit for SqlStore {
    async fn audit(&self, office: OfficeId, filter: &AuditFilter) -> Result<AuditPage> {
        page(&mut self.snapshot().await?, office, filter).await
    }
}

#[async_trait]
impl WriteAudit for SqlTransaction {
    async fn put_audit(&mut self, entry: &AuditEntry) -> Result<()> {
        put(&mut self.0, entry).await
    }
}
