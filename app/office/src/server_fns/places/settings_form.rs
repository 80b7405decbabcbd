//! The forms of the office's own settings: its name, and the days between two visits.

use crate::{
    error::AppError,
    i18n::places as t,
    server_fns::meanwhile::{FieldChange, RawChange, Take},
};
use domain::{
    file::PlacesFile, place::command::PlaceCommand, risk::RiskLevel, schedule::VisitIntervals, text::Lang,
};
use serde::{Deserialize, Serialize};

pub const NAME: &str = "name";
pub const INTERVALS: &str = "intervals";

/// `does` is [`NAME`] or [`INTERVALS`]; only its own fields count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    pub does: String,
    pub name: String,
    /// Days, as are the other levels.
    pub major: String,
    pub considerable: String,
    pub general: String,
    pub low: String,
    pub base: String,
    pub take: Take,
    pub page: String,
}

impl SettingsForm {
    pub fn of(does: &str, file: &PlacesFile) -> Self {
        let form = Self { does: does.to_owned(), ..Self::default() };
        let VisitIntervals { major, considerable, general, low } = file.intervals;
        match does {
            INTERVALS => Self {
                major: major.to_string(),
                considerable: considerable.to_string(),
                general: general.to_string(),
                low: low.to_string(),
                ..form
            },
            _ => Self { name: file.office.name.clone(), ..form },
        }
    }

    pub fn days(&self, risk: RiskLevel) -> &str {
        match risk {
            RiskLevel::Major => &self.major,
            RiskLevel::Considerable => &self.considerable,
            RiskLevel::General => &self.general,
            RiskLevel::Low => &self.low,
        }
    }

    /// `file` is what is changed.
    pub fn read(&self, lang: Lang, file: &PlacesFile) -> Result<PlaceCommand, AppError> {
        let days = |risk: RiskLevel| {
            // As figures are typed on a Chinese keyboard, too.
            self.days(risk).trim().chars().map(half_width).collect::<String>().parse::<u16>().map_err(|_| {
                AppError::Invalid {
                    field: risk.as_str().to_owned(),
                    reason: t::interval_wrong(lang).to_owned(),
                }
            })
        };
        match self.does.as_str() {
            NAME => {
                Ok(PlaceCommand::NameOffice { name: self.name.clone(), was: Some(file.office.name.clone()) })
            }
            INTERVALS => {
                let intervals = VisitIntervals {
                    major: days(RiskLevel::Major)?,
                    considerable: days(RiskLevel::Considerable)?,
                    general: days(RiskLevel::General)?,
                    low: days(RiskLevel::Low)?,
                };
                Ok(PlaceCommand::SetIntervals { intervals, was: Some(file.intervals) })
            }
            _ => Err(AppError::NotAllowed),
        }
    }
}

fn half_width(sign: char) -> char {
    let digit = u32::from(sign).checked_sub(u32::from('０')).filter(|digit| *digit < 10);
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(sign)
}

/// A concurrent change by another person, as shown on the form.
pub fn in_words(lang: Lang, change: RawChange) -> FieldChange {
    let RawChange { field, theirs, mine, both } = change;
    let label = match RiskLevel::parse(&field) {
        Some(risk) => risk.name().get(lang).to_owned(),
        None => t::office_name(lang).to_owned(),
    };
    let words = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    FieldChange { label, theirs: words(theirs), mine: words(mine), both, field }
}
