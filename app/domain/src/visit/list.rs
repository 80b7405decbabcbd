//! 检查列表: what the list of visits can be asked, and its rows.

use super::{VisitNature, VisitOutcome, VisitSummary};
use crate::{
    id::{CommunityId, FormId, PersonId, SiteId},
    list::{ListFilter, ListPage, Parts, PhotoState},
    risk::RiskLevel,
    sector::Sector,
    text::Bilingual,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitFilter {
    pub nature: Option<VisitNature>,
    pub outcome: Option<VisitOutcome>,
    /// Filled in there, beside whatever else.
    pub form: Option<FormId>,
    /// Of one of the forms; where nothing could be checked, of the site.
    pub sector: Option<Sector>,
    pub community: Option<CommunityId>,
    pub site: Option<SiteId>,
    pub inspector: Option<PersonId>,
    /// Submitted on these office days, both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub photos: Option<PhotoState>,
    pub query: String,
    pub page: u32,
}

impl ListFilter for VisitFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("nature", &mut self.nature);
        parts.choice("outcome", &mut self.outcome);
        parts.choice("form", &mut self.form);
        parts.choice("sector", &mut self.sector);
        parts.choice("community", &mut self.community);
        parts.choice("site", &mut self.site);
        parts.choice("inspector", &mut self.inspector);
        parts.choice("from", &mut self.from);
        parts.choice("to", &mut self.to);
        parts.choice("photos", &mut self.photos);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

pub type VisitPage = ListPage<VisitRow>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitRow {
    pub summary: VisitSummary,
    pub site_name: String,
    pub risk: RiskLevel,
    pub community_name: String,
    /// Of the forms, in their order.
    pub form_titles: Vec<Bilingual>,
}
