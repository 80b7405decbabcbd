//! The register of standards, as built in (`server/catalogue/standards.toml`): what forms name without quoting it, and the
//! mandatory standards that the library of laws quotes, so that the days of each stand in one place.

use domain::law::{Law, LawKind, LawLibrary, RegisteredStandard, StandardRegister, StandardTwice};
use serde::Deserialize;
use thiserror::Error;

const FILE: &str = include_str!("../../../catalogue/standards.toml");

/// The register contradicts itself: a bug of this build.
#[derive(Debug, Error)]
pub enum StandardsError {
    #[error("standards: {0}")]
    Unreadable(#[from] toml::de::Error),
    #[error(transparent)]
    Twice(#[from] StandardTwice),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    standard: Vec<RegisteredStandard>,
}

/// Reads the register; `laws` is the library beside it.
pub fn register(laws: &LawLibrary) -> Result<StandardRegister, StandardsError> {
    let file: File = toml::from_str(FILE)?;
    let quoted = laws.laws.iter().filter(|law| law.kind == LawKind::MandatoryStandard).map(of_law);
    Ok(StandardRegister::new(file.standard.into_iter().chain(quoted))?)
}

fn of_law(law: &Law) -> RegisteredStandard {
    RegisteredStandard {
        number: law.number.clone(),
        title: Some(law.title.clone()),
        in_force_from: law.in_force_from,
        in_force_until: law.in_force_until,
        replaced_by: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::forms;
    use chrono::NaiveDate;

    fn built_in() -> StandardRegister {
        register(&forms::library().unwrap()).unwrap()
    }

    #[test]
    fn what_takes_the_place_of_a_standard_is_registered_and_begins_when_that_one_ends() {
        let register = built_in();
        for standard in register.standards() {
            let Some(newer) = &standard.replaced_by else { continue };
            let newer = register.get(newer).unwrap();
            assert_eq!(newer.in_force_from, standard.in_force_until, "{}", standard.number);
        }
    }

    #[test]
    fn the_old_criteria_of_major_fire_hazards_ended_with_october_of_2025() {
        let register = built_in();
        let day = |month, day| NaiveDate::from_ymd_opt(2025, month, day).unwrap();
        assert!(register.is_in_force("GB 35181-2017", day(10, 31)));
        assert!(!register.is_in_force("GB 35181-2017", day(11, 1)));
        assert!(register.is_in_force("GB 35181-2025", day(11, 1)));
    }

    #[test]
    fn a_standard_that_the_library_quotes_has_its_days_from_there() {
        let register = built_in();
        let known = register.get("GB 45067-2024").unwrap();
        assert_eq!(known.in_force_from, NaiveDate::from_ymd_opt(2024, 12, 1));
    }
}
