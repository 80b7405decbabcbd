//! The office's own rules: which of them hold and with which figure, the published list of matters, and the departments that
//! inspect in their own name.

use super::InspectionRule;
use crate::id::DepartmentId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// As an office has them. Nothing decided: each rule as it usually is, no matter published, and the sub-district alone inspects.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct InspectionRules {
    /// One more with every change: a visit says by which it was made.
    pub version: u32,
    /// Those that somebody decided about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<RuleSetting>,
    /// 行政检查事项清单, by code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matters: Vec<InspectionMatter>,
    /// That the law empowers to inspect in their own name. A coordinating body is never among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
}

/// What the office decided about a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetting {
    pub rule: InspectionRule,
    pub on: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<u32>,
    /// Who decided it last, by name.
    pub by: String,
    pub at: DateTime<Utc>,
}

/// 检查事项, as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectionMatter {
    /// 事项编码, by which it is known.
    pub code: String,
    pub name: String,
    /// What it rests on, in the list's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// 承办部门: whose people inspect it; none: the sub-district's, and anybody's who holds a certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// Taken off the list: not chosen any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
}

impl InspectionRules {
    pub fn setting(&self, rule: InspectionRule) -> Option<&RuleSetting> {
        self.settings.iter().find(|setting| setting.rule == rule)
    }

    pub fn is_on(&self, rule: InspectionRule) -> bool {
        let row = rule.row();
        row.is_fixed || self.setting(rule).map_or(row.usual, |setting| setting.on)
    }

    /// Of a rule with one; none where it has none, or where the office has to give it and has not.
    pub fn figure(&self, rule: InspectionRule) -> Option<u32> {
        self.setting(rule).and_then(|setting| setting.figure).or(rule.row().usual_figure)
    }

    /// How often somebody may be inspected in a calendar year; none where nothing is held to a number.
    pub fn cap(&self) -> Option<u32> {
        if self.is_on(InspectionRule::YearlyCap) { self.figure(InspectionRule::YearlyCap) } else { None }
    }

    /// That may be chosen.
    pub fn matters_in_use(&self) -> impl Iterator<Item = &InspectionMatter> {
        self.matters.iter().filter(|matter| !matter.ended)
    }
}
