//! A statement that is put together while the program runs: text, and parameters where they belong.
//!
//! Only text of the program's own can be pushed; what somebody sent is bound. A parameter is a question mark, which is all
//! that SQLite needs; PostgreSQL's are numbered when the statement is built. (Numbered ones cost SQLite a search among all
//! their names for each of them, whenever the statement runs: time that grows with the square of an insert's rows.)

use super::{
    statement::{Query, QueryAs, QueryScalar},
    text::{Built, Text},
    value::{Bind, Value},
};
use std::mem;

#[derive(Debug, Default)]
pub(super) struct QueryBuilder {
    text: Built,
    values: Vec<Value>,
}

impl QueryBuilder {
    /// `head` is the program's own: names of tables and columns at the most.
    pub fn new(head: impl Into<String>) -> Self {
        Self { text: Built::new(head.into()), values: vec![] }
    }

    pub fn push(&mut self, sql: &'static str) -> &mut Self {
        debug_assert!(!sql.contains('?'), "a question mark is a parameter");
        self.text.push(sql);
        self
    }

    /// Words that the two databases do not share; see `dialect`.
    pub fn push_either(&mut self, sqlite: &'static str, postgres: &'static str) -> &mut Self {
        self.text.push_either(sqlite, postgres);
        self
    }

    pub fn push_bind(&mut self, value: impl Bind) -> &mut Self {
        self.push_value(value.value())
    }

    pub fn push_value(&mut self, value: Value) -> &mut Self {
        self.text.push("?");
        self.values.push(value);
        self
    }

    /// A list, to be pushed entry by entry.
    pub fn separated(&mut self, separator: &'static str) -> Separated<'_> {
        Separated { sql: self, separator, begun: false }
    }

    /// `VALUES (…), (…)`, a bracket for each row.
    pub fn push_values<R>(
        &mut self,
        rows: impl IntoIterator<Item = R>,
        mut push_row: impl FnMut(Separated<'_>, R),
    ) -> &mut Self {
        self.push("VALUES ");
        for (position, row) in rows.into_iter().enumerate() {
            self.push(if position == 0 { "(" } else { ", (" });
            push_row(self.separated(", "), row);
            self.push(")");
        }
        self
    }

    /// Leaves nothing behind.
    pub fn build(&mut self) -> Query {
        let Self { text, values } = mem::take(self);
        Query::new(Text::Built(text), values)
    }

    pub fn build_query_as<T>(&mut self) -> QueryAs<T> {
        self.build().into()
    }

    pub fn build_query_scalar<T>(&mut self) -> QueryScalar<T> {
        self.build().into()
    }
}

/// A list that is pushed entry by entry.
pub(super) struct Separated<'a> {
    sql: &'a mut QueryBuilder,
    separator: &'static str,
    begun: bool,
}

impl Separated<'_> {
    pub fn push(&mut self, sql: &'static str) -> &mut Self {
        self.separate();
        self.sql.push(sql);
        self
    }

    pub fn push_bind(&mut self, value: impl Bind) -> &mut Self {
        self.separate();
        self.sql.push_bind(value);
        self
    }

    fn separate(&mut self) {
        if mem::replace(&mut self.begun, true) {
            self.sql.push(self.separator);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::Kind;

    #[test]
    fn each_database_is_asked_in_its_own_words() {
        let ask = || {
            let mut sql = QueryBuilder::new("SELECT id FROM site WHERE office = ");
            sql.push_bind("o").push(" AND name").push_either(" LIKE ", " ILIKE ").push_bind("%a%");
            sql.push(" AND sector IN (");
            sql.separated(", ").push_bind("fire").push("NULL").push_bind("ebike");
            sql.push(")");
            Text::Built(sql.text)
        };
        assert_eq!(
            ask().for_sqlite().as_str(),
            "SELECT id FROM site WHERE office = ? AND name LIKE ? AND sector IN (?, NULL, ?)"
        );
        assert_eq!(
            ask().for_postgres().as_str(),
            "SELECT id FROM site WHERE office = $1 AND name ILIKE $2 AND sector IN ($3, NULL, $4)"
        );
    }

    #[test]
    fn each_row_has_a_bracket_and_its_values_follow_those_before() {
        let mut sql = QueryBuilder::new("INSERT INTO a (b, c) ");
        sql.push_values([(1_i64, Some(7_i32)), (2, None)], |mut row, (b, c)| {
            row.push_bind(b).push_bind(c);
        });
        let values = [Value::Long(1), Value::Int(7), Value::Long(2), Value::None(Kind::Int)];
        assert_eq!(sql.values, values);
        let text = Text::Built(sql.text).for_postgres();
        assert_eq!(text.as_str(), "INSERT INTO a (b, c) VALUES ($1, $2), ($3, $4)");
    }
}
