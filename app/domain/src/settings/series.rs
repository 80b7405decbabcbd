//! 编号: how the numbers begin that people see. A prefix that changes changes the numbers to come; those that were given stay, and
//! the running number goes on.

use crate::{limits::PREFIX, search::nfkc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    Visit,
    Hazard,
    Receipt,
    SpotCheck,
}

impl Series {
    pub const ALL: [Self; 4] = [Self::Visit, Self::Hazard, Self::Receipt, Self::SpotCheck];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Hazard => "hazard",
            Self::Receipt => "receipt",
            Self::SpotCheck => "spot_check",
        }
    }
}

/// The prefix of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumberSeries {
    pub visit: String,
    pub hazard: String,
    pub receipt: String,
    pub spot_check: String,
}

impl Default for NumberSeries {
    fn default() -> Self {
        Self { visit: "JC".into(), hazard: "XC".into(), receipt: "HZ".into(), spot_check: "CC".into() }
    }
}

/// Why a prefix is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SeriesRejection {
    #[error("the prefix of {0:?} is not a few letters and figures, a letter first")]
    Malformed(Series),
    #[error("{0:?} and {1:?} begin alike")]
    Alike(Series, Series),
}

impl NumberSeries {
    pub fn prefix(&self, series: Series) -> &str {
        match series {
            Series::Visit => &self.visit,
            Series::Hazard => &self.hazard,
            Series::Receipt => &self.receipt,
            Series::SpotCheck => &self.spot_check,
        }
    }

    /// `XC-2026-000318`
    pub fn number(&self, series: Series, year: i32, running: u64) -> String {
        format!("{}-{year}-{running:06}", self.prefix(series))
    }

    /// As it is stored: of one width and in capitals, without what nobody sees.
    ///
    /// # Errors
    /// Where a prefix is none, or two series begin alike.
    pub fn tidied(&self) -> Result<Self, SeriesRejection> {
        let tidy = |series: Series| {
            let prefix = nfkc(self.prefix(series)).trim().to_uppercase();
            let fits = prefix.chars().all(char::is_alphanumeric)
                && prefix.chars().next().is_some_and(char::is_alphabetic)
                && prefix.chars().count() <= PREFIX;
            if fits { Ok(prefix) } else { Err(SeriesRejection::Malformed(series)) }
        };
        let tidied = Self {
            visit: tidy(Series::Visit)?,
            hazard: tidy(Series::Hazard)?,
            receipt: tidy(Series::Receipt)?,
            spot_check: tidy(Series::SpotCheck)?,
        };
        for (at, one) in Series::ALL.into_iter().enumerate() {
            let twin = Series::ALL.into_iter().take(at).find(|two| tidied.prefix(*two) == tidied.prefix(one));
            if let Some(twin) = twin {
                return Err(SeriesRejection::Alike(one, twin));
            }
        }
        Ok(tidied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_hazards(prefix: &str) -> NumberSeries {
        NumberSeries { hazard: prefix.into(), ..NumberSeries::default() }
    }

    #[test]
    fn numbers_read_like_those_on_paper() {
        let series = NumberSeries::default();
        assert_eq!(series.number(Series::Receipt, 2026, 4817), "HZ-2026-004817");
        assert_eq!(series.number(Series::Hazard, 2026, 318), "XC-2026-000318");
        assert_eq!(series.number(Series::Visit, 2026, 1_203), "JC-2026-001203");
        assert_eq!(series.number(Series::SpotCheck, 2026, 46), "CC-2026-000046");
        assert_eq!(of_hazards("新城隐").number(Series::Hazard, 2026, 1), "新城隐-2026-000001");
    }

    #[test]
    fn a_prefix_is_a_short_word_of_its_own() {
        for (typed, kept) in
            [(" yh ", "YH"), ("ＹＨ１", "YH1"), ("新城隐", "新城隐"), ("ABCDEFGH", "ABCDEFGH")]
        {
            assert_eq!(
                of_hazards(typed).tidied().map(|series| series.hazard).as_deref(),
                Ok(kept),
                "{typed}"
            );
        }
        for typed in ["", " ", "X-C", "1A", "ABCDEFGHI", "X C", "<b>", "X\u{200b}C"] {
            let malformed = Err(SeriesRejection::Malformed(Series::Hazard));
            assert_eq!(of_hazards(typed).tidied(), malformed, "{typed:?}");
        }
        let alike = Err(SeriesRejection::Alike(Series::Hazard, Series::Visit));
        assert_eq!(of_hazards("jc").tidied(), alike, "nobody could tell a hazard from a visit");
    }
}
