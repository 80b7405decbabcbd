//! A rule as an address or a form says it.

use crate::{error::AppError, i18n::spot_checks as t};
use domain::{id::SiteKind, risk::RiskLevel, spot_check::SpotCheckRule, text::Lang};
use serde::{Deserialize, Serialize};

/// Empty words are no condition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleWords {
    pub site_kind: String,
    pub risk: String,
    pub unvisited: String,
    pub open: String,
    pub hazards: String,
    pub reports: String,
    pub within: String,
}

impl RuleWords {
    /// Its words with the keys by which addresses and forms call them.
    pub fn pairs(&self) -> [(&'static str, &str); 7] {
        [
            ("site_kind", self.site_kind.as_str()),
            ("risk", self.risk.as_str()),
            ("unvisited", self.unvisited.as_str()),
            ("open", self.open.as_str()),
            ("hazards", self.hazards.as_str()),
            ("reports", self.reports.as_str()),
            ("within", self.within.as_str()),
        ]
    }

    pub fn is_nothing(&self) -> bool {
        self.pairs().iter().all(|(_, word)| word.trim().is_empty())
    }

    pub fn read(&self, lang: Lang) -> Result<SpotCheckRule, AppError> {
        let number = |field: &str, word: &str| -> Result<Option<u16>, AppError> {
            let wrong =
                |_| AppError::Invalid { field: field.to_owned(), reason: t::number_wrong(lang).to_owned() };
            match word.trim() {
                "" => Ok(None),
                word => word.parse().map(Some).map_err(wrong),
            }
        };
        let kind = self.site_kind.trim();
        Ok(SpotCheckRule {
            kind: (!kind.is_empty()).then(|| SiteKind::from(kind)),
            risk: RiskLevel::parse(self.risk.trim()),
            unvisited_days: number("unvisited", &self.unvisited)?,
            open_hazards: number("open", &self.open)?,
            hazards: number("hazards", &self.hazards)?,
            reports: number("reports", &self.reports)?,
            within_days: number("within", &self.within)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_words_are_no_condition_and_what_is_no_number_is_named() {
        assert_eq!(RuleWords::default().read(Lang::Zh), Ok(SpotCheckRule::default()));
        assert!(RuleWords::default().is_nothing());
        let words =
            RuleWords { risk: "major".to_owned(), unvisited: " 90 ".to_owned(), ..RuleWords::default() };
        let rule = words.read(Lang::Zh).unwrap();
        assert_eq!((rule.risk, rule.unvisited_days), (Some(RiskLevel::Major), Some(90)));
        let told = RuleWords { reports: "2".to_owned(), ..RuleWords::default() };
        assert_eq!((told.is_nothing(), told.read(Lang::Zh).unwrap().reports), (false, Some(2)));
        let wrong = RuleWords { open: "很多".to_owned(), ..RuleWords::default() }.read(Lang::Zh);
        assert!(matches!(wrong, Err(AppError::Invalid { field, .. }) if field == "open"));
    }
}
