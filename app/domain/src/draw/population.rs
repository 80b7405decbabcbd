//! 名单: which sites can be drawn, and which people can be sent.

use super::{DrawError, Method};
use crate::{
    id::{GridId, PartyId, PersonId, SiteId},
    limits::{self, Field},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// As it is frozen. Both lists stand in the order of the ids, so that no order can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    pub sites: Vec<DrawSite>,
    pub people: Vec<DrawPerson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawSite {
    pub id: SiteId,
    pub name: String,
    pub grid: GridId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// 权重: a site of weight 6 comes up twice as readily as one of 3. From 1 to [`limits::DRAW_WEIGHT`].
    pub weight: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawPerson {
    pub id: PersonId,
    pub name: String,
    /// 工作量: how many visits they have in hand before the draw.
    pub workload: u32,
    /// Their own.
    pub grids: Vec<GridId>,
    /// Those that they belong to, belonged to or have relatives in.
    pub parties: Vec<PartyId>,
    /// Sites where they are not to go for another reason. Which one is nobody's business and stands nowhere.
    pub avoids: Vec<SiteId>,
}

/// 回避: why somebody must not be sent to a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Avoidance {
    SameParty,
    Named,
    /// Where the method says that nobody goes to sites of their own grids.
    OwnGrid,
}

impl DrawPerson {
    /// None: they may go there.
    pub fn avoidance(&self, site: &DrawSite, method: &Method) -> Option<Avoidance> {
        if site.party.is_some_and(|party| self.parties.contains(&party)) {
            return Some(Avoidance::SameParty);
        }
        if self.avoids.contains(&site.id) {
            return Some(Avoidance::Named);
        }
        (method.avoid_own_grid && self.grids.contains(&site.grid)).then_some(Avoidance::OwnGrid)
    }
}

impl Population {
    pub(super) fn sorted(mut self) -> Self {
        self.sites.sort_by_key(|site| site.id);
        self.people.sort_by_key(|person| person.id);
        for person in &mut self.people {
            person.grids.sort_unstable();
            person.parties.sort_unstable();
            person.avoids.sort_unstable();
        }
        self
    }

    /// Whether the method can be carried out whatever is drawn.
    pub(super) fn check(&self, method: &Method) -> Result<(), DrawError> {
        self.check_sites()?;
        self.check_people()?;
        let Method { sites: wanted, people_per_site, .. } = *method;
        if wanted == 0 || people_per_site == 0 {
            return Err(DrawError::NothingWanted);
        }
        let there = self.sites.len();
        if (there as u64) < u64::from(wanted) {
            return Err(DrawError::TooFewSites { wanted, there });
        }
        for site in &self.sites {
            let may_go = self.people.iter().filter(|person| person.avoidance(site, method).is_none());
            let there = may_go.take(people_per_site as usize).count();
            if there < people_per_site as usize {
                return Err(DrawError::TooFewMayGo {
                    site: site.name.clone(),
                    wanted: people_per_site,
                    there,
                });
            }
        }
        Ok(())
    }

    fn check_sites(&self) -> Result<(), DrawError> {
        if self.sites.is_empty() {
            return Err(DrawError::NoSites);
        }
        limits::check_count(Field::Sites, self.sites.len(), limits::DRAW_SITES)?;
        let mut known = BTreeSet::new();
        for site in &self.sites {
            limits::check_name(Field::Name, &site.name)?;
            if !known.insert(site.id) {
                return Err(DrawError::DuplicateSite(site.name.clone()));
            }
            if !(1..=limits::DRAW_WEIGHT).contains(&site.weight) {
                return Err(DrawError::Weight(site.name.clone()));
            }
        }
        Ok(())
    }

    fn check_people(&self) -> Result<(), DrawError> {
        if self.people.is_empty() {
            return Err(DrawError::NoPeople);
        }
        limits::check_count(Field::Participants, self.people.len(), limits::DRAW_PEOPLE)?;
        let mut known = BTreeSet::new();
        for person in &self.people {
            limits::check_name(Field::Name, &person.name)?;
            limits::check_count(Field::Grids, person.grids.len(), limits::GRIDS)?;
            limits::check_count(Field::Responsible, person.parties.len(), limits::SITES)?;
            limits::check_count(Field::Sites, person.avoids.len(), limits::SITES)?;
            if !known.insert(person.id) {
                return Err(DrawError::DuplicatePerson(person.name.clone()));
            }
        }
        Ok(())
    }
}
