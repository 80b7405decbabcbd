//! 责任主体列表: what the list of parties can be asked, and its rows. It is for whoever sees the whole office; others find a
//! party by the sites that they see.

use super::{CreditCode, Party, PartyKind};
use crate::{
    id::PartyId,
    list::{ListFilter, ListPage, Parts},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PartyFilter {
    pub kind: Option<PartyKind>,
    /// Name, credit code or number of the telephone.
    pub query: String,
    pub page: u32,
}

impl ListFilter for PartyFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("kind", &mut self.kind);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

pub type PartyPage = ListPage<PartyRow>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyRow {
    pub id: PartyId,
    pub name: String,
    pub kind: PartyKind,
    pub credit_code: Option<CreditCode>,
    /// The name of the first of its people. Telephones do not travel to a list.
    pub principal: Option<String>,
    pub retired: bool,
    /// In use, for which it answers.
    pub sites: u64,
    /// That were found while it answered, wherever they lie.
    pub open_hazards: u64,
}

impl PartyRow {
    pub fn of(party: Party, sites: u64, open_hazards: u64) -> Self {
        let Party { id, name, kind, credit_code, people, retired, .. } = party;
        let principal = people.into_iter().next().map(|person| person.name);
        Self { id, name, kind, credit_code, principal, retired, sites, open_hazards }
    }
}
