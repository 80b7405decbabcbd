//! The tables that `pulldata()` looks up in. Each is made of what is known when a visit begins and has two columns: one by which
//! a row is found, and one that tells something. `pulldata('site', 'value', 'attribute', 'storeys')` is `site('storeys')` as a text;
//! the last argument may be worked out.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupTable {
    /// 场所属性: a row for each attribute of the site that is known.
    Site,
    /// 上次答案: a row for each answer that the form looks back at.
    Last,
}

impl LookupTable {
    pub const ALL: [Self; 2] = [Self::Site, Self::Last];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Last => "last",
        }
    }

    /// By the word that is written.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.as_str() == word)
    }

    /// The column by which a row is found.
    pub fn key(self) -> &'static str {
        match self {
            Self::Site => "attribute",
            Self::Last => "question",
        }
    }

    /// Both columns.
    pub fn columns(self) -> [&'static str; 2] {
        let tells = match self {
            Self::Site => "value",
            Self::Last => "answer",
        };
        [self.key(), tells]
    }

    /// What stands in a column of the first of these rows that has this value in another; none where there is no such row.
    pub fn look_up(
        self,
        rows: impl IntoIterator<Item = [String; 2]>,
        column: &str,
        key: &str,
        value: &str,
    ) -> Option<String> {
        let place = |name: &str| self.columns().iter().position(|column| *column == name);
        let (column, key) = (place(column)?, place(key)?);
        let row = rows.into_iter().find(|row| row[key] == value)?;
        row.into_iter().nth(column)
    }
}
