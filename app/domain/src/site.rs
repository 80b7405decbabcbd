//! 场所、单位: anything that can be inspected.

pub mod attributes;
mod list;
mod proposed;

pub use list::{SiteFilter, SiteLack, SitePage, SiteRow};
pub use proposed::{ALIKE_MOST, ProposedSite, SAME_METRES, ToConfirm, alike};

use crate::{
    form::LastAnswers,
    id::{CommunityId, DepartmentId, GridId, SiteId, SiteKind},
    limits::NAME,
    party::{PartyPerson, SiteParty},
    place::Location,
    risk::RiskLevel,
    role::ResourceScope,
    search::Query,
    sector::Sector,
};
use attributes::SiteAttributes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// 责任人: somebody who answers on the spot.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    pub name: String,
    /// What they are at the site: 主要负责人, 安全员, …
    #[serde(default)]
    pub duty: String,
    #[serde(default)]
    pub phone: String,
}

/// A place to inspect, as the phone and the desk know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    pub id: SiteId,
    pub community: CommunityId,
    pub grid: GridId,
    pub name: String,
    /// Short code on the wall, unique in the office; can be typed where no camera reads it.
    pub code: String,
    pub kinds: Vec<SiteKind>,
    pub sector: Sector,
    pub risk: RiskLevel,
    #[serde(default, skip_serializing_if = "SiteAttributes::is_empty")]
    pub attributes: SiteAttributes,
    #[serde(default)]
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// 责任主体: who answers for the site before the law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<SiteParty>,
    /// 包联领导: the office leader who answers for the site.
    #[serde(default)]
    pub leader: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// What it is found by, as [`search::key`](crate::search::key) makes it on the server, so that phone and desk search
    /// alike; it sorts by sound.
    #[serde(default)]
    pub pinyin: String,
    /// When something was last checked here; a closed door does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_visit: Option<DateTime<Utc>>,
    /// 上次答案: of each form that looks back, from the visit in which it was last filled in here, however long ago. A form of a
    /// later version may have answers of a kind that this one does not know: they take neither the others nor the site away.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::sync::readable")]
    pub last_answers: Vec<LastAnswers>,
    #[serde(default)]
    pub retired: bool,
    /// 待确认: it was made on the spot, and the office has not looked at it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_confirm: Option<ToConfirm>,
}

impl Site {
    pub fn resource_scope(&self) -> ResourceScope {
        ResourceScope { grid: self.grid, site: self.id, department: self.department, sector: self.sector }
    }

    /// As a person or a list has it: without what the store fills in by itself, which is the last visit and its answers, what the
    /// site is found by, and what its party's own record says.
    #[must_use]
    pub fn as_kept(&self) -> Self {
        let party = self.party.as_ref().map(SiteParty::bare);
        Self { last_visit: None, last_answers: vec![], pinyin: String::new(), party, ..self.clone() }
    }

    /// Whom one can call about the site: those on the spot, then those of its party who are not among them, then the party by
    /// its own number.
    pub fn people(&self) -> Vec<Contact> {
        let mut people = self.contacts.clone();
        for PartyPerson { name, post, phone } in self.party.iter().flat_map(|party| &party.people) {
            if people.iter().all(|known| known.name != *name || known.phone != *phone) {
                people.push(Contact { name: name.clone(), duty: post.clone(), phone: phone.clone() });
            }
        }
        let office = self.party.iter().filter(|party| !party.phone.is_empty());
        for SiteParty { name, phone, .. } in office {
            if people.iter().all(|known| known.phone != *phone) {
                people.push(Contact { name: name.clone(), duty: String::new(), phone: phone.clone() });
            }
        }
        people
    }

    /// 责任单位或责任人: who answers for the site, as a hazard's sheet proposes it.
    pub fn who_answers(&self) -> String {
        let named = match (&self.party, self.contacts.first()) {
            (Some(party), _) => party.name.clone(),
            (None, Some(contact)) => format!("{} · {}", self.name, contact.name),
            (None, None) => self.name.clone(),
        };
        // Names may be as long as this field altogether.
        named.chars().take(NAME).collect()
    }

    /// Whether anybody is known who answers for it.
    pub fn is_answered_for(&self) -> bool {
        self.party.is_some() || !self.contacts.is_empty()
    }

    pub fn is_kind(&self, kind: &SiteKind) -> bool {
        self.kinds.contains(kind)
    }

    /// Whether the query finds it, by name, code, address or the sound of its name.
    pub fn matches(&self, query: &Query) -> bool {
        query.finds(&self.pinyin, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whoever_stands_in_both_lists_is_called_once() {
        let site = json!({
            "id": "00000000-0000-0000-0000-000000000001",
            "community": "00000000-0000-0000-0000-000000000002",
            "grid": "00000000-0000-0000-0000-000000000003",
            "name": "锦绣家园", "code": "A1", "kinds": [], "sector": "fire", "risk": "low",
            "contacts": [{ "name": "张经理", "duty": "店长", "phone": "1" }],
            "party": {
                "id": "00000000-0000-0000-0000-000000000004", "name": "锦绣物业", "phone": "3",
                "people": [{ "name": "张经理", "post": "主要负责人", "phone": "1" }, { "name": "孙强", "phone": "2" }],
            },
        });
        let mut site: Site = serde_json::from_value(site).unwrap();
        let called = |site: &Site| {
            site.people().into_iter().map(|one| [one.name, one.duty, one.phone].join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(called(&site), ["张经理 店长 1", "孙强  2", "锦绣物业  3"]);
        // Who has the party's own number is the party's telephone.
        site.contacts[0].phone = "3".into();
        assert_eq!(called(&site), ["张经理 店长 3", "张经理 主要负责人 1", "孙强  2"]);
    }
}
