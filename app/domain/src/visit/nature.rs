//! 巡查、行政检查、自查、复查: by which right somebody is at a site. It decides what the record is called and what it may say.
//!
//! What a visit is part of, such as a draw or a joint round, is another question and stands elsewhere.

use super::VisitOutcome;
use crate::{role::Role, text::Bilingual};
use serde::{Deserialize, Serialize};

/// By which right somebody is at the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitNature {
    /// 巡查: anybody of the office looks, notes and advises, and orders nothing.
    #[default]
    Patrol,
    /// 行政检查: an act of administration, with the rules of [`inspection`](crate::inspection).
    AdministrativeInspection,
    /// 自查: the site looks at itself.
    SelfCheck,
    /// 复查: whether what was found is put right.
    Recheck,
}

impl VisitNature {
    pub const ALL: [Self; 4] = [Self::Patrol, Self::AdministrativeInspection, Self::SelfCheck, Self::Recheck];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patrol => "patrol",
            Self::AdministrativeInspection => "administrative_inspection",
            Self::SelfCheck => "self_check",
            Self::Recheck => "recheck",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Patrol => Bilingual::new("巡查", "Patrol"),
            Self::AdministrativeInspection => Bilingual::new("行政检查", "Administrative inspection"),
            Self::SelfCheck => Bilingual::new("自查", "Self-check"),
            Self::Recheck => Bilingual::new("复查", "Recheck"),
        }
    }

    /// What people of the role may come for, the usual one first. A grid member never inspects in the office's name
    /// (国办发〔2024〕54号), and only a site checks itself.
    pub fn of_role(role: Role) -> &'static [Self] {
        match role {
            Role::Inspector | Role::CommunityOfficer => &[Self::Patrol, Self::Recheck],
            Role::Officer | Role::Supervisor | Role::Leader | Role::Administrator => {
                &[Self::Patrol, Self::AdministrativeInspection, Self::Recheck]
            }
            Role::Enterprise | Role::School => &[Self::SelfCheck],
        }
    }

    pub fn is_for(self, role: Role) -> bool {
        Self::of_role(role).contains(&self)
    }

    pub fn is_administrative(self) -> bool {
        self == Self::AdministrativeInspection
    }

    /// Whether a visit with this outcome is the office's last one to the site: something was checked, and not by the site itself.
    pub fn counts_as_last(self, outcome: VisitOutcome) -> bool {
        outcome.is_done() && self != Self::SelfCheck
    }
}
