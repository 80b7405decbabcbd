//! What is known near a place already, told to whoever is about to report it: only of what kind it is and how far, nothing that
//! tells who reported it, when, or how it looks.

use super::{gate::Gate, network};
use crate::{
    error::Error,
    services::Services,
    storage::{HazardSpot, SiteSpot, StoreError},
};
use domain::{
    id::{HazardId, OfficeId, SiteId},
    place::Location,
    public_report::is_outside,
    quick_report::NEAR_METRES,
    sector::Sector,
};
use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Duration};
use uuid::Uuid;

/// For so long what lies around is not read again: strangers ask often.
const AGE: Duration = Duration::from_secs(3);

/// Questions of one network within the window.
const MOST_ASKED: u32 = 60;

/// Lines that are shown.
const MOST: usize = 5;

/// A site next to a report is no farther than this, in metres.
const NEXT_TO: f64 = 200.0;

/// Where the office's sites and open hazards are.
#[derive(Debug, Default)]
pub(crate) struct Around {
    pub sites: Vec<SiteSpot>,
    pub hazards: Vec<HazardSpot>,
}

/// An open hazard nearby, as a stranger is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearLine {
    pub sector: Sector,
    /// Rounded up to ten.
    pub metres: u32,
    /// By which the report says that it is the same; nobody can read it.
    pub mark: String,
}

impl Around {
    /// A hazard of which nobody said where is at its site; worked out once and not for each who asks.
    fn new(sites: Vec<SiteSpot>, hazards: Vec<HazardSpot>) -> Self {
        let places: HashMap<SiteId, Location> = sites.iter().map(|site| (site.id, site.location)).collect();
        let placed = |hazard: HazardSpot| HazardSpot {
            location: hazard.location.or_else(|| places.get(&hazard.site).copied()),
            ..hazard
        };
        let hazards = hazards.into_iter().map(placed).collect();
        Self { sites, hazards }
    }

    /// The nearest first.
    pub fn hazards_near(&self, here: &Location) -> Vec<(f64, &HazardSpot)> {
        let near = self.hazards.iter().filter_map(|hazard| {
            let metres = hazard.location?.distance(here);
            (metres <= NEAR_METRES).then_some((metres, hazard))
        });
        let mut near: Vec<_> = near.collect();
        near.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        near.truncate(MOST);
        near
    }

    /// The one next to it.
    pub fn site_at(&self, here: &Location) -> Option<&SiteSpot> {
        let far = |site: &&SiteSpot| site.location.distance(here);
        let nearest = self.sites.iter().min_by(|one, other| far(one).total_cmp(&far(other)))?;
        (far(&nearest) <= NEXT_TO).then_some(nearest)
    }

    pub fn is_outside(&self, here: &Location) -> bool {
        is_outside(here, self.sites.iter().map(|site| site.location))
    }
}

pub(super) async fn around(state: &Services, office: OfficeId) -> Result<Arc<Around>, StoreError> {
    if let Some(known) = state.strangers.known(office, AGE) {
        return Ok(known);
    }
    let sites = state.store.site_spots(office).await?;
    let hazards = state.store.hazard_spots(office).await?;
    let around = Arc::new(Around::new(sites, hazards));
    state.strangers.keep(office, Arc::clone(&around));
    Ok(around)
}

/// Open hazards near the place.
///
/// # Errors
/// [`Error::TooManyTries`] where one network asks without end, [`Error::Crowded`] where too many do.
pub async fn near(
    state: &Services,
    office: OfficeId,
    address: Option<IpAddr>,
    here: &Location,
) -> Result<Vec<NearLine>, Error> {
    if state.strangers.count("near", &network(address), state.now()) > MOST_ASKED {
        return Err(Error::TooManyTries { after_seconds: Gate::window_seconds() });
    }
    let _turn = state.strangers.turn().await.ok_or(Error::Crowded)?;
    let around = around(state, office).await?;
    let line = |(metres, hazard): (f64, &HazardSpot)| {
        let tens = (metres / 10.0).ceil().max(1.0) as u32;
        Some(NearLine { sector: hazard.sector, metres: tens * 10, mark: marked(state, office, hazard.id)? })
    };
    Ok(around.hazards_near(here).into_iter().filter_map(line).collect())
}

fn marked(state: &Services, office: OfficeId, hazard: HazardId) -> Option<String> {
    state.secrets.seal(office.0.as_bytes(), hazard.0.as_bytes()).map(hex::encode)
}

/// The hazard that was shown under this mark; none of a mark that this office did not make.
pub(super) fn taken_for(state: &Services, office: OfficeId, mark: &str) -> Option<HazardId> {
    let sealed = hex::decode(mark).ok()?;
    let id = state.secrets.unseal(office.0.as_bytes(), &sealed)?;
    Uuid::from_slice(&id).ok().map(HazardId)
}
