//! The checks of a plan, as they were sent, done or withdrawn.

use crate::{
    Result,
    error::map_unique_violation,
    sql::{
        Conn, QueryBuilder,
        columns::{body, day, parse, readable},
        query, query_scalar,
        rows::push_in,
    },
};
use domain::{
    id::{OfficeId, SiteId, SpotCheckId, SpotCheckPlanId},
    spot_check::{SpotCheck, SpotCheckState},
};
use uuid::Uuid;

pub(super) const CHECK: &str = "a spot check";

/// The word of the column, by which checks are found.
fn state_word(state: &SpotCheckState) -> &'static str {
    match state {
        SpotCheckState::Sent => "sent",
        SpotCheckState::Done { .. } => "done",
        SpotCheckState::Withdrawn { .. } => "withdrawn",
    }
}

pub(super) async fn checks_of(
    conn: &mut Conn,
    office: OfficeId,
    plan: SpotCheckPlanId,
) -> Result<Vec<SpotCheck>> {
    let rows: Vec<String> =
        query_scalar("SELECT body FROM spot_check WHERE plan = $1 AND office = $2 ORDER BY position")
            .bind(plan.0)
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    rows.iter().map(|row| parse(CHECK, row)).collect()
}

pub(super) async fn check(conn: &mut Conn, office: OfficeId, id: SpotCheckId) -> Result<Option<SpotCheck>> {
    let row: Option<String> = query_scalar("SELECT body FROM spot_check WHERE id = $1 AND office = $2")
        .bind(id.0)
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse(CHECK, &row)).transpose()
}

pub(super) async fn sent(conn: &mut Conn, office: OfficeId) -> Result<Vec<String>> {
    Ok(query_scalar("SELECT body FROM spot_check WHERE office = $1 AND state = 'sent' ORDER BY id")
        .bind(office.0)
        .fetch_all(conn)
        .await?)
}

pub(super) async fn checks_at(conn: &mut Conn, office: OfficeId, sites: &[SiteId]) -> Result<Vec<SpotCheck>> {
    if sites.is_empty() {
        return Ok(vec![]);
    }
    let sites: Vec<Uuid> = sites.iter().map(|site| site.0).collect();
    let mut sql = QueryBuilder::new("SELECT body FROM spot_check WHERE office = ");
    sql.push_bind(office.0).push(" AND state <> 'withdrawn' AND site");
    push_in(&mut sql, &sites);
    sql.push(" ORDER BY id");
    let rows: Vec<String> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(readable(CHECK, &rows))
}

pub(super) async fn put_checks(conn: &mut Conn, office: OfficeId, checks: &[SpotCheck]) -> Result<()> {
    for (position, check) in (0_i64..).zip(checks) {
        query(
            "INSERT INTO spot_check (id, office, plan, position, number, site, state, until, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (id) DO UPDATE SET site = excluded.site, state = excluded.state,
                 until = excluded.until, body = excluded.body
             WHERE spot_check.office = excluded.office",
        )
        .bind(check.id.0)
        .bind(office.0)
        .bind(check.plan.0)
        .bind(position)
        .bind(&check.number)
        .bind(check.site.0)
        .bind(state_word(&check.state))
        .bind(day(check.until))
        .bind(body(check)?)
        .execute(&mut *conn)
        .await
        .map_err(map_unique_violation("number"))?;
    }
    Ok(())
}
