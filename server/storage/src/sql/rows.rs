//! Many rows in few statements.
//!
//! A statement's text depends on how many rows it has, and every new text is parsed and planned once more; so rows go in
//! portions of powers of two, and lists of ids are filled up to one.

use super::{Conn, QueryBuilder, value::Bind};
use crate::Result;
use uuid::Uuid;

/// Rows of one statement at the most. With twenty-five columns, still far from what either database binds.
const MOST: usize = 64;

/// Statements that a connection keeps prepared: some seventy that write and their portions, seven of each. Where there are
/// more than are kept, each that comes is prepared anew, which costs more than running it.
pub(crate) const PREPARED: usize = 1024;

/// Ids in one list at the most.
pub(super) const IDS_AT_ONCE: usize = 256;

/// The largest portions first.
pub(super) fn power_of_two_chunks<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = 1 << rows.len().min(MOST).checked_ilog2()?;
        let (chunk, rest) = rows.split_at(size);
        rows = rest;
        Some(chunk)
    })
}

/// ` IN (…)`, of ids or of words; of none, none.
pub(super) fn push_in<T: Bind + Clone + Default>(sql: &mut QueryBuilder, ids: &[T]) {
    sql.push(" IN (");
    let filled = ids.len().next_power_of_two();
    let last = ids.last().cloned().unwrap_or_default();
    let mut list = sql.separated(", ");
    for id in ids.iter().cloned().chain(std::iter::repeat(last)).take(filled) {
        list.push_bind(id);
    }
    sql.push(")");
}

/// Those of these ids that the query, which ends before its ` IN (…)`, finds.
pub(super) async fn known(conn: &mut Conn, query: &'static str, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let mut sql = QueryBuilder::new(query);
    push_in(&mut sql, ids);
    Ok(sql.build_query_scalar().fetch_all(conn).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_powers_of_two_and_hold_everything_in_order() {
        for count in [0, 1, 7, 64, 200] {
            let rows: Vec<usize> = (0..count).collect();
            let power_of_two_chunks: Vec<_> = power_of_two_chunks(&rows).collect();
            assert!(power_of_two_chunks.iter().all(|chunk| chunk.len().is_power_of_two()));
            assert_eq!(power_of_two_chunks.concat(), rows);
        }
    }
}
