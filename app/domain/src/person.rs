//! People with accounts, as the office keeps them.

mod certificate;
mod list;

pub use certificate::Certificate;
pub use list::{PersonFilter, PersonPage};

use crate::{
    id::{CommunityId, DepartmentId, GridId, OfficeId, PersonId, SiteId},
    permission::Permissions,
    place::{Department, Grid},
    role::{Actor, Role, Scope},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    /// What they sign in with, unique on the installation.
    pub username: String,
    pub name: String,
    pub role: Role,
    #[serde(default)]
    pub phone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// An inspector's grids.
    #[serde(default)]
    pub grids: Vec<GridId>,
    /// A community officer's communities, with all grids that they have at the time.
    #[serde(default)]
    pub communities: Vec<CommunityId>,
    /// What an enterprise contact or a school officer answers for.
    #[serde(default)]
    pub sites: Vec<SiteId>,
    /// 执法证件
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
    #[serde(default)]
    pub disabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<DateTime<Utc>>,
}

/// What a person's scope follows from beside their own record.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing<'a> {
    /// Theirs, where they have one.
    pub department: Option<&'a Department>,
    /// Those of their communities; others of the office do no harm.
    pub grids: &'a [Grid],
    /// What the office took away from roles; none: nothing.
    pub permissions: Option<&'a Permissions>,
}

impl Person {
    /// The person as every rule sees them. Without a standing, whoever sees what a department or a community has sees nothing.
    pub fn actor(&self, office: OfficeId, standing: Option<&Standing<'_>>) -> Actor {
        let Standing { department, grids, permissions } = standing.copied().unwrap_or_default();
        let scope = match self.role {
            Role::Supervisor | Role::Leader | Role::Administrator => Scope::Office,
            Role::Officer => match department {
                Some(own) => Scope::Department { department: own.id, sectors: own.sectors.clone() },
                // Without a department there is nothing to answer for.
                None => Scope::Sites(vec![]),
            },
            Role::Inspector => Scope::Grids(self.grids.clone()),
            Role::CommunityOfficer => {
                let own = grids.iter().filter(|grid| self.communities.contains(&grid.community));
                let mut own: Vec<_> = own.map(|grid| grid.id).collect();
                // In one order, whatever they are called: what did not change is told from what did.
                own.sort_unstable();
                Scope::Grids(own)
            }
            Role::Enterprise | Role::School => Scope::Sites(self.sites.clone()),
        };
        let withheld = permissions.map(|permissions| permissions.withheld(self.role)).unwrap_or_default();
        let extension_limit = permissions.and_then(Permissions::extension_limit);
        let name = self.name.clone();
        Actor { office, person: self.id, name, role: self.role, scope, withheld, extension_limit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_community_officer_sees_the_grids_that_the_community_has_now() {
        let id = Uuid::from_u128;
        let grid =
            |n, community| Grid { id: id(n).into(), community: id(community).into(), name: String::new() };
        let person = Person {
            id: id(1).into(),
            username: "shequ".into(),
            name: "周宁".into(),
            role: Role::CommunityOfficer,
            phone: String::new(),
            department: None,
            // Of a role before: they count for nothing.
            grids: vec![id(99).into()],
            communities: vec![id(10).into(), id(11).into()],
            sites: vec![],
            certificates: vec![],
            disabled: false,
            last_seen: None,
        };
        let grids = [grid(22, 11), grid(20, 10), grid(21, 12)];
        let standing = Standing { grids: &grids, ..Standing::default() };
        let actor = person.actor(id(2).into(), Some(&standing));
        assert_eq!(actor.scope, Scope::Grids(vec![id(20).into(), id(22).into()]));
        assert_eq!(person.actor(id(2).into(), None).scope, Scope::Grids(vec![]));
    }
}
