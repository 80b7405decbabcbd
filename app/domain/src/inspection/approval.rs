//! 专项检查的批准: who ordered a special inspection.

use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

/// Of which level whoever approved a special inspection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthorityLevel {
    /// 乡镇（街道）
    Township,
    /// 县（区）
    #[default]
    County,
    /// 市
    City,
    /// 省
    Province,
    /// 国家
    State,
}

impl AuthorityLevel {
    pub const ALL: [Self; 5] = [Self::Township, Self::County, Self::City, Self::Province, Self::State];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Township => "township",
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
            Self::State => "state",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Township => Bilingual::new("乡镇（街道）", "Township or sub-district"),
            Self::County => Bilingual::new("县（区）级", "County or district"),
            Self::City => Bilingual::new("市级", "City"),
            Self::Province => Bilingual::new("省级", "Province"),
            Self::State => Bilingual::new("国家级", "State"),
        }
    }
}

/// 专项检查的批准
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpecialApproval {
    pub level: AuthorityLevel,
    /// 文号
    pub number: String,
}
