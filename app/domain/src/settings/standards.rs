//! 标准废止: what an office says of standards whose end the product's register does not show: since when each is in force no more,
//! and what took its place.
//!
//! What the register shows is printed and never written over: where it has an end itself, that one counts, and nothing else can be
//! said of that standard.

use crate::{
    law::{RegisteredStandard, StandardRegister, is_same_standard},
    limits::{Field, check_line, last_day, tidy_line},
    time::office_day,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Standards of which one office says something.
pub const MOST_STANDARDS: usize = 200;

/// Characters of a standard's number, its title included where somebody writes that too.
pub const NUMBER: usize = 100;

/// What is said of one standard, and who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeStandard {
    /// As the register writes it, or as it was typed.
    pub number: String,
    /// The first day on which it is in force no more; may be to come. None: it had ended when this was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The number of what took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// The person's name as it was then.
    pub by: String,
    pub at: DateTime<Utc>,
}

/// All that an office says, by their numbers; none of them twice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OfficeStandards(Vec<OfficeStandard>);

/// Why it cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StandardRejection {
    /// No number, one that is too long, or one that is not a line.
    #[error("the number is none")]
    Number,
    /// The same of what took its place.
    #[error("what took its place is no number")]
    ReplacedBy,
    #[error("it took its own place")]
    Itself,
    /// Neither a day nor what took its place.
    #[error("nothing is said of it")]
    Nothing,
    #[error("no day on which a standard ends")]
    Day,
    /// It came into force on this day, and cannot have ended before.
    #[error("it came into force on {0}")]
    BeforeForce(NaiveDate),
    /// The register shows that it ended on this day.
    #[error("the register shows that it ended on {0}")]
    Registered(NaiveDate),
    #[error("too many standards")]
    TooMany,
    /// There is nothing to take back.
    #[error("nothing was said of it")]
    NotSaid,
}

impl OfficeStandard {
    /// The first day on which it is in force no more.
    pub fn ends(&self) -> NaiveDate {
        self.until.unwrap_or_else(|| office_day(self.at))
    }
}

impl OfficeStandards {
    pub fn all(&self) -> impl Iterator<Item = &OfficeStandard> {
        self.0.iter()
    }

    /// What is said of this standard, however its number is written.
    pub fn get(&self, number: &str) -> Option<&OfficeStandard> {
        self.all().find(|one| is_same_standard(&one.number, number))
    }

    /// With this said, in place of what was said of the same standard before. `known`: what the register shows of it.
    ///
    /// # Errors
    /// [`StandardRejection`]
    pub fn saying(
        &self,
        said: &OfficeStandard,
        known: Option<&RegisteredStandard>,
    ) -> Result<Self, StandardRejection> {
        let number = tidy_line(&said.number);
        if number.is_empty() || check_line(Field::Name, &number, NUMBER).is_err() {
            return Err(StandardRejection::Number);
        }
        let replaced_by = said.replaced_by.as_deref().map(tidy_line).filter(|newer| !newer.is_empty());
        if let Some(newer) = &replaced_by {
            if check_line(Field::Name, newer, NUMBER).is_err() {
                return Err(StandardRejection::ReplacedBy);
            }
            if is_same_standard(newer, &number) {
                return Err(StandardRejection::Itself);
            }
        }
        if said.until.is_none() && replaced_by.is_none() {
            return Err(StandardRejection::Nothing);
        }
        if said.until.is_some_and(|day| day < first_end() || day > last_day()) {
            return Err(StandardRejection::Day);
        }
        if let Some(until) = known.and_then(|known| known.in_force_until) {
            return Err(StandardRejection::Registered(until));
        }
        if let Some(from) = known.and_then(|known| known.in_force_from).filter(|from| said.ends() <= *from) {
            return Err(StandardRejection::BeforeForce(from));
        }
        let others = self.all().filter(|one| !is_same_standard(&one.number, &number));
        let mut standards: Vec<_> = others.cloned().collect();
        if standards.len() >= MOST_STANDARDS {
            return Err(StandardRejection::TooMany);
        }
        let number = known.map_or(number, |known| known.number.clone());
        standards.push(OfficeStandard { number, replaced_by, ..said.clone() });
        standards.sort_by(|a, b| a.number.cmp(&b.number));
        Ok(Self(standards))
    }

    /// Without what was said of this standard.
    ///
    /// # Errors
    /// [`StandardRejection::NotSaid`]
    pub fn taking_back(&self, number: &str) -> Result<Self, StandardRejection> {
        let others = self.all().filter(|one| !is_same_standard(&one.number, number));
        let others: Vec<_> = others.cloned().collect();
        if others.len() == self.0.len() { Err(StandardRejection::NotSaid) } else { Ok(Self(others)) }
    }

    /// The register with the ends that it does not show itself.
    #[must_use]
    pub fn beside(&self, register: &StandardRegister) -> StandardRegister {
        self.all().fold(register.clone(), |register, one| {
            register.with_end(&one.number, one.ends(), one.replaced_by.as_deref())
        })
    }
}

/// Before there were national standards in today's numbers.
fn first_end() -> NaiveDate {
    NaiveDate::from_ymd_opt(1980, 1, 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn said(number: &str, until: &str, replaced_by: &str) -> OfficeStandard {
        OfficeStandard {
            number: number.to_owned(),
            until: (!until.is_empty()).then(|| day(until)),
            replaced_by: (!replaced_by.is_empty()).then(|| replaced_by.to_owned()),
            by: "王芳".to_owned(),
            // The morning of the 24th in the office.
            at: Utc.with_ymd_and_hms(2026, 11, 23, 23, 0, 0).unwrap(),
        }
    }

    fn registered(number: &str, from: &str, until: &str) -> RegisteredStandard {
        RegisteredStandard {
            number: number.to_owned(),
            title: None,
            in_force_from: (!from.is_empty()).then(|| day(from)),
            in_force_until: (!until.is_empty()).then(|| day(until)),
            replaced_by: None,
        }
    }

    fn refused(said: &OfficeStandard, known: Option<&RegisteredStandard>) -> StandardRejection {
        OfficeStandards::default().saying(said, known).unwrap_err()
    }

    #[test]
    fn what_is_said_ends_a_standard_beside_the_register_until_it_is_taken_back() {
        let register = StandardRegister::new([registered("GB 55037-2022", "2023-06-01", "")]).unwrap();
        let known = register.get("GB55037—2022");
        let one = OfficeStandards::default();
        let one = one.saying(&said("GB55037—2022", "2026-12-01", " GB 55037-2026 "), known).unwrap();
        let one = one.saying(&said("DB44/T 1-2010", "", "DB44/T 1-2024"), None).unwrap();
        let beside = one.beside(&register);
        assert!(beside.is_in_force("GB 55037-2022", day("2026-11-30")), "it ends in the future");
        assert!(!beside.is_in_force("GB 55037-2022", day("2026-12-01")));
        assert_eq!(beside.get("GB 55037-2022").unwrap().replaced_by.as_deref(), Some("GB 55037-2026"));
        assert!(beside.is_in_force("DB44/T 1-2010", day("2026-11-23")));
        assert!(!beside.is_in_force("DB44/T 1-2010", day("2026-11-24")), "without a day: when it was said");
        assert_eq!(one.get("GB 55037-2022").unwrap().number, "GB 55037-2022", "as the register writes it");
        assert!(register.is_in_force("GB 55037-2022", day("2026-12-01")), "the register stays as it is");

        // Said once more, it is said otherwise.
        let other = one.saying(&said("GB 55037-2022", "2027-01-01", ""), known).unwrap();
        assert_eq!(other.all().count(), 2);
        assert!(other.beside(&register).is_in_force("GB 55037-2022", day("2026-12-31")));
        let left = other.taking_back("GB 55037—2022").unwrap();
        assert_eq!(left.get("GB 55037-2022"), None);
        assert_eq!(left.taking_back("GB 55037-2022"), Err(StandardRejection::NotSaid));
    }

    #[test]
    fn an_end_that_the_register_comes_to_show_counts_before_what_was_said() {
        let number = "GB 55037-2022";
        let one = OfficeStandards::default().saying(&said(number, "2026-06-01", ""), None).unwrap();
        let newer = StandardRegister::new([registered(number, "2023-06-01", "2026-09-01")]).unwrap();
        assert_eq!(one.beside(&newer), newer);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let known = registered("GB 55037-2022", "2023-06-01", "");
        let of = |until: &str, newer: &str| refused(&said("GB 55037-2022", until, newer), Some(&known));
        assert_eq!(of("2023-05-31", ""), StandardRejection::BeforeForce(day("2023-06-01")));
        assert_eq!(of("2023-06-01", ""), StandardRejection::BeforeForce(day("2023-06-01")));
        assert_eq!(of("", " "), StandardRejection::Nothing);
        assert_eq!(of("", "GB55037—2022"), StandardRejection::Itself);
        assert_eq!(of("2101-01-01", ""), StandardRejection::Day);
        assert_eq!(of("1979-12-31", ""), StandardRejection::Day);
        assert_eq!(of("", &"号".repeat(NUMBER + 1)), StandardRejection::ReplacedBy);
        let ended = registered("GB 35181-2017", "", "2025-11-01");
        let again = said("GB 35181-2017", "2026-01-01", "");
        assert_eq!(refused(&again, Some(&ended)), StandardRejection::Registered(day("2025-11-01")));
        // Not in force yet: it has not ended today.
        let to_come = registered("AQ 3067-2026", "2027-01-01", "");
        let ended = said("AQ 3067-2026", "", "AQ 3067-2027");
        assert_eq!(refused(&ended, Some(&to_come)), StandardRejection::BeforeForce(day("2027-01-01")));
        for number in ["", " ", "GB <b>", &"号".repeat(NUMBER + 1)] {
            assert_eq!(refused(&said(number, "2026-01-01", ""), None), StandardRejection::Number, "{number}");
        }
    }

    #[test]
    fn an_office_says_so_of_so_many() {
        let mut all = OfficeStandards::default();
        for n in 0..MOST_STANDARDS {
            all = all.saying(&said(&format!("GB {n}-2000"), "2026-01-01", ""), None).unwrap();
        }
        let one = said("GB 9999-2000", "2026-01-01", "");
        assert_eq!(all.saying(&one, None), Err(StandardRejection::TooMany));
        assert!(all.saying(&said("GB 7-2000", "2026-02-01", ""), None).is_ok(), "of one of them anew");
    }
}
