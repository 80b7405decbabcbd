//! Columns, and the headings under which offices write them.

use super::{
    reading::{Cell, Table},
    words::{self, Wrong},
};
use app::i18n::import as t;
use domain::text::Lang;
use std::borrow::Cow;

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Also its heading in English.
    pub id: &'static str,
    pub zh: &'static str,
    /// Other headings for the same, the likeliest first.
    pub also: &'static [&'static str],
    /// Characters of a cell.
    pub longest: usize,
    /// Every character counts: narrow, without anything invisible.
    pub is_exact: bool,
    pub is_secret: bool,
    /// Several may stand in a cell, each on a line of its own.
    pub is_list: bool,
    pub holds: Holds,
}

/// What a column's cells are, as far as spreadsheets spoil it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Words,
    /// A short code, which spreadsheets take for a day or a number.
    Code,
    /// A telephone, whose zero in front spreadsheets lose.
    Phone,
    Degrees,
}

impl Column {
    pub const fn words(
        id: &'static str,
        zh: &'static str,
        longest: usize,
        also: &'static [&'static str],
    ) -> Self {
        let holds = Holds::Words;
        Self { id, zh, also, longest, is_exact: false, is_secret: false, is_list: false, holds }
    }

    pub const fn exact(
        id: &'static str,
        zh: &'static str,
        longest: usize,
        holds: Holds,
        also: &'static [&'static str],
    ) -> Self {
        Self { id, zh, also, longest, is_exact: true, is_secret: false, is_list: false, holds }
    }

    /// Of several in one cell.
    pub const fn list(self) -> Self {
        Self { is_list: true, ..self }
    }

    pub fn name(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh.to_owned(),
            Lang::En => self.id.to_owned(),
        }
    }

    fn headings(&self) -> impl Iterator<Item = String> {
        [self.zh, self.id].into_iter().chain(self.also.iter().copied()).map(words::plain_heading)
    }

    /// Too long, or with what no name holds.
    pub fn check(&self, text: &str, lang: Lang) -> Result<(), String> {
        if text.chars().count() > self.longest {
            return Err(t::too_long(lang, self.longest));
        }
        if text.contains(['<', '>']) { Err(t::no_brackets(lang).to_owned()) } else { Ok(()) }
    }

    /// The cell's words; where several stand on lines of their own, with 、 between.
    pub fn said<'a>(&self, cell: &'a Cell) -> Cow<'a, str> {
        let text = words::unguarded(cell.text.trim());
        if self.is_list { words::in_one_line(text) } else { Cow::Borrowed(text) }
    }

    /// Whether this column's cell shows what a spreadsheet made of what was typed, by its look alone: a list with
    /// delimiters has nothing else.
    pub fn doubt(&self, cell: &Cell, lang: Lang) -> Option<Wrong> {
        let text = words::exact(&self.said(cell));
        match self.holds {
            Holds::Words | Holds::Degrees => None,
            Holds::Code => is_power(&text)
                .then(|| Wrong { reason: t::digits_lost(lang, text.clone()), offers: vec![] })
                .or_else(|| {
                    let mut offers = day(&text)?;
                    offers.push(text.clone());
                    Some(Wrong { reason: t::became_day(lang, text.clone()), offers })
                }),
            Holds::Phone if is_power(&text) => Some(Wrong {
                reason: t::digits_lost(lang, text),
                offers: vec![t::word_clear(lang).to_owned()],
            }),
            Holds::Phone if day(&text).is_some() => Some(Wrong {
                reason: t::became_day(lang, text),
                offers: vec![t::word_clear(lang).to_owned()],
            }),
            Holds::Phone => {
                let numbers: Vec<&str> = text.split(words::BETWEEN).map(str::trim).collect();
                let whole = |number: &&str| {
                    if lost_zero(number) { format!("0{number}") } else { (*number).to_owned() }
                };
                numbers.iter().any(|number| lost_zero(number)).then(|| Wrong {
                    reason: t::zero_lost(lang, text.clone()),
                    offers: vec![numbers.iter().map(whole).collect::<Vec<_>>().join("、"), text.clone()],
                })
            }
        }
    }
}

/// `1.38E+10`
fn is_power(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let Some((digits, power)) = upper.split_once("E+") else { return false };
    digits.parse::<f64>().is_ok() && !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of ten or eleven digits that is no mobile: an area code begins with a zero.
fn lost_zero(text: &str) -> bool {
    let is_mobile = text.len() == 11 && text.starts_with('1') && !text.starts_with("10");
    let is_service = text.len() == 10 && (text.starts_with("400") || text.starts_with("800"));
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits && matches!(text.len(), 9..=11) && !text.starts_with('0') && !is_mobile && !is_service
}

/// What may have been typed where a spreadsheet shows this day with its year: most likely with the year. Nobody can say
/// which it was.
pub fn typed_with_year(year: i32, month: u32, day: u32) -> Vec<String> {
    vec![format!("{}-{month}-{day}", year % 100), format!("{year}-{month}-{day}"), format!("{month}-{day}")]
}

/// What may have been typed where a spreadsheet now shows `3月1日`, `2026/3/1`, `1-Mar` or `Mar-26`.
fn day(text: &str) -> Option<Vec<String>> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let number =
        |text: &str, most: u32| text.parse::<u32>().ok().filter(|number| (1..=most).contains(number));
    if let Some((before, day)) = text.strip_suffix('日').and_then(|text| text.split_once('月')) {
        let (year, month) = match before.split_once('年') {
            Some((year, month)) => (number(year, 9999), month),
            None => (None, before),
        };
        let (month, day) = (number(month, 12)?, number(day, 31)?);
        return Some(match year {
            Some(year) => typed_with_year(year.try_into().ok()?, month, day),
            None => vec![format!("{month}-{day}")],
        });
    }
    if let Some((first, second)) = text.split_once('-') {
        let month =
            |word: &str| MONTHS.iter().position(|month| word.eq_ignore_ascii_case(month)).map(|at| at + 1);
        if let (Some(day), Some(month)) = (number(first, 31), month(second)) {
            return Some(vec![format!("{month}-{day}")]);
        }
        if let (Some(month), Some(year)) = (month(first), number(second, 99)) {
            return Some(vec![format!("{year}-{month}")]);
        }
    }
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 && (1900..2100).contains(&number(year, 9999)?) => {
            let year: i32 = number(year, 9999)?.try_into().ok()?;
            Some(typed_with_year(year, number(month, 12)?, number(day, 31)?))
        }
        _ => None,
    }
}

/// Where the columns of a list stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    found: Vec<(&'static str, usize)>,
    pub unused: Vec<String>,
}

impl Columns {
    pub fn of(all: &'static [Column], table: &Table) -> Self {
        let mut found = vec![];
        for column in all {
            let position = column.headings().find_map(|plain| {
                let heading = table.headings.iter().find(|heading| heading.plain == plain)?;
                let taken = found.iter().any(|(_, position)| *position == heading.column);
                (!taken).then_some(heading.column)
            });
            found.extend(position.map(|position| (column.id, position)));
        }
        let is_used = |column: usize| found.iter().any(|(_, position)| *position == column);
        let unused = table.headings.iter().filter(|heading| !is_used(heading.column));
        let unused = unused.map(|heading| heading.words.clone()).collect();
        Self { found, unused }
    }

    pub fn position(&self, column: &Column) -> Option<usize> {
        self.found.iter().find(|(id, _)| *id == column.id).map(|(_, position)| *position)
    }

    pub fn has(&self, column: &Column) -> bool {
        self.position(column).is_some()
    }

    pub fn recognised(&self) -> usize {
        self.found.len()
    }

    pub fn absent(&self, all: &'static [Column], lang: Lang) -> Vec<String> {
        all.iter().filter(|column| !self.has(column)).map(|column| column.name(lang)).collect()
    }
}

/// Whether any of these columns is called so.
pub fn knows(all: &'static [Column]) -> impl Fn(&str) -> bool {
    let headings: Vec<String> = all.iter().flat_map(Column::headings).collect();
    move |plain| headings.iter().any(|heading| heading == plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_code_say_what_may_have_been_typed() {
        for (shown, typed) in [
            ("3月1日", "3-1"),
            ("2026年3月1日", "26-3-1 2026-3-1 3-1"),
            ("2026/3/1", "26-3-1 2026-3-1 3-1"),
            ("1-Mar", "3-1"),
            ("Mar-26", "26-3"),
        ] {
            assert_eq!(day(shown).unwrap_or_default().join(" "), typed, "{shown}");
        }
        for code in ["3-1", "T-0801", "2026-0001", "XC-2026-3-1", "13月1日", "May"] {
            assert_eq!(day(code), None, "{code}");
        }
    }

    #[test]
    fn a_landline_without_its_zero_is_told_from_a_mobile() {
        assert!(["37166880011", "1066880011", "2166880011"].into_iter().all(lost_zero));
        assert!(!["13900000071", "4008008820", "66880011", "037166880011"].into_iter().any(lost_zero));
    }

    #[test]
    fn powers_are_not_codes() {
        assert!(is_power("1.38E+10") && is_power("9.14101E+17"));
        assert!(!is_power("XE+1") && !is_power("12E"));
    }
}
