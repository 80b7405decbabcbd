//! What a site was once, as far as it decides what is asked there: its kinds, and what was known of it beside them.

use crate::{
    Result,
    sql::{
        Conn, QueryBuilder,
        columns::{body, parse},
        query,
        rows::push_in,
    },
};
use domain::{
    id::{SiteId, SiteKind},
    site::{Site, attributes::SiteAttributes},
};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use uuid::Uuid;

/// What phones that are away go by stays known. `attributes` are the site's as JSON.
pub(super) async fn remember(conn: &mut Conn, site: &Site, attributes: &str) -> Result<()> {
    let mut kinds = site.kinds.clone();
    kinds.sort();
    query("INSERT INTO site_kinds (site, kinds) VALUES ($1, $2) ON CONFLICT (site, kinds) DO NOTHING")
        .bind(site.id.0)
        .bind(body(&kinds)?)
        .execute(&mut *conn)
        .await?;
    query(
        "INSERT INTO site_attributes (site, attributes) VALUES ($1, $2) ON CONFLICT (site, attributes) DO NOTHING",
    )
    .bind(site.id.0)
    .bind(attributes)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn kinds(conn: &mut Conn, ids: &[SiteId]) -> Result<HashMap<SiteId, Vec<Vec<SiteKind>>>> {
    had(conn, "SELECT site, kinds FROM site_kinds WHERE site", "a site's kinds", ids).await
}

pub(super) async fn attributes(
    conn: &mut Conn,
    ids: &[SiteId],
) -> Result<HashMap<SiteId, Vec<SiteAttributes>>> {
    had(conn, "SELECT site, attributes FROM site_attributes WHERE site", "a site's attributes", ids).await
}

/// All that each had; `select` ends before the sites, and `what` names what a row holds.
async fn had<T: DeserializeOwned>(
    conn: &mut Conn,
    select: &str,
    what: &'static str,
    ids: &[SiteId],
) -> Result<HashMap<SiteId, Vec<T>>> {
    let mut had: HashMap<SiteId, Vec<T>> = HashMap::new();
    if ids.is_empty() {
        return Ok(had);
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new(select);
    push_in(&mut sql, &ids);
    let rows: Vec<(Uuid, String)> = sql.build_query_as().fetch_all(conn).await?;
    for (site, stored) in rows {
        had.entry(SiteId(site)).or_default().push(parse(what, &stored)?);
    }
    Ok(had)
}
