//! # Own columns: criterion and basis

use super::{fault::Problem, read::Reading, table::Line};
use crate::words::{DAYS, FREQUENCIES, LEVELS, PHOTOS};
use domain::{
    form::{Basis, Criterion, Frequency, PhotoRule, Proposal, Responsible, Standard, reference::ids},
    id::ClauseId,
    text::Bilingual,
};

/// Columns of a criterion: one of them makes a question one that can fail.
const CRITERION: [&str; 9] =
    ["fails_if", "level", "major_by", "finding", "at_once", "days", "responsible", "authority", "hazard"];

#[derive(Clone, Copy)]
enum Whose {
    Site,
    Authority,
    Unknown,
}

impl<'a> Reading<'a> {
    pub(super) fn criterion(&mut self, line: Line<'a>) -> Option<Criterion> {
        if !CRITERION.into_iter().any(|column| line.get(column).is_some()) {
            return None;
        }
        let fails_if = self.expression_of(line, "fails_if");
        let what = self.text(line, "finding").unwrap_or_else(|| {
            self.tell(line.at("finding"), Problem::Missing("finding"));
            Bilingual::default()
        });
        let major_by = line.get("major_by").and_then(|id| self.quote(line, "major_by", id));
        let finding = Proposal {
            level: self.word(line, "level", &LEVELS).unwrap_or_default(),
            major_by,
            what,
            at_once: self.text(line, "at_once"),
            days: self.number(line, "days").unwrap_or(DAYS),
            responsible: self.responsible(line),
            hazard: line.get("hazard").map(str::to_owned),
        };
        Some(Criterion { fails_if, finding })
    }

    fn responsible(&mut self, line: Line<'a>) -> Responsible {
        let known = [("site", Whose::Site), ("authority", Whose::Authority), ("unknown", Whose::Unknown)];
        let authority = self.text(line, "authority");
        match (self.word(line, "responsible", &known), authority) {
            (Some(Whose::Authority) | None, Some(authority)) => Responsible::Authority(authority),
            (Some(Whose::Authority), None) => {
                self.tell(line.at("authority"), Problem::Missing("authority"));
                Responsible::Unknown
            }
            (Some(Whose::Site | Whose::Unknown), Some(_)) => {
                self.tell(line.at("authority"), Problem::NotOfThisType("site, unknown".to_owned()));
                Responsible::Unknown
            }
            (Some(Whose::Site) | None, None) => Responsible::Site,
            (Some(Whose::Unknown), None) => Responsible::Unknown,
        }
    }

    pub(super) fn basis(&mut self, line: Line<'a>) -> Basis {
        let laws: Vec<_> = ids(line.get("law").unwrap_or_default()).collect();
        let law = laws.into_iter().filter_map(|id| self.quote(line, "law", id)).collect();
        let plan = ids(line.get("plan").unwrap_or_default()).map(ClauseId::from).collect();
        let mut standard = vec![];
        for text in
            line.get("standard").unwrap_or_default().lines().map(str::trim).filter(|text| !text.is_empty())
        {
            match parse_standard(text) {
                Some(one) => standard.push(one),
                None => self.tell(line.at("standard"), Problem::NotAStandard(text.to_owned())),
            }
        }
        Basis { law, standard, plan, good_practice: self.is_yes(line, "good_practice") }
    }

    pub(super) fn photo_rule(&mut self, line: Line<'a>) -> PhotoRule {
        self.word(line, "photo", &PHOTOS).unwrap_or_default()
    }

    pub(super) fn every(&mut self, line: Line<'a>) -> Option<Frequency> {
        self.word(line, "every", &FREQUENCIES)
    }
}

/// `GB 50016-2014（2018年版） | 7.1.8 | 2027-01-01`; a bar that is meant itself is written `\|`.
fn parse_standard(text: &str) -> Option<Standard> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '|' => parts.push(String::new()),
            '\\' => parts.last_mut()?.push(letters.next()?),
            other => parts.last_mut()?.push(other),
        }
    }
    let mut parts = parts.into_iter().map(|part| part.trim().to_owned());
    let number = parts.next().filter(|number| !number.is_empty())?;
    let clause = parts.next().unwrap_or_default();
    let valid_until = match parts.next() {
        Some(day) => Some(day.parse().ok()?),
        None => None,
    };
    parts.next().is_none().then_some(Standard { number, clause, valid_until })
}

/// As [`parse_standard`] reads it.
pub(super) fn print_standard(standard: &Standard) -> String {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|");
    let mut line = escaped(&standard.number);
    if !standard.clause.is_empty() || standard.valid_until.is_some() {
        line = format!("{line} | {}", escaped(&standard.clause));
    }
    match standard.valid_until {
        Some(day) => format!("{line} | {day}"),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_reads_as_it_was_written() {
        for (number, clause, until) in [
            ("GB 50016-2014（2018年版）", "7.1.8", None),
            ("GB|1\\2", "", Some("2027-01-01")),
            ("DB41/T 1", "", None),
        ] {
            let valid_until = until.map(|day| day.parse().unwrap());
            let one = Standard { number: number.to_owned(), clause: clause.to_owned(), valid_until };
            assert_eq!(parse_standard(&print_standard(&one)), Some(one));
        }
        assert_eq!(parse_standard("| 7.1.8"), None);
        assert_eq!(parse_standard("GB 1 | 2 | soon"), None);
    }
}
