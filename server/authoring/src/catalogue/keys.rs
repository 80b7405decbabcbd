//! Keys of a table, each taken once; what is left is unknown.

use super::{
    Reading, Value,
    fault::{Problem, Wanted},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

pub(super) struct Keys<'a> {
    /// Where the table begins, in bytes.
    pub at: usize,
    left: BTreeMap<&'a str, (usize, Value<'a>)>,
    asked: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    pub fn new(table: &'a DeTable<'a>, at: usize) -> Self {
        let left = table.iter().map(|(key, value)| (key.get_ref().as_ref(), (key.span().start, value)));
        Self { at, left: left.collect(), asked: vec![] }
    }

    pub fn take(&mut self, key: &'static str) -> Option<Value<'a>> {
        self.asked.push(key);
        self.left.remove(key).map(|(_, value)| value)
    }

    pub fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }
}

impl<'a> Reading<'a> {
    pub fn finish(&mut self, keys: Keys<'a>) {
        let known = keys.asked.join(", ");
        for (key, (at, _)) in keys.left {
            self.tell(at, Problem::Unknown(key.to_owned(), known.clone()));
        }
    }

    pub fn missing(&mut self, keys: &Keys<'a>, key: &'static str) {
        self.tell(keys.at, Problem::Missing(key));
    }

    fn wanted(&mut self, value: Value<'a>, wanted: Wanted) {
        self.tell(value.span().start, Problem::NotA(wanted));
    }

    pub fn string(&mut self, value: Value<'a>) -> Option<&'a str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wanted(value, Wanted::Text);
        }
        text
    }

    pub fn table(&mut self, value: Value<'a>) -> Option<Keys<'a>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Keys::new(table, value.span().start)),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                self.wanted(value, Wanted::Table);
                None
            }
        }
    }

    pub fn list(&mut self, value: Value<'a>) -> Vec<Value<'a>> {
        match value.get_ref().as_array() {
            Some(list) => list.iter().collect(),
            None => {
                self.wanted(value, Wanted::List);
                vec![]
            }
        }
    }

    pub fn text(&mut self, keys: &mut Keys<'a>, key: &'static str) -> Option<&'a str> {
        keys.take(key).and_then(|value| self.string(value))
    }

    pub fn required_text(&mut self, keys: &mut Keys<'a>, key: &'static str) -> &'a str {
        if !keys.has(key) {
            self.missing(keys, key);
        }
        self.text(keys, key).unwrap_or_default()
    }

    /// Texts of a list, each with its place.
    pub fn texts(&mut self, keys: &mut Keys<'a>, key: &'static str) -> Vec<(usize, &'a str)> {
        let Some(value) = keys.take(key) else { return vec![] };
        let list = self.list(value);
        list.into_iter().filter_map(|one| Some((one.span().start, self.string(one)?))).collect()
    }

    pub fn is_so(&mut self, keys: &mut Keys<'a>, key: &'static str) -> bool {
        let Some(value) = keys.take(key) else { return false };
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wanted(value, Wanted::Truth);
        }
        truth.unwrap_or_default()
    }

    pub fn whole<T: TryFrom<i64>>(&mut self, keys: &mut Keys<'a>, key: &'static str) -> Option<T> {
        let value = keys.take(key)?;
        let number = value.get_ref().as_integer();
        let number = number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        let number = number.and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            self.wanted(value, Wanted::WholeNumber);
        }
        number
    }

    pub fn required_whole(&mut self, keys: &mut Keys<'a>, key: &'static str) -> u32 {
        if !keys.has(key) {
            self.missing(keys, key);
        }
        self.whole(keys, key).unwrap_or(1)
    }

    pub fn number(&mut self, keys: &mut Keys<'a>, key: &'static str) -> Option<f64> {
        let value = keys.take(key)?;
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => "",
        };
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            self.wanted(value, Wanted::Number);
        }
        number
    }

    /// Written as a date of TOML or as a text.
    pub fn day(&mut self, keys: &mut Keys<'a>, key: &'static str) -> Option<NaiveDate> {
        let value = keys.take(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => String::new(),
        };
        let day = text.parse().ok();
        if day.is_none() {
            self.wanted(value, Wanted::Day);
        }
        day
    }

    pub fn word<T: Copy>(
        &mut self,
        keys: &mut Keys<'a>,
        key: &'static str,
        known: &[(&str, T)],
    ) -> Option<T> {
        let value = keys.take(key)?;
        let word = self.string(value)?;
        let found = known.iter().find(|(name, _)| *name == word).map(|(_, meant)| *meant);
        if found.is_none() {
            let names = known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            self.tell(value.span().start, Problem::NotOneOf(word.to_owned(), names));
        }
        found
    }

    pub fn required_word<T: Copy>(
        &mut self,
        keys: &mut Keys<'a>,
        key: &'static str,
        known: &[(&str, T)],
    ) -> Option<T> {
        if !keys.has(key) {
            self.missing(keys, key);
        }
        self.word(keys, key, known)
    }
}
