//! Where sites and open hazards are, as little of each as is asked for; and which hazards are public.

use crate::{
    HazardSpot, Result, SiteSpot,
    sql::{
        Conn,
        columns::{parse, time},
        query_as,
    },
};
use chrono::{DateTime, Utc};
use domain::{
    id::{DepartmentId, GridId, HazardId, OfficeId, SiteId},
    place::Location,
    role::ResourceScope,
    sector::Sector,
};
use serde::Deserialize;
use uuid::Uuid;

/// Of a record's body, where it is.
#[derive(Deserialize)]
struct Placed {
    #[serde(default)]
    location: Option<Location>,
}

#[derive(Deserialize)]
struct Found {
    found: Placed,
}

/// Id, name, grid, department, sector, body.
type Site = (Uuid, String, Uuid, Option<Uuid>, String, String);

pub(super) async fn sites(conn: &mut Conn, office: OfficeId) -> Result<Vec<SiteSpot>> {
    let rows: Vec<Site> = query_as(
        "SELECT id, name, grid, department, sector, body FROM site WHERE office = $1 AND retired = FALSE",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let spot = |(id, name, grid, department, sector, body): Site| {
        let location = parse::<Placed>("where a site is", &body).ok()?.location?;
        let (id, department) = (SiteId(id), department.map(DepartmentId));
        let lies =
            ResourceScope { grid: GridId(grid), site: id, department, sector: Sector::parse(&sector)? };
        Some(SiteSpot { id, name, lies, location })
    };
    Ok(rows.into_iter().filter_map(spot).collect())
}

/// Id, number, words, site, grid, sector, body.
type Hazard = (Uuid, Option<String>, String, Uuid, Uuid, String, String);

pub(super) async fn hazards(conn: &mut Conn, office: OfficeId) -> Result<Vec<HazardSpot>> {
    let rows: Vec<Hazard> = query_as(
        "SELECT id, number, what, site, grid, sector, body FROM hazard WHERE office = $1 AND open = TRUE",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let spot = |(id, number, what, site, grid, sector, body): Hazard| {
        let location = parse::<Found>("where a hazard is", &body).ok()?.found.location;
        Some(HazardSpot {
            id: HazardId(id),
            number: number.unwrap_or_default(),
            what,
            site: SiteId(site),
            grid: GridId(grid),
            sector: Sector::parse(&sector)?,
            location,
        })
    };
    Ok(rows.into_iter().filter_map(spot).collect())
}

pub(super) async fn disclosed(conn: &mut Conn, office: OfficeId) -> Result<Vec<(HazardId, DateTime<Utc>)>> {
    let rows: Vec<(Uuid, i64)> =
        query_as("SELECT hazard, at FROM disclosed_hazard WHERE office = $1 ORDER BY at DESC, hazard")
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    rows.into_iter().map(|(hazard, at)| Ok((HazardId(hazard), time(at)?))).collect()
}
