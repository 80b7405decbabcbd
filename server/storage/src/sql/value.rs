//! What a parameter may be. Its kind belongs to it even where there is no value: PostgreSQL asks what the NULL is of.

use crate::dump::Kind;
use sqlx::{Arguments, postgres::PgArguments, sqlite::SqliteArguments};
use std::convert::identity;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    None(Kind),
    Id(Uuid),
    Text(String),
    Long(i64),
    Int(i32),
    Truth(bool),
    Bytes(Vec<u8>),
    /// However many, one parameter.
    Ids(Vec<Uuid>),
}

/// What can stand in a parameter.
pub(super) trait Bind {
    const KIND: Kind;
    fn value(self) -> Value;
}

impl<T: Bind> Bind for Option<T> {
    const KIND: Kind = T::KIND;

    fn value(self) -> Value {
        self.map_or(Value::None(T::KIND), Bind::value)
    }
}

macro_rules! binds {
    ($($type:ty: $kind:ident, $value:expr;)+) => {
        $(impl Bind for $type {
            const KIND: Kind = Kind::$kind;

            fn value(self) -> Value {
                Value::$kind($value(self))
            }
        })+
    };
}

binds! {
    Uuid: Id, identity;
    String: Text, identity;
    &str: Text, str::to_owned;
    &String: Text, String::clone;
    i64: Long, identity;
    i32: Int, identity;
    bool: Truth, identity;
    Vec<u8>: Bytes, identity;
    &[u8]: Bytes, <[u8]>::to_vec;
}

/// The same for both databases but for lists of ids.
macro_rules! arguments {
    ($values:ident, $arguments:ty, $ids:expr) => {{
        let mut arguments = <$arguments>::default();
        arguments.reserve($values.len(), 0);
        for value in $values {
            let added = match value {
                Value::None(Kind::Id) => arguments.add(None::<Uuid>),
                Value::None(Kind::Text) => arguments.add(None::<String>),
                Value::None(Kind::Long) => arguments.add(None::<i64>),
                Value::None(Kind::Int) => arguments.add(None::<i32>),
                Value::None(Kind::Truth) => arguments.add(None::<bool>),
                Value::None(Kind::Bytes) => arguments.add(None::<Vec<u8>>),
                Value::Id(id) => arguments.add(id),
                Value::Text(text) => arguments.add(text),
                Value::Long(number) => arguments.add(number),
                Value::Int(number) => arguments.add(number),
                Value::Truth(truth) => arguments.add(truth),
                Value::Bytes(bytes) => arguments.add(bytes),
                Value::Ids(ids) => arguments.add($ids(ids)),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        Ok(arguments)
    }};
}

pub(super) fn for_sqlite(values: Vec<Value>) -> sqlx::Result<SqliteArguments> {
    arguments!(values, SqliteArguments, json)
}

pub(super) fn for_postgres(values: Vec<Value>) -> sqlx::Result<PgArguments> {
    arguments!(values, PgArguments, identity)
}

/// As the statement takes it apart again, see `dialect`.
fn json(ids: Vec<Uuid>) -> String {
    let ids: Vec<_> = ids.iter().map(|id| format!("\"{}\"", id.simple())).collect();
    format!("[{}]", ids.join(","))
}
