//! How far a plan has come.

use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

/// How far a plan has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStep {
    /// 定范围
    Drafted,
    /// 等种子
    Frozen,
    /// 等下发
    Drawn,
    /// 已下发
    Sent,
    /// 已公布
    Published,
    /// 已取消
    Cancelled,
}

impl PlanStep {
    pub const ALL: [Self; 6] =
        [Self::Drafted, Self::Frozen, Self::Drawn, Self::Sent, Self::Published, Self::Cancelled];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Frozen => "frozen",
            Self::Drawn => "drawn",
            Self::Sent => "sent",
            Self::Published => "published",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Drafted => Bilingual::new("定范围", "Being drawn up"),
            Self::Frozen => Bilingual::new("等种子", "Waits for the seed"),
            Self::Drawn => Bilingual::new("等下发", "To be sent"),
            Self::Sent => Bilingual::new("已下发", "Sent"),
            Self::Published => Bilingual::new("已公布", "Published"),
            Self::Cancelled => Bilingual::new("已取消", "Cancelled"),
        }
    }
}
