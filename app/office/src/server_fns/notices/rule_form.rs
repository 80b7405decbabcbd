//! The forms of the rules as browsers send them: flat words. Reading them is a pure function; what rules are held to is the
//! trade's.

use crate::{error::AppError, i18n::notices as t};
use domain::{
    notice::{NoticeKind, NoticeRule, NoticeSettings, NoticeTo, PartyNoticeKind, PartyRules, QuietHours},
    text::Lang,
};
use serde::{Deserialize, Serialize};

pub const RULE: &str = "rule";
pub const QUIET: &str = "quiet";
pub const PARTY: &str = "party";

/// `does` is one of these; only its own fields count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    pub does: String,
    /// Of the rules that the page shows.
    pub version: String,
    pub kind: String,
    /// For how many days the row waits that is changed; empty: a new row.
    pub after: String,
    pub days: String,
    pub to: Vec<String>,
    /// `21:00`; empty with the other: no hour is quiet.
    pub quiet_from: String,
    pub quiet_until: String,
    /// Of what parties are told.
    pub party_kinds: Vec<String>,
    /// Under which their page is reached.
    pub party_address: String,
}

impl RuleForm {
    /// The rules as they are to be, of the version that was read.
    ///
    /// # Errors
    /// A field that says nothing, or a row that is not there.
    pub fn read(&self, lang: Lang, was: NoticeSettings) -> Result<NoticeSettings, AppError> {
        let invalid = |field: &str, reason: &str| AppError::Invalid {
            field: field.to_owned(),
            reason: reason.to_owned(),
        };
        let version = self.version.parse().map_err(|_| AppError::NotFound)?;
        let mut is = NoticeSettings { version, ..was };
        match self.does.as_str() {
            RULE => {
                let kind = NoticeKind::parse(&self.kind).ok_or(AppError::NotFound)?;
                let after_days = match self.days.trim() {
                    "" if !kind.counts_days() => 0,
                    days => days.parse().map_err(|_| invalid("days", t::refused_days(lang)))?,
                };
                let to: Option<Vec<NoticeTo>> = self.to.iter().map(|to| NoticeTo::parse(to)).collect();
                let rule = NoticeRule { kind, after_days, to: to.ok_or(AppError::NotFound)? };
                if self.after.is_empty() {
                    is.rules.push(rule);
                } else {
                    let after: u16 = self.after.parse().map_err(|_| AppError::NotFound)?;
                    let known = is.rules.iter_mut().find(|row| row.kind == kind && row.after_days == after);
                    *known.ok_or(AppError::NotFound)? = rule;
                }
                // A row for other days that tells nobody is no row.
                let mut seen = vec![];
                is.rules.retain(|row| {
                    let is_first = !seen.contains(&row.kind);
                    seen.push(row.kind);
                    is_first || !row.to.is_empty()
                });
            }
            QUIET => {
                is.quiet = match (self.quiet_from.trim(), self.quiet_until.trim()) {
                    ("", "") => None,
                    (from, until) => {
                        let wrong = || invalid("quiet_from", t::refused_quiet(lang));
                        let (from, until) =
                            QuietHours::minutes(from).zip(QuietHours::minutes(until)).ok_or_else(wrong)?;
                        Some(QuietHours { from, until })
                    }
                };
            }
            PARTY => {
                let kinds = self.party_kinds.iter().map(|kind| PartyNoticeKind::parse(kind));
                let kinds: Option<Vec<_>> = kinds.collect();
                let address = self.party_address.clone();
                is.party = PartyRules { kinds: kinds.ok_or(AppError::NotFound)?, address };
            }
            _ => return Err(AppError::NotFound),
        }
        Ok(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(does: &str) -> RuleForm {
        RuleForm { does: does.to_owned(), version: "0".to_owned(), ..RuleForm::default() }
    }

    fn read(form: &RuleForm) -> Result<NoticeSettings, AppError> {
        form.read(Lang::Zh, NoticeSettings::default())
    }

    #[test]
    fn a_row_is_changed_added_or_taken_away() {
        let late = |after: &str, days: &str, to: &[&str]| RuleForm {
            kind: "late".to_owned(),
            after: after.to_owned(),
            days: days.to_owned(),
            to: to.iter().map(|to| (*to).to_owned()).collect(),
            ..form(RULE)
        };
        let rows = |form: &RuleForm| -> Vec<u16> {
            let rules = read(form).unwrap().rules.into_iter();
            rules.filter(|rule| rule.kind == NoticeKind::Late).map(|rule| rule.after_days).collect()
        };
        assert_eq!(rows(&late("3", "4", &["leader"])), [1, 4, 7]);
        assert_eq!(rows(&late("", "14", &["own", "leader"])), [1, 3, 7, 14]);
        assert_eq!(rows(&late("3", "3", &[])), [1, 7]);
        assert_eq!(rows(&late("1", "1", &[])), [1, 3, 7], "the first row stays to be seen");
        assert_eq!(read(&late("5", "5", &["own"])), Err(AppError::NotFound));
        assert_eq!(read(&late("3", "3", &["everybody"])), Err(AppError::NotFound));
        let wrong = read(&late("3", "三", &["own"]));
        assert!(matches!(wrong, Err(AppError::Invalid { field, .. }) if field == "days"));
    }

    #[test]
    fn quiet_hours_are_two_times_or_none() {
        let quiet = |from: &str, until: &str| {
            let form = RuleForm { quiet_from: from.into(), quiet_until: until.into(), ..form(QUIET) };
            read(&form).map(|settings| settings.quiet)
        };
        assert_eq!(quiet("22:30", "06:00"), Ok(Some(QuietHours { from: 1350, until: 360 })));
        assert_eq!(quiet("", ""), Ok(None));
        for (from, until) in [("22:30", ""), ("late", "06:00"), ("24:00", "06:00")] {
            assert!(matches!(quiet(from, until), Err(AppError::Invalid { .. })), "{from} {until}");
        }
    }
}
