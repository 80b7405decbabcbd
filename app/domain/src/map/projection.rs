//! Web Mercator, as maps of the web have it: the earth as a square.

use crate::place::Location;
use std::f64::consts::{PI, TAU};

/// Degrees of latitude at which the square ends.
const LAST_LATITUDE: f64 = 85.051_128_779_806_59;

/// A point of the square: `x` from west to east, `y` from north to south, both from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct World {
    pub x: f64,
    pub y: f64,
}

impl World {
    /// Degrees of WGS 84.
    pub fn of(latitude: f64, longitude: f64) -> Self {
        let latitude = latitude.clamp(-LAST_LATITUDE, LAST_LATITUDE).to_radians();
        Self { x: longitude / 360.0 + 0.5, y: 0.5 - latitude.tan().asinh() / TAU }
    }

    pub fn of_place(at: &Location) -> Self {
        Self::of(at.latitude, at.longitude)
    }

    pub fn place(self) -> Location {
        let latitude = (PI * (1.0 - 2.0 * self.y)).sinh().atan().to_degrees();
        Location { latitude, longitude: (self.x - 0.5) * 360.0, accuracy: None }
    }
}

/// A rectangle of the square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// North-west.
    pub first: World,
    /// South-east.
    pub last: World,
}

impl Bounds {
    /// The least that holds all of them; none of nothing.
    pub fn of(points: impl IntoIterator<Item = World>) -> Option<Self> {
        points.into_iter().fold(None, |around: Option<Self>, at| {
            let Some(Self { first, last }) = around else { return Some(Self { first: at, last: at }) };
            Some(Self {
                first: World { x: first.x.min(at.x), y: first.y.min(at.y) },
                last: World { x: last.x.max(at.x), y: last.y.max(at.y) },
            })
        })
    }

    /// The least that holds both.
    pub fn with(self, other: Self) -> Self {
        Self {
            first: World { x: self.first.x.min(other.first.x), y: self.first.y.min(other.first.y) },
            last: World { x: self.last.x.max(other.last.x), y: self.last.y.max(other.last.y) },
        }
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.first.x <= other.last.x
            && other.first.x <= self.last.x
            && self.first.y <= other.last.y
            && other.first.y <= self.last.y
    }

    pub fn middle(&self) -> World {
        World { x: f64::midpoint(self.first.x, self.last.x), y: f64::midpoint(self.first.y, self.last.y) }
    }
}
