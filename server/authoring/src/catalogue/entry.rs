//! Groups, repeats and questions, as they lie in each other.

use super::{Reading, Value, fault::Problem, keys::Keys};
use crate::words::is_name;
use domain::{
    form::{Entry, Group, MOST_INSTANCES, Repeat},
    id::GroupId,
};

impl<'a> Reading<'a> {
    /// `entry` of a form, a group or a repeat.
    pub fn entries(&mut self, keys: &mut Keys<'a>) -> Vec<Entry> {
        let Some(value) = keys.take("entry") else { return vec![] };
        let list = self.list(value);
        list.into_iter().filter_map(|one| self.entry(one)).collect()
    }

    fn entry(&mut self, value: Value<'a>) -> Option<Entry> {
        let mut keys = self.table(value)?;
        let is = |key: &str| keys.has(key);
        let (group, repeat, question) = (is("group"), is("repeat"), is("question"));
        if usize::from(group) + usize::from(repeat) + usize::from(question) != 1 {
            self.tell(keys.at, Problem::NotAnEntry);
            return None;
        }
        let around = std::mem::take(&mut self.question);
        let key = if group {
            "group"
        } else if repeat {
            "repeat"
        } else {
            "question"
        };
        let name = self.text(&mut keys, key).unwrap_or_default();
        self.question = name.to_owned();
        self.places.entry(name.to_owned()).or_insert(keys.at);
        if !is_name(name) {
            self.tell(keys.at, Problem::NameUnfit(name.to_owned()));
        }
        let entry = if question {
            Entry::Question(Box::new(self.question(&mut keys, name)))
        } else {
            self.container(&mut keys, name, repeat)
        };
        self.finish(keys);
        self.question = around;
        Some(entry)
    }

    fn container(&mut self, keys: &mut Keys<'a>, name: &str, is_repeat: bool) -> Entry {
        let (id, title) = (GroupId::from(name), self.required_bilingual(keys, "title"));
        let relevant = self.expression(keys, "relevant");
        if !is_repeat {
            return Entry::Group(Group { id, title, relevant, entries: self.entries(keys) });
        }
        let count = self.expression(keys, "count");
        let most = self.whole(keys, "most").unwrap_or(MOST_INSTANCES);
        Entry::Repeat(Repeat { id, title, relevant, count, most, entries: self.entries(keys) })
    }
}
