//! # A sheet under its headings

use super::{
    columns::{Column, Heading, Support, find},
    fault::{Fault, Place, Problem},
    sheet::{Row, Sheet},
};
use domain::text::{Bilingual, Lang};
use std::collections::BTreeSet;

/// The language of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Ours(Lang),
    /// It says none, or none of ours stands beside it: both have its text until it is translated.
    Any,
}

struct Field {
    position: usize,
    column: &'static Column,
    language: Language,
    heading: String,
}

pub(super) struct Table<'a> {
    pub name: &'a str,
    fields: Vec<Field>,
    /// Position and name of columns that are not known; choice filters may use them.
    extra: Vec<(usize, String)>,
    /// The row of the headings.
    head: u32,
    rows: &'a [Row],
}

/// The language that a heading or a setting says, if it is one of ours: `中文 (zh)`, `English`, `en`.
pub(super) fn language(said: &str) -> Option<Lang> {
    let said = said.trim().to_lowercase();
    let code = said.rsplit_once('(').map_or(said.as_str(), |(_, code)| code.trim_end_matches(')').trim());
    let is = |short: &str| code == short || code.starts_with(&format!("{short}-"));
    let names = |words: [&str; 3]| words.into_iter().any(|word| said.starts_with(word));
    match (is("zh") || names(["中文", "汉语", "chinese"]), is("en") || names(["英文", "英语", "english"]))
    {
        (true, _) => Some(Lang::Zh),
        (false, true) => Some(Lang::En),
        (false, false) => None,
    }
}

impl<'a> Table<'a> {
    /// `default` is the language of columns that say none. What is filled in and not read is told.
    pub fn new(
        sheet: &'a Sheet,
        known: &'static [Column],
        default: Option<Lang>,
        keeps_unknown: bool,
        told: &mut Vec<Fault>,
    ) -> Self {
        let Some((head, rows)) = sheet.rows.split_first() else {
            return Self { name: &sheet.name, fields: vec![], extra: vec![], head: 1, rows: &[] };
        };
        let at =
            |position: usize, heading: &str| Place::row(&sheet.name, head.number).at(position).under(heading);
        let filled: BTreeSet<usize> =
            rows.iter().flat_map(|row| &row.cells).map(|(column, _)| *column).collect();
        let (mut fields, mut extra, mut foreign) = (Vec::<Field>::new(), vec![], vec![]);
        for (position, heading) in &head.cells {
            let position = *position;
            let parsed = Heading::parse(heading);
            let Some((column, said)) = find(known, &parsed) else {
                if keeps_unknown {
                    extra.push((position, heading.clone()));
                } else if filled.contains(&position) {
                    told.push(Fault::new(at(position, heading), Problem::ColumnNotRead(heading.clone())));
                }
                continue;
            };
            let field = |language| Field { position, column, language, heading: heading.clone() };
            match column.support {
                Support::Refused(advice) => {
                    let first = rows.iter().find(|row| row.cells.iter().any(|(at, _)| *at == position));
                    if let Some(row) = first {
                        let place = Place::row(&sheet.name, row.number).at(position).under(heading);
                        told.push(Fault::new(place, Problem::ColumnRefused(heading.clone(), advice)));
                    }
                }
                Support::NotUsed if filled.contains(&position) => {
                    told.push(Fault::new(at(position, heading), Problem::ColumnNotRead(heading.clone())));
                }
                Support::NotUsed => {}
                Support::Standard | Support::Own => match said {
                    Some(said) if column.translated || column.media => match language(&said) {
                        Some(lang) => fields.push(field(Language::Ours(lang))),
                        None => foreign.push((field(Language::Any), said)),
                    },
                    Some(_) if filled.contains(&position) => {
                        told.push(Fault::new(at(position, heading), Problem::ColumnNotRead(heading.clone())));
                    }
                    Some(_) => {}
                    None if column.translated => {
                        fields.push(field(default.map_or(Language::Any, Language::Ours)));
                    }
                    None => fields.push(field(Language::Any)),
                },
            }
        }
        for (field, said) in foreign {
            if !filled.contains(&field.position) {
                continue;
            }
            let place = at(field.position, &field.heading);
            if fields.iter().any(|known| known.column.word == field.column.word) {
                told.push(Fault::new(place, Problem::LanguageNotRead(said)));
            } else {
                fields.push(field);
            }
        }
        for (index, field) in fields.iter().enumerate() {
            let same = |other: &&Field| other.column.word == field.column.word;
            let is_twice = fields[..index].iter().filter(same).any(|other| other.language == field.language);
            let place = at(field.position, &field.heading);
            if is_twice {
                told.push(Fault::new(place, Problem::ColumnTwice(field.heading.clone())));
                continue;
            }
            let has = |lang| fields.iter().filter(same).any(|other| other.language == Language::Ours(lang));
            let is_first = !fields[..index].iter().any(|other| same(&other));
            let lacks_one = field.column.translated && !(has(Lang::Zh) && has(Lang::En));
            if lacks_one && is_first && filled.contains(&field.position) {
                told.push(Fault::new(place, Problem::TextOfOther));
            }
        }
        Self { name: &sheet.name, fields, extra, head: head.number, rows }
    }

    pub fn has(&self, word: &str) -> bool {
        self.fields.iter().any(|field| field.column.word == word)
    }

    /// Columns that are not known and hold something.
    pub fn extra(&self) -> Vec<(Place, String)> {
        let is_filled =
            |position: usize| self.rows.iter().any(|row| row.cells.iter().any(|(at, _)| *at == position));
        let filled = self.extra.iter().filter(|(position, _)| is_filled(*position));
        let place = |position| Place::row(self.name, self.head).at(position);
        filled.map(|(position, name)| (place(*position).under(name), name.clone())).collect()
    }

    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|row| Line { table: self, row })
    }
}

/// A row under the headings.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    table: &'a Table<'a>,
    row: &'a Row,
}

impl<'a> Line<'a> {
    pub fn number(&self) -> u32 {
        self.row.number
    }

    fn cell(&self, position: usize) -> Option<&'a str> {
        self.row.cells.iter().find(|(at, _)| *at == position).map(|(_, text)| text.as_str())
    }

    fn fields(&self, word: &str) -> impl Iterator<Item = &'a Field> {
        self.table.fields.iter().filter(move |field| field.column.word == word)
    }

    /// Of the row, where no column is meant.
    pub fn place(&self) -> Place {
        Place::row(self.table.name, self.row.number)
    }

    /// Of the cell under this column: the first that holds something, or the first there is.
    pub fn at(&self, word: &str) -> Place {
        let filled = self.fields(word).find(|field| self.cell(field.position).is_some());
        match filled.or_else(|| self.fields(word).next()) {
            Some(field) => self.place().at(field.position).under(&field.heading),
            None => self.place().under(word),
        }
    }

    pub fn get(&self, word: &str) -> Option<&'a str> {
        self.fields(word).find_map(|field| self.cell(field.position))
    }

    /// Whether there is a column of this name that is not known.
    pub fn knows(&self, name: &str) -> bool {
        self.table.extra.iter().any(|(_, known)| known == name)
    }

    /// What stands under a column that is not known.
    pub fn extra(&self, name: &str) -> Option<&'a str> {
        self.table
            .extra
            .iter()
            .find(|(_, known)| known == name)
            .and_then(|(position, _)| self.cell(*position))
    }

    /// Each text of a column, with the place that it stands at.
    pub fn texts(&self, word: &str) -> Vec<(Place, &'a str)> {
        let place = |field: &Field| self.place().at(field.position).under(&field.heading);
        self.fields(word).filter_map(|field| Some((place(field), self.cell(field.position)?))).collect()
    }

    /// In both languages; one that is missing has the other's words.
    pub fn bilingual(&self, word: &str) -> Option<Bilingual> {
        let of = |language| {
            let mut fields = self.fields(word).filter(|field| field.language == language);
            fields.find_map(|field| self.cell(field.position))
        };
        let (zh, en, any) = (of(Language::Ours(Lang::Zh)), of(Language::Ours(Lang::En)), of(Language::Any));
        Some(Bilingual::new(zh.or(any).or(en)?, en.or(any).or(zh)?))
    }

    /// Columns that this row fills.
    pub fn filled(&self) -> Vec<&'static Column> {
        let fields = self.table.fields.iter().filter(|field| self.cell(field.position).is_some());
        fields.map(|field| field.column).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_code_or_its_name() {
        for said in ["中文 (zh)", "zh", "Chinese", "chinese (zh-CN)", "中文"] {
            assert_eq!(language(said), Some(Lang::Zh), "{said}");
        }
        for said in ["English (en)", "english", "en", "en-GB"] {
            assert_eq!(language(said), Some(Lang::En), "{said}");
        }
        for said in ["Swahili (sw)", "French", "zhuang"] {
            assert_eq!(language(said), None, "{said}");
        }
    }
}
