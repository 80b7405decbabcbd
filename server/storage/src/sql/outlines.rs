//! 界线: the areas of communities and grids.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{body, parse, word},
    query, query_as,
};
use crate::{ReadOutlines, Result, WriteOutlines};
use async_trait::async_trait;
use domain::{
    id::OfficeId,
    map::{Area, Outline},
    place::{PlaceId, PlaceKind},
};
use uuid::Uuid;

async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<Outline>> {
    let rows: Vec<(String, Uuid, String)> =
        query_as("SELECT kind, place, area FROM outline WHERE office = $1 ORDER BY place")
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    let outline = |kind: &str, place: Uuid, area: &str| -> Result<Outline> {
        let kind = word("the kind of an outline's place", kind, PlaceKind::parse)?;
        Ok(Outline { place: kind.id(place), area: parse::<Area>("an outline", area)? })
    };
    let readable = rows.into_iter().filter_map(|(kind, place, area)| {
        let read = outline(&kind, place, &area);
        read.inspect_err(|error| tracing::warn!(%place, %error, "an outline is left out; xunan verify")).ok()
    });
    Ok(readable.collect())
}

/// Statements of so many outlines: each brings an area of some kilobytes.
const AT_ONCE: usize = 50;

async fn put(conn: &mut Conn, office: OfficeId, outlines: &[Outline]) -> Result<()> {
    for some in outlines.chunks(AT_ONCE) {
        let areas: Vec<String> = some.iter().map(|outline| body(&outline.area)).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new("INSERT INTO outline (office, kind, place, area) ");
        sql.push_values(some.iter().zip(areas), |mut row, (outline, area)| {
            row.push_bind(office.0).push_bind(outline.place.kind().as_str());
            row.push_bind(outline.place.uuid()).push_bind(area);
        });
        sql.push(" ON CONFLICT (office, place) DO UPDATE SET kind = excluded.kind, area = excluded.area");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

async fn remove(conn: &mut Conn, office: OfficeId, place: PlaceId) -> Result<bool> {
    let gone = query("DELETE FROM outline WHERE office = $1 AND kind = $2 AND place = $3")
        .bind(office.0)
        .bind(place.kind().as_str())
        .bind(place.uuid())
        .execute(conn)
        .await?;
    Ok(gone.rows_affected() > 0)
}

#[async_trait]
impl ReadOutlines for SqlStore {
    async fn outlines(&self, office: OfficeId) -> Result<Vec<Outline>> {
        all(&mut self.reader().await?, office).await
    }
}

#[async_trait]
impl WriteOutlines for SqlTransaction {
    async fn put_outlines(&mut self, office: OfficeId, outlines: &[Outline]) -> Result<()> {
        put(&mut self.0, office, outlines).await
    }

    async fn remove_outline(&mut self, office: OfficeId, place: PlaceId) -> Result<bool> {
        remove(&mut self.0, office, place).await
    }
}
