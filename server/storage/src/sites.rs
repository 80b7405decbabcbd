//! 场所: what is inspected.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    campaign::CampaignPart,
    form::LastAnswers,
    id::{FormId, OfficeId, SiteId, SiteKind},
    place::PlaceId,
    role::Scope,
    site::{Site, SiteFilter, SitePage, SiteRow, attributes::SiteAttributes},
    visit::PlaceNames,
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// One site, those of a code, and lists.
#[async_trait]
pub trait ReadSites: Send + Sync {
    async fn all_sites(&self, office: OfficeId) -> Result<Vec<Site>>;
    /// Those in use that somebody may see. One that cannot be read is left out.
    async fn sites_in_use(&self, office: OfficeId, scope: &Scope) -> Result<Vec<Site>>;
    async fn sites(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SiteFilter,
        now: DateTime<Utc>,
    ) -> Result<SitePage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_sites(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SiteFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<SiteRow>,
    ) -> Result<u32>;
    /// How far a campaign is, by grid, as far as the scope reaches; nothing where there is no such list.
    async fn campaign_progress(
        &self,
        office: OfficeId,
        scope: &Scope,
        form: &FormId,
        now: DateTime<Utc>,
    ) -> Result<Vec<CampaignPart>>;
    async fn site(&self, office: OfficeId, id: SiteId) -> Result<Option<Site>>;
    /// All whose code this is, in whatever case: at most a handful.
    async fn sites_of_code(
        &self,
        office: OfficeId,
        scope: &Scope,
        code: &str,
    ) -> Result<Vec<(SiteId, String)>>;
}

/// Sites as others refer to them, and as they become.
#[async_trait]
pub trait WriteSites: Send {
    async fn sites(&mut self, office: OfficeId, ids: &[SiteId]) -> Result<HashMap<SiteId, Site>>;
    /// Every list of kinds that these sites have had, the present one among them.
    async fn kinds_had(&mut self, ids: &[SiteId]) -> Result<HashMap<SiteId, Vec<Vec<SiteKind>>>>;
    /// All that was ever known of these sites beside their kinds, each time together, the present among it.
    async fn attributes_had(&mut self, ids: &[SiteId]) -> Result<HashMap<SiteId, Vec<SiteAttributes>>>;
    /// With what the places around them are called.
    async fn named_sites(
        &mut self,
        office: OfficeId,
        ids: &[SiteId],
    ) -> Result<HashMap<SiteId, (Site, PlaceNames)>>;
    /// Which of these ids are taken, in whatever office.
    async fn known_sites(&mut self, ids: &[SiteId]) -> Result<HashSet<SiteId>>;
    /// Of ids under which phones proposed a site that was there already: which site that is.
    async fn same_sites(&mut self, office: OfficeId, ids: &[SiteId]) -> Result<HashMap<SiteId, SiteId>>;
    /// Remembers that what is told about the first id of each pair is about the second, which is a site; what led to the first leads
    /// there, too.
    async fn put_same_sites(&mut self, office: OfficeId, pairs: &[(SiteId, SiteId)]) -> Result<()>;
    /// Those that lie there, or that the department answers for.
    async fn sites_in(&mut self, office: OfficeId, place: PlaceId) -> Result<Vec<Site>>;
    /// Announces the site; [`Taken`](crate::StoreError::Taken) where the code is another's. Where it moves, its visits
    /// and the hazards that have ended are announced to whoever sees them there; open hazards are moved by whoever moves the
    /// site.
    async fn put_site(&mut self, office: OfficeId, site: &Site) -> Result<()>;
    /// Keeps what was answered for the next visit, where nothing later is known of the same form. Announces nothing: the visit that
    /// is put with it does.
    async fn put_last_answers(&mut self, office: OfficeId, given: &[(SiteId, LastAnswers)]) -> Result<()>;
    /// Moves last visits on, never back, and announces the sites, which are all different.
    async fn put_last_visits(&mut self, office: OfficeId, visits: &[(SiteId, DateTime<Utc>)]) -> Result<()>;
}
