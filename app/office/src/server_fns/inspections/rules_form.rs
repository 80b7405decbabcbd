//! The forms of the rules as browsers send them: flat words. Reading them is a pure function; the rules' own rules are the
//! server's.

use crate::{error::AppError, i18n::inspection as t};
use domain::{
    id::DepartmentId,
    inspection::{InspectionMatter, InspectionRule, RulesCommand},
    text::Lang,
};
use serde::{Deserialize, Serialize};

pub const RULE: &str = "rule";
pub const MATTER: &str = "matter";
pub const DEPARTMENTS: &str = "departments";

/// `does` is one of these; only its own fields count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesForm {
    pub does: String,
    /// Of the rules that the page shows.
    pub version: String,
    pub rule: String,
    /// `yes`: it holds.
    pub on: String,
    /// Empty: none.
    pub figure: String,
    pub code: String,
    pub name: String,
    pub basis: String,
    /// Whose matter it is; empty: the sub-district's.
    pub department: String,
    pub ended: bool,
    pub departments: Vec<String>,
}

impl RulesForm {
    /// The version that was read, and what is wanted.
    ///
    /// # Errors
    /// A field that says nothing.
    pub fn read(&self, lang: Lang) -> Result<(u32, RulesCommand), AppError> {
        let invalid = |field: &str, reason: &str| AppError::Invalid {
            field: field.to_owned(),
            reason: reason.to_owned(),
        };
        let version = self.version.parse().map_err(|_| AppError::NotFound)?;
        let command = match self.does.as_str() {
            RULE => {
                let rule = InspectionRule::parse(&self.rule).ok_or(AppError::NotFound)?;
                let figure = self.figure.trim();
                let figure = if figure.is_empty() {
                    None
                } else {
                    Some(figure.parse().map_err(|_| invalid("figure", t::not_a_figure(lang)))?)
                };
                RulesCommand::SetRule { rule, on: self.on == "yes", figure }
            }
            MATTER => RulesCommand::PutMatter {
                matter: InspectionMatter {
                    code: self.code.clone(),
                    name: self.name.clone(),
                    basis: self.basis.clone(),
                    department: match self.department.trim() {
                        "" => None,
                        id => {
                            Some(id.parse().map_err(|_| invalid("department", t::unknown_department(lang)))?)
                        }
                    },
                    ended: self.ended,
                },
            },
            DEPARTMENTS => {
                let departments: Result<Vec<DepartmentId>, _> =
                    self.departments.iter().map(|id| id.parse()).collect();
                let unknown = |_| invalid("departments", t::unknown_department(lang));
                RulesCommand::SetDepartments { departments: departments.map_err(unknown)? }
            }
            _ => return Err(AppError::NotFound),
        };
        Ok((version, command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(on: &str, figure: &str) -> Result<(u32, RulesCommand), AppError> {
        let (does, version) = (RULE.to_owned(), "3".to_owned());
        let form = RulesForm { does, version, rule: "yearly_cap".into(), ..RulesForm::default() };
        RulesForm { on: on.into(), figure: figure.into(), ..form }.read(Lang::Zh)
    }

    #[test]
    fn a_rule_is_on_with_its_figure_or_off() {
        let set = |on, figure| RulesCommand::SetRule { rule: InspectionRule::YearlyCap, on, figure };
        assert_eq!(rule("yes", " 4 "), Ok((3, set(true, Some(4)))));
        assert_eq!(rule("no", ""), Ok((3, set(false, None))));
        assert!(matches!(rule("yes", "四"), Err(AppError::Invalid { field, .. }) if field == "figure"));
    }

    #[test]
    fn what_names_nothing_is_not_there() {
        let form = RulesForm { version: "0".into(), ..RulesForm::default() };
        assert_eq!(form.read(Lang::Zh), Err(AppError::NotFound));
        let matter = |department: &str| RulesForm {
            does: MATTER.into(),
            department: department.into(),
            ..form.clone()
        };
        assert!(
            matches!(matter("x").read(Lang::Zh), Err(AppError::Invalid { field, .. }) if field == "department")
        );
        assert!(matter("").read(Lang::Zh).is_ok());
        let unread = RulesForm { does: DEPARTMENTS.into(), departments: vec!["x".into()], ..form };
        assert!(matches!(unread.read(Lang::Zh), Err(AppError::Invalid { .. })));
    }
}
