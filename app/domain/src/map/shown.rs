//! What a map shows: at the desk it is asked from the server, on the phone it is made of what the phone keeps.

use super::area::Outline;
use crate::{
    id::{GridId, HazardId, SiteId, SiteKind},
    place::Location,
    risk::RiskLevel,
    severity::Severity,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapSite {
    pub id: SiteId,
    pub name: String,
    pub grid: GridId,
    pub kinds: Vec<SiteKind>,
    pub risk: RiskLevel,
    pub at: Location,
    /// A visit is due today or late.
    pub due: bool,
}

/// An open hazard, where its site is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapHazard {
    pub id: HazardId,
    pub what: String,
    pub site: SiteId,
    pub level: Severity,
    pub at: Location,
    /// Its day has passed.
    pub late: bool,
}

/// Which of them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MapPlaces {
    pub sites: Vec<MapSite>,
    pub hazards: Vec<MapHazard>,
    pub outlines: Vec<Outline>,
    /// Sites in scope whose place nobody has entered: they are on no map.
    pub unlocated: u64,
}

/// What of it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MapShown {
    pub grid: Option<GridId>,
    pub kind: Option<SiteKind>,
    /// Only sites that have an open hazard, and the hazards.
    pub hazards: bool,
    /// Only sites whose visit presses.
    pub due: bool,
}

impl MapPlaces {
    /// What of it is drawn. A hazard is drawn where its site is.
    #[must_use]
    pub fn narrowed(&self, to: &MapShown) -> Self {
        let is_wanted = |site: &&MapSite| {
            to.grid.is_none_or(|grid| site.grid == grid)
                && to.kind.as_ref().is_none_or(|kind| site.kinds.contains(kind))
                && (!to.due || site.due)
                && (!to.hazards || self.hazards.iter().any(|hazard| hazard.site == site.id))
        };
        let sites: Vec<MapSite> = self.sites.iter().filter(is_wanted).cloned().collect();
        let narrows = to != &MapShown { hazards: to.hazards, ..MapShown::default() };
        let is_there = |hazard: &&MapHazard| !narrows || sites.iter().any(|site| site.id == hazard.site);
        let hazards = self.hazards.iter().filter(is_there).cloned().collect();
        Self { sites, hazards, outlines: self.outlines.clone(), unlocated: self.unlocated }
    }
}
