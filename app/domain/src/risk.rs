//! 风险等级: four levels, told by colour, shape and word together.

use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

/// Ordered from the gravest, so that sorting puts major first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum RiskLevel {
    /// 重大, red
    Major,
    /// 较大, orange
    Considerable,
    /// 一般, yellow
    General,
    /// 低, blue
    Low,
}

impl RiskLevel {
    pub const ALL: [Self; 4] = [Self::Major, Self::Considerable, Self::General, Self::Low];

    /// The word stored and sent; also the CSS class of its sign.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Considerable => "considerable",
            Self::General => "general",
            Self::Low => "low",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Major => Bilingual::new("重大风险", "Major risk"),
            Self::Considerable => Bilingual::new("较大风险", "Considerable risk"),
            Self::General => Bilingual::new("一般风险", "General risk"),
            Self::Low => Bilingual::new("低风险", "Low risk"),
        }
    }
}
