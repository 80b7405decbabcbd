//! 界线: what belongs to a community or a grid, as the office's own map draws it.

use super::{
    projection::{Bounds, World},
    simplified::simplified,
};
use crate::place::PlaceId;
use serde::{Deserialize, Serialize};

/// Rings as GeoJSON has them (RFC 7946): longitude and latitude by WGS 84, the last point the first one again. The first ring is
/// the outer one, the others are holes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Polygon(pub Vec<Vec<[f64; 2]>>);

/// Polygons that belong together: the coordinates of a `MultiPolygon`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(pub Vec<Polygon>);

/// The area of a community or of a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    pub place: PlaceId,
    pub area: Area,
}

impl Area {
    pub fn rings(&self) -> impl Iterator<Item = &Vec<[f64; 2]>> {
        self.0.iter().flat_map(|polygon| &polygon.0)
    }

    pub fn points(&self) -> impl Iterator<Item = [f64; 2]> {
        self.rings().flatten().copied()
    }

    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::of(self.points().map(|[longitude, latitude]| World::of(latitude, longitude)))
    }

    /// Whether a place lies within it: each ring that is crossed on the way out changes sides, so holes are outside.
    pub fn holds(&self, latitude: f64, longitude: f64) -> bool {
        let crossed = |from: &[f64; 2], to: &[f64; 2]| {
            let ([x1, y1], [x2, y2]) = (*from, *to);
            (y1 > latitude) != (y2 > latitude) && longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1
        };
        let sides = self.rings().flat_map(|ring| ring.iter().zip(ring.iter().skip(1)));
        sides.filter(|(from, to)| crossed(from, to)).count() % 2 == 1
    }

    /// Without the points that are within so many metres of the line between others. A hole that comes to nothing goes, the outer
    /// rings stay.
    #[must_use]
    pub fn simplified(&self, metres: f64) -> Self {
        let polygon = |polygon: &Polygon| {
            let rings = polygon.0.iter().enumerate();
            let rings = rings.filter_map(|(number, ring)| match simplified(ring, metres) {
                fewer if fewer.len() >= LEAST_OF_RING => Some(fewer),
                _ if number == 0 => Some(ring.clone()),
                _ => None,
            });
            Polygon(rings.collect())
        };
        Self(self.0.iter().map(polygon).collect())
    }
}

/// A triangle, closed.
pub(super) const LEAST_OF_RING: usize = 4;

/// Points of all outlines that travel to a phone, which draws them on a screen of a hand's width.
const MOST_ON_PHONE: usize = 4_000;

/// Outlines as coarse as it takes for a phone: to three metres where that is enough, else twice that, and twice again.
pub fn fit_for_phone(outlines: Vec<Outline>) -> Vec<Outline> {
    let coarser = |metres: f64| -> Vec<Outline> {
        let outline = |one: &Outline| Outline { place: one.place, area: one.area.simplified(metres) };
        outlines.iter().map(outline).collect()
    };
    let points = |outlines: &[Outline]| outlines.iter().map(|one| one.area.points().count()).sum::<usize>();
    let (mut metres, mut fitting) = (3.0, coarser(3.0));
    // What a kilometre leaves is few enough, or will not become fewer.
    while points(&fitting) > MOST_ON_PHONE && metres < 1_000.0 {
        metres *= 2.0;
        fitting = coarser(metres);
    }
    fitting
}
