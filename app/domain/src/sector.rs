//! 行业领域: the sectors of the plan, as its annexes divide them.

use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Sector {
    General,
    Hazchem,
    Fire,
    Ebike,
    Transport,
    Construction,
    Hazwaste,
    School,
    Culture,
    Equipment,
    City,
    Enterprise,
}

impl Sector {
    pub const ALL: [Self; 12] = [
        Self::Fire,
        Self::Ebike,
        Self::Hazchem,
        Self::School,
        Self::Transport,
        Self::Construction,
        Self::Hazwaste,
        Self::Culture,
        Self::Equipment,
        Self::City,
        Self::Enterprise,
        Self::General,
    ];

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Hazchem => "hazchem",
            Self::Fire => "fire",
            Self::Ebike => "ebike",
            Self::Transport => "transport",
            Self::Construction => "construction",
            Self::Hazwaste => "hazwaste",
            Self::School => "school",
            Self::Culture => "culture",
            Self::Equipment => "equipment",
            Self::City => "city",
            Self::Enterprise => "enterprise",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sector| sector.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::General => Bilingual::new("综合", "General"),
            Self::Hazchem => Bilingual::new("危险化学品", "Hazardous chemicals"),
            Self::Fire => Bilingual::new("消防", "Fire safety"),
            Self::Ebike => Bilingual::new("电动自行车", "E-bikes"),
            Self::Transport => Bilingual::new("交通运输", "Transport"),
            Self::Construction => Bilingual::new("建筑施工", "Construction"),
            Self::Hazwaste => Bilingual::new("危险废物", "Hazardous waste"),
            Self::School => Bilingual::new("学校", "Schools"),
            Self::Culture => Bilingual::new("文化旅游", "Culture and tourism"),
            Self::Equipment => Bilingual::new("特种设备", "Special equipment"),
            Self::City => Bilingual::new("城市运行", "City operation"),
            Self::Enterprise => Bilingual::new("工贸企业", "Industry and trade"),
        }
    }
}
