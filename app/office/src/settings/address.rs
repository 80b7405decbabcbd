//! What the settings show, in their address.

use crate::query::Query;
use domain::place::{PlaceId, PlaceKind, readiness::Step};
use leptos_router::params::ParamsMap;

pub const SETTINGS: &str = "/office/settings";
pub const START: &str = "/office/start";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    #[default]
    Places,
    Departments,
    Office,
    Intervals,
    Permissions,
    Numbers,
    Papers,
    Calendar,
    Former,
}

impl Part {
    pub const ALL: [Self; 9] = [
        Self::Office,
        Self::Departments,
        Self::Places,
        Self::Intervals,
        Self::Permissions,
        Self::Numbers,
        Self::Papers,
        Self::Calendar,
        Self::Former,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Departments => "departments",
            Self::Places => "places",
            Self::Intervals => "intervals",
            Self::Permissions => "permissions",
            Self::Numbers => "numbers",
            Self::Papers => "papers",
            Self::Calendar => "calendar",
            Self::Former => "former",
        }
    }

    /// Words that nobody knows show the usual part.
    pub fn of(query: &ParamsMap) -> Self {
        let word = query.get_str("part").unwrap_or_default();
        Self::ALL.into_iter().find(|part| part.as_str() == word).unwrap_or_default()
    }

    pub fn address(self) -> String {
        Query::default().with("part", self.as_str()).at(SETTINGS)
    }
}

/// The place that is open beside the list.
pub fn open_place(query: &ParamsMap) -> Option<PlaceId> {
    let kind = PlaceKind::parse(query.get_str("kind")?)?;
    Some(kind.id(query.get_str("place")?.parse().ok()?))
}

/// Where a page of places stands: among the settings, or among the steps of the first run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here(String);

impl Here {
    pub fn part(part: Part) -> Self {
        Self(part.address())
    }

    pub fn step(step: Step) -> Self {
        Self(step_address(step))
    }

    /// With nothing open.
    pub fn closed(&self) -> String {
        self.0.clone()
    }

    pub fn with_open(&self, place: PlaceId) -> String {
        format!("{}&kind={}&place={}", self.0, place.kind().as_str(), place.uuid())
    }
}

pub fn step_address(step: Step) -> String {
    Query::default().with("step", step.as_str()).at(START)
}

/// Whether a plain form may go back there.
pub fn is_settings(page: &str) -> bool {
    let path = page.split('?').next().unwrap_or_default();
    (path == SETTINGS || path == START) && page.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_open_survives_the_address() {
        let place = PlaceId::Grid(Uuid::from_u128(7).into());
        let address = Here::part(Part::Places).with_open(place);
        let pairs = address.split_once('?').unwrap().1.split('&').filter_map(|pair| pair.split_once('='));
        let query: ParamsMap = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        assert_eq!((Part::of(&query), open_place(&query)), (Part::Places, Some(place)));
    }

    #[test]
    fn a_plain_form_goes_back_to_the_settings_only() {
        assert!(is_settings("/office/settings?part=places") && is_settings("/office/start?step=people"));
        for elsewhere in ["//evil", "https://evil/office/settings", "/office", "", "/office/settings\r\nx: y"]
        {
            assert!(!is_settings(elsewhere), "{elsewhere}");
        }
    }
}
