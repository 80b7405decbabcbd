//! The forms of what an office decides for itself, as browsers send them: flat words. Reading one is a pure function.

use crate::{
    error::AppError,
    i18n::{office::between_choices, settings as t},
    server_fns::meanwhile::{FieldChange, RawChange, Take},
};
use chrono::NaiveDate;
use domain::{
    permission::EXTENSION_LIMITS,
    role::{Action, Role},
    settings::{
        OfficeSettings, SettingsCommand,
        calendar::WorkCalendar,
        hours::{WorkHours, WorkSpan},
        paper::Paper,
        series::{NumberSeries, Series},
    },
    text::Lang,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

pub const PERMISSIONS: &str = "permissions";
pub const EXTENSIONS: &str = "extensions";
pub const NUMBERS: &str = "numbers";
pub const PAPERS: &str = "papers";
pub const CALENDAR: &str = "calendar";

/// `does` is one of the five; only its own fields count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeSettingsForm {
    pub does: String,
    /// What stays of what roles may do, a word each ([`word_of`]).
    pub allowed: Vec<String>,
    /// In days; nothing where none is set.
    pub extension_limit: String,
    /// Prefixes of numbers, as are the next three.
    pub visit: String,
    pub hazard: String,
    pub receipt: String,
    pub spot_check: String,
    /// Those that are issued.
    pub papers: Vec<String>,
    /// Days, with lines, commas or blanks between.
    pub days_off: String,
    pub workdays: String,
    /// Times of a day, likewise.
    pub hours: String,
    pub base: String,
    pub take: Take,
    pub page: String,
}

/// Characters that are shown of a word that is no day.
const SHOWN_OF_WORD: usize = 20;

/// `inspector.recheck`
pub fn word_of(role: Role, action: Action) -> String {
    format!("{}.{}", role.as_str(), action.as_str())
}

fn pair(word: &str) -> Option<(Role, Action)> {
    let (role, action) = word.split_once('.')?;
    Some((Role::parse(role)?, Action::parse(action)?))
}

impl OfficeSettingsForm {
    pub fn of(does: &str, settings: &OfficeSettings) -> Self {
        let form = Self { does: does.to_owned(), ..Self::default() };
        let form = match does {
            PERMISSIONS => {
                let allowed = settings.permissions.allowed();
                Self {
                    allowed: allowed.iter().map(|(role, action)| word_of(*role, *action)).collect(),
                    ..form
                }
            }
            EXTENSIONS => {
                let limit = settings.permissions.extension_limit();
                Self { extension_limit: limit.map(|days| days.to_string()).unwrap_or_default(), ..form }
            }
            NUMBERS => {
                let NumberSeries { visit, hazard, receipt, spot_check } = settings.series.clone();
                Self { visit, hazard, receipt, spot_check, ..form }
            }
            PAPERS => {
                let papers = settings.papers.issued();
                Self { papers: papers.iter().map(|paper| paper.as_str().to_owned()).collect(), ..form }
            }
            CALENDAR => {
                let WorkCalendar { days_off, workdays, hours } = &settings.calendar;
                Self { days_off: lines(days_off), workdays: lines(workdays), hours: lines(&hours.0), ..form }
            }
            _ => form,
        };
        form.in_order()
    }

    /// Ticks come in the order of the page, and count as a set.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.allowed.sort_unstable();
        self.papers.sort_unstable();
        self
    }

    pub fn prefix(&self, series: Series) -> &str {
        match series {
            Series::Visit => &self.visit,
            Series::Hazard => &self.hazard,
            Series::Receipt => &self.receipt,
            Series::SpotCheck => &self.spot_check,
        }
    }

    /// `settings` are those that are changed.
    ///
    /// # Errors
    /// Where a word is none of this version, or the form is none of ours.
    pub fn read(&self, lang: Lang, settings: &OfficeSettings) -> Result<SettingsCommand, AppError> {
        let of_another = |field: &str| AppError::Invalid {
            field: field.to_owned(),
            reason: t::of_another_version(lang).to_owned(),
        };
        match self.does.as_str() {
            PERMISSIONS => {
                // One of each at the most: whoever sends more sends no form of ours.
                if self.allowed.len() > Role::ALL.len() * Action::ALL.len() {
                    return Err(of_another("allowed"));
                }
                let pairs: Option<BTreeSet<_>> = self.allowed.iter().map(|word| pair(word)).collect();
                let allowed = pairs.ok_or_else(|| of_another("allowed"))?;
                Ok(SettingsCommand::Narrow { allowed, was: Some(settings.permissions.clone()) })
            }
            EXTENSIONS => {
                let days = match self.extension_limit.trim() {
                    "" => None,
                    word => Some(word.parse::<u16>().map_err(|_| {
                        let (least, most) = EXTENSION_LIMITS;
                        let reason = t::extension_limit_wrong(lang, least, most);
                        AppError::Invalid { field: "extension_limit".to_owned(), reason }
                    })?),
                };
                Ok(SettingsCommand::LimitExtensions { days, was: Some(settings.permissions.clone()) })
            }
            NUMBERS => {
                let series = NumberSeries {
                    visit: self.visit.clone(),
                    hazard: self.hazard.clone(),
                    receipt: self.receipt.clone(),
                    spot_check: self.spot_check.clone(),
                };
                Ok(SettingsCommand::Number { series, was: Some(settings.series.clone()) })
            }
            PAPERS => {
                let papers: Option<BTreeSet<_>> = self.papers.iter().map(|word| Paper::parse(word)).collect();
                let papers = papers.ok_or_else(|| of_another("papers"))?;
                Ok(SettingsCommand::Issue { papers, was: Some(settings.papers.clone()) })
            }
            CALENDAR => {
                let days_off = days(lang, "days_off", &self.days_off)?;
                let workdays = days(lang, "workdays", &self.workdays)?;
                let hours = hours(lang, &self.hours)?;
                let calendar = WorkCalendar { days_off, workdays, hours };
                Ok(SettingsCommand::Work { calendar, was: Some(settings.calendar.clone()) })
            }
            _ => Err(AppError::NotAllowed),
        }
    }
}

fn lines<'a, T: ToString + 'a>(all: impl IntoIterator<Item = &'a T>) -> String {
    all.into_iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A time a line, or with commas between; blanks may stand within one.
fn hours(lang: Lang, text: &str) -> Result<WorkHours, AppError> {
    let between = |c: char| matches!(c, '\n' | '\r' | ',' | '，' | '、' | ';' | '；');
    let words = text.split(between).map(str::trim).filter(|word| !word.is_empty());
    let read = words.map(|word| {
        WorkSpan::parse(word).ok_or_else(|| {
            let shown = word.chars().take(SHOWN_OF_WORD).collect();
            AppError::Invalid { field: "hours".to_owned(), reason: t::hours_unreadable(lang, shown) }
        })
    });
    Ok(WorkHours(read.collect::<Result<_, _>>()?))
}

/// As people paste them: with Chinese commas, too, and in whatever order.
fn days(lang: Lang, field: &str, text: &str) -> Result<BTreeSet<NaiveDate>, AppError> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
    let words = text.split(between).filter(|word| !word.is_empty());
    words
        .map(|word| {
            word.parse::<NaiveDate>().map_err(|_| {
                let shown = word.chars().take(SHOWN_OF_WORD).collect();
                let reason = t::day_unreadable(lang, shown);
                AppError::Invalid { field: field.to_owned(), reason }
            })
        })
        .collect()
}

/// A concurrent change by another person, as shown on the form.
pub fn in_words(lang: Lang, change: RawChange) -> FieldChange {
    let RawChange { field, theirs, mine, both } = change;
    let label = match field.as_str() {
        "allowed" => t::matrix(lang),
        "extension_limit" => t::extension_limit(lang),
        "papers" => t::papers_issued(lang),
        "visit" => t::prefix_visit(lang),
        "hazard" => t::prefix_hazard(lang),
        "receipt" => t::prefix_receipt(lang),
        "spot_check" => t::prefix_spot_check(lang),
        "days_off" => t::days_off(lang),
        "workdays" => t::workdays(lang),
        "hours" => t::hours(lang),
        _ => t::part_numbers(lang),
    };
    let word = |word: &Value| {
        let word = word.as_str().unwrap_or_default();
        let pair = pair(word).map(|(role, action)| {
            t::cell(lang, role.name().get(lang).to_owned(), action.name().get(lang).to_owned())
        });
        let paper = || Paper::parse(word).map(|paper| paper.name().get(lang).to_owned());
        pair.or_else(paper).unwrap_or_else(|| word.to_owned())
    };
    let words = |value: &Value, beside: &Value| match (value, beside) {
        // Of a long list only what tells the two apart.
        (Value::Array(all), Value::Array(others)) => {
            let own = all.iter().filter(|one| !others.contains(one));
            own.map(word).collect::<Vec<_>>().join(between_choices(lang))
        }
        (value, _) => word(value),
    };
    let (theirs, mine) = (words(&theirs, &mine), words(&mine, &theirs));
    FieldChange { label: label.to_owned(), theirs, mine, both, field }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::settings::decide;

    #[test]
    fn a_form_that_was_not_touched_changes_nothing() {
        let settings = OfficeSettings::default();
        for does in [PERMISSIONS, EXTENSIONS, NUMBERS, PAPERS, CALENDAR] {
            let command = OfficeSettingsForm::of(does, &settings).read(Lang::Zh, &settings).unwrap();
            assert_eq!(decide(&settings, &command), Ok(settings.clone()), "{does}");
        }
    }

    #[test]
    fn what_is_unticked_is_taken_away_and_unknown_words_are_refused() {
        let settings = OfficeSettings::default();
        let mut form = OfficeSettingsForm::of(PERMISSIONS, &settings);
        form.allowed.retain(|word| word != "leader.recheck");
        let narrowed = decide(&settings, &form.read(Lang::Zh, &settings).unwrap()).unwrap();
        assert!(!narrowed.permissions.may(Role::Leader, Action::Recheck));
        form.allowed.push("leader.fly".into());
        let fault = form.read(Lang::Zh, &settings).unwrap_err();
        assert!(matches!(fault, AppError::Invalid { field, .. } if field == "allowed"));
        form.allowed = vec!["leader.recheck".into(); Role::ALL.len() * Action::ALL.len() + 1];
        let fault = form.read(Lang::Zh, &settings).unwrap_err();
        assert!(
            matches!(fault, AppError::Invalid { field, .. } if field == "allowed"),
            "more than there are"
        );
        let form = OfficeSettingsForm { does: "rule".into(), ..OfficeSettingsForm::default() };
        assert_eq!(form.read(Lang::Zh, &settings), Err(AppError::NotAllowed));
    }

    #[test]
    fn a_limit_of_extensions_is_days_or_nothing() {
        let settings = OfficeSettings::default();
        let form = |days: &str| OfficeSettingsForm {
            does: EXTENSIONS.into(),
            extension_limit: days.into(),
            ..OfficeSettingsForm::default()
        };
        let limited = decide(&settings, &form(" 30 ").read(Lang::Zh, &settings).unwrap()).unwrap();
        assert_eq!(limited.permissions.extension_limit(), Some(30));
        assert_eq!(OfficeSettingsForm::of(EXTENSIONS, &limited).extension_limit, "30");
        assert_eq!(decide(&limited, &form("").read(Lang::Zh, &limited).unwrap()), Ok(settings.clone()));
        for wrong in ["一个月", "-1", "1.5", "70000"] {
            let fault = form(wrong).read(Lang::Zh, &settings).unwrap_err();
            assert!(
                matches!(fault, AppError::Invalid { field, .. } if field == "extension_limit"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn days_are_read_as_people_paste_them() {
        let settings = OfficeSettings::default();
        let form = OfficeSettingsForm {
            does: CALENDAR.into(),
            days_off: " 2026-10-02，2026-10-01\n2026-10-01".into(),
            workdays: "2026-10-10".into(),
            ..OfficeSettingsForm::default()
        };
        let kept = decide(&settings, &form.read(Lang::Zh, &settings).unwrap()).unwrap();
        let shown = OfficeSettingsForm::of(CALENDAR, &kept);
        assert_eq!(
            (shown.days_off.as_str(), shown.workdays.as_str()),
            ("2026-10-01\n2026-10-02", "2026-10-10")
        );
        let of_day = OfficeSettingsForm { hours: "8:30-12:00，14:00 至 17:30".into(), ..form.clone() };
        let kept = decide(&settings, &of_day.read(Lang::Zh, &settings).unwrap()).unwrap();
        assert_eq!(OfficeSettingsForm::of(CALENDAR, &kept).hours, "08:30-12:00\n14:00-17:30");
        let wrong = OfficeSettingsForm { hours: "上午".into(), ..form.clone() };
        let fault = wrong.read(Lang::Zh, &settings).unwrap_err();
        assert!(matches!(fault, AppError::Invalid { field, .. } if field == "hours"));
        let wrong = OfficeSettingsForm { workdays: "10月10日".into(), ..form };
        let fault = wrong.read(Lang::Zh, &settings).unwrap_err();
        assert!(matches!(fault, AppError::Invalid { field, .. } if field == "workdays"));
    }

    #[test]
    fn of_a_long_list_the_difference_is_shown() {
        let (theirs, mine) =
            (serde_json::json!(["leader.recheck", "officer.assign"]), serde_json::json!(["officer.assign"]));
        let change = RawChange { field: "allowed".into(), theirs, mine, both: true };
        let shown = in_words(Lang::Zh, change);
        assert_eq!((shown.theirs.as_str(), shown.mine.as_str()), ("分管领导：验收、退回", ""));
    }
}
