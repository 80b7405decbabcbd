//! A plan of spot checks as its last event left it, with the events.

use crate::{
    Result,
    sql::{
        Conn,
        columns::{body, day, ms, parse},
        query, query_scalar,
    },
};
use domain::{
    id::{OfficeId, SpotCheckPlanId},
    spot_check::plan::{PlanEventRecord, SpotCheckPlan},
};

pub(super) const PLAN: &str = "a plan of spot checks";

pub(super) async fn plan(
    conn: &mut Conn,
    office: OfficeId,
    id: SpotCheckPlanId,
) -> Result<Option<SpotCheckPlan>> {
    let row: Option<String> = query_scalar("SELECT body FROM spot_check_plan WHERE id = $1 AND office = $2")
        .bind(id.0)
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse(PLAN, &row)).transpose()
}

pub(super) async fn unsent(conn: &mut Conn, office: OfficeId) -> Result<Vec<String>> {
    Ok(query_scalar(
        "SELECT body FROM spot_check_plan WHERE office = $1 AND step IN ('drafted', 'frozen', 'drawn')
         ORDER BY opens_at, id",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?)
}

pub(super) async fn plan_of_anybody(conn: &mut Conn, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>> {
    let row: Option<String> = query_scalar("SELECT body FROM spot_check_plan WHERE id = $1")
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse(PLAN, &row)).transpose()
}

pub(super) async fn log(
    conn: &mut Conn,
    office: OfficeId,
    id: SpotCheckPlanId,
) -> Result<Vec<PlanEventRecord>> {
    let rows: Vec<String> = query_scalar(
        "SELECT e.body FROM spot_check_event e JOIN spot_check_plan p ON p.id = e.plan
         WHERE e.plan = $1 AND p.office = $2 ORDER BY e.position",
    )
    .bind(id.0)
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| parse("an event of a plan", row)).collect()
}

pub(super) async fn put_plan(
    conn: &mut Conn,
    office: OfficeId,
    plan: &SpotCheckPlan,
    leader_name: &str,
    event: &PlanEventRecord,
) -> Result<()> {
    let outline = &plan.outline;
    query(
        "INSERT INTO spot_check_plan (id, office, title, kind, step, leader_name, opens_at, until, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, step = excluded.step,
             leader_name = excluded.leader_name, opens_at = excluded.opens_at, until = excluded.until,
             body = excluded.body
         WHERE spot_check_plan.office = excluded.office",
    )
    .bind(plan.id.0)
    .bind(office.0)
    .bind(&outline.title)
    .bind(outline.kind.as_str())
    .bind(plan.step.as_str())
    .bind(leader_name)
    .bind(ms(outline.opens_at))
    .bind(day(outline.until))
    .bind(body(plan)?)
    .execute(&mut *conn)
    .await?;
    let before: i64 = query_scalar("SELECT count(*) FROM spot_check_event WHERE plan = $1")
        .bind(plan.id.0)
        .fetch_one(&mut *conn)
        .await?;
    query("INSERT INTO spot_check_event (plan, position, at, person, body) VALUES ($1, $2, $3, $4, $5)")
        .bind(plan.id.0)
        .bind(before)
        .bind(ms(event.at))
        .bind(event.by.id.0)
        .bind(body(event)?)
        .execute(conn)
        .await?;
    Ok(())
}
