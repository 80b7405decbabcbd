//! The levels of place: 街道办事处 → 村(社区) → 网格, and the departments that answer for sectors. What an administrator does
//! to them is decided in [`command`]; how far a new office is set up is told by [`readiness`].

pub mod command;
mod list;
pub mod readiness;

pub use list::{GridFilter, GridLack, GridPage, GridRow};

use crate::{
    id::{CommunityId, DepartmentId, GridId, OfficeId},
    search::{fold, nfkc},
    sector::Sector,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::f64::consts::{FRAC_PI_2, PI};
use uuid::Uuid;

/// 街道办事处
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Office {
    pub id: OfficeId,
    pub name: String,
    /// A demonstration says so on every screen.
    #[serde(default)]
    pub demo: bool,
}

/// 村(社区)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Community {
    pub id: CommunityId,
    pub name: String,
}

/// 网格
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grid {
    pub id: GridId,
    pub community: CommunityId,
    pub name: String,
}

/// 部门, with the sectors it answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Department {
    pub id: DepartmentId,
    pub name: String,
    pub sectors: Vec<Sector>,
}

/// One of the places that can be made, renamed, merged and closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceId {
    Department(DepartmentId),
    Community(CommunityId),
    Grid(GridId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    Department,
    Community,
    Grid,
}

impl PlaceKind {
    pub const ALL: [Self; 3] = [Self::Department, Self::Community, Self::Grid];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Community => "community",
            Self::Grid => "grid",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn id(self, id: Uuid) -> PlaceId {
        match self {
            Self::Department => PlaceId::Department(id.into()),
            Self::Community => PlaceId::Community(id.into()),
            Self::Grid => PlaceId::Grid(id.into()),
        }
    }
}

impl PlaceId {
    pub fn kind(self) -> PlaceKind {
        match self {
            Self::Department(_) => PlaceKind::Department,
            Self::Community(_) => PlaceKind::Community,
            Self::Grid(_) => PlaceKind::Grid,
        }
    }

    pub fn uuid(self) -> Uuid {
        match self {
            Self::Department(id) => id.0,
            Self::Community(id) => id.0,
            Self::Grid(id) => id.0,
        }
    }
}

/// A place that was merged into another one or closed: nothing lives there any more, its name stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerPlace {
    pub place: PlaceId,
    pub name: String,
    /// Where everything went that lived there.
    pub into: Option<PlaceId>,
    pub at: DateTime<Utc>,
    /// Who did it, by name.
    pub by: String,
}

/// Whether two names are the same but for blanks, width, case or invisible characters.
pub fn same_name(one: &str, other: &str) -> bool {
    fold(&nfkc(one)) == fold(&nfkc(other))
}

/// A point on the ground, WGS 84, with its accuracy in metres. Read at capture only, never tracked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
}

impl Location {
    /// 0,0: what programs write where they know no place. The sea off Africa is nobody's site.
    pub fn is_nowhere(&self) -> bool {
        self.latitude.abs() < 0.01 && self.longitude.abs() < 0.01
    }

    /// Metres along the earth's surface (haversine, mean radius).
    pub fn distance(&self, other: &Self) -> f64 {
        const EARTH_RADIUS_M: f64 = 6_371_000.0;
        let (lat1, lat2) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_lat = (lat2 - lat1) / 2.0;
        let half_lon = (other.longitude - self.longitude).to_radians() / 2.0;
        let a = sine(half_lat).powi(2) + cosine(lat1) * cosine(lat2) * sine(half_lon).powi(2);
        2.0 * EARTH_RADIUS_M * a.sqrt().min(1.0).asin()
    }
}

/// Of half a turn at the most, by its series: the standard library's takes any angle, with tables that a phone would load.
fn sine(angle: f64) -> f64 {
    let folded = if angle.abs() > FRAC_PI_2 { PI.copysign(angle) - angle } else { angle };
    let square = -folded * folded;
    let terms = (1..12).rev().map(|n| f64::from(2 * n * (2 * n + 1)));
    folded * terms.fold(1.0, |sum, term| 1.0 + sum * square / term)
}

fn cosine(angle: f64) -> f64 {
    sine(FRAC_PI_2 - angle.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_are_those_of_the_standard_library() {
        for hundredth in -314..=314 {
            let angle = f64::from(hundredth) / 100.0;
            assert!((sine(angle) - angle.sin()).abs() < 1e-15, "{angle}");
            assert!((cosine(angle) - angle.cos()).abs() < 1e-15, "{angle}");
        }
        assert_eq!(sine(1e-9), 1e-9);
    }

    #[test]
    fn a_place_that_nobody_knew_is_none() {
        let at = |latitude, longitude| Location { latitude, longitude, accuracy: None };
        assert!(at(0.0, 0.0).is_nowhere() && at(-0.001, 0.002).is_nowhere());
        assert!(!at(34.0, 0.0).is_nowhere() && !at(0.0, 113.6).is_nowhere());
    }

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let at = |latitude| Location { latitude, longitude: 113.6, accuracy: None };
        let metres = at(34.0).distance(&at(35.0));
        assert!((metres - 111_195.0).abs() < 10.0, "{metres}");
        assert_eq!(at(34.0).distance(&at(34.0)), 0.0);
    }
}
