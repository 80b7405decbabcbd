//! 专项行动: a list of the campaign layer, for as long as it is asked, and how many of the sites that it is about were visited with it.
//! Worked out of what a site says of itself and was last answered there, so that phone and desk count the same.

use crate::{
    form::{Form, Layer},
    id::{CommunityId, FormId, GridId, SiteId},
    order::sort_by_key,
    site::Site,
    text::Bilingual,
    time::office_day,
    visit::SiteSeen,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Whether a site was visited in the time of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    ToVisit,
    Visited,
}

impl CampaignState {
    pub const ALL: [Self; 2] = [Self::ToVisit, Self::Visited];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToVisit => "to_visit",
            Self::Visited => "visited",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// How far a campaign is in one grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignPart {
    pub community: CommunityId,
    pub grid: GridId,
    /// That it is about.
    pub sites: u64,
    pub visited: u64,
}

/// How far a campaign is among some sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignProgress {
    pub form: FormId,
    pub title: Bilingual,
    /// The last day on which it is asked.
    pub until: Option<NaiveDate>,
    /// That it is about.
    pub sites: usize,
    /// Those that are still to be visited, by name.
    pub left: Vec<(SiteId, String)>,
}

impl CampaignProgress {
    pub fn visited(&self) -> usize {
        self.sites - self.left.len()
    }

    /// `waits`: whether a visit with the form waits to be sent from there.
    pub fn of<'a>(
        form: &Form,
        sites: impl IntoIterator<Item = &'a Site>,
        now: DateTime<Utc>,
        waits: impl Fn(&Site) -> bool,
    ) -> Self {
        let about: Vec<_> = sites.into_iter().filter(|site| is_about(form, site, now)).collect();
        let left = about.iter().filter(|&&site| !is_visited(form, site) && !waits(site));
        let mut left: Vec<_> = left.map(|site| (site.id, site.name.clone())).collect();
        sort_by_key(&mut left, |(_, name)| name.clone());
        Self {
            form: form.id.clone(),
            title: form.title.clone(),
            until: form.validity.until,
            sites: about.len(),
            left,
        }
    }
}

/// Whether the campaign is about this site: one in use, of the form's kinds, as far as the form's own condition goes.
pub fn is_about(form: &Form, site: &Site, now: DateTime<Utc>) -> bool {
    form.layer == Layer::Campaign && !site.retired && form.is_offered(&SiteSeen::of(site).context(now))
}

/// Whether the whole of the form was filled in there since the version that is asked has been.
pub fn is_visited(form: &Form, site: &Site) -> bool {
    let of_it = site.last_answers.iter().find(|last| last.form == form.id);
    of_it.is_some_and(|last| form.validity.has_begun(office_day(last.at)))
}

/// How the site stands; none where the campaign is not about it.
pub fn state_of(form: &Form, site: &Site, now: DateTime<Utc>) -> Option<CampaignState> {
    let state = if is_visited(form, site) { CampaignState::Visited } else { CampaignState::ToVisit };
    is_about(form, site, now).then_some(state)
}

/// The version by which a campaign is counted: the newest that has begun, even where it is over by now.
pub fn counted_by(editions: impl IntoIterator<Item = Form>, today: NaiveDate) -> Option<Form> {
    let begun = editions.into_iter().filter(|form| form.validity.has_begun(today));
    begun.max_by_key(|form| form.version)
}
