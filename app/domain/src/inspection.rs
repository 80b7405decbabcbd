//! # 行政检查: an act of administration at a site, and what makes it lawful
//!
//! A patrol looks, notes and advises; whoever inspects in the name of the office acts with public power, and 国办发〔2024〕54号 says
//! who may, with what in hand, and how often. What was in hand is part of the visit ([`AdministrativeInspection`]); what it is held
//! to are the office's [`InspectionRules`], each with the place that it comes from; [`check()`] says what does not fit, on the phone
//! before the door and on the server at receipt.
//!
//! No rule refuses what has happened: what a phone could not know is kept and marked ([`ReceivedInspection`]).

mod approval;
mod breach;
mod change;
mod check;
mod directory;
mod exception;
mod kind;
mod officer;
mod rule;
mod rules;
mod went_by;

pub use approval::{AuthorityLevel, SpecialApproval};
pub use breach::Breach;
pub use change::{RulesCommand, RulesRejection};
pub use check::{Facts, check};
pub use directory::{CertifiedPerson, CountedInspections, Inspected, InspectionDirectory};
pub use exception::CapException;
pub use kind::InspectionKind;
pub use officer::InspectionOfficer;
pub use rule::{InspectionRule, RuleRow, RuleSource};
pub use rules::{InspectionMatter, InspectionRules, RuleSetting};
pub use went_by::{OfficerSeen, WentBy};

use crate::{
    id::DepartmentId,
    limits::{self, CODE, Checked, Field, NAME, OFFICERS, check_count, check_line, tidy_line},
};
use serde::{Deserialize, Serialize};

/// What was in hand, and what was done by the rules. Texts are empty where there is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct AdministrativeInspection {
    pub kind: InspectionKind,
    pub body: InspectingBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<ChosenMatter>,
    /// 审批文号: of the approval before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub approval: String,
    /// It could not wait for the approval, which is made up for afterwards.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// 通知书文号
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notice: String,
    /// Whoever inspects, the one who records it first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<InspectionOfficer>,
    /// 扫企业码: the number under which the platform noted the entry.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub entry_code: String,
    /// Of a special inspection: who ordered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special: Option<SpecialApproval>,
    /// Why it does not count against the yearly cap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<CapException>,
    /// What was done at the door and at the end.
    pub done: InspectionSteps,
    /// The version of the rules that the phone went by.
    pub rules: u32,
    /// What else it went by; put in when the visit is sealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub went_by: Option<WentBy>,
}

/// In whose name. A coordinating body such as a safety committee's office has no name of its own here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InspectingBody {
    /// 街道办事处
    #[default]
    Office,
    /// Named as it was then.
    Department { id: DepartmentId, name: String },
}

/// 检查事项: of the published list, as it stood there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChosenMatter {
    pub code: String,
    pub name: String,
}

/// What is ticked off, at the door and at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct InspectionSteps {
    /// 亮证
    pub shown: bool,
    /// 送达通知书
    pub served: bool,
    /// 扫企业码登记
    pub registered: bool,
    /// 结果告知
    pub told: bool,
}

/// What the office made of it when it came in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceivedInspection {
    /// Whether it counts against the cap.
    pub counts: bool,
    /// Which of the year it was, where it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
    /// What did not fit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub breaches: Vec<Breach>,
}

impl AdministrativeInspection {
    /// Whether it counts against the yearly cap by these rules: nobody is let off by a reason that the office does not know.
    pub fn counts(&self, rules: &InspectionRules) -> bool {
        let is_excepted = self.exception.is_some_and(|exception| rules.is_on(exception.rule()));
        self.kind.inspects() && !is_excepted
    }

    /// Whether every text and list is within its limit.
    ///
    /// # Errors
    /// The first that is not.
    pub fn check_limits(&self) -> Checked {
        check_line(Field::Approval, &self.approval, CODE)?;
        check_line(Field::Notice, &self.notice, CODE)?;
        check_line(Field::EntryCode, &self.entry_code, CODE)?;
        if let Some(matter) = &self.matter {
            check_line(Field::Matter, &matter.code, CODE)?;
            check_line(Field::Matter, &matter.name, NAME)?;
        }
        if let Some(special) = &self.special {
            check_line(Field::Approval, &special.number, CODE)?;
        }
        if let InspectingBody::Department { name, .. } = &self.body {
            limits::check_name(Field::Name, name)?;
        }
        self.went_by.as_ref().map_or(Ok(()), WentBy::check_limits)?;
        check_count(Field::Officers, self.officers.len(), OFFICERS)?;
        self.officers.iter().try_for_each(|officer| {
            check_line(Field::Officers, &officer.name, NAME)?;
            check_line(Field::Certificates, &officer.certificate, CODE)
        })
    }

    /// With every text as a person would have it.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        for text in [&mut self.approval, &mut self.notice, &mut self.entry_code] {
            *text = tidy_line(text);
        }
        if let Some(special) = &mut self.special {
            special.number = tidy_line(&special.number);
        }
        self
    }
}
