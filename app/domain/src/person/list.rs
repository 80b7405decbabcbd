//! 人员列表: what the list of people can be asked. Its rows are the people.

use super::Person;
use crate::{
    list::{ListFilter, ListPage, Parts},
    role::Role,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonFilter {
    pub role: Option<Role>,
    /// Name, account or number of the telephone.
    pub query: String,
    pub page: u32,
}

impl ListFilter for PersonFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("role", &mut self.role);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

pub type PersonPage = ListPage<Person>;
