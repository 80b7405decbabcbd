//! 规则: what an administrative inspection is held to, each with the place that it comes from.
//!
//! What a rule asks is fixed here; whether an office holds its people to it, and to which figure, is the office's
//! ([`InspectionRules`](super::InspectionRules)). What the sources do not say beyond doubt is off until the office's counsel says so.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InspectionRule {
    /// 主体: the sub-district or a department that the law empowers, and no coordinating body.
    QualifiedBody,
    /// 严禁网格员
    NoGridMember,
    /// 事项清单
    PublishedMatter,
    /// 审批
    PriorApproval,
    /// 通知书
    NoticeServed,
    /// 两人
    TwoOfficers,
    /// 持证
    ValidCertificates,
    /// 扫企业码
    EntryCode,
    /// 年度频次上限
    YearlyCap,
    /// 结果告知
    ResultTold,
    /// 专项检查
    SpecialApproval,
    /// 个体工商户参照
    SoleTraders,
    /// 观摩、督导
    ObservationRecorded,
    /// 投诉举报 does not count.
    UncountedReport,
    /// 转办、交办 does not count.
    UncountedTransfer,
    /// 重大隐患 does not count.
    UncountedMajorHazard,
    /// 复查 does not count.
    UncountedRecheck,
    /// 情况紧急，当场实施
    UrgentOnTheSpot,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleSource {
    /// 国办发〔2024〕54号, with the questions answered and the forms of papers given by the Ministry of Justice.
    EnterpriseInspections,
    /// The same speaks of a cap with exceptions; which they are, the office's counsel says.
    CapExceptions,
    /// 安全生产违法行为行政处罚办法（应急管理部令第18号）第五条第二款, which binds departments of emergency management.
    PenaltyProcedure,
}

/// What is known of a rule beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleRow {
    pub source: RuleSource,
    /// Until the office says otherwise.
    pub usual: bool,
    /// No office switches it off.
    pub is_fixed: bool,
    /// From and to, of a rule with a figure.
    pub figure: Option<(u32, u32)>,
    /// None: a figure that the office has to give.
    pub usual_figure: Option<u32>,
}

const RULE: RuleRow = RuleRow {
    source: RuleSource::EnterpriseInspections,
    usual: true,
    is_fixed: false,
    figure: None,
    usual_figure: None,
};

/// Not said beyond doubt.
const UNCERTAIN: RuleRow = RuleRow { source: RuleSource::CapExceptions, usual: false, ..RULE };

impl InspectionRule {
    pub const ALL: [Self; 18] = [
        Self::QualifiedBody,
        Self::NoGridMember,
        Self::PublishedMatter,
        Self::PriorApproval,
        Self::NoticeServed,
        Self::TwoOfficers,
        Self::ValidCertificates,
        Self::EntryCode,
        Self::YearlyCap,
        Self::ResultTold,
        Self::SpecialApproval,
        Self::SoleTraders,
        Self::ObservationRecorded,
        Self::UncountedReport,
        Self::UncountedTransfer,
        Self::UncountedMajorHazard,
        Self::UncountedRecheck,
        Self::UrgentOnTheSpot,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::QualifiedBody => "qualified_body",
            Self::NoGridMember => "no_grid_member",
            Self::PublishedMatter => "published_matter",
            Self::PriorApproval => "prior_approval",
            Self::NoticeServed => "notice_served",
            Self::TwoOfficers => "two_officers",
            Self::ValidCertificates => "valid_certificates",
            Self::EntryCode => "entry_code",
            Self::YearlyCap => "yearly_cap",
            Self::ResultTold => "result_told",
            Self::SpecialApproval => "special_approval",
            Self::SoleTraders => "sole_traders",
            Self::ObservationRecorded => "observation_recorded",
            Self::UncountedReport => "uncounted_report",
            Self::UncountedTransfer => "uncounted_transfer",
            Self::UncountedMajorHazard => "uncounted_major_hazard",
            Self::UncountedRecheck => "uncounted_recheck",
            Self::UrgentOnTheSpot => "urgent_on_the_spot",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == word)
    }

    pub fn row(self) -> RuleRow {
        match self {
            Self::NoGridMember => RuleRow { is_fixed: true, ..RULE },
            Self::TwoOfficers => RuleRow { figure: Some((2, 10)), usual_figure: Some(2), ..RULE },
            Self::YearlyCap => RuleRow { figure: Some((1, 365)), ..RULE },
            Self::QualifiedBody
            | Self::PublishedMatter
            | Self::PriorApproval
            | Self::NoticeServed
            | Self::ValidCertificates
            | Self::EntryCode
            | Self::ResultTold
            | Self::SpecialApproval
            | Self::SoleTraders
            | Self::ObservationRecorded => RULE,
            Self::UncountedReport
            | Self::UncountedTransfer
            | Self::UncountedMajorHazard
            | Self::UncountedRecheck => UNCERTAIN,
            Self::UrgentOnTheSpot => RuleRow { source: RuleSource::PenaltyProcedure, ..UNCERTAIN },
        }
    }
}
