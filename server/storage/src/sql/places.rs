//! 街道、村(社区)、网格、部门.

use super::{
    Conn, SqlStore, SqlTransaction,
    columns::{body, parse},
    former,
    grids::GridQuery,
    lists, query, query_as, query_scalar,
};
use crate::{Places, ReadPlaces, Result, StoreError, WritePlaces};
use async_trait::async_trait;
use domain::{
    id::{CommunityId, DepartmentId, GridId, OfficeId},
    place::{
        Community, Department, FormerPlace, Grid, GridFilter, GridPage, GridRow, Office, PlaceId,
        command::Living,
    },
    role::Scope,
    schedule::VisitIntervals,
};
use std::collections::{BTreeMap, HashSet};
use tokio::sync::mpsc;
use uuid::Uuid;

pub(super) async fn offices(conn: &mut Conn) -> Result<Vec<Office>> {
    let rows: Vec<(Uuid, String, bool)> =
        query_as("SELECT id, name, demo FROM office ORDER BY name").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, name, demo)| Office { id: OfficeId(id), name, demo }).collect())
}

pub(super) async fn all(conn: &mut Conn, office: OfficeId) -> Result<Places> {
    let found: Option<(String, bool)> = query_as("SELECT name, demo FROM office WHERE id = $1")
        .bind(office.0)
        .fetch_optional(&mut *conn)
        .await?;
    let (name, demo) = found.ok_or_else(|| StoreError::Corrupt(format!("there is no office {office}")))?;
    let communities: Vec<(Uuid, String)> =
        query_as("SELECT id, name FROM community WHERE office = $1 ORDER BY name")
            .bind(office.0)
            .fetch_all(&mut *conn)
            .await?;
    let grids = grids(&mut *conn, office).await?;
    let departments: Vec<(Uuid, String, String)> =
        query_as("SELECT id, name, sectors FROM department WHERE office = $1 ORDER BY name")
            .bind(office.0)
            .fetch_all(&mut *conn)
            .await?;
    Ok(Places {
        office: Office { id: office, name, demo },
        communities: communities
            .into_iter()
            .map(|(id, name)| Community { id: CommunityId(id), name })
            .collect(),
        grids,
        departments: departments
            .into_iter()
            .filter_map(|(id, name, sectors)| readable(id, department(id, name, &sectors)).transpose())
            .collect::<Result<_>>()?,
        intervals: intervals(conn, office).await?,
    })
}

pub(super) async fn grids(conn: &mut Conn, office: OfficeId) -> Result<Vec<Grid>> {
    let rows: Vec<(Uuid, Uuid, String)> =
        query_as("SELECT id, community, name FROM grid WHERE office = $1 ORDER BY community, name")
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    let grid = |(id, community, name)| Grid { id: GridId(id), community: CommunityId(community), name };
    Ok(rows.into_iter().map(grid).collect())
}

/// None where this department's row cannot be read: the others are shown all the same.
fn readable(id: Uuid, department: Result<Department>) -> Result<Option<Department>> {
    match department {
        Err(StoreError::Unreadable(_)) => {
            tracing::warn!(department = %id, "cannot be read and is passed over; xunan verify");
            Ok(None)
        }
        department => department.map(Some),
    }
}

pub(super) fn department(id: Uuid, name: String, sectors: &str) -> Result<Department> {
    Ok(Department { id: DepartmentId(id), name, sectors: parse("a department's sectors", sectors)? })
}

pub(super) async fn departments(conn: &mut Conn, office: OfficeId) -> Result<HashSet<DepartmentId>> {
    let ids: Vec<Uuid> =
        query_scalar("SELECT id FROM department WHERE office = $1").bind(office.0).fetch_all(conn).await?;
    Ok(ids.into_iter().map(DepartmentId).collect())
}

pub(super) async fn intervals(conn: &mut Conn, office: OfficeId) -> Result<VisitIntervals> {
    let stored: Option<Option<String>> = query_scalar("SELECT intervals FROM office WHERE id = $1")
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    let stored = stored.flatten().map(|stored| parse("an office's intervals", &stored));
    Ok(stored.transpose()?.unwrap_or_default())
}

pub(super) async fn put_office(conn: &mut Conn, office: &Office) -> Result<()> {
    query(
        "INSERT INTO office (id, name, demo) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, demo = excluded.demo",
    )
    .bind(office.id.0)
    .bind(&office.name)
    .bind(office.demo)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn put_intervals(
    conn: &mut Conn,
    office: OfficeId,
    intervals: &VisitIntervals,
) -> Result<()> {
    query("UPDATE office SET intervals = $1 WHERE id = $2")
        .bind(body(intervals)?)
        .bind(office.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn put_community(conn: &mut Conn, office: OfficeId, community: &Community) -> Result<()> {
    query(
        "INSERT INTO community (id, office, name) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE community.office = excluded.office",
    )
    .bind(community.id.0)
    .bind(office.0)
    .bind(&community.name)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn put_grid(conn: &mut Conn, office: OfficeId, grid: &Grid) -> Result<()> {
    query(
        "INSERT INTO grid (id, office, community, name) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET community = excluded.community, name = excluded.name
         WHERE grid.office = excluded.office",
    )
    .bind(grid.id.0)
    .bind(office.0)
    .bind(grid.community.0)
    .bind(&grid.name)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn put_department(conn: &mut Conn, office: OfficeId, department: &Department) -> Result<()> {
    query(
        "INSERT INTO department (id, office, name, sectors) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, sectors = excluded.sectors
         WHERE department.office = excluded.office",
    )
    .bind(department.id.0)
    .bind(office.0)
    .bind(&department.name)
    .bind(body(&department.sectors)?)
    .execute(conn)
    .await?;
    Ok(())
}

#[async_trait]
impl ReadPlaces for SqlStore {
    async fn offices(&self) -> Result<Vec<Office>> {
        offices(&mut self.reader().await?).await
    }

    async fn places(&self, office: OfficeId) -> Result<Places> {
        all(&mut self.snapshot().await?, office).await
    }

    async fn living(&self, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>> {
        former::living(&mut self.snapshot().await?, office).await
    }

    async fn former_places(&self, office: OfficeId) -> Result<Vec<FormerPlace>> {
        former::all(&mut self.reader().await?, office).await
    }

    async fn grids(&self, office: OfficeId, scope: &Scope, filter: &GridFilter) -> Result<GridPage> {
        lists::page(&mut self.snapshot().await?, &GridQuery { office, scope, filter }, filter.page).await
    }

    async fn send_grids(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &GridFilter,
        most: u32,
        to: mpsc::Sender<GridRow>,
    ) -> Result<u32> {
        lists::send(&mut self.reader().await?, &GridQuery { office, scope, filter }, most, &to).await
    }
}

#[async_trait]
impl WritePlaces for SqlTransaction {
    async fn places(&mut self, office: OfficeId) -> Result<Places> {
        all(&mut self.0, office).await
    }

    async fn departments(&mut self, office: OfficeId) -> Result<HashSet<DepartmentId>> {
        departments(&mut self.0, office).await
    }

    async fn living(&mut self, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>> {
        former::living(&mut self.0, office).await
    }

    async fn put_office(&mut self, office: &Office) -> Result<()> {
        put_office(&mut self.0, office).await
    }

    async fn put_intervals(&mut self, office: OfficeId, intervals: &VisitIntervals) -> Result<()> {
        put_intervals(&mut self.0, office, intervals).await
    }

    async fn put_community(&mut self, office: OfficeId, community: &Community) -> Result<()> {
        put_community(&mut self.0, office, community).await
    }

    async fn put_grid(&mut self, office: OfficeId, grid: &Grid) -> Result<()> {
        put_grid(&mut self.0, office, grid).await
    }

    async fn put_department(&mut self, office: OfficeId, department: &Department) -> Result<()> {
        put_department(&mut self.0, office, department).await
    }

    async fn end_place(&mut self, office: OfficeId, former: &FormerPlace) -> Result<()> {
        former::end(&mut self.0, office, former).await
    }
}
