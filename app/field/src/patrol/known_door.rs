//! A door with what the phone knows of it, as a street shows it.

use super::walk::Walk;
use crate::i18n::{Lang, patrol as t};
use chrono::{DateTime, Utc};
use client::patrol::Doors;
use domain::{
    id::SiteId,
    patrol::{Door, DoorState, Walked},
    place::Location,
    site::Site,
};

/// One door of the street.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownDoor {
    pub door: Door,
    pub site: Site,
    pub walked: Walked,
    /// Hazards that are still open here.
    pub owed: usize,
    pub metres: Option<f64>,
    /// What was tapped can be taken back.
    pub waits: bool,
}

impl KnownDoor {
    /// Tracked: what was tapped a moment ago counts. None where the site has left the phone.
    pub fn of(
        door: Door,
        doors: &Doors,
        walk: Walk,
        since: DateTime<Utc>,
        from: Option<&Location>,
    ) -> Option<Self> {
        let site = doors.site(door.site)?.clone();
        let told = doors.state_of(site.id, since);
        let walked = match walk.just_done(site.id) {
            Some(state) if told.state == DoorState::NotWalked => Walked { state, at: None },
            Some(_) | None => told,
        };
        let owed = doors.open_at(site.id).iter().filter(|hazard| hazard.found_at < since);
        Some(Self {
            owed: owed.count(),
            metres: site.location.as_ref().zip(from).map(|(at, from)| at.distance(from)),
            waits: walk.waits_at(site.id),
            door,
            site,
            walked,
        })
    }

    pub fn is_left(&self) -> bool {
        self.walked.state == DoorState::NotWalked
    }

    /// `35 号`; where no number is known, the name.
    pub fn words(&self, lang: Lang) -> String {
        self.door.number.map_or_else(|| self.site.name.clone(), |number| t::door(lang, number.to_string()))
    }

    /// As it stands at the beginning of its row.
    pub fn number(&self) -> String {
        self.door.number.map(|number| number.to_string()).unwrap_or_default()
    }
}

/// The one of this site.
pub fn known_at(known: &[KnownDoor], site: SiteId) -> Option<&KnownDoor> {
    known.iter().find(|one| one.door.site == site)
}
