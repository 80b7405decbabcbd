//! 对上门的意见 as a list: what it can be asked, and its rows.

use super::{ComplaintState, VisitComplaint};
use crate::{
    id::VisitId,
    list::{ListFilter, ListPage, Parts},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ComplaintFilter {
    pub state: Option<ComplaintState>,
    /// Said on these office days, both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Words of the site, of the party's name, and of what was said and answered.
    pub query: String,
    pub page: u32,
}

impl ListFilter for ComplaintFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("state", &mut self.state);
        parts.choice("from", &mut self.from);
        parts.choice("to", &mut self.to);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

/// A complaint, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintRow {
    pub complaint: VisitComplaint,
    pub site_name: String,
    /// None: it was said at the site's own code, or the hazard is not there.
    pub hazard: Option<ComplaintHazard>,
}

/// The hazard by whose code a complaint was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintHazard {
    pub number: Option<String>,
    pub what: String,
    /// In which it was found; none: outside any.
    pub visit: Option<VisitId>,
}

/// The newest first.
pub type ComplaintPage = ListPage<ComplaintRow>;
