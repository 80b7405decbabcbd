//! What was seen in passing: a hazard that one grid member reported on the spot, and a shop that another found where nothing was
//! registered, which waits to be confirmed.

use super::{Demonstration, Draw, Drawn, Picture, rng::SeededRng};
use chrono::{DateTime, Days, Duration, Utc};
use domain::{
    form::ResponsibleKind,
    hazard::{Found, Hazard, Issued},
    party::SiteParty,
    person::Person,
    photo::PhotoHash,
    sector::Sector,
    severity::Severity,
    site::{ProposedSite, Site},
    time::office_day,
};

/// Who reports, and who finds the shop.
const REPORTER: &str = "wangge1";
const FINDER: &str = "wangge2";

/// What their photos show.
const BOXES: u64 = 311;
const DOOR: u64 = 312;

pub(super) fn add(rng: &mut SeededRng, now: DateTime<Utc>, made: &mut Demonstration, draw: Draw<'_>) {
    report(rng, now - Duration::hours(26), made, &mut *draw);
    find(rng, now - Duration::hours(20), made, draw);
}

fn person(made: &Demonstration, username: &str) -> Option<Person> {
    made.people.iter().find(|person| person.username == username).cloned()
}

/// 随手报
fn report(rng: &mut SeededRng, at: DateTime<Utc>, made: &mut Demonstration, draw: Draw<'_>) {
    let Some(by) = person(made, REPORTER) else { return };
    let is_known =
        |site: &&Site| by.grids.contains(&site.grid) && made.visits.iter().any(|visit| visit.site == site.id);
    let Some(site) = made.sites.iter().find(is_known).cloned() else { return };
    let photo = taken(rng, at, &by, &site, BOXES, draw);
    let found = Found {
        level: Severity::General,
        what: "楼道口堆放纸箱，挡住疏散通道".to_owned(),
        basis: String::new(),
        due: office_day(at).checked_add_days(Days::new(3)),
        responsible: site.contacts.first().map_or_else(|| site.name.clone(), |one| one.name.clone()),
        responsible_kind: ResponsibleKind::Site,
        photos: vec![photo.hash.clone()],
        location: site.location,
        visit: None,
        form: None,
        question: None,
        from_public: false,
        fixed: None,
    };
    let actor = by.actor(made.office.id, None);
    let issued = Issued { id: rng.id_at(at), at, received_at: Some(at), by: &actor };
    let party = site.party.as_ref().map(SiteParty::named);
    let Ok(hazard) = Hazard::open(rng.id_at(at), site.resource_scope(), party, found, &issued) else {
        return;
    };
    let place = made.hazards.partition_point(|known| known.found_at <= hazard.found_at);
    made.hazards.insert(place, hazard);
    made.photos.push(photo);
}

/// 新开的店
fn find(rng: &mut SeededRng, at: DateTime<Utc>, made: &mut Demonstration, draw: Draw<'_>) {
    let Some(by) = person(made, FINDER) else { return };
    let Some(grid) = made.grids.iter().find(|grid| by.grids.contains(&grid.id)).cloned() else { return };
    let beside = made.sites.iter().find(|site| site.grid == grid.id);
    let proposed = ProposedSite {
        id: rng.id_at(at),
        grid: grid.id,
        name: "巷口电动车修理".to_owned(),
        kind: "small-shop".into(),
        sector: Sector::General,
        address: "金河后巷 8 号".to_owned(),
        location: beside.and_then(|site| site.location),
        photos: vec![],
    };
    let actor = by.actor(made.office.id, None);
    let photo = taken(rng, at, &by, &proposed.site(grid.community, &actor, at), DOOR, draw);
    let proposed = ProposedSite { photos: vec![photo.hash.clone()], ..proposed };
    made.sites.push(proposed.site(grid.community, &actor, at));
    made.photos.push(photo);
}

fn taken(
    rng: &mut SeededRng,
    at: DateTime<Utc>,
    by: &Person,
    site: &Site,
    scene: u64,
    draw: Draw<'_>,
) -> Picture {
    let Drawn { bytes, thumbnail } = draw(scene, rng.bits(), false);
    let (by, site) = (by.clone(), site.clone());
    Picture { hash: PhotoHash::of(&bytes), bytes, thumbnail, at, by, site, received: true }
}
