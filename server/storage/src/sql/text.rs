//! A statement's text, as each of the two databases takes it.

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use std::{fmt::Write, mem};

pub(super) enum Text {
    /// The same for both, its parameters `$1`, `$2`, …
    Fixed(SqlStr),
    Built(Built),
}

impl Text {
    pub fn for_sqlite(self) -> SqlStr {
        match self {
            Self::Fixed(text) => text,
            Self::Built(built) => safe(built.joined(|words| words.sqlite)),
        }
    }

    pub fn for_postgres(self) -> SqlStr {
        match self {
            Self::Fixed(text) => text,
            Self::Built(built) => safe(numbered(&built.joined(|words| words.postgres))),
        }
    }
}

/// Put together while the program runs, from texts of its own. A parameter is a question mark.
#[derive(Debug, Default)]
pub(super) struct Built {
    parts: Vec<(String, Words)>,
    last: String,
}

/// Of a part's end, said to each.
#[derive(Debug)]
struct Words {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Built {
    pub fn new(head: String) -> Self {
        Self { parts: vec![], last: head }
    }

    pub fn push(&mut self, sql: &str) {
        self.last.push_str(sql);
    }

    /// Words that the two databases do not share.
    pub fn push_either(&mut self, sqlite: &'static str, postgres: &'static str) {
        self.parts.push((mem::take(&mut self.last), Words { sqlite, postgres }));
    }

    fn joined(self, say: impl Fn(&Words) -> &'static str) -> String {
        if self.parts.is_empty() {
            return self.last;
        }
        let mut joined = String::new();
        for (part, words) in &self.parts {
            joined.push_str(part);
            joined.push_str(say(words));
        }
        joined + &self.last
    }
}

/// Nothing of it came from outside.
pub(super) fn safe(text: String) -> SqlStr {
    AssertSqlSafe(text).into_sql_str()
}

/// `$1`, `$2`, … in the place of question marks.
fn numbered(text: &str) -> String {
    let mut numbered = String::with_capacity(text.len() * 2);
    for (number, part) in text.split('?').enumerate() {
        if number > 0 {
            // A string takes whatever is written to it.
            let _ = write!(numbered, "${number}");
        }
        numbered.push_str(part);
    }
    numbered
}
