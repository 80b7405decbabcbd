//! 抽查方式: what makes a check one that nobody expects.

use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

/// How a spot check is made. It says nothing of what the visit is before the law: that is the visit's nature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpotCheckKind {
    /// 突击抽查, by 四不两直
    Surprise,
    /// 双随机抽查
    Random,
    /// 联合检查: several departments, one record.
    Joint,
    /// 交叉检查: by people of another community.
    Cross,
    /// 领导带队检查
    Leader,
}

impl SpotCheckKind {
    pub const ALL: [Self; 5] = [Self::Surprise, Self::Random, Self::Joint, Self::Cross, Self::Leader];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Surprise => "surprise",
            Self::Random => "random",
            Self::Joint => "joint",
            Self::Cross => "cross",
            Self::Leader => "leader",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Surprise => Bilingual::new("突击抽查", "Surprise check"),
            Self::Random => Bilingual::new("双随机抽查", "Random check"),
            Self::Joint => Bilingual::new("联合检查", "Joint check"),
            Self::Cross => Bilingual::new("交叉检查", "Cross-check"),
            Self::Leader => Bilingual::new("领导带队检查", "Check led by a leader"),
        }
    }
}
