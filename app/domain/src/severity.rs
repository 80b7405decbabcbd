//! 隐患等级: how grave a hazard is.

use serde::{Deserialize, Serialize};

/// 一般隐患 or 重大隐患
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    #[default]
    General,
    Major,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Major => "major",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::General, Self::Major].into_iter().find(|level| level.as_str() == word)
    }
}
