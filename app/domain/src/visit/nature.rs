//! 检查性质: why somebody is at the site.

use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

/// Why somebody is at the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitNature {
    /// 日常
    Routine,
    /// 突击, by 四不两直
    Surprise,
    /// 双随机
    Random,
    /// 联合
    Joint,
    /// 复查
    Recheck,
    /// 自查
    SelfCheck,
}

impl VisitNature {
    pub const ALL: [Self; 6] =
        [Self::Surprise, Self::Routine, Self::Random, Self::Joint, Self::Recheck, Self::SelfCheck];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Surprise => "surprise",
            Self::Random => "random",
            Self::Joint => "joint",
            Self::Recheck => "recheck",
            Self::SelfCheck => "self_check",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Routine => Bilingual::new("日常检查", "Routine inspection"),
            Self::Surprise => Bilingual::new("突击检查", "Surprise inspection"),
            Self::Random => Bilingual::new("双随机检查", "Random inspection"),
            Self::Joint => Bilingual::new("联合检查", "Joint inspection"),
            Self::Recheck => Bilingual::new("复查", "Recheck"),
            Self::SelfCheck => Bilingual::new("自查", "Self-check"),
        }
    }
}
