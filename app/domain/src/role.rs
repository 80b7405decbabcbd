//! Who may do what, and where. One table for phone and server; the server's answer counts.

use crate::{
    id::{DepartmentId, GridId, OfficeId, PersonId, SiteId},
    sector::Sector,
    text::Bilingual,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 网格员
    Inspector,
    /// 部门负责人
    Officer,
    /// 安委办
    Supervisor,
    /// 企业安全员
    Enterprise,
    /// 学校安全员
    School,
    Administrator,
}

impl Role {
    pub const ALL: [Self; 6] = [
        Self::Inspector,
        Self::Officer,
        Self::Supervisor,
        Self::Enterprise,
        Self::School,
        Self::Administrator,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inspector => "inspector",
            Self::Officer => "officer",
            Self::Supervisor => "supervisor",
            Self::Enterprise => "enterprise",
            Self::School => "school",
            Self::Administrator => "administrator",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Inspector => Bilingual::new("网格员", "Grid inspector"),
            Self::Officer => Bilingual::new("部门负责人", "Department officer"),
            Self::Supervisor => Bilingual::new("安委办", "Safety committee office"),
            Self::Enterprise => Bilingual::new("企业安全员", "Enterprise contact"),
            Self::School => Bilingual::new("学校安全员", "School safety officer"),
            Self::Administrator => Bilingual::new("管理员", "Administrator"),
        }
    }

    /// Whether the role's work is done on the phone first.
    pub fn is_field(self) -> bool {
        matches!(self, Self::Inspector | Self::Enterprise | Self::School)
    }

    pub fn may(self, action: Action) -> bool {
        use Action::{
            AssignAndSupervise, Inspect, ManageJobs, ManagePeople, Recheck, Rectify, UseField, UseOffice,
        };
        match self {
            Self::Administrator => true,
            Self::Supervisor => !matches!(action, ManagePeople | ManageJobs),
            Self::Officer => {
                matches!(action, Inspect | Rectify | Recheck | AssignAndSupervise | UseOffice | UseField)
            }
            Self::Inspector => matches!(action, Inspect | Rectify | Recheck | UseField),
            Self::Enterprise | Self::School => matches!(action, Rectify | UseField),
        }
    }
}

/// What can be done, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Open the phone's part.
    UseField,
    /// Open the desk's part.
    UseOffice,
    /// Submit visits and report hazards.
    Inspect,
    /// Report a hazard as put right, ask for an extension.
    Rectify,
    /// Accept or return what was reported as put right.
    Recheck,
    /// Assign, grant extensions, list, suspend and lift that, refer, merge, reopen.
    AssignAndSupervise,
    /// Edit and import sites, grids, responsibilities.
    ManageSites,
    /// Accounts and roles.
    ManagePeople,
    /// Who did what.
    ReadAudit,
    /// Work behind the answers that failed: have it done again, or give it up.
    ManageJobs,
}

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

/// A signed-in person, as every rule sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    pub office: OfficeId,
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    pub scope: Scope,
}

impl Actor {
    /// Role and place together.
    pub fn may(&self, action: Action, place: &ResourceScope) -> bool {
        self.role.may(action) && self.scope.covers(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn enterprises_report_but_never_accept() {
        for role in [Role::Enterprise, Role::School] {
            assert!(role.may(Action::Rectify));
            assert!(!role.may(Action::Recheck) && !role.may(Action::Inspect) && !role.may(Action::UseOffice));
        }
    }

    #[test]
    fn only_the_administrator_makes_accounts_and_sees_to_jobs() {
        for action in [Action::ManagePeople, Action::ManageJobs] {
            let may: Vec<_> = Role::ALL.into_iter().filter(|role| role.may(action)).collect();
            assert_eq!(may, [Role::Administrator], "{action:?}");
        }
    }

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
