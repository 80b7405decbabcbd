//! 责任主体: who answers for sites and for the hazards that are found there: an enterprise, a shop, a school, an owner, a
//! department of the government.
//!
//! A party is a record of the office alone. What phones need of it travels inside the sites that it answers for
//! ([`SiteParty`]), so that a party is seen by whoever sees one of its sites and by nobody else; and a hazard keeps who
//! answered for the site when it was found ([`PartyRef`]).

mod credit_code;
mod list;

pub use credit_code::{CreditCode, CreditCodeError};
pub use list::{PartyFilter, PartyPage, PartyRow};

use crate::{id::PartyId, text::Bilingual};
use serde::{Deserialize, Serialize};

/// What a party is, as registers divide them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// 企业
    #[default]
    Enterprise,
    /// 个体工商户
    SoleTrader,
    /// 事业单位: a school, a hospital.
    PublicInstitution,
    /// 社会组织: an association, a foundation, a private school or home that is registered as one.
    Association,
    /// 机关部门
    Department,
    /// 个人、业主
    Resident,
}

impl PartyKind {
    pub const ALL: [Self; 6] = [
        Self::Enterprise,
        Self::SoleTrader,
        Self::PublicInstitution,
        Self::Association,
        Self::Department,
        Self::Resident,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::SoleTrader => "sole_trader",
            Self::PublicInstitution => "public_institution",
            Self::Association => "association",
            Self::Department => "department",
            Self::Resident => "resident",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Enterprise => Bilingual::new("企业", "Enterprise"),
            Self::SoleTrader => Bilingual::new("个体工商户", "Sole trader"),
            Self::PublicInstitution => Bilingual::new("事业单位", "Public institution"),
            Self::Association => Bilingual::new("社会组织", "Association"),
            Self::Department => Bilingual::new("机关部门", "Government department"),
            Self::Resident => Bilingual::new("个人、业主", "Resident or owner"),
        }
    }
}

/// Somebody of a party who answers for safety there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartyPerson {
    pub name: String,
    /// 主要负责人, 安全管理人员, …
    #[serde(default)]
    pub post: String,
    #[serde(default)]
    pub phone: String,
}

/// A party, as the office keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub id: PartyId,
    /// As it is registered.
    pub name: String,
    pub kind: PartyKind,
    /// Unique in the office. Residents have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<CreditCode>,
    /// The party's own number; its people have theirs.
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub people: Vec<PartyPerson>,
    #[serde(default)]
    pub note: String,
    /// Not offered any more; what it answered for keeps naming it.
    #[serde(default)]
    pub retired: bool,
}

impl Party {
    /// What its sites say of it.
    pub fn of_site(&self) -> SiteParty {
        SiteParty {
            id: self.id,
            kind: self.kind,
            name: self.name.clone(),
            credit_code: self.credit_code.clone(),
            phone: self.phone.clone(),
            people: self.people.clone(),
        }
    }
}

/// The party as a site carries it. Whoever reads a site from the office's records finds what the party's own record says
/// now; whoever writes one names the party by its id, and what else is said of it here counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteParty {
    pub id: PartyId,
    /// Where its own record cannot be read, it is taken for an enterprise.
    #[serde(default)]
    pub kind: PartyKind,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<CreditCode>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    #[serde(default)]
    pub people: Vec<PartyPerson>,
}

impl SiteParty {
    /// Which party it is, and nothing that its own record says: so that two sites can be compared by what is theirs.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self::named_only(self.id, String::new())
    }

    /// Where nothing else of it is known.
    pub fn named_only(id: PartyId, name: String) -> Self {
        let (kind, phone) = (PartyKind::default(), String::new());
        Self { id, kind, name, credit_code: None, phone, people: vec![] }
    }

    /// With its name of this moment.
    pub fn named(&self) -> PartyRef {
        PartyRef { id: self.id, name: self.name.clone() }
    }
}

/// How often a party was inspected in a calendar year, as far as it counts, and how often it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionCount {
    pub year: i32,
    pub count: u32,
    /// None: the office holds nobody to a number.
    pub cap: Option<u32>,
}

/// A party, with its name as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartyRef {
    pub id: PartyId,
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_as_it_is_written() {
        for kind in PartyKind::ALL {
            assert_eq!(PartyKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), serde_json::json!(kind.as_str()));
        }
        assert_eq!(PartyKind::parse("shop"), None);
    }
}
