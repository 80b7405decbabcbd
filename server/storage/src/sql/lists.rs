//! Every list of the office, asked one way. A list's query says once which rows are meant ([`ListQuery::push_from`]); counting
//! them, reading a page of them and reading all of them for a file ask exactly that.

use super::{Conn, PAGE, QueryBuilder, columns, row::FromRow};
use crate::{Result, StoreError};
use chrono::{DateTime, Utc};
use domain::{id::OfficeId, list::ListPage, role::Scope};
use futures::TryStreamExt;
use tokio::sync::mpsc;

/// For whom a list is read, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub office: OfficeId,
    pub scope: &'a Scope,
    pub now: DateTime<Utc>,
}

/// Rows of one list, as a filter and a reader narrow it.
pub(super) trait ListQuery: Sync {
    /// A row as the database gives it.
    type Stored: FromRow + 'static;
    type Row: Send;

    /// The column by which a row is known, of the table that both texts below begin from.
    const ID: &'static str;

    /// `SELECT … FROM …`: what is read of a row.
    fn push_select(&self, sql: &mut QueryBuilder);

    /// ` FROM … WHERE …`: which rows. Only what is asked for is joined, so that counting reads an index alone where it can.
    fn push_from(&self, sql: &mut QueryBuilder);

    /// ` ORDER BY …`, which leaves no two rows equal.
    fn order(&self) -> &'static str;

    fn row(&self, stored: Self::Stored) -> Result<Self::Row>;
}

/// Rows of the whole list.
pub(super) async fn count<Q: ListQuery>(conn: &mut Conn, query: &Q) -> Result<u64> {
    let mut sql = QueryBuilder::new("SELECT count(*)");
    query.push_from(&mut sql);
    let total: i64 = sql.build_query_scalar().fetch_one(conn).await?;
    Ok(columns::count(total))
}

/// One page, counted from 1, and how many rows there are in all.
pub(super) async fn page<Q: ListQuery>(conn: &mut Conn, query: &Q, page: u32) -> Result<ListPage<Q::Row>> {
    let total = count(conn, query).await?;
    Ok(ListPage { total, ..rows_of_page(conn, query, page).await? })
}

/// One page, uncounted.
pub(super) async fn rows_of_page<Q: ListQuery>(
    conn: &mut Conn,
    query: &Q,
    page: u32,
) -> Result<ListPage<Q::Row>> {
    let stored: Vec<Q::Stored> =
        rows_between(query, columns::offset(page), PAGE).build_query_as().fetch_all(conn).await?;
    let mut page = ListPage::default();
    for stored in stored {
        match readable(query.row(stored))? {
            Some(row) => page.rows.push(row),
            None => page.unreadable += 1,
        }
    }
    Ok(page)
}

/// All rows, at most so many, as they come; how many of them could not be read. One statement, hence one state of the
/// database, and no page is ever read twice to find the next. Ends early, without an error, when nobody listens any more.
pub(super) async fn send<Q: ListQuery>(
    conn: &mut Conn,
    query: &Q,
    most: u32,
    to: &mpsc::Sender<Q::Row>,
) -> Result<u32> {
    let mut unreadable = 0;
    let mut rows = rows_between(query, 0, most).build_query_as::<Q::Stored>().fetch(conn).await?;
    while let Some(stored) = rows.try_next().await? {
        match readable(query.row(stored))? {
            Some(row) => {
                if to.send(row).await.is_err() {
                    break;
                }
            }
            None => unreadable += 1,
        }
    }
    Ok(unreadable)
}

/// The ids first: what else is read of rows that are skipped is never touched.
fn rows_between<Q: ListQuery>(query: &Q, offset: i64, most: u32) -> QueryBuilder {
    let mut sql = QueryBuilder::default();
    query.push_select(&mut sql);
    sql.push(" WHERE ").push(Q::ID).push(" IN (SELECT ").push(Q::ID);
    query.push_from(&mut sql);
    sql.push(query.order()).push(" LIMIT ").push_bind(i64::from(most));
    sql.push(" OFFSET ").push_bind(offset).push(")").push(query.order());
    sql
}

/// One row's damage, or its later version, is its own: it is told of and passed over.
fn readable<Row>(row: Result<Row>) -> Result<Option<Row>> {
    match row {
        Ok(row) => Ok(Some(row)),
        Err(StoreError::Unreadable(why)) => {
            tracing::error!(why, "cannot be read and is not listed; xunan verify");
            Ok(None)
        }
        Err(other) => Err(other),
    }
}
