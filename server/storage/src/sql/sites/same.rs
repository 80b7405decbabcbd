//! Ids of sites: which are taken, and under which a phone proposed a site that was there already.

use crate::{
    Result,
    sql::{
        Conn, QueryBuilder,
        rows::{self, power_of_two_chunks, push_in},
    },
};
use domain::id::{OfficeId, SiteId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub(super) async fn known(conn: &mut Conn, ids: &[SiteId]) -> Result<HashSet<SiteId>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known = rows::known(conn, "SELECT id FROM site WHERE id", &ids).await?;
    Ok(known.into_iter().map(SiteId).collect())
}

pub(super) async fn of(conn: &mut Conn, office: OfficeId, ids: &[SiteId]) -> Result<HashMap<SiteId, SiteId>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new("SELECT id, site FROM same_site WHERE office = ");
    sql.push_bind(office.0).push(" AND id");
    push_in(&mut sql, &ids);
    let pairs: Vec<(Uuid, Uuid)> = sql.build_query_as().fetch_all(conn).await?;
    Ok(pairs.into_iter().map(|(id, site)| (SiteId(id), SiteId(site))).collect())
}

/// What is known already stays as it is; an id of a site that is another now leads on to that one.
pub(super) async fn put(conn: &mut Conn, office: OfficeId, pairs: &[(SiteId, SiteId)]) -> Result<()> {
    for chunk in power_of_two_chunks(pairs) {
        let mut sql = QueryBuilder::new("INSERT INTO same_site (id, office, site) ");
        sql.push_values(chunk, |mut row, (id, site)| {
            row.push_bind(id.0).push_bind(office.0).push_bind(site.0);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    for (id, site) in pairs {
        let mut sql = QueryBuilder::new("UPDATE same_site SET site = ");
        sql.push_bind(site.0)
            .push(" WHERE office = ")
            .push_bind(office.0)
            .push(" AND site = ")
            .push_bind(id.0);
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}
