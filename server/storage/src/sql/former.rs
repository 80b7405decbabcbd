//! What lives in the places, what moves with them, and the names of those that are no more.

use super::{
    Conn, QueryBuilder, changes,
    columns::{body, count, ms, parse, time, word},
    hazards, people, query, query_as, query_scalar,
    rows::{IDS_AT_ONCE, power_of_two_chunks},
    sites,
};
use crate::{Record, Result, StoreError};
use domain::{
    hazard::{Hazard, PROJECTION_VERSION},
    id::{DepartmentId, GridId, HazardId, OfficeId},
    place::{FormerPlace, PlaceId, PlaceKind, command::Living},
    role::{ResourceScope, Role},
    site::Site,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Of grids and departments, and of communities those who answer for them; the rest of a community's is that of its grids.
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
    for person in people::with_role(conn, office, Role::CommunityOfficer).await? {
        for community in person.communities {
            living.entry(PlaceId::Community(community)).or_default().people += 1;
        }
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

/// What one department was to see to, and has ended, is another's. What is open is handed over by an event. What an earlier
/// version folded is folded anew, and what cannot be read is only laid elsewhere, and named.
pub(super) async fn hand_over(
    conn: &mut Conn,
    office: OfficeId,
    from: DepartmentId,
    into: DepartmentId,
) -> Result<Vec<HazardId>> {
    let ended: Vec<Uuid> = query_scalar(
        "SELECT id FROM hazard WHERE office = $1 AND department = $2 AND open = FALSE ORDER BY id",
    )
    .bind(office.0)
    .bind(from.0)
    .fetch_all(&mut *conn)
    .await?;
    let ended: Vec<_> = ended.into_iter().map(HazardId).collect();
    let mut unreadable = vec![];
    for ids in ended.chunks(IDS_AT_ONCE) {
        let mut moved = vec![];
        for one in hazards::each(&mut *conn, office, ids).await? {
            match one.hazard {
                Ok(mut hazard) => {
                    hazard.place.department = Some(into);
                    moved.push(hazard);
                }
                Err(_) => {
                    let to = ResourceScope { department: Some(into), ..one.place };
                    lay(&mut *conn, office, one.id, &to).await?;
                    unreadable.push(one.id);
                }
            }
        }
        for chunk in power_of_two_chunks(&moved) {
            hazards::put_states(&mut *conn, office, chunk).await?;
        }
    }
    let records = ended.into_iter().map(Record::Hazard).collect();
    changes::touch_known(conn, office, records).await?;
    Ok(unreadable)
}

/// Lays a hazard that cannot be read into another grid and department: by its columns, and in its state, where that can be
/// read and only an event cannot.
pub(super) async fn lay(
    conn: &mut Conn,
    office: OfficeId,
    hazard: HazardId,
    to: &ResourceScope,
) -> Result<()> {
    let (grid, department) = (to.grid, to.department);
    let stored: Option<String> =
        query_scalar("SELECT body FROM hazard WHERE office = $1 AND id = $2 AND projection_version = $3")
            .bind(office.0)
            .bind(hazard.0)
            .bind(i64::from(PROJECTION_VERSION))
            .fetch_optional(&mut *conn)
            .await?;
    let state = stored.and_then(|stored| parse::<Hazard>("a hazard", &stored).ok());
    let moved = |state: Hazard| Hazard { place: ResourceScope { grid, department, ..state.place }, ..state };
    let state = state.map(moved).map(|state| body(&state)).transpose()?;
    query(
        "UPDATE hazard SET grid = $1, department = $2, body = COALESCE($3, body) WHERE office = $4 AND id = $5",
    )
    .bind(grid.0)
    .bind(department.map(|department| department.0))
    .bind(state)
    .bind(office.0)
    .bind(hazard.0)
    .execute(conn)
    .await?;
    Ok(())
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
    query("DELETE FROM outline WHERE office = $1 AND place = $2")
        .bind(office.0)
        .bind(id)
        .execute(&mut *conn)
        .await?;
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
