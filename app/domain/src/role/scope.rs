//! What part of the office somebody sees.

use crate::{
    id::{DepartmentId, GridId, SiteId},
    sector::Sector,
};
use serde::{Deserialize, Serialize};

/// The grid, site, department and sector of a record, which decide who sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResourceScope {
    pub grid: GridId,
    pub site: SiteId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    pub sector: Sector,
}

/// What part of the office a person sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Office,
    /// What the department answers for: its own sites and hazards, and all of its sectors.
    Department {
        department: DepartmentId,
        sectors: Vec<Sector>,
    },
    Grids(Vec<GridId>),
    Sites(Vec<SiteId>),
}

impl Scope {
    pub fn covers(&self, place: &ResourceScope) -> bool {
        match self {
            Self::Office => true,
            Self::Department { department, sectors } => {
                place.department == Some(*department) || sectors.contains(&place.sector)
            }
            Self::Grids(grids) => grids.contains(&place.grid),
            Self::Sites(sites) => sites.contains(&place.site),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_department_sees_its_sectors_everywhere() {
        let place = ResourceScope {
            grid: GridId(Uuid::nil()),
            site: SiteId(Uuid::nil()),
            department: None,
            sector: Sector::Fire,
        };
        let scope = |sectors| Scope::Department { department: DepartmentId(Uuid::nil()), sectors };
        assert!(scope(vec![Sector::Fire]).covers(&place));
        assert!(!scope(vec![Sector::School]).covers(&place));
        assert!(!Scope::Grids(vec![]).covers(&place));
    }
}
