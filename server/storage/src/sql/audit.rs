//! 操作记录: added, read, never changed.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{body, ms, parse, time, word},
    lists::{self, ListQuery},
    scoped::{push_days, push_equal, push_id},
    search::{Searched, push_words},
};
use crate::{ReadAudit, Result, StoreError, WriteAudit};
use async_trait::async_trait;
use domain::{
    audit::{Act, AuditEntry, AuditFilter, AuditPage, By, Origin, Subject, SubjectKind},
    id::{AuditId, OfficeId, PersonId},
};
use sqlx::FromRow;
use tokio::sync::mpsc;
use uuid::Uuid;

const COLUMNS: &str =
    "id, office, at, who, person, person_name, act, subject, subject_id, label, address, device,
    session, was, became";

#[derive(FromRow)]
pub(super) struct AuditRow {
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

impl AuditRow {
    fn entry(self) -> Result<AuditEntry> {
        let by = match (self.who.as_str(), self.person) {
            ("person", Some(id)) => By::Person { id: PersonId(id), name: self.person_name },
            ("command_line", None) => By::CommandLine,
            ("nobody", None) => By::Nobody,
            (other, _) => return Err(StoreError::Unreadable(format!("who acted: `{other}`"))),
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

/// 操作记录, the newest first.
pub(super) struct AuditQuery<'a> {
    pub office: OfficeId,
    pub filter: &'a AuditFilter,
}

impl ListQuery for AuditQuery<'_> {
    type Stored = AuditRow;
    type Row = AuditEntry;

    const ID: &'static str = "id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push("SELECT ").push(COLUMNS).push(" FROM audit");
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let filter = self.filter;
        sql.push(" FROM audit WHERE (office IS NULL OR office = ").push_bind(self.office.0).push(")");
        push_id(sql, "person", filter.person.map(|person| person.0));
        push_equal(sql, "act", filter.act.map(Act::as_str));
        push_equal(sql, "subject", filter.subject.map(SubjectKind::as_str));
        push_id(sql, "subject_id", filter.subject_id);
        push_days(sql, "at", filter.from, filter.to);
        push_words(sql, &filter.query, &["person_name", "label", "address"].map(Searched::Column));
    }

    fn order(&self) -> &'static str {
        " ORDER BY at DESC, id DESC"
    }

    fn row(&self, stored: AuditRow) -> Result<AuditEntry> {
        stored.entry()
    }
}

#[async_trait]
impl ReadAudit for SqlStore {
    async fn audit(&self, office: OfficeId, filter: &AuditFilter) -> Result<AuditPage> {
        lists::page(&mut self.snapshot().await?, &AuditQuery { office, filter }, filter.page).await
    }

    async fn send_audit(
        &self,
        office: OfficeId,
        filter: &AuditFilter,
        most: u32,
        to: mpsc::Sender<AuditEntry>,
    ) -> Result<u32> {
        lists::send(&mut self.reader().await?, &AuditQuery { office, filter }, most, &to).await
    }
}

#[async_trait]
impl WriteAudit for SqlTransaction {
    async fn put_audit(&mut self, entry: &AuditEntry) -> Result<()> {
        put(&mut self.0, entry).await
    }
}
