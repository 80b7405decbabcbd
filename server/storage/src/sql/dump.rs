//! All rows out, and in again.

use super::{Conn, QueryBuilder, query, row, rows::power_of_two_chunks};
use crate::{
    Result, StoreError,
    dump::{Cell, Column, Kind, Row, TABLES, Table},
};
use futures::TryStreamExt;
use sqlx::AssertSqlSafe;
use tokio::sync::mpsc;
use uuid::Uuid;

fn list(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn columns(table: &'static Table) -> String {
    list(table.columns.iter().map(|column| column.name))
}

/// Within one snapshot. Ends early, without an error, when nobody listens any more.
pub(super) async fn read(conn: &mut Conn, to: &mpsc::Sender<Row>) -> Result<()> {
    for table in TABLES {
        let key = list(table.key.iter().copied());
        let sql = format!("SELECT {} FROM {} ORDER BY {key}", columns(table), table.name);
        let mut rows = query(AssertSqlSafe(sql)).fetch(&mut *conn).await?;
        while let Some(row) = rows.try_next().await? {
            let cells = table.columns.iter().enumerate();
            let cells =
                cells.map(|(position, column)| cell(&row, position, column)).collect::<Result<_>>()?;
            if to.send(Row { table, cells }).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn cell(row: &row::Row, position: usize, column: &Column) -> Result<Cell> {
    let cell = match column.kind {
        Kind::Id => row.try_get::<Option<Uuid>>(position)?.map(Cell::Id),
        Kind::Text => row.try_get::<Option<String>>(position)?.map(Cell::Text),
        Kind::Long => row.try_get::<Option<i64>>(position)?.map(Cell::Number),
        Kind::Int => row.try_get::<Option<i32>>(position)?.map(|number| Cell::Number(number.into())),
        Kind::Truth => row.try_get::<Option<bool>>(position)?.map(Cell::Truth),
        Kind::Bytes => row.try_get::<Option<Vec<u8>>>(position)?.map(Cell::Bytes),
    };
    Ok(cell.unwrap_or(Cell::None))
}

/// Rows of one table; those that are there already stay as they are.
pub(super) async fn write(conn: &mut Conn, table: &'static Table, rows: &[Row]) -> Result<()> {
    for chunk in power_of_two_chunks(rows) {
        let head = format!("INSERT INTO {} ({}) ", table.name, columns(table));
        let mut sql = QueryBuilder::new(head);
        let mut wrong = None;
        sql.push_values(chunk, |mut values, row| {
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                match (column.kind, cell) {
                    (Kind::Id, Cell::Id(id)) => values.push_bind(Some(*id)),
                    (Kind::Id, Cell::None) => values.push_bind(None::<Uuid>),
                    (Kind::Text, Cell::Text(text)) => values.push_bind(Some(text.clone())),
                    (Kind::Text, Cell::None) => values.push_bind(None::<String>),
                    (Kind::Long, Cell::Number(number)) => values.push_bind(Some(*number)),
                    (Kind::Long, Cell::None) => values.push_bind(None::<i64>),
                    (Kind::Int, Cell::Number(number)) => values.push_bind(i32::try_from(*number).ok()),
                    (Kind::Truth, Cell::Truth(truth)) => values.push_bind(Some(*truth)),
                    (Kind::Bytes, Cell::Bytes(bytes)) => values.push_bind(Some(bytes.clone())),
                    _ => {
                        wrong = Some(column.name);
                        values.push("NULL")
                    }
                };
            }
        });
        if let Some(column) = wrong {
            return Err(StoreError::Corrupt(format!("{}.{column} has the wrong kind of value", table.name)));
        }
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}
