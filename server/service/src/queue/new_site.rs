//! 新开的店: a site that was made on the spot comes in. It is there at once, to be confirmed. Where the office has the very site
//! already, no second one is made: what comes about the other id, now or later, is about the one that is there.

use super::{apply::Effect, unit_of_work::UnitOfWork};
use crate::storage::{StoreError, Transaction};
use chrono::{DateTime, Utc};
use domain::{
    id::{CommunityId, GridId, OfficeId, SiteId},
    integrity::RecordRef,
    place::PlaceId,
    role::{Action, Actor},
    search::{fold, nfkc},
    site::{ProposedSite, Site},
    sync::Reason,
    visit::{PlaceNames, Visit},
};
use std::collections::{BTreeSet, HashMap};

/// A grid in which somebody makes a site, with what lies there.
#[derive(Debug)]
pub(crate) struct GridAtHand {
    community: CommunityId,
    names: PlaceNames,
    sites: Vec<Site>,
}

/// Those of the office; rarely any are asked for.
pub(super) async fn grids(
    tx: &mut dyn Transaction,
    office: OfficeId,
    ids: &BTreeSet<GridId>,
) -> Result<HashMap<GridId, GridAtHand>, StoreError> {
    let mut at_hand = HashMap::new();
    if ids.is_empty() {
        return Ok(at_hand);
    }
    let places = tx.places(office).await?;
    for grid in places.grids.into_iter().filter(|grid| ids.contains(&grid.id)) {
        let community = places.communities.iter().find(|known| known.id == grid.community);
        let community_name = community.map(|known| known.name.clone()).unwrap_or_default();
        let names = PlaceNames { community: community_name, grid: grid.name, department: None };
        let sites = tx.sites_in(office, PlaceId::Grid(grid.id)).await?;
        at_hand.insert(grid.id, GridAtHand { community: grid.community, names, sites });
    }
    Ok(at_hand)
}

impl UnitOfWork {
    pub(super) fn new_site(
        &mut self,
        actor: &Actor,
        proposed: &ProposedSite,
        at: DateTime<Utc>,
    ) -> Result<Effect, Reason> {
        if !proposed.is_named() {
            return Err(Reason::Malformed { detail: "a site without a name".to_owned() });
        }
        if !actor.may(Action::Inspect, &proposed.resource_scope()) {
            return Err(Reason::NotAllowed);
        }
        if self.known_sites.contains(&proposed.id) || self.same_sites.contains_key(&proposed.id) {
            return Err(Reason::IdReused);
        }
        // A grid that is gone is for the administrator, as a right that was lost is.
        let grid = self.grids.get_mut(&proposed.grid).ok_or(Reason::NotAllowed)?;
        let names = grid.names.clone();
        let is_same = |known: &&Site| proposed.is_same(known, &|text| fold(&nfkc(text)));
        if let Some(same) = grid.sites.iter().find(is_same).cloned() {
            self.same_sites.insert(proposed.id, same.id);
            self.added.same_sites.push((proposed.id, same.id));
            self.place_names.entry(same.id).or_insert(names);
            self.sites.entry(same.id).or_insert(same);
            return Ok(Effect::Done);
        }
        let site = proposed.site(grid.community, actor, at);
        grid.sites.push(site.clone());
        self.known_sites.insert(site.id);
        self.place_names.insert(site.id, names);
        self.name(&proposed.photos, actor, RecordRef::Site(site.id));
        self.added.sites.insert(site.id);
        self.sites.insert(site.id, site);
        Ok(Effect::Done)
    }

    /// The site that is meant by this id.
    pub(super) fn meant(&self, id: SiteId) -> SiteId {
        self.same_sites.get(&id).copied().unwrap_or(id)
    }

    /// The visit at the site that is meant. It was filled in for what the phone took the site to be, which is believed.
    pub(super) fn at_its_site(&mut self, visit: Visit) -> Visit {
        let site = self.meant(visit.site);
        if site != visit.site {
            self.kinds_had.entry(site).or_default().push(visit.site_seen.kinds.clone());
        }
        Visit { site, ..visit }
    }
}
