//! 场所列表: what the list of sites can be asked, and its rows.

use super::Site;
use crate::{
    campaign::CampaignState,
    id::{CommunityId, FormId, GridId, PartyId, SiteId, SiteKind},
    list::{ListFilter, ListPage, Parts},
    party::CreditCode,
    risk::RiskLevel,
    sector::Sector,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteFilter {
    pub query: String,
    pub community: Option<CommunityId>,
    pub grid: Option<GridId>,
    /// For which it answers.
    pub party: Option<PartyId>,
    pub sector: Option<Sector>,
    pub risk: Option<RiskLevel>,
    pub lacking: Option<SiteLack>,
    /// 专项: that this list of a campaign is about.
    pub campaign: Option<FormId>,
    /// How they stand in it; of no campaign, it narrows nothing.
    pub campaign_state: Option<CampaignState>,
    pub page: u32,
}

impl SiteFilter {
    /// All that lack it.
    pub fn of(lack: SiteLack) -> Self {
        Self { lacking: Some(lack), ..Self::default() }
    }
}

impl ListFilter for SiteFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("lacking", &mut self.lacking);
        parts.choice("community", &mut self.community);
        parts.choice("grid", &mut self.grid);
        parts.choice("party", &mut self.party);
        parts.choice("sector", &mut self.sector);
        parts.choice("risk", &mut self.risk);
        parts.choice("campaign", &mut self.campaign);
        parts.choice("campaign_state", &mut self.campaign_state);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

/// What a site lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteLack {
    Visit,
    Contact,
    Leader,
    /// 待确认: it was made on the spot.
    Confirmation,
}

impl SiteLack {
    pub const ALL: [Self; 4] = [Self::Visit, Self::Contact, Self::Leader, Self::Confirmation];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Contact => "contact",
            Self::Leader => "leader",
            Self::Confirmation => "confirmation",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lack| lack.as_str() == word)
    }
}

pub type SitePage = ListPage<SiteRow>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteRow {
    pub id: SiteId,
    pub code: String,
    pub name: String,
    pub kinds: Vec<SiteKind>,
    pub sector: Sector,
    pub risk: RiskLevel,
    pub grid: GridId,
    pub address: String,
    /// Names of those who answer on the spot. Telephones do not travel to a list.
    pub contacts: Vec<String>,
    pub party_name: Option<String>,
    /// Of the party.
    pub credit_code: Option<CreditCode>,
    pub leader: String,
    pub last_visit: Option<DateTime<Utc>>,
    pub retired: bool,
    /// It was made on the spot, and nobody has confirmed it yet.
    pub to_confirm: bool,
    pub open_hazards: u64,
    pub next_visit: NaiveDate,
}

impl SiteRow {
    pub fn of(site: Site, open_hazards: u64, next_visit: NaiveDate) -> Self {
        let to_confirm = site.to_confirm.is_some();
        let Site { id, code, name, kinds, sector, risk, grid, address, leader, last_visit, retired, .. } =
            site;
        let contacts = site.contacts.into_iter().map(|contact| contact.name).collect();
        let (party_name, credit_code) = match site.party {
            Some(party) => (Some(party.name), party.credit_code),
            None => (None, None),
        };
        Self {
            id,
            code,
            name,
            kinds,
            sector,
            risk,
            grid,
            address,
            contacts,
            party_name,
            credit_code,
            leader,
            last_visit,
            retired,
            to_confirm,
            open_hazards,
            next_visit,
        }
    }
}
