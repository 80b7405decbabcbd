//! # The demonstration
//!
//! An invented sub-district, so that everything can be tried with something in it. [`plan`] is pure: the same seed and day
//! give the same people, sites, visits and hazards, the latter by the same rules as real ones. [`prepare`] writes
//! it into an empty store once.

mod attributes;
mod banner;
mod codes;
mod filling;
mod form_picture;
mod forms;
mod hazards;
mod heartbeats;
mod inspections;
mod outlines;
mod parties;
mod passing;
mod people;
mod picture;
mod places;
mod public_reports;
mod rng;
mod sign_offs;
mod sites;
mod spot_checks;
mod street;
mod tasks;
mod visits;
mod write;

use crate::{catalogue::Catalogue, state::AppState};
use anyhow::bail;
pub use banner::Accounts;
use chrono::{DateTime, Utc};
use domain::{
    hazard::Hazard,
    party::Party,
    person::Person,
    photo::PhotoHash,
    place::{Community, Department, Grid, Office},
    site::Site,
    task::Task,
    visit::Visit,
};
use picture::Pictures;
use rng::SeededRng;
use service::notices;
use std::sync::Arc;

/// Fixed, so that pictures in the documentation stay true.
const SEED: u64 = 20_261_124;

/// Everything invented, in memory.
#[derive(Debug)]
pub struct Demonstration {
    pub office: Office,
    pub departments: Vec<Department>,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    pub parties: Vec<Party>,
    pub sites: Vec<Site>,
    pub people: Vec<Person>,
    /// By time.
    pub visits: Vec<Visit>,
    /// By time of finding.
    pub hazards: Vec<Hazard>,
    pub tasks: Vec<Task>,
    pub photos: Vec<Picture>,
}

/// A photo to be drawn; its bytes decide its hash, so hazards name it once it is drawn.
#[derive(Debug, Clone)]
pub struct Picture {
    pub hash: PhotoHash,
    pub bytes: Vec<u8>,
    /// What phones show in lists.
    pub thumbnail: Arc<[u8]>,
    pub at: DateTime<Utc>,
    pub by: Person,
    pub site: Site,
    /// Some of the newest are still on a phone.
    pub received: bool,
}

/// A picture's file and its small one.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub bytes: Vec<u8>,
    pub thumbnail: Arc<[u8]>,
}

/// Draws a picture of a scene, with what varies from one to the next, before or after it was put right.
pub type Draw<'a> = &'a mut dyn FnMut(u64, u64, bool) -> Drawn;

/// The sub-district as it stands at this moment.
pub fn plan(seed: u64, now: DateTime<Utc>, catalogue: &Catalogue, draw: Draw<'_>) -> Demonstration {
    let mut rng = SeededRng::new(seed, now);
    let places = places::plan(&mut rng);
    let mut sites = sites::plan(&mut rng, &places, catalogue);
    // By chance of their own, so that whoever else is invented stays as they are.
    let parties = parties::plan(&mut SeededRng::new(seed.wrapping_add(1), now), &mut sites);
    attributes::plan(&mut SeededRng::new(seed.wrapping_add(2), now), &mut sites);
    let street = street::plan(&mut SeededRng::new(seed.wrapping_add(3), now), now, &places, catalogue);
    let mut people = people::plan(&mut rng, &places, &sites);
    inspections::certify(&mut people, now);
    let mut visits = visits::plan(&mut rng, now, &sites, &people, catalogue);
    inspections::plan(&mut visits, &people);
    let made = hazards::plan(&mut rng, now, places, sites, people, visits, &mut *draw);
    let mut chance = SeededRng::new(seed.wrapping_add(4), now);
    let tasks = tasks::plan(&mut chance, now, &made.sites, &made.people, &made.visits, &made.hazards);
    // Nobody has been there, and so nothing was found.
    let sites = [made.sites.as_slice(), &street].concat();
    let mut made = Demonstration { parties, sites, tasks, ..made };
    passing::add(&mut SeededRng::new(seed.wrapping_add(5), now), now, &mut made, draw);
    made
}

/// Fills an empty store; a store that holds the demonstration already stays as it is, but for a plan that is still to open.
pub async fn prepare(state: &AppState) -> anyhow::Result<Accounts> {
    let offices = state.store.offices().await?;
    match offices.as_slice() {
        [] => {
            let catalogue = Catalogue::built_in()?;
            let now = state.now();
            eprintln!("preparing the demonstration sub-district …");
            let invent = move || {
                let mut pictures = Pictures::default();
                plan(SEED, now, &catalogue, &mut |scene, variation, after| {
                    pictures.one(scene, variation, after)
                })
            };
            let invented = tokio::task::spawn_blocking(invent).await?;
            write::write(state, &invented).await?;
            spot_checks::within_the_hour(state, &invented.office).await?;
            public_reports::some(state, &invented).await?;
            // Whoever opens an inbox finds something in it, and no job is waited for.
            notices::make(state).await?;
            accounts(state, &invented.office, &invented.people).await
        }
        [office] if office.demo => {
            // Whoever starts it again tomorrow finds one to come, too. What somebody has tried out meanwhile stops no start.
            if let Err(why) = spot_checks::within_the_hour(state, office).await {
                tracing::warn!(%why, "no plan to come was sealed");
            }
            accounts(state, office, &state.store.people(office.id).await?).await
        }
        _ => bail!(
            "this folder holds an office's own data; the demonstration wants another one (--data FOLDER)"
        ),
    }
}

async fn accounts(state: &AppState, office: &Office, people: &[Person]) -> anyhow::Result<Accounts> {
    Ok(Accounts::of(office, people, codes::to_try(state, office, people).await?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use domain::{
        draw::{PublishedDraw, SeedSource},
        form::session::PreparedForm,
        hazard::HazardStatusKind,
        place::PlaceId,
        role::Role,
        spot_check::SpotCheckKind,
        visit::{SignOff, VisitOutcome},
    };
    use std::collections::BTreeSet;

    fn made() -> Demonstration {
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap();
        let mut sketch = |scene, variation, after| Drawn {
            bytes: format!("{scene} {variation} {after}").into_bytes(),
            thumbnail: Arc::default(),
        };
        plan(SEED, now, &Catalogue::built_in().unwrap(), &mut sketch)
    }

    #[test]
    fn the_sub_district_is_as_large_as_promised_and_every_status_occurs() {
        let made = made();
        assert_eq!((made.communities.len(), made.grids.len()), (12, 40));
        assert_eq!(made.sites.len(), 331);
        assert_eq!(made.sites.iter().filter(|site| site.to_confirm.is_some()).count(), 1, "a new shop");
        assert!((200..400).contains(&made.hazards.len()), "{} hazards", made.hazards.len());
        let statuses: BTreeSet<_> = made.hazards.iter().map(|hazard| hazard.status.kind()).collect();
        for status in [
            HazardStatusKind::Found,
            HazardStatusKind::Assigned,
            HazardStatusKind::Rectified,
            HazardStatusKind::AcceptedOnce,
            HazardStatusKind::Closed,
            HazardStatusKind::Referred,
        ] {
            assert!(statuses.contains(&status), "no hazard is {status:?}");
        }
        let waits: Vec<_> = made.hazards.iter().filter(|hazard| hazard.is_to_be_referred()).collect();
        let of_authorities = waits.iter().filter(|hazard| hazard.found.authority().is_some());
        assert!(of_authorities.count() > 0, "nothing waits to be referred");
        assert!(waits.iter().all(|hazard| hazard.due.is_none()), "nobody was given a day");
        let records = made.hazards.iter().flat_map(|hazard| &hazard.events);
        assert_eq!(records.filter(|record| record.is_rejected()).count(), 0, "everything counted");
        let open = made.hazards.iter().filter(|hazard| hazard.is_open()).count();
        assert!((40..200).contains(&open), "{open} open");
    }

    #[test]
    fn visits_of_every_sort_occur() {
        let made = made();
        for outcome in VisitOutcome::ALL {
            assert!(made.visits.iter().any(|visit| visit.outcome == outcome), "none is {outcome:?}");
        }
        assert!(made.visits.iter().filter(|visit| visit.forms.len() == 2).count() > 5);
        assert!(made.visits.iter().any(|visit| visit.participants.len() == 2), "a colleague and a guest");
        assert!(made.visits.iter().any(|visit| visit.administrative.is_some()), "nobody was inspected");
        let closed = made.visits.iter().filter(|visit| visit.outcome == VisitOutcome::Closed);
        assert!(closed.into_iter().all(|visit| !visit.photos.is_empty()), "the door is shown");
        let ends = || made.visits.iter().filter_map(|visit| visit.sign_off.as_deref());
        assert!(ends().any(|end| matches!(end, SignOff::Signed(_))), "none signed for");
        assert!(ends().any(|end| matches!(end, SignOff::Refused { .. })), "none refused");
        assert!(ends().any(|end| matches!(end, SignOff::Absent { .. })), "nobody was away");
    }

    #[test]
    fn every_visit_is_as_its_forms_want_it() {
        let catalogue = Catalogue::built_in().unwrap();
        let forms: Vec<_> = catalogue.forms.iter().cloned().map(Arc::new).map(PreparedForm::new).collect();
        let made = made();
        assert_eq!(made.visits.len(), visits::ALL, "none was left out");
        for visit in &made.visits {
            assert_eq!(visit.check(&forms), Ok(()), "{:?}", visit.form_ids());
        }
        let filled: BTreeSet<_> = made.visits.iter().flat_map(Visit::form_ids).collect();
        assert!(filled.len() > 30, "{} forms", filled.len());
        let of_answers: BTreeSet<_> =
            made.visits.iter().flat_map(Visit::answers).flat_map(|sealed| sealed.hazards.clone()).collect();
        let (by_visits, in_passing): (Vec<_>, Vec<_>) =
            made.hazards.iter().partition(|hazard| hazard.found.visit.is_some());
        let of_hazards: BTreeSet<_> = by_visits.iter().map(|hazard| hazard.id).collect();
        assert_eq!(of_answers, of_hazards);
        assert_eq!(in_passing.len(), 1, "what was reported in passing");
        let again: Vec<_> =
            made.hazards.iter().map(|hazard| (hazard.place.site, &hazard.found.question)).collect();
        assert!(again.iter().collect::<BTreeSet<_>>().len() < again.len(), "something was found twice");
        assert!(made.visits.iter().flat_map(Visit::answers).any(|sealed| !sealed.key.instance.is_empty()));
        assert!(made.visits.iter().flat_map(Visit::answers).any(|sealed| sealed.elsewhere));
    }

    #[test]
    fn most_sites_have_a_party_and_some_parties_have_several_sites() {
        let made = made();
        let named: Vec<_> = made.sites.iter().filter_map(|site| site.party.as_ref()).collect();
        assert!((250..300).contains(&named.len()), "{} of {}", named.len(), made.sites.len());
        let several = |id| named.iter().filter(|party| party.id == id).count() > 1;
        assert!(made.parties.iter().filter(|party| several(party.id)).count() >= 10);
        let codes: BTreeSet<_> = made.parties.iter().filter_map(|party| party.credit_code.as_ref()).collect();
        let coded = made.parties.iter().filter(|party| party.credit_code.is_some()).count();
        assert_eq!(codes.len(), coded, "each once");
        let of_parties = made.hazards.iter().filter(|hazard| hazard.party.is_some()).count();
        assert!(of_parties > made.hazards.len() / 2, "{of_parties} of {}", made.hazards.len());
    }

    #[test]
    fn every_account_that_the_banner_names_is_there() {
        let made = made();
        let is_account = |word: &&str| {
            let digits = word.trim_start_matches(|sign: char| sign.is_ascii_lowercase());
            digits.len() < word.len()
                && !digits.is_empty()
                && digits.bytes().all(|sign| sign.is_ascii_digit())
        };
        let words = banner::TRY.split(|sign: char| !sign.is_ascii_alphanumeric());
        let named: BTreeSet<_> = words.filter(|word| is_account(word) || *word == "admin").collect();
        for account in &named {
            assert!(made.people.iter().any(|person| person.username == **account), "nobody is {account}");
        }
        for role in Role::ALL {
            let has =
                |account: &&str| made.people.iter().any(|one| one.username == **account && one.role == role);
            assert!(named.iter().any(has), "nobody tries the demonstration as {role:?}");
        }
        let shown = Accounts::of(&made.office, &made.people, None).banner("127.0.0.1:3000".parse().unwrap());
        for account in named {
            assert!(shown.contains(&people::password(account)), "{account} has no password in it");
        }
    }

    #[test]
    fn a_plan_of_every_kind_lies_behind_and_two_draws_are_published() {
        let made = made();
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap();
        let stories = spot_checks::plan(&made, SEED, now).unwrap();
        let kinds: BTreeSet<_> = stories.iter().map(|story| story.plan.outline.kind).collect();
        assert_eq!(kinds, SpotCheckKind::ALL.into_iter().collect::<BTreeSet<_>>());
        let published: Vec<_> = stories.iter().filter(|story| story.plan.is_published()).collect();
        let sources: Vec<_> = published.iter().filter_map(|story| story.plan.draw.as_ref()).collect();
        assert_eq!(sources.len(), 2);
        let by_people = |draw: &&&PublishedDraw| matches!(draw.frozen.source, SeedSource::Commitments { .. });
        assert_eq!(sources.iter().filter(by_people).count(), 1, "one by commitments");
        for draw in sources {
            assert_eq!(draw.check(None), [], "and each is computed again");
        }
    }

    #[test]
    fn sites_lie_within_the_outlines_of_their_grids() {
        let made = made();
        let outlines = outlines::plan(&made.communities, &made.grids);
        assert_eq!(outlines.len(), made.communities.len() + made.grids.len());
        // The street runs on past its grid.
        for site in made.sites.iter().filter(|site| site.code.starts_with("XC")) {
            let at = site.location.unwrap();
            for place in [PlaceId::Grid(site.grid), PlaceId::Community(site.community)] {
                let outline = outlines.iter().find(|outline| outline.place == place).unwrap();
                assert!(outline.area.holds(at.latitude, at.longitude), "{} at {at:?}", site.name);
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_sub_district() {
        let (one, other) = (made(), made());
        assert_eq!(one.hazards, other.hazards);
        assert_eq!(one.visits, other.visits);
        assert_eq!(one.tasks, other.tasks);
    }
}
