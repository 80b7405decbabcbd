//! What does not count against the yearly cap.

use super::InspectionRule;
use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

/// Why an inspection may go beyond the cap, as far as the office's rules have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CapException {
    /// 投诉举报
    Report,
    /// 转办、交办的线索
    Transfer,
    /// 重大隐患
    MajorHazard,
    /// 复查
    Recheck,
}

impl CapException {
    pub const ALL: [Self; 4] = [Self::Report, Self::Transfer, Self::MajorHazard, Self::Recheck];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Transfer => "transfer",
            Self::MajorHazard => "major_hazard",
            Self::Recheck => "recheck",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|exception| exception.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Report => Bilingual::new("投诉举报", "Complaint or report"),
            Self::Transfer => Bilingual::new("转办、交办的线索", "Lead handed over"),
            Self::MajorHazard => Bilingual::new("重大隐患", "Major hazard"),
            Self::Recheck => Bilingual::new("整改复查", "Recheck"),
        }
    }

    /// The rule that opens it.
    pub fn rule(self) -> InspectionRule {
        match self {
            Self::Report => InspectionRule::UncountedReport,
            Self::Transfer => InspectionRule::UncountedTransfer,
            Self::MajorHazard => InspectionRule::UncountedMajorHazard,
            Self::Recheck => InspectionRule::UncountedRecheck,
        }
    }
}
