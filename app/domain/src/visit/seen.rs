//! 场所快照: the site as the phone knew it, and as the office knew it when it sealed the visit.

use crate::{
    id::{PartyId, SiteKind},
    order::collected,
    party::{CreditCode, SiteParty},
    place::Location,
    risk::RiskLevel,
    sector::Sector,
    site::{Contact, Site},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the phone went by when the visit began. The kinds decide what is asked, so a visit says by which it was filled in:
/// the desk may have changed them while the phone was away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteSeen {
    pub kinds: Vec<SiteKind>,
}

impl SiteSeen {
    pub fn of(site: &Site) -> Self {
        Self { kinds: site.kinds.clone() }
    }

    /// Whether the site is of these kinds, in whatever order.
    pub fn is_now(&self, site: &Site) -> bool {
        set(&self.kinds) == set(&site.kinds)
    }

    /// Whether the site is or ever was of these kinds together. `had`: every list of kinds that the office remembers of it;
    /// where it remembers none, nobody can say that it never was.
    pub fn was_ever(&self, site: &Site, had: &[Vec<SiteKind>]) -> bool {
        self.is_now(site) || had.is_empty() || had.iter().any(|kinds| set(kinds) == set(&self.kinds))
    }
}

fn set(kinds: &[SiteKind]) -> BTreeSet<&SiteKind> {
    collected(kinds)
}

/// What the places around a site are called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlaceNames {
    pub community: String,
    pub grid: String,
    pub department: Option<String>,
}

/// Who answered for the site before the law then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartySnapshot {
    pub id: PartyId,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<CreditCode>,
}

impl PartySnapshot {
    fn of(party: &SiteParty) -> Self {
        Self { id: party.id, name: party.name.clone(), credit_code: party.credit_code.clone() }
    }

    /// `锦绣物业服务有限公司 91…`
    pub fn words(&self) -> String {
        match &self.credit_code {
            Some(code) => format!("{} {code}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The site as it was when the office sealed the visit: a record that is printed years later shows it so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteSnapshot {
    pub name: String,
    pub code: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    pub kinds: Vec<SiteKind>,
    pub sector: Sector,
    pub risk: RiskLevel,
    pub community: String,
    pub grid: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartySnapshot>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub leader: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

impl SiteSnapshot {
    pub fn of(site: &Site, around: PlaceNames) -> Self {
        let PlaceNames { community, grid, department } = around;
        Self {
            name: site.name.clone(),
            code: site.code.clone(),
            address: site.address.clone(),
            kinds: site.kinds.clone(),
            sector: site.sector,
            risk: site.risk,
            community,
            grid,
            department,
            party: site.party.as_ref().map(PartySnapshot::of),
            leader: site.leader.clone(),
            contacts: site.contacts.clone(),
            location: site.location,
        }
    }
}
