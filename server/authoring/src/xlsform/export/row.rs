//! One row of a sheet: what stands under each heading.

use super::ExportError;
use crate::{
    expression,
    xlsform::{limits::CELL, read::name_fault},
};
use domain::{expression::Expression, form::reference::ids, text::Bilingual};
use std::collections::BTreeMap;

/// What stands under each heading.
pub struct Row {
    /// What errors name.
    pub of: String,
    pub cells: BTreeMap<String, String>,
}

impl Row {
    pub fn new(of: &str) -> Self {
        Self { of: of.to_owned(), cells: BTreeMap::new() }
    }

    /// A row of the survey.
    pub fn named(kind: &str, name: &str) -> Result<Self, ExportError> {
        let mut row = Self::new(name);
        row.put("type", kind)?;
        row.name("name", name, true)?;
        Ok(row)
    }

    pub fn put(&mut self, column: &str, text: &str) -> Result<(), ExportError> {
        let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
        let is_held = text.trim() == text && !text.is_empty() && text.chars().count() <= CELL;
        if !is_held || text.chars().any(is_control) {
            return Err(ExportError::Text(self.of.clone()));
        }
        self.cells.insert(column.to_owned(), text.to_owned());
        Ok(())
    }

    pub fn optional(&mut self, column: &str, text: Option<&str>) -> Result<(), ExportError> {
        text.map_or(Ok(()), |text| self.put(column, text))
    }

    pub fn name(&mut self, column: &str, name: &str, of_entry: bool) -> Result<(), ExportError> {
        if name_fault(name, of_entry).is_some() {
            return Err(ExportError::Name(name.to_owned()));
        }
        self.put(column, name)
    }

    pub fn ids<'a>(
        &mut self,
        column: &str,
        written: impl Iterator<Item = &'a str>,
    ) -> Result<(), ExportError> {
        let written: Vec<_> = written.collect();
        if let Some(unfit) = written.iter().find(|id| !ids(id).eq([**id])) {
            return Err(ExportError::Name((*unfit).to_owned()));
        }
        if written.is_empty() { Ok(()) } else { self.put(column, &written.join(" ")) }
    }

    /// Columns of XLSForm have the language behind two colons.
    pub fn texts(&mut self, column: &str, text: Option<&Bilingual>) -> Result<(), ExportError> {
        self.pair([&format!("{column}::中文 (zh)"), &format!("{column}::English (en)")], text)
    }

    /// Columns of our own have it behind an underscore: other programs take colons for a part of XML.
    pub fn own_texts(&mut self, column: &str, text: Option<&Bilingual>) -> Result<(), ExportError> {
        self.pair([&format!("{column}_zh"), &format!("{column}_en")], text)
    }

    pub fn pair(&mut self, columns: [&str; 2], text: Option<&Bilingual>) -> Result<(), ExportError> {
        let Some(text) = text else { return Ok(()) };
        for (column, text) in columns.into_iter().zip([&text.zh, &text.en]) {
            if text.contains("${") {
                return Err(ExportError::Text(self.of.clone()));
            }
            self.put(column, text)?;
        }
        Ok(())
    }

    pub fn expression(&mut self, column: &str, expression: Option<&Expression>) -> Result<(), ExportError> {
        expression.map_or(Ok(()), |expression| self.put(column, &expression::print(expression)))
    }

    pub fn yes(&mut self, column: &str, is_so: bool) -> Result<(), ExportError> {
        if is_so { self.put(column, "yes") } else { Ok(()) }
    }

    pub fn word<T: PartialEq>(
        &mut self,
        column: &str,
        known: &[(&str, T)],
        value: &T,
    ) -> Result<(), ExportError> {
        let word = known.iter().find(|(_, meant)| meant == value).map(|(word, _)| *word);
        self.optional(column, word)
    }
}
