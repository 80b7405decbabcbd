//! People with accounts, as the office keeps them.

use crate::{
    id::{DepartmentId, GridId, PersonId, SiteId},
    role::Role,
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
