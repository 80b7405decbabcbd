//! What lives in the places, what moves with them, and the names of those that are no more.

use super::{
    Conn, QueryBuilder, changes,
    columns::{body, count, ms, parse, time, word},
    query, query_as, query_scalar, sites,
};
use crate::{Record, Result, StoreError};
use domain::{
    hazard::Hazard,
    id::{DepartmentId, GridId, OfficeId},
    place::{FormerPlace, PlaceId, PlaceKind, command::Living},
    site::Site,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Of grids and departments; a community's is that of its grids.
pub(super) async fn living(conn: &mut Conn, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>> {
    let mut living = BTreeMap::<PlaceId, Living>::new();
    let grid = |id: Uuid| PlaceId::Grid(GridId(id));
    let department = |id: Uuid| PlaceId::Department(DepartmentId(id));
    for (place, sites) in
        counts(conn, office, "SELECT grid, count(*) FROM site WHERE office = $1 GROUP BY grid").await?
    {
        living.entry(grid(place)).or_default().sites = sites;
    }
    for (place, people) in counts(
        conn,
        office,
        "SELECT g.grid, count(*) FROM person_grid g JOIN person p ON p.id = g.person
         WHERE p.office = $1 GROUP BY g.grid",
    )
    .await?
    {
        living.entry(grid(place)).or_default().people = people;
    }
    for (place, hazards) in counts(
        conn,
        office,
        "SELECT grid, count(*) FROM hazard WHERE office = $1 AND open = TRUE GROUP BY grid",
    )
    .await?
    {
        living.entry(grid(place)).or_default().open_hazards = hazards;
    }
    for (place, sites) in counts(
        conn,
        office,
        "SELECT department, count(*) FROM site WHERE office = $1 AND department IS NOT NULL GROUP BY department",
    )
    .await?
    {
        living.entry(department(place)).or_default().sites = sites;
    }
    for (place, people) in counts(
        conn,
        office,
        "SELECT department, count(*) FROM person WHERE office = $1 AND department IS NOT NULL GROUP BY department",
    )
    .await?
    {
        living.entry(department(place)).or_default().people = people;
    }
    for (place, hazards) in counts(
        conn,
        office,
        "SELECT department, count(*) FROM hazard
         WHERE office = $1 AND open = TRUE AND department IS NOT NULL GROUP BY department",
    )
    .await?
    {
        living.entry(department(place)).or_default().open_hazards = hazards;
    }
    Ok(living)
}

async fn counts(conn: &mut Conn, office: OfficeId, sql: &'static str) -> Result<Vec<(Uuid, u64)>> {
    let rows: Vec<(Uuid, i64)> = query_as(sql).bind(office.0).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, rows)| (id, count(rows))).collect())
}

/// Those of the grid, or those that a department answers for.
pub(super) async fn sites_in(conn: &mut Conn, office: OfficeId, place: PlaceId) -> Result<Vec<Site>> {
    let column = match place {
        PlaceId::Department(_) => "s.department",
        PlaceId::Community(_) => "s.community",
        PlaceId::Grid(_) => "s.grid",
    };
    let mut sql = QueryBuilder::new(sites::SELECT);
    sql.push(" WHERE s.office = ").push_bind(office.0);
    sql.push(" AND ").push(column).push(" = ").push_bind(place.uuid());
    let rows: Vec<sites::Stored> = sql.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(sites::site).collect()
}

/// What one department was to see to, and has ended, is another's. What is open is handed over by an event.
pub(super) async fn hand_over(
    conn: &mut Conn,
    office: OfficeId,
    from: DepartmentId,
    into: DepartmentId,
) -> Result<()> {
    let bodies: Vec<String> =
        query_scalar("SELECT body FROM hazard WHERE office = $1 AND department = $2 AND open = FALSE")
            .bind(office.0)
            .bind(from.0)
            .fetch_all(&mut *conn)
            .await?;
    let mut moved = vec![];
    for state in bodies {
        let mut hazard: Hazard = parse("a hazard", &state)?;
        hazard.place.department = Some(into);
        query("UPDATE hazard SET department = $1, body = $2 WHERE id = $3")
            .bind(into.0)
            .bind(body(&hazard)?)
            .bind(hazard.id.0)
            .execute(&mut *conn)
            .await?;
        moved.push(Record::Hazard(hazard.id));
    }
    changes::touch_known(conn, office, moved).await
}

/// Nothing lives there any more.
pub(super) async fn end(conn: &mut Conn, office: OfficeId, former: &FormerPlace) -> Result<()> {
    let id = former.place.uuid();
    let delete = match former.place.kind() {
        PlaceKind::Department => "DELETE FROM department WHERE office = $1 AND id = $2",
        PlaceKind::Community => "DELETE FROM community WHERE office = $1 AND id = $2",
        PlaceKind::Grid => "DELETE FROM grid WHERE office = $1 AND id = $2",
    };
    let gone = query(delete).bind(office.0).bind(id).execute(&mut *conn).await?.rows_affected();
    if gone != 1 {
        return Err(StoreError::Corrupt(format!("there is no {} {id}", former.place.kind().as_str())));
    }
    query(
        "INSERT INTO former_place (office, kind, id, name, into_id, at, by_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(office.0)
    .bind(former.place.kind().as_str())
    .bind(id)
    .bind(&former.name)
    .bind(former.into.map(PlaceId::uuid))
    .bind(ms(former.at))
    .bind(&former.by)
    .execute(conn)
    .await?;
    Ok(())
}

/// The newest first.
pub(super) async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<FormerPlace>> {
    let rows: Vec<(String, Uuid, String, Option<Uuid>, i64, String)> = query_as(
        "SELECT kind, id, name, into_id, at, by_name FROM former_place WHERE office = $1 ORDER BY at DESC, name",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let former = |(kind, id, name, into, at, by): (String, Uuid, String, Option<Uuid>, i64, String)| {
        let kind = word("a former place's kind", &kind, PlaceKind::parse)?;
        Ok(FormerPlace { place: kind.id(id), name, into: into.map(|id| kind.id(id)), at: time(at)?, by })
    };
    rows.into_iter().map(former).collect()
}
