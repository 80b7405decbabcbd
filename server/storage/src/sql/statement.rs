//! A statement with its parameters, asked of whichever database the connection is to.
//!
//! Why not `sqlx::Any`, which chooses its driver while it runs too: it knows neither ids (`Uuid`) nor a list as one
//! parameter, and leaves it to its user how each database writes a parameter. This is no more than is needed: a driver's own
//! arguments are made when the statement is sent, and its own rows are read. A statement is prepared once a connection and
//! kept, as sqlx does by itself.

use super::{
    connection::Connection,
    row::{FromRow, Row},
    text::Text,
    value::{self, Bind, Value},
};
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use sqlx::{Postgres, SqlSafeStr, SqlStr, Sqlite, postgres::PgArguments, sqlite::SqliteArguments};
use std::marker::PhantomData;

/// Parameters of a statement that may wait, at the most: two rows of most tables.
const SHORT: usize = 26;

/// Parameters are `$1`, `$2`, … in the order in which they are bound.
pub(super) fn query(sql: impl SqlSafeStr) -> Query {
    Query::new(Text::Fixed(sql.into_sql_str()), vec![])
}

pub(super) fn query_as<T>(sql: impl SqlSafeStr) -> QueryAs<T> {
    query(sql).into()
}

/// Of one column.
pub(super) fn query_scalar<T>(sql: impl SqlSafeStr) -> QueryScalar<T> {
    query(sql).into()
}

/// Gives rows as they come, or none.
pub(super) struct Query {
    text: Text,
    values: Vec<Value>,
}

/// Gives rows read as a struct or a tuple.
pub(super) struct QueryAs<T> {
    query: Query,
    read: PhantomData<fn() -> T>,
}

/// Gives the values of one column.
pub(super) struct QueryScalar<T> {
    query: QueryAs<(T,)>,
}

impl<T> From<Query> for QueryAs<T> {
    fn from(query: Query) -> Self {
        Self { query, read: PhantomData }
    }
}

impl<T> From<Query> for QueryScalar<T> {
    fn from(query: Query) -> Self {
        Self { query: query.into() }
    }
}

/// What came of a statement that writes.
pub(super) struct QueryResult {
    rows_affected: u64,
}

impl QueryResult {
    pub fn rows_affected(&self) -> u64 {
        self.rows_affected
    }
}

impl Query {
    pub fn new(text: Text, values: Vec<Value>) -> Self {
        Self { text, values }
    }

    pub fn bind(mut self, value: impl Bind) -> Self {
        self.values.push(value.value());
        self
    }

    fn for_sqlite(self) -> sqlx::Result<(SqlStr, SqliteArguments)> {
        Ok((self.text.for_sqlite(), value::for_sqlite(self.values)?))
    }

    fn for_postgres(self) -> sqlx::Result<(SqlStr, PgArguments)> {
        Ok((self.text.for_postgres(), value::for_postgres(self.values)?))
    }

    /// Before the next statement that somebody waits for, or before the commit: for what writes, where whatever comes of it
    /// is the whole transaction's. Only short ones wait: of longer ones there are too many texts to be kept prepared.
    pub async fn execute_later(self, conn: &mut Connection) -> sqlx::Result<()> {
        match (self.text, conn) {
            (Text::Built(text), Connection::Sqlite(_, waiting)) if self.values.len() <= SHORT => {
                waiting.push(Text::Built(text).for_sqlite().as_str(), self.values);
            }
            (text, conn) => {
                Self { text, values: self.values }.execute(conn).await?;
            }
        }
        Ok(())
    }

    pub async fn execute(self, conn: &mut Connection) -> sqlx::Result<QueryResult> {
        conn.run_waiting().await?;
        let rows_affected = match conn {
            Connection::Sqlite(conn, _) => {
                let (text, arguments) = self.for_sqlite()?;
                sqlx::query_with::<Sqlite, _>(text, arguments).execute(&mut **conn).await?.rows_affected()
            }
            Connection::Postgres(conn) => {
                let (text, arguments) = self.for_postgres()?;
                sqlx::query_with::<Postgres, _>(text, arguments).execute(&mut **conn).await?.rows_affected()
            }
        };
        Ok(QueryResult { rows_affected })
    }

    /// Row by row, however many there are.
    pub async fn fetch(self, conn: &mut Connection) -> sqlx::Result<BoxStream<'_, sqlx::Result<Row>>> {
        conn.run_waiting().await?;
        Ok(match conn {
            Connection::Sqlite(conn, _) => {
                let (text, arguments) = self.for_sqlite()?;
                let rows = sqlx::query_with::<Sqlite, _>(text, arguments).fetch(&mut **conn);
                rows.map_ok(Row::Sqlite).boxed()
            }
            Connection::Postgres(conn) => {
                let (text, arguments) = self.for_postgres()?;
                let rows = sqlx::query_with::<Postgres, _>(text, arguments).fetch(&mut **conn);
                rows.map_ok(Row::Postgres).boxed()
            }
        })
    }
}

impl<T> QueryAs<T> {
    pub fn bind(mut self, value: impl Bind) -> Self {
        self.query = self.query.bind(value);
        self
    }
}

impl<T: FromRow> QueryAs<T> {
    /// Row by row, however many there are.
    pub async fn fetch<'c>(self, conn: &'c mut Connection) -> sqlx::Result<BoxStream<'c, sqlx::Result<T>>>
    where
        T: 'c,
    {
        conn.run_waiting().await?;
        Ok(match conn {
            Connection::Sqlite(conn, _) => {
                let (text, arguments) = self.query.for_sqlite()?;
                sqlx::query_as_with::<Sqlite, T, _>(text, arguments).fetch(&mut **conn)
            }
            Connection::Postgres(conn) => {
                let (text, arguments) = self.query.for_postgres()?;
                sqlx::query_as_with::<Postgres, T, _>(text, arguments).fetch(&mut **conn)
            }
        })
    }

    pub async fn fetch_all(self, conn: &mut Connection) -> sqlx::Result<Vec<T>> {
        conn.run_waiting().await?;
        match conn {
            Connection::Sqlite(conn, _) => {
                let (text, arguments) = self.query.for_sqlite()?;
                sqlx::query_as_with::<Sqlite, T, _>(text, arguments).fetch_all(&mut **conn).await
            }
            Connection::Postgres(conn) => {
                let (text, arguments) = self.query.for_postgres()?;
                sqlx::query_as_with::<Postgres, T, _>(text, arguments).fetch_all(&mut **conn).await
            }
        }
    }

    pub async fn fetch_optional(self, conn: &mut Connection) -> sqlx::Result<Option<T>> {
        conn.run_waiting().await?;
        match conn {
            Connection::Sqlite(conn, _) => {
                let (text, arguments) = self.query.for_sqlite()?;
                sqlx::query_as_with::<Sqlite, T, _>(text, arguments).fetch_optional(&mut **conn).await
            }
            Connection::Postgres(conn) => {
                let (text, arguments) = self.query.for_postgres()?;
                sqlx::query_as_with::<Postgres, T, _>(text, arguments).fetch_optional(&mut **conn).await
            }
        }
    }

    /// No row is an error.
    pub async fn fetch_one(self, conn: &mut Connection) -> sqlx::Result<T> {
        self.fetch_optional(conn).await?.ok_or(sqlx::Error::RowNotFound)
    }
}

impl<T> QueryScalar<T> {
    pub fn bind(mut self, value: impl Bind) -> Self {
        self.query = self.query.bind(value);
        self
    }
}

impl<T> QueryScalar<T>
where
    (T,): FromRow,
{
    pub async fn fetch_all(self, conn: &mut Connection) -> sqlx::Result<Vec<T>> {
        let rows = self.query.fetch_all(conn).await?;
        Ok(rows.into_iter().map(|(value,)| value).collect())
    }

    pub async fn fetch_optional(self, conn: &mut Connection) -> sqlx::Result<Option<T>> {
        Ok(self.query.fetch_optional(conn).await?.map(|(value,)| value))
    }

    pub async fn fetch_one(self, conn: &mut Connection) -> sqlx::Result<T> {
        Ok(self.query.fetch_one(conn).await?.0)
    }
}
