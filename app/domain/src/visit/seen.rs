//! 场所快照: the site as the phone knew it, and as the office knew it when it sealed the visit.

use crate::{
    form::{LastAnswers, session::Context},
    id::{FormId, PartyId, SiteKind},
    inspection::ReceivedInspection,
    order::collected,
    party::{CreditCode, SiteParty},
    place::Location,
    risk::RiskLevel,
    sector::Sector,
    site::{Contact, Site, attributes::SiteAttributes},
    time::office_time,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the phone went by when the visit began. Kinds, attributes and last answers decide what is asked, so a visit says by which
/// it was filled in: the desk may have changed them while the phone was away, and somebody else may have been there.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteSeen {
    pub kinds: Vec<SiteKind>,
    #[serde(default, skip_serializing_if = "SiteAttributes::is_empty")]
    pub attributes: SiteAttributes,
    /// Of each form at the most one; what is sealed says those of its own forms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub last: Vec<LastAnswers>,
}

impl SiteSeen {
    pub fn of(site: &Site) -> Self {
        Self {
            kinds: site.kinds.clone(),
            attributes: site.attributes.clone(),
            last: site.last_answers.clone(),
        }
    }

    /// What forms ask of the world round them, at a visit that begins then.
    pub fn context(&self, began: DateTime<Utc>) -> Context {
        Context {
            attributes: self.attributes.values(),
            last: self.last.clone(),
            ..Context::new(office_time(began), self.kinds.clone())
        }
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

    /// Whether these are the site's attributes: what is not known is as good as what is.
    pub fn attributes_are_now(&self, site: &Site) -> bool {
        self.attributes == site.attributes
    }

    /// Whether these are or ever were the site's attributes together. `had`: all that the office remembers of it, each time
    /// together; where it remembers none, nobody can say that it never had them.
    pub fn attributes_were_ever(&self, site: &Site, had: &[SiteAttributes]) -> bool {
        self.attributes_are_now(site) || had.is_empty() || had.contains(&self.attributes)
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
    #[serde(default, skip_serializing_if = "SiteAttributes::is_empty")]
    pub attributes: SiteAttributes,
    /// The phone asked by other attributes, which the office does not remember the site to have had: less may have been asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub attributes_never_had: bool,
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
    /// Forms of which the phone went by last answers that the office did not find so in its records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unfounded_last: Vec<FormId>,
    /// Of an administrative inspection: what the office made of it when it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection: Option<ReceivedInspection>,
}

impl SiteSnapshot {
    pub fn of(site: &Site, around: PlaceNames) -> Self {
        let PlaceNames { community, grid, department } = around;
        Self {
            name: site.name.clone(),
            code: site.code.clone(),
            address: site.address.clone(),
            kinds: site.kinds.clone(),
            attributes: site.attributes.clone(),
            attributes_never_had: false,
            sector: site.sector,
            risk: site.risk,
            community,
            grid,
            department,
            party: site.party.as_ref().map(PartySnapshot::of),
            leader: site.leader.clone(),
            contacts: site.contacts.clone(),
            location: site.location,
            unfounded_last: vec![],
            inspection: None,
        }
    }
}
