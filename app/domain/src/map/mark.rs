//! What a map shows of a site and of a hazard.

use super::{
    projection::World,
    shown::{MapHazard, MapSite},
};
use crate::{risk::RiskLevel, severity::Severity};

/// Where it is, and how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    pub at: World,
    pub kind: MarkKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// An open one; `late`: its day has passed.
    Hazard { level: Severity, late: bool },
    /// `due`: a visit presses.
    Site { risk: RiskLevel, due: bool },
}

impl MarkKind {
    /// What presses most is the least: of several that are drawn as one, it is the one that is drawn.
    pub fn rank(self) -> (u8, RiskLevel) {
        match self {
            Self::Hazard { level: Severity::Major, .. } => (0, RiskLevel::Major),
            Self::Hazard { level: Severity::General, late: true } => (1, RiskLevel::Major),
            Self::Hazard { level: Severity::General, late: false } => (2, RiskLevel::Major),
            Self::Site { risk, due: true } => (3, risk),
            Self::Site { risk, due: false } => (4, risk),
        }
    }

    pub fn is_hazard(self) -> bool {
        match self {
            Self::Hazard { .. } => true,
            Self::Site { .. } => false,
        }
    }
}

impl Mark {
    pub fn of_site(site: &MapSite) -> Self {
        let kind = MarkKind::Site { risk: site.risk, due: site.due };
        Self { at: World::of_place(&site.at), kind }
    }

    pub fn of_hazard(hazard: &MapHazard) -> Self {
        let kind = MarkKind::Hazard { level: hazard.level, late: hazard.late };
        Self { at: World::of_place(&hazard.at), kind }
    }
}
