//! What a row is, as authors choose it: the type column and the appearance column together.

use crate::i18n::{form_editing as t, forms};
use domain::text::Lang;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    PassFail,
    SelectOne,
    SelectMultiple,
    Integer,
    Decimal,
    Date,
    Month,
    Time,
    Text,
    Note,
    Photo,
    Signature,
    Place,
    Code,
    Calculation,
    Group,
    Repeat,
}

/// The list whose questions are pass or fail.
const PASS_FAIL: &str = "pass_fail";

/// The word in a form, the type, and the appearance.
const ROWS: [(RowKind, &str, &str, &str); 17] = [
    (RowKind::PassFail, "pass_fail", "select_one", ""),
    (RowKind::SelectOne, "select_one", "select_one", ""),
    (RowKind::SelectMultiple, "select_multiple", "select_multiple", ""),
    (RowKind::Integer, "integer", "integer", ""),
    (RowKind::Decimal, "decimal", "decimal", ""),
    (RowKind::Date, "date", "date", ""),
    (RowKind::Month, "month", "date", "month-year"),
    (RowKind::Time, "time", "time", ""),
    (RowKind::Text, "text", "text", ""),
    (RowKind::Note, "note", "note", ""),
    (RowKind::Photo, "image", "image", ""),
    (RowKind::Signature, "signature", "image", "signature"),
    (RowKind::Place, "geopoint", "geopoint", ""),
    (RowKind::Code, "barcode", "barcode", ""),
    (RowKind::Calculation, "calculate", "calculate", ""),
    (RowKind::Group, "begin_group", "begin_group", ""),
    (RowKind::Repeat, "begin_repeat", "begin_repeat", ""),
];

impl RowKind {
    /// All that one row can be changed into. A group is what it is.
    pub const OF_QUESTIONS: [Self; 15] = [
        Self::PassFail,
        Self::SelectOne,
        Self::SelectMultiple,
        Self::Integer,
        Self::Decimal,
        Self::Date,
        Self::Month,
        Self::Time,
        Self::Text,
        Self::Note,
        Self::Photo,
        Self::Signature,
        Self::Place,
        Self::Code,
        Self::Calculation,
    ];

    pub fn word(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (Self, &'static str, &'static str, &'static str) {
        ROWS.into_iter().find(|row| row.0 == self).unwrap_or(ROWS[0])
    }

    pub fn parse(word: &str) -> Option<Self> {
        ROWS.into_iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// What a row is, and the list of its choices; None: something that other authors write in another way.
    pub fn of(kind: &str, appearance: &str) -> Option<(Self, String)> {
        let words: Vec<_> = kind.split_whitespace().collect();
        let appearance = appearance.trim().to_lowercase();
        match words.as_slice() {
            [one, list] if one.eq_ignore_ascii_case("select_one") => {
                let kind = if *list == PASS_FAIL { Self::PassFail } else { Self::SelectOne };
                Some((kind, (*list).to_owned()))
            }
            [one, list] if one.eq_ignore_ascii_case("select_multiple") => {
                Some((Self::SelectMultiple, (*list).to_owned()))
            }
            [begin, what] if begin.eq_ignore_ascii_case("begin") => {
                Self::of(&format!("begin_{}", what.to_lowercase()), "")
            }
            [one] => {
                let one = one.to_lowercase();
                let of_this_type = || ROWS.into_iter().filter(|row| row.2 == one);
                let exact = of_this_type().find(|row| row.3 == appearance);
                exact.or_else(|| of_this_type().next()).map(|row| (row.0, String::new()))
            }
            _ => None,
        }
    }

    /// Its type and its appearance.
    pub fn cells(self, list: &str) -> (String, &'static str) {
        let (_, _, kind, appearance) = self.row();
        let own = if self.chooses() { list } else { "" };
        let list = if self == Self::PassFail { PASS_FAIL } else { own };
        (format!("{kind} {list}").trim_end().to_owned(), appearance)
    }

    pub fn is_group(self) -> bool {
        matches!(self, Self::Group | Self::Repeat)
    }

    /// Whether its choices are its own.
    pub fn chooses(self) -> bool {
        matches!(self, Self::SelectOne | Self::SelectMultiple)
    }

    /// Whether somebody answers it.
    pub fn asks(self) -> bool {
        !self.is_group() && !matches!(self, Self::Note | Self::Calculation)
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::PassFail => forms::kind_pass_fail(lang),
            Self::SelectOne => forms::kind_one(lang),
            Self::SelectMultiple => forms::kind_several(lang),
            Self::Integer => forms::kind_count(lang),
            Self::Decimal => forms::kind_number(lang),
            Self::Date => forms::kind_date(lang),
            Self::Month => forms::kind_month(lang),
            Self::Time => forms::kind_time(lang),
            Self::Text => forms::kind_text(lang),
            Self::Note => forms::kind_note(lang),
            Self::Photo => forms::kind_photo(lang),
            Self::Signature => forms::kind_signature(lang),
            Self::Place => forms::kind_place(lang),
            Self::Code => forms::kind_code(lang),
            Self::Calculation => forms::kind_calculation(lang),
            Self::Group => t::kind_group(lang),
            Self::Repeat => t::kind_repeat(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_read_again() {
        for (kind, word, ..) in ROWS {
            let (cell, appearance) = kind.cells("colours");
            let read = RowKind::of(&cell, appearance).map(|(kind, _)| kind);
            assert_eq!(read, Some(kind), "{cell} {appearance}");
            assert_eq!(RowKind::parse(word), Some(kind));
        }
        assert_eq!(RowKind::of("begin group", ""), Some((RowKind::Group, String::new())));
        assert_eq!(RowKind::of("select_one colours or_other", ""), None, "said in the author's own way");
        assert_eq!(RowKind::of("image", "annotate"), Some((RowKind::Photo, String::new())));
    }
}
