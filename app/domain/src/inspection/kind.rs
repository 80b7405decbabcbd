//! What an inspection is for.

use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

/// What for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InspectionKind {
    /// 日常检查
    #[default]
    Ordinary,
    /// 专项检查: of a campaign that somebody above has approved.
    Special,
    /// 观摩: others look on.
    Observation,
    /// 督导: how others carry it out is looked at.
    Supervision,
}

impl InspectionKind {
    pub const ALL: [Self; 4] = [Self::Ordinary, Self::Special, Self::Observation, Self::Supervision];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Special => "special",
            Self::Observation => "observation",
            Self::Supervision => "supervision",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Ordinary => Bilingual::new("日常检查", "Ordinary"),
            Self::Special => Bilingual::new("专项检查", "Special"),
            Self::Observation => Bilingual::new("观摩", "Observation"),
            Self::Supervision => Bilingual::new("督导", "Supervision"),
        }
    }

    /// Whether the party is inspected, and not only visited by people who look on.
    pub fn inspects(self) -> bool {
        match self {
            Self::Ordinary | Self::Special => true,
            Self::Observation | Self::Supervision => false,
        }
    }
}
