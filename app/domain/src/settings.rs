//! 单位设置: what an office decides for itself, beside its places. What it never decided is as it is for every office.
//!
//! A change is decided here ([`decide`]), by the settings as they stand: whoever asks says on what they based it.

pub mod calendar;
pub mod hours;
pub mod paper;
pub mod series;
pub mod standards;

use crate::{
    law::RegisteredStandard,
    permission::{PermissionRejection, Permissions},
    public_report::{PublicSettings, PublicSettingsRejection},
    role::{Action, Role},
};
use calendar::{CalendarRejection, WorkCalendar};
use paper::{Paper, Papers};
use serde::{Deserialize, Serialize};
use series::{NumberSeries, SeriesRejection};
use standards::{OfficeStandard, OfficeStandards, StandardRejection};
use std::collections::BTreeSet;
use thiserror::Error;

/// All of it, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeSettings {
    pub permissions: Permissions,
    pub series: NumberSeries,
    pub papers: Papers,
    pub calendar: WorkCalendar,
    /// Reports by the public, and what is paid for them.
    pub public: PublicSettings,
    /// Standards that the office knows to have ended, beside the product's register.
    pub standards: OfficeStandards,
}

/// `was` is what the command was based on; none where nobody looked before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsCommand {
    /// What stays of what roles may do.
    Narrow { allowed: BTreeSet<(Role, Action)>, was: Option<Permissions> },
    /// From how many days on an extension is the leader's to grant; none: it never is.
    LimitExtensions { days: Option<u16>, was: Option<Permissions> },
    /// How the numbers begin that are given from now on.
    Number { series: NumberSeries, was: Option<NumberSeries> },
    /// Which papers the office issues.
    Issue { papers: BTreeSet<Paper>, was: Option<Papers> },
    /// On which days the office works, and at what hours.
    Work { calendar: WorkCalendar, was: Option<WorkCalendar> },
    /// Whether the public may report, and what is paid for it.
    Public { public: PublicSettings, was: Option<PublicSettings> },
    /// That a standard has ended, or will. `known`: what the register shows of it.
    EndStandard { said: OfficeStandard, known: Option<RegisteredStandard> },
    /// That nothing is said of this standard any more.
    TakeBackStandard { number: String },
}

/// Why it is not done.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettingsRejection {
    #[error(transparent)]
    Permission(#[from] PermissionRejection),
    #[error(transparent)]
    Series(#[from] SeriesRejection),
    #[error(transparent)]
    Calendar(#[from] CalendarRejection),
    #[error(transparent)]
    Public(#[from] PublicSettingsRejection),
    #[error(transparent)]
    Standard(#[from] StandardRejection),
    /// Changed by another person since it was read.
    #[error("changed meanwhile")]
    Changed,
}

/// The settings as they become.
///
/// # Errors
/// Where the command does not fit, or was based on settings that are no more.
pub fn decide(
    settings: &OfficeSettings,
    command: &SettingsCommand,
) -> Result<OfficeSettings, SettingsRejection> {
    let settings = settings.clone();
    match command {
        SettingsCommand::Narrow { allowed, was } => {
            unchanged(was.as_ref(), &settings.permissions)?;
            let limit = settings.permissions.extension_limit();
            let permissions = Permissions::allowing(allowed)?.limiting_extensions(limit)?;
            Ok(OfficeSettings { permissions, ..settings })
        }
        SettingsCommand::LimitExtensions { days, was } => {
            unchanged(was.as_ref(), &settings.permissions)?;
            let permissions = settings.permissions.clone().limiting_extensions(*days)?;
            Ok(OfficeSettings { permissions, ..settings })
        }
        SettingsCommand::Number { series, was } => {
            unchanged(was.as_ref(), &settings.series)?;
            Ok(OfficeSettings { series: series.tidied()?, ..settings })
        }
        SettingsCommand::Issue { papers, was } => {
            unchanged(was.as_ref(), &settings.papers)?;
            Ok(OfficeSettings { papers: Papers::issuing(papers), ..settings })
        }
        SettingsCommand::Work { calendar, was } => {
            unchanged(was.as_ref(), &settings.calendar)?;
            calendar.check()?;
            Ok(OfficeSettings { calendar: calendar.clone(), ..settings })
        }
        SettingsCommand::Public { public, was } => {
            unchanged(was.as_ref(), &settings.public)?;
            public.check()?;
            Ok(OfficeSettings { public: public.clone(), ..settings })
        }
        SettingsCommand::EndStandard { said, known } => {
            let standards = settings.standards.saying(said, known.as_ref())?;
            Ok(OfficeSettings { standards, ..settings })
        }
        SettingsCommand::TakeBackStandard { number } => {
            let standards = settings.standards.taking_back(number)?;
            Ok(OfficeSettings { standards, ..settings })
        }
    }
}

fn unchanged<T: PartialEq>(was: Option<&T>, is: &T) -> Result<(), SettingsRejection> {
    if was.is_none_or(|was| was == is) { Ok(()) } else { Err(SettingsRejection::Changed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_leaves_what_it_does_not_name_as_it_was() {
        let usual = OfficeSettings::default();
        let named = NumberSeries { visit: " jc２ ".into(), ..NumberSeries::default() };
        let number = SettingsCommand::Number { series: named, was: Some(usual.series.clone()) };
        let numbered = decide(&usual, &number).unwrap();
        assert_eq!(numbered.series.visit, "JC2");
        let mut allowed = usual.permissions.allowed();
        allowed.remove(&(Role::Leader, Action::Recheck));
        let narrow = SettingsCommand::Narrow { allowed, was: None };
        let limit = SettingsCommand::LimitExtensions { days: Some(30), was: Some(usual.permissions.clone()) };
        let limited = decide(&numbered, &limit).unwrap();
        let narrowed = decide(&limited, &narrow).unwrap();
        assert_eq!(narrowed.permissions.extension_limit(), Some(30), "the table does not name it");
        assert_eq!((&narrowed.series, &narrowed.papers), (&numbered.series, &usual.papers));
        assert!(!narrowed.permissions.may(Role::Leader, Action::Recheck));
        let issue = SettingsCommand::Issue { papers: BTreeSet::new(), was: Some(usual.papers.clone()) };
        assert!(Paper::ALL.into_iter().all(|paper| !decide(&narrowed, &issue).unwrap().papers.issues(paper)));
    }

    #[test]
    fn what_somebody_else_changed_meanwhile_is_not_written_over() {
        let usual = OfficeSettings::default();
        let was = Some(NumberSeries { hazard: "YH".into(), ..NumberSeries::default() });
        let command = SettingsCommand::Number { series: NumberSeries::default(), was };
        assert_eq!(decide(&usual, &command), Err(SettingsRejection::Changed));
    }

    #[test]
    fn settings_of_an_office_that_decided_nothing_are_the_usual_ones() {
        assert_eq!(serde_json::from_str::<OfficeSettings>("{}").unwrap(), OfficeSettings::default());
        let written = serde_json::to_string(&OfficeSettings::default()).unwrap();
        assert_eq!(serde_json::from_str::<OfficeSettings>(&written).unwrap(), OfficeSettings::default());
    }
}
