//! What SQLite and PostgreSQL say in words of their own; everything else they share.

use super::{builder::QueryBuilder, value::Value};
use uuid::Uuid;

impl QueryBuilder {
    /// ` LIKE `, whatever the case.
    pub fn push_like(&mut self) -> &mut Self {
        self.push_either(" LIKE ", " ILIKE ")
    }

    /// The title of a form `t`, as JSON.
    pub fn push_title_of_form(&mut self) -> &mut Self {
        self.push_either("json_extract(t.body, '$.title')", "(t.body::json -> 'title')::text")
    }

    /// The titles of the forms that a visit `i` was filled in from, as a list in JSON, in their order.
    pub fn push_titles_of_visit(&mut self) -> &mut Self {
        self.push("(SELECT '[' || COALESCE(")
            .push_either("group_concat(", "string_agg(")
            .push_title_of_form();
        self.push(
            ", ',' ORDER BY f.position), '') || ']' FROM visit_form f JOIN form t
             ON t.office = f.office AND t.id = f.form AND t.version = f.version WHERE f.visit = i.id)",
        )
    }

    /// Behind a query whose rows this transaction takes: SQLite has one writer, nobody else takes anything meanwhile.
    pub fn push_passing_over_what_others_take(&mut self) -> &mut Self {
        self.push_either("", " FOR UPDATE SKIP LOCKED")
    }

    /// The name of a person `p`.
    pub fn push_name_of_person(&mut self) -> &mut Self {
        self.push_either("json_extract(p.body, '$.name')", "(p.body::json ->> 'name')")
    }

    /// The telephone of a person `p`.
    pub fn push_phone_of_person(&mut self) -> &mut Self {
        self.push_either("json_extract(p.body, '$.phone')", "(p.body::json ->> 'phone')")
    }

    /// The names of several persons `p`, a line each; NULL where there are none.
    pub fn push_names_of_people(&mut self) -> &mut Self {
        self.push_either("group_concat(", "string_agg(").push_name_of_person();
        self.push_either(", char(10))", ", chr(10))")
    }

    /// SQLite's column ignores case by its collation; PostgreSQL has an index of the name in small letters.
    pub fn push_same_username(&mut self, username: &str) -> &mut Self {
        self.push_either("username = ", "lower(username) = lower(").push_bind(username);
        self.push_either("", ")")
    }

    /// `column` is one of these ids: however many, one parameter.
    pub fn push_one_of(&mut self, column: &'static str, ids: &[Uuid]) -> &mut Self {
        self.push(column).push_either(" IN (SELECT unhex(value) FROM json_each(", " = ANY(");
        self.push_value(Value::Ids(ids.to_vec())).push_either("))", ")")
    }
}
