//! What a form asks of the world round it. All of it is known when the visit begins and stays so.

use crate::{
    expression::{Facts, Value},
    form::Form,
    id::{QuestionId, SiteKind},
};
use chrono::{DateTime, FixedOffset, NaiveDate};

#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// When the visit began, in the office's zone.
    pub began: DateTime<FixedOffset>,
    pub kinds: Vec<SiteKind>,
    /// `site('storeys')`; what is not known is left out.
    pub attributes: Vec<(String, Value)>,
    /// `last('width')`: answers of the visit before.
    pub last: Vec<(QuestionId, Value)>,
    /// What `pulldata()` looks up.
    pub tables: Vec<Table>,
}

/// Each row has a text for every column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Context {
    /// A visit that begins now at a site of which nothing but its kinds is known.
    pub fn new(began: DateTime<FixedOffset>, kinds: Vec<SiteKind>) -> Self {
        Self { began, kinds, attributes: vec![], last: vec![], tables: vec![] }
    }

    pub fn day(&self) -> NaiveDate {
        self.began.date_naive()
    }

    fn look_up(&self, table: &str, column: &str, key: &str, value: &str) -> Option<&str> {
        let table = self.tables.iter().find(|known| known.name == table)?;
        let place = |name: &str| table.columns.iter().position(|column| column == name);
        let (column, key) = (place(column)?, place(key)?);
        let row = table.rows.iter().find(|row| row.get(key).is_some_and(|cell| cell == value))?;
        row.get(column).map(String::as_str)
    }
}

impl Form {
    /// Whether it is offered at such a site: for one of its kinds, and as far as the form's own condition goes.
    pub fn is_offered(&self, at: &Context) -> bool {
        let is_kind = self.site_kinds.iter().any(|kind| at.kinds.contains(kind));
        is_kind && self.offered_if.as_ref().is_none_or(|offered_if| offered_if.holds(&SiteOnly(at)))
    }
}

/// The site and the visit, before anything is answered.
pub(in crate::form) struct SiteOnly<'a>(pub &'a Context);

impl Facts for SiteOnly<'_> {
    fn answer(&self, _: &QuestionId) -> Value {
        Value::Nothing
    }
    fn answers(&self, _: &QuestionId) -> Vec<Value> {
        vec![]
    }
    fn this(&self) -> Value {
        Value::Nothing
    }
    fn position(&self) -> Option<usize> {
        None
    }
    fn now(&self) -> DateTime<FixedOffset> {
        self.0.began
    }
    fn is_site_kind(&self, kind: &SiteKind) -> bool {
        self.0.kinds.contains(kind)
    }
    fn site(&self, attribute: &str) -> Value {
        let known = self.0.attributes.iter().find(|(name, _)| name == attribute);
        known.map_or(Value::Nothing, |(_, value)| value.clone())
    }
    fn last(&self, question: &QuestionId) -> Value {
        let known = self.0.last.iter().find(|(name, _)| name == question);
        known.map_or(Value::Nothing, |(_, value)| value.clone())
    }
    fn choice_name(&self, _: &QuestionId, _: &str) -> Option<String> {
        None
    }
    fn pull(&self, table: &str, column: &str, key: &str, value: &str) -> Value {
        self.0.look_up(table, column, key, value).map_or(Value::Nothing, |cell| Value::Text(cell.to_owned()))
    }
}
