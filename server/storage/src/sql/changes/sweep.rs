//! Forgetting what no phone can want any more.

use super::SERIES;
use crate::{
    ChangeSweep, Result, SweptChanges,
    sql::{
        Conn,
        columns::{day, ms},
        query, query_scalar,
    },
};
use domain::id::OfficeId;

/// Notes where the changes stand today, and forgets a slice of what no phone can want any more.
pub(super) async fn sweep(
    conn: &mut Conn,
    office: OfficeId,
    sweep: &ChangeSweep,
    after: i64,
    most: u32,
) -> Result<SweptChanges> {
    query(
        "INSERT INTO change_mark (office, day, seq)
         SELECT office, $1, last FROM sequence WHERE office = $2 AND series = $3 AND year = 0
         ON CONFLICT (office, day) DO NOTHING",
    )
    .bind(day(sweep.today))
    .bind(office.0)
    .bind(SERIES)
    .execute(&mut *conn)
    .await?;
    let old: Option<i64> = query_scalar("SELECT max(seq) FROM change_mark WHERE office = $1 AND day <= $2")
        .bind(office.0)
        .bind(day(sweep.written_until))
        .fetch_one(&mut *conn)
        .await?;
    let Some(old) = old else { return Ok(SweptChanges::default()) };
    let last: Option<i64> = query_scalar(
        "SELECT seq FROM (SELECT seq FROM change WHERE office = $1 AND seq > $2 AND seq <= $3
             UNION ALL SELECT seq FROM change_gone WHERE office = $1 AND seq > $2 AND seq <= $3) AS written
         ORDER BY seq LIMIT 1 OFFSET $4",
    )
    .bind(office.0)
    .bind(after)
    .bind(old)
    .bind(i64::from(most.max(1)) - 1)
    .fetch_optional(&mut *conn)
    .await?;
    let until = last.unwrap_or(old);
    let ended = query(
        "DELETE FROM change WHERE office = $1 AND seq > $2 AND seq <= $3
             AND ((kind = 'hazard' AND ended_at < $4)
                 OR (kind IN ('visit', 'sealed_order', 'notice') AND ended_at < $5))",
    )
    .bind(office.0)
    .bind(after)
    .bind(until)
    .bind(ms(sweep.hazards_before))
    .bind(ms(sweep.visits_before))
    .execute(&mut *conn)
    .await?;
    let gone = query("DELETE FROM change_gone WHERE office = $1 AND seq > $2 AND seq <= $3")
        .bind(office.0)
        .bind(after)
        .bind(until)
        .execute(&mut *conn)
        .await?;
    if last.is_none() {
        query("DELETE FROM change_mark WHERE office = $1 AND day < $2")
            .bind(office.0)
            .bind(day(sweep.written_until))
            .execute(conn)
            .await?;
    }
    Ok(SweptChanges { gone: ended.rows_affected() + gone.rows_affected(), next: last })
}
