//! The forms of reports by the public, as browsers send them: flat words. The rules are the server's.

use crate::{error::AppError, i18n::public_reports as t};
use domain::{
    fen::Fen,
    id::PublicReportId,
    public_report::{PublicSettings, RewardSum},
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::fmt;

#[cfg(feature = "ssr")]
use {
    domain::{
        limits::{tidy_line, tidy_text},
        public_report::ReportCommandKind,
        severity::Severity,
    },
    service::public_reports::Wanted,
};

fn invalid(field: &str, reason: impl Into<String>) -> AppError {
    AppError::Invalid { field: field.to_owned(), reason: reason.into() }
}

/// What is done to a report: `does` is the word of a command, the other fields what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    pub does: String,
    pub report: String,
    pub reason: String,
    pub note: String,
    pub words: String,
    /// Code of a site.
    pub site: String,
    pub what: String,
    pub level: String,
    /// Number of a hazard.
    pub number: String,
    /// Of the table of rewards.
    pub line: String,
    /// Of the reward that was shown.
    pub sum: String,
}

impl ReportForm {
    /// Where the form stands.
    pub fn page(&self) -> String {
        page_of(&self.report)
    }

    #[cfg(feature = "ssr")]
    pub fn read(self) -> Result<(PublicReportId, Wanted), AppError> {
        let id = self.report.parse().map_err(|_| AppError::NotFound)?;
        let kind = ReportCommandKind::parse(&self.does).ok_or(AppError::NotFound)?;
        let wanted = match kind {
            ReportCommandKind::Release => Wanted::Release,
            ReportCommandKind::Discard => Wanted::Discard { reason: tidy_text(&self.reason) },
            ReportCommandKind::Confirm => Wanted::Confirm { note: tidy_text(&self.note) },
            ReportCommandKind::FindNothing => Wanted::FindNothing { reason: tidy_text(&self.reason) },
            ReportCommandKind::Join => Wanted::Join { number: tidy_line(&self.number) },
            ReportCommandKind::MakeHazard => Wanted::MakeHazard {
                site: tidy_line(&self.site),
                what: tidy_text(&self.what),
                level: Severity::parse(&self.level).unwrap_or_default(),
            },
            ReportCommandKind::Answer => Wanted::Answer { words: tidy_text(&self.words) },
            ReportCommandKind::Ask => Wanted::Ask { words: tidy_text(&self.words) },
            ReportCommandKind::ProposeReward => Wanted::ProposeReward { line: self.line },
            ReportCommandKind::ApproveReward => Wanted::ApproveReward { sum: self.sum },
            ReportCommandKind::PayReward => Wanted::PayReward,
        };
        Ok((id, wanted))
    }
}

fn page_of(report: &str) -> String {
    let id = report.parse::<PublicReportId>().map(|id| id.to_string()).unwrap_or_default();
    format!("/office/reports/{id}")
}

/// Opening a number is asked for.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskForm {
    pub report: String,
    pub words: String,
    pub reason: String,
}

impl AskForm {
    /// Where the form stands.
    pub fn page(&self) -> String {
        page_of(&self.report)
    }
}

impl fmt::Debug for AskForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AskForm").field("report", &self.report).finish_non_exhaustive()
    }
}

/// A key of one's own.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HolderForm {
    pub words: String,
    pub again: String,
}

impl fmt::Debug for HolderForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HolderForm(…)")
    }
}

/// Whose key is taken away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReleaseForm {
    pub person: String,
}

/// Whether a hazard is told of: `public` is [`PUBLIC`](Self::PUBLIC), or anything else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DisclosureForm {
    pub hazard: String,
    pub public: String,
}

impl DisclosureForm {
    pub const PUBLIC: &str = "yes";
}

/// What the office decides of reports.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    pub open: bool,
    pub difficulty: String,
    /// A line each: a name, a blank, yuan.
    pub rewards: String,
}

impl SettingsForm {
    /// As the office has it.
    pub fn of(settings: &PublicSettings) -> Self {
        let line = |line: &RewardSum| format!("{} {}", line.name, line.sum.plain());
        let rewards: Vec<_> = settings.rewards.iter().map(line).collect();
        Self { open: settings.open, difficulty: settings.difficulty.to_string(), rewards: rewards.join("\n") }
    }

    /// # Errors
    /// The line of which no sum can be read.
    pub fn read(&self, lang: Lang) -> Result<PublicSettings, AppError> {
        let lines = self.rewards.lines().map(str::trim).filter(|line| !line.is_empty());
        let line = |line: &str| {
            let unread = || invalid("rewards", t::reward_unreadable(lang, line.to_owned()));
            let (name, yuan) = line.rsplit_once(char::is_whitespace).ok_or_else(unread)?;
            let sum: Fen = yuan.parse().map_err(|_| unread())?;
            Ok(RewardSum { name: name.trim().to_owned(), sum })
        };
        let rewards = lines.map(line).collect::<Result<_, AppError>>()?;
        // What is no number is out of bounds, and told so.
        let difficulty = self.difficulty.trim().parse().unwrap_or(0);
        Ok(PublicSettings { open: self.open, difficulty, rewards })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_rewards_is_read_as_it_is_written() {
        let form = SettingsForm {
            open: true,
            difficulty: "16".into(),
            rewards: "一般隐患 200\n\n 重大 火灾隐患  2000 ".into(),
        };
        let settings = form.read(Lang::Zh).unwrap();
        let sums: Vec<_> = settings.rewards.iter().map(|line| (line.name.as_str(), line.sum)).collect();
        assert_eq!(sums, [("一般隐患", Fen::of_yuan(200)), ("重大 火灾隐患", Fen::of_yuan(2000))]);
        let again = SettingsForm::of(&settings);
        assert_eq!(again.read(Lang::Zh).unwrap(), settings);
        let wrong = SettingsForm { rewards: "一般隐患二百".into(), ..form };
        let Err(AppError::Invalid { field, reason }) = wrong.read(Lang::Zh) else { panic!("no sum") };
        assert_eq!(field, "rewards");
        assert!(reason.contains("一般隐患二百"));
    }
}
