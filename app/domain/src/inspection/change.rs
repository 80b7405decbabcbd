//! What an administrator wants of the rules, and what comes of it.

use super::{InspectionMatter, InspectionRule, InspectionRules, RuleSetting};
use crate::{
    id::DepartmentId,
    limits::{self, CODE, Field, MATTERS, NAME, OverLimit, check_count, check_line, check_text},
    order::sort_by,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulesCommand {
    SetRule {
        rule: InspectionRule,
        on: bool,
        figure: Option<u32>,
    },
    /// Puts a matter on the list, or another wording in the place of the one with its code.
    PutMatter {
        matter: InspectionMatter,
    },
    /// Those that inspect in their own name, and no others.
    SetDepartments {
        departments: Vec<DepartmentId>,
    },
}

/// Why it is not done.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RulesRejection {
    /// By another person since it was read.
    #[error("changed meanwhile")]
    Changed,
    #[error("this rule cannot be switched off")]
    Fixed,
    #[error("the figure of this rule lies from {from} to {to}")]
    Figure { from: u32, to: u32 },
    #[error("this rule has no figure")]
    NoFigure,
    #[error("the code of the matter is missing")]
    CodeMissing,
    #[error("the name of the matter is missing")]
    NameMissing,
    #[error("there is no such department")]
    UnknownDepartment,
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
}

impl InspectionRules {
    /// The rules as they become. `was`: the version that whoever commands has read; `departments`: all of the office.
    ///
    /// # Errors
    /// Why it is not done.
    pub fn changed(
        &self,
        command: &RulesCommand,
        was: u32,
        departments: &[DepartmentId],
        by: &str,
        at: DateTime<Utc>,
    ) -> Result<Self, RulesRejection> {
        if was != self.version {
            return Err(RulesRejection::Changed);
        }
        let mut rules = Self { version: self.version + 1, ..self.clone() };
        match command {
            RulesCommand::SetRule { rule, on, figure } => {
                check_setting(*rule, *on, *figure)?;
                rules.settings.retain(|setting| setting.rule != *rule);
                let by = by.to_owned();
                rules.settings.push(RuleSetting { rule: *rule, on: *on, figure: *figure, by, at });
                sort_by(&mut rules.settings, |a, b| a.rule.cmp(&b.rule));
            }
            RulesCommand::PutMatter { matter } => {
                let matter = checked(matter)?;
                if matter.department.is_some_and(|id| !departments.contains(&id)) {
                    return Err(RulesRejection::UnknownDepartment);
                }
                rules.matters.retain(|known| known.code != matter.code);
                rules.matters.push(matter);
                check_count(Field::Matter, rules.matters.len(), MATTERS)?;
                sort_by(&mut rules.matters, |a, b| a.code.cmp(&b.code));
            }
            RulesCommand::SetDepartments { departments: chosen } => {
                if chosen.iter().any(|id| !departments.contains(id)) {
                    return Err(RulesRejection::UnknownDepartment);
                }
                rules.departments.clone_from(chosen);
                rules.departments.sort_unstable();
                rules.departments.dedup();
            }
        }
        Ok(rules)
    }
}

fn check_setting(rule: InspectionRule, on: bool, figure: Option<u32>) -> Result<(), RulesRejection> {
    let row = rule.row();
    if row.is_fixed && !on {
        return Err(RulesRejection::Fixed);
    }
    match (row.figure, figure) {
        (None, Some(_)) => Err(RulesRejection::NoFigure),
        (Some((from, to)), Some(figure)) if !(from..=to).contains(&figure) => {
            Err(RulesRejection::Figure { from, to })
        }
        (Some(_) | None, _) => Ok(()),
    }
}

/// As it is kept.
fn checked(matter: &InspectionMatter) -> Result<InspectionMatter, RulesRejection> {
    let matter = InspectionMatter {
        code: limits::tidy_line(&matter.code),
        name: limits::tidy_line(&matter.name),
        basis: limits::tidy_text(&matter.basis),
        department: matter.department,
        ended: matter.ended,
    };
    if matter.code.is_empty() {
        return Err(RulesRejection::CodeMissing);
    }
    if matter.name.is_empty() {
        return Err(RulesRejection::NameMissing);
    }
    check_line(Field::Code, &matter.code, CODE)?;
    check_line(Field::Name, &matter.name, NAME)?;
    check_text(Field::Basis, &matter.basis)?;
    Ok(matter)
}
