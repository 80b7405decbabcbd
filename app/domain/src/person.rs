//! People with accounts, as the office keeps them.

mod list;

pub use list::{PersonFilter, PersonPage};

use crate::{
    id::{DepartmentId, GridId, OfficeId, PersonId, SiteId},
    place::Department,
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
    /// What an enterprise contact or a school officer answers for.
    #[serde(default)]
    pub sites: Vec<SiteId>,
    #[serde(default)]
    pub disabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<DateTime<Utc>>,
}

impl Person {
    /// The person as every rule sees them. The department is theirs, where they have one.
    pub fn actor(&self, office: OfficeId, department: Option<&Department>) -> Actor {
        let scope = match self.role {
            Role::Supervisor | Role::Administrator => Scope::Office,
            Role::Officer => match department {
                Some(own) => Scope::Department { department: own.id, sectors: own.sectors.clone() },
                // Without a department there is nothing to answer for.
                None => Scope::Sites(vec![]),
            },
            Role::Inspector => Scope::Grids(self.grids.clone()),
            Role::Enterprise | Role::School => Scope::Sites(self.sites.clone()),
        };
        Actor { office, person: self.id, name: self.name.clone(), role: self.role, scope }
    }
}
