//! 检查表: every version that was ever published.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{body, parse, word},
    query, query_scalar,
    rows::push_words,
};
use crate::{ReadChecklists, Record, Result, WriteChecklists};
use async_trait::async_trait;
use domain::{
    checklist::Checklist,
    id::{ChecklistId, OfficeId},
    sector::Sector,
};

pub(super) async fn newest(conn: &mut Conn, office: OfficeId) -> Result<Vec<Checklist>> {
    let rows: Vec<String> = query_scalar(
        "SELECT body FROM checklist c WHERE office = $1
         AND version = (SELECT max(version) FROM checklist n WHERE n.office = $1 AND n.id = c.id) ORDER BY id",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| parse("a checklist", row)).collect()
}

/// The newest version of each of these, as far as it can be read.
pub(super) async fn newest_of(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[ChecklistId],
) -> Result<Vec<(ChecklistId, Result<Checklist>)>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut sql = QueryBuilder::new("SELECT id, body FROM checklist c WHERE office = ");
    sql.push_bind(office.0).push(" AND id");
    push_words(&mut sql, &ids);
    sql.push(
        " AND version = (SELECT max(version) FROM checklist n WHERE n.office = c.office AND n.id = c.id)",
    );
    let rows: Vec<(String, String)> = sql.build_query_as().fetch_all(conn).await?;
    let list = |(id, body): (String, String)| {
        let list = parse::<Checklist>("a checklist", &body);
        (ChecklistId(id), list)
    };
    Ok(rows.into_iter().map(list).collect())
}

pub(super) async fn get(
    conn: &mut Conn,
    office: OfficeId,
    id: &ChecklistId,
    version: u32,
) -> Result<Option<Checklist>> {
    let row: Option<String> =
        query_scalar("SELECT body FROM checklist WHERE office = $1 AND id = $2 AND version = $3")
            .bind(office.0)
            .bind(id.as_str())
            .bind(i64::from(version))
            .fetch_optional(conn)
            .await?;
    row.map(|row| parse("a checklist", &row)).transpose()
}

pub(super) async fn sector_of(conn: &mut Conn, office: OfficeId, id: &ChecklistId) -> Result<Option<Sector>> {
    let row: Option<String> = query_scalar(
        "SELECT sector FROM checklist WHERE office = $1 AND id = $2 ORDER BY version DESC LIMIT 1",
    )
    .bind(office.0)
    .bind(id.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|sector| word("a sector", &sector, Sector::parse)).transpose()
}

pub(super) async fn put(conn: &mut Conn, office: OfficeId, checklist: &Checklist) -> Result<()> {
    let written = query(
        "INSERT INTO checklist (office, id, version, sector, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(office.0)
    .bind(checklist.id.as_str())
    .bind(i64::from(checklist.version))
    .bind(checklist.sector.as_str())
    .bind(body(checklist)?)
    .execute(&mut *conn)
    .await?;
    if written.rows_affected() == 0 {
        return Ok(());
    }
    changes::touch(conn, office, &[Record::Checklist(checklist.id.clone())]).await
}

#[async_trait]
impl ReadChecklists for SqlStore {
    async fn checklists(&self, office: OfficeId) -> Result<Vec<Checklist>> {
        newest(&mut self.reader().await?, office).await
    }

    async fn checklist(&self, office: OfficeId, id: &ChecklistId, version: u32) -> Result<Option<Checklist>> {
        get(&mut self.reader().await?, office, id, version).await
    }
}

#[async_trait]
impl WriteChecklists for SqlTransaction {
    async fn checklist(
        &mut self,
        office: OfficeId,
        id: &ChecklistId,
        version: u32,
    ) -> Result<Option<Checklist>> {
        get(&mut self.0, office, id, version).await
    }

    async fn sector_of(&mut self, office: OfficeId, id: &ChecklistId) -> Result<Option<Sector>> {
        sector_of(&mut self.0, office, id).await
    }

    async fn put_checklist(&mut self, office: OfficeId, checklist: &Checklist) -> Result<()> {
        put(&mut self.0, office, checklist).await
    }
}
