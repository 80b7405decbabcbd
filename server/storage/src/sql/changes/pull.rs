//! What a phone has to hear of.

use super::{
    SERIES,
    key::{record, text},
};
use crate::{
    ChangeQuery, Changed, Changes, Live, Result,
    sql::{Conn, QueryBuilder, columns::ms, query_as, rows::push_in},
};
use domain::{audience::Audience, id::OfficeId};
use std::collections::HashSet;

/// Audiences of one statement. SQLite joins five hundred queries at the most, and whoever answers for as many sites as
/// anybody may has one audience more.
const AUDIENCES_AT_ONCE: usize = 256;

/// Number, kind and id.
type Row = (i64, String, Vec<u8>);

/// Within one snapshot: what stands there up to the newest number, which is told too.
pub(super) async fn after(conn: &mut Conn, office: OfficeId, query: &ChangeQuery) -> Result<Changes> {
    let head: Option<(i64, Option<i64>)> = query_as(
        "SELECT o.epoch, s.last FROM office o
         LEFT JOIN sequence s ON s.office = o.id AND s.series = $1 AND s.year = 0 WHERE o.id = $2",
    )
    .bind(SERIES)
    .bind(office.0)
    .fetch_optional(&mut *conn)
    .await?;
    let (epoch, head) = head.unwrap_or_default();
    let head = head.unwrap_or_default();
    let mut rows: Vec<Row> = vec![];
    for audiences in query.audiences.chunks(AUDIENCES_AT_ONCE) {
        rows.extend(of_audiences(&mut *conn, office, audiences, query).await?);
    }
    // Each statement gave its first ones, so the first ones of all are among them.
    rows.sort_unstable_by_key(|(seq, _, _)| *seq);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = rows.len() >= limit;
    rows.truncate(limit);
    // By several audiences the same record is heard of once, and of one that went and came again its newest change tells.
    let mut told = HashSet::new();
    rows.reverse();
    rows.retain(|(_, kind, id)| told.insert((kind.clone(), id.clone())));
    rows.reverse();
    let changed = |(seq, kind, id): Row| {
        let record = record(&kind, &id);
        Changed { seq, id: text(record.as_ref(), &id), kind, record }
    };
    Ok(Changes { rows: rows.into_iter().map(changed).collect(), more, head, epoch })
}

/// The first rows of these audiences, in order.
async fn of_audiences(
    conn: &mut Conn,
    office: OfficeId,
    audiences: &[Audience],
    query: &ChangeQuery,
) -> Result<Vec<Row>> {
    let limit = i64::from(query.limit);
    let mut sql = QueryBuilder::new("");
    for audience in audiences {
        sql.push("SELECT seq, kind, id FROM (SELECT seq, kind, id FROM change WHERE office = ");
        sql.push_bind(office.0);
        push_seen_by(&mut sql, audience);
        sql.push(" AND seq > ").push_bind(query.after);
        if let Some(live) = &query.live {
            push_live(&mut sql, live);
        }
        sql.push(" ORDER BY seq LIMIT ").push_bind(limit).push(") AS one UNION ALL ");
    }
    sql.push("SELECT seq, kind, id FROM (SELECT seq, kind, id FROM change_gone WHERE office = ");
    sql.push_bind(office.0).push(" AND audience");
    push_in(&mut sql, &audiences.iter().map(Audience::word).collect::<Vec<_>>());
    // Whoever is filling up has nothing that could have gone before.
    let until = query.live.map_or(0, |live| live.until);
    sql.push(" AND seq > ").push_bind(query.after.max(until));
    // Sorted by what is no column, so that SQLite looks for the audiences, and not through all that went since.
    sql.push(" ORDER BY +seq LIMIT ").push_bind(limit).push(") AS gone");
    sql.push(" ORDER BY seq LIMIT ").push_bind(limit);
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// ` AND …`: each is a range of an index.
fn push_seen_by(sql: &mut QueryBuilder, audience: &Audience) {
    match audience {
        Audience::Everybody => sql.push(" AND grid IS NULL AND person IS NULL"),
        Audience::WholeOffice => sql.push(" AND grid IS NOT NULL"),
        Audience::Grid(id) => sql.push(" AND grid = ").push_bind(id.0),
        Audience::Site(id) => sql.push(" AND site = ").push_bind(id.0),
        Audience::Department(id) => sql.push(" AND department = ").push_bind(id.0),
        Audience::Sector(sector) => sql.push(" AND sector = ").push_bind(sector.as_str()),
        Audience::Person(id) => sql.push(" AND person = ").push_bind(id.0),
    };
}

/// ` AND …`: newer than that, or live. What of a later version has ended is for that version to judge.
fn push_live(sql: &mut QueryBuilder, live: &Live) {
    sql.push(" AND (seq > ").push_bind(live.until);
    sql.push(" OR ended_at IS NULL OR kind NOT IN ('hazard', 'visit', 'sealed_order', 'notice')");
    sql.push(" OR (kind = 'hazard' AND ended_at >= ").push_bind(ms(live.hazards_since));
    sql.push(") OR (kind IN ('visit', 'sealed_order', 'notice') AND ended_at >= ");
    sql.push_bind(ms(live.visits_since));
    sql.push("))");
}
