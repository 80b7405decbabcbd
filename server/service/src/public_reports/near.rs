//! What is known near a place already, told to whoever is about to report it: only of what kind it is, nothing that tells who
//! reported it, when, how it looks or where exactly it is. Whoever asks from a hundred places learns in which square of the map a
//! hazard lies, and no more: the answer depends on nothing else.

use super::{gate::Gate, network, office_of};
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

/// Degrees of a square's side: a hundred metres or so.
const SQUARE: f64 = 0.001;

/// A site next to a report is no farther than this, in metres.
const NEXT_TO: f64 = 200.0;

/// What is sent in place of a site's mark where it is none of them.
pub const NO_SITE: &str = "none";

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
    /// By which the report says that it is the same; nobody can read it.
    pub mark: String,
}

/// A site nearby, to be chosen by its name; what hangs over its door is known to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearSite {
    pub name: String,
    /// By which the report says that it is there; nobody can read it.
    pub mark: String,
}

/// What a stranger is told of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Near {
    pub hazards: Vec<NearLine>,
    /// The nearest first.
    pub sites: Vec<NearSite>,
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

    /// The nearest first, for those who see hazards anyway.
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

    /// Those whose squares are near, for strangers; in no order that says anything.
    fn hazards_by_square(&self, here: &Location) -> Vec<&HazardSpot> {
        let near = self.hazards.iter().filter(|hazard| {
            let square = hazard.location.map(|at| nearest_of_square(&at, here));
            square.is_some_and(|nearest| nearest.distance(here) <= NEAR_METRES)
        });
        near.take(MOST).collect()
    }

    /// Those next to it, the nearest first.
    fn sites_near(&self, here: &Location) -> Vec<&SiteSpot> {
        let far = self.sites.iter().map(|site| (site.location.distance(here), site));
        let mut near: Vec<_> = far.filter(|(metres, _)| *metres <= NEXT_TO).collect();
        near.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        near.into_iter().take(MOST).map(|(_, site)| site).collect()
    }

    /// The one that was chosen among them by its mark; where nothing was chosen, or a mark that nobody made, the nearest.
    pub fn site_of(
        &self,
        state: &Services,
        office: OfficeId,
        here: &Location,
        chosen: &str,
    ) -> Option<&SiteSpot> {
        if chosen == NO_SITE {
            return None;
        }
        let near = self.sites_near(here);
        let id = site_marked(state, office, chosen);
        near.iter().find(|site| Some(site.id) == id).or(near.first()).copied()
    }

    pub fn is_outside(&self, here: &Location) -> bool {
        is_outside(here, self.sites.iter().map(|site| site.location))
    }
}

/// The point nearest to `here` of the square in which `at` lies.
fn nearest_of_square(at: &Location, here: &Location) -> Location {
    let nearest = |at: f64, here: f64| {
        let first = (at / SQUARE).floor() * SQUARE;
        here.max(first).min(first + SQUARE)
    };
    Location {
        latitude: nearest(at.latitude, here.latitude),
        longitude: nearest(at.longitude, here.longitude),
        accuracy: None,
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

/// Open hazards and sites near the place.
///
/// # Errors
/// [`Error::TooManyTries`] where one network asks without end, [`Error::Crowded`] where too many do.
pub async fn near(
    state: &Services,
    office: OfficeId,
    address: Option<IpAddr>,
    here: &Location,
) -> Result<Near, Error> {
    if state.strangers.count("near", &network(address), state.now()) > MOST_ASKED {
        return Err(Error::TooManyTries { after_seconds: Gate::window_seconds() });
    }
    let _turn = state.strangers.turn().await.ok_or(Error::Crowded)?;
    if !takes_reports(state, office).await? {
        return Ok(Near::default());
    }
    let around = around(state, office).await?;
    let line = |hazard: &HazardSpot| {
        Some(NearLine { sector: hazard.sector, mark: marked(state, office, hazard.id)? })
    };
    let owner = sites_of(office);
    let site = |site: &SiteSpot| {
        let mark = state.secrets.seal(&owner, site.id.0.as_bytes()).map(hex::encode)?;
        Some(NearSite { name: site.name.clone(), mark })
    };
    Ok(Near {
        hazards: around.hazards_by_square(here).into_iter().filter_map(line).collect(),
        sites: around.sites_near(here).into_iter().filter_map(site).collect(),
    })
}

/// Of an office that takes none, and of what is no office, strangers are told as of a place where there is nothing; nor is anything of it
/// remembered.
async fn takes_reports(state: &Services, office: OfficeId) -> Result<bool, StoreError> {
    let is_known = office_of(&*state.store, Some(office)).await?.is_some();
    Ok(is_known && state.store.office_settings(office).await?.public.open)
}

/// For whom the marks of sites are sealed: one of a hazard is none of a site.
fn sites_of(office: OfficeId) -> Vec<u8> {
    [office.0.as_bytes().as_slice(), b"site"].concat()
}

fn site_marked(state: &Services, office: OfficeId, mark: &str) -> Option<SiteId> {
    let sealed = hex::decode(mark).ok()?;
    let id = state.secrets.unseal(&sites_of(office), &sealed)?;
    Uuid::from_slice(&id).ok().map(SiteId)
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::GridId;

    fn at(latitude: f64, longitude: f64) -> Location {
        Location { latitude, longitude, accuracy: None }
    }

    fn around(location: Location) -> Around {
        let hazard = HazardSpot {
            id: HazardId(Uuid::nil()),
            number: "2026-1".into(),
            what: "堆放杂物".into(),
            site: SiteId(Uuid::nil()),
            grid: GridId(Uuid::nil()),
            sector: Sector::ALL[0],
            location: Some(location),
        };
        Around::new(vec![], vec![hazard])
    }

    /// From a raster of eleven metres, over some three squares each way.
    #[test]
    fn whoever_asks_from_everywhere_cannot_tell_two_places_of_a_square_apart() {
        let (one, other) = (around(at(34.74612, 113.62508)), around(at(34.74688, 113.62593)));
        let raster =
            || (0..30).flat_map(|north| (0..30).map(move |east| (f64::from(north), f64::from(east))));
        let answers = |around: &Around| -> Vec<usize> {
            let asked = raster().map(|(north, east)| at(34.745 + north / 1e4, 113.624 + east / 1e4));
            asked.map(|here| around.hazards_by_square(&here).len()).collect()
        };
        let told = answers(&one);
        assert!(told.contains(&1) && told.contains(&0));
        assert_eq!(told, answers(&other));
        assert_eq!(answers(&around(at(34.9, 113.6))), vec![0; 900]);
        assert_eq!(one.hazards_by_square(&at(f64::NAN, f64::INFINITY)).len(), 0);
    }
}
