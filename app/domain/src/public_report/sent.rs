//! What a stranger sends, and what is asked of it before anything of it is kept.

use super::{PublicReport, ReportStateKind};
use crate::{
    id::{GridId, HazardId, SiteId},
    limits::{ADDRESS, Excess, Field, OverLimit, check_line, check_phone, check_text, tidy_line, tidy_text},
    photo::PhotoHash,
    place::Location,
    quick_report::NEAR_METRES,
    search::{fold, nfkc},
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Photos of one report.
pub const REPORT_PHOTOS: usize = 3;
/// Characters of what a stranger writes.
const WORDS: usize = 500;
/// For so many days the same words of the same place are the same report.
pub const SAME_DAYS: i64 = 7;
/// Farther from every site of the office than this is somewhere else, in metres.
const OUTSIDE_METRES: f64 = 5_000.0;

/// Where it is, as far as whoever sent it said, and the site next to it, as far as the office knows one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportPlace {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub site_name: String,
    /// Whose grid it lies in; none: only those who see the whole office see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<GridId>,
}

/// As it comes.
#[derive(Clone, Default, PartialEq)]
pub struct NewReport {
    pub what: String,
    pub place: ReportPlace,
    pub photos: Vec<PhotoHash>,
    /// Empty: none was left.
    pub phone: String,
    pub taken_for: Option<HazardId>,
}

impl fmt::Debug for NewReport {
    /// Without the telephone number, which is in no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, place, photos, phone: _, taken_for } = self;
        f.debug_struct("NewReport")
            .field("what", what)
            .field("place", place)
            .field("photos", photos)
            .field("taken_for", taken_for)
            .finish_non_exhaustive()
    }
}

/// Why a report is set aside before anybody goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    /// Many came from the same network within a short time.
    ManyFromThere,
    /// Neither a photo nor a place on the map.
    NothingToGoBy,
}

/// Why a report is not taken. Each has words that say what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotSent {
    #[error("nothing is said")]
    WordsMissing,
    #[error("neither a place on the map nor a site nor words for it")]
    PlaceMissing,
    #[error("it lies outside of the office's area")]
    Outside,
    #[error("no telephone number")]
    NotAPhone,
    #[error("{0}")]
    OverLimit(#[from] OverLimit),
}

/// Whether the place is none of the office's: at 0, 0, beyond the earth, or far from each of these sites. An office without
/// sites on the map has no area to be outside of.
pub fn is_outside(here: &Location, sites: impl Iterator<Item = Location>) -> bool {
    let on_earth = here.latitude.abs() <= 90.0 && here.longitude.abs() <= 180.0;
    let nowhere = here.latitude.abs() < 0.001 && here.longitude.abs() < 0.001;
    if !on_earth || nowhere {
        return true;
    }
    let mut sites = sites.peekable();
    sites.peek().is_some() && sites.all(|site| site.distance(here) > OUTSIDE_METRES)
}

impl NewReport {
    /// Without what nobody typed on purpose.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.what = tidy_text(&self.what);
        self.place.words = tidy_line(&self.place.words);
        self.phone = tidy_line(&self.phone);
        self
    }

    /// # Errors
    /// What is missing or beyond its limit, in the order of the form.
    pub fn check(&self) -> Result<(), NotSent> {
        if self.what.is_empty() {
            return Err(NotSent::WordsMissing);
        }
        check_text(Field::What, &self.what)?;
        if self.what.chars().count() > WORDS {
            let excess = Excess::TooLong(u32::try_from(WORDS).unwrap_or(u32::MAX));
            return Err(OverLimit { field: Field::What, excess }.into());
        }
        check_line(Field::Address, &self.place.words, ADDRESS)?;
        let is_nowhere = self.place.location.is_none() && self.place.site.is_none();
        if is_nowhere && self.place.words.is_empty() {
            return Err(NotSent::PlaceMissing);
        }
        check_phone(&self.phone)?;
        let digits = self.phone.chars().filter(char::is_ascii_digit).count();
        let fits = self.phone.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' '));
        let is_phone = fits && (5..=20).contains(&digits);
        if !self.phone.is_empty() && !is_phone {
            return Err(NotSent::NotAPhone);
        }
        Ok(())
    }

    /// What speaks against it. `many`: whether many came from the same network just now.
    pub fn suspicion(&self, many: bool) -> Option<Suspicion> {
        if many {
            Some(Suspicion::ManyFromThere)
        } else if self.photos.is_empty() && self.place.location.is_none() && self.place.site.is_none() {
            Some(Suspicion::NothingToGoBy)
        } else {
            None
        }
    }

    /// By which reports are compared: the words without blanks, width and case.
    pub fn key(&self) -> String {
        fold(&nfkc(&self.what))
    }

    /// Whether this is one voice more for a report that is known: of the same hazard, or of the same words or photo at the same
    /// place, within some days. What the office has put aside as nothing is no report to join.
    pub fn is_of(&self, known: &PublicReport, now: DateTime<Utc>) -> bool {
        let stands = match known.state.kind() {
            ReportStateKind::Quarantined
            | ReportStateKind::Received
            | ReportStateKind::Confirmed
            | ReportStateKind::Joined
            | ReportStateKind::Hazard => true,
            ReportStateKind::NothingFound | ReportStateKind::Discarded => false,
        };
        if !stands || now - known.received_at > Duration::days(SAME_DAYS) {
            return false;
        }
        let same_hazard = self.taken_for.is_some()
            && (self.taken_for == known.state.hazard() || self.taken_for == known.taken_for);
        let same_photo = self.photos.iter().any(|photo| known.photos.contains(photo));
        let same_words = self.key() == fold(&nfkc(&known.what));
        same_hazard || (self.is_at(&known.place) && (same_photo || same_words))
    }

    fn is_at(&self, place: &ReportPlace) -> bool {
        match (&self.place.location, &place.location) {
            (Some(here), Some(there)) => here.distance(there) <= NEAR_METRES,
            (None, None) => {
                self.place.site == place.site && fold(&nfkc(&self.place.words)) == fold(&nfkc(&place.words))
            }
            // One stood there, the other read the code on its wall.
            (Some(_), None) | (None, Some(_)) => self.place.site.is_some() && self.place.site == place.site,
        }
    }
}
