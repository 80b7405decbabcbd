//! 瓦片: the square pictures that maps of the web are cut into, and where they lie on ours.
//!
//! A service cuts the square of its own datum. What we draw is WGS 84, so a tile of a shifted datum is laid where its edges are by
//! WGS 84. The shift changes by metres over some kilometres: within a tile it is the same to a pixel or two.

use super::{
    projection::{Bounds, World},
    view::View,
};
use crate::{datum::Datum, place::Location};

/// The closest that services have as a rule; from closer, these are drawn larger.
pub const CLOSEST: u8 = 18;

/// Of one view at the most; what would be more is taken from farther away.
pub const MOST_TILES: usize = 64;

/// Pixels beyond a view that its tiles are looked for, because the shift at one corner is not that of the next.
const BEYOND: f64 = 16.0;

/// `zoom` halvings of the square, `x` counted from the west, `y` from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    pub zoom: u8,
    pub x: u32,
    pub y: u32,
}

impl Tile {
    /// Those that a view shows, of a service of this datum: the middle of the view first, [`MOST_TILES`] at the most.
    pub fn seen(view: &View, datum: Datum) -> Vec<Self> {
        let seen = view.seen(BEYOND);
        let (first, last) = (drawn_at(seen.first, datum), drawn_at(seen.last, datum));
        let mut zoom = view.zoom.round().clamp(0.0, f64::from(CLOSEST)) as u8;
        while zoom > 0 && count(zoom, first, last) > MOST_TILES {
            zoom -= 1;
        }
        let (from, to) = (Self::of(zoom, first), Self::of(zoom, last));
        let rows = from.y..=to.y;
        let mut tiles: Vec<Self> =
            rows.flat_map(|y| (from.x..=to.x).map(move |x| Self { zoom, x, y })).collect();
        // Twice the middle, which may lie between two.
        let (x, y) = (i64::from(from.x + to.x), i64::from(from.y + to.y));
        let away = |tile: &Self| {
            (2 * i64::from(tile.x) - x).unsigned_abs().pow(2)
                + (2 * i64::from(tile.y) - y).unsigned_abs().pow(2)
        };
        tiles.sort_by_key(away);
        tiles
    }

    /// Where it is drawn, by WGS 84. The edges of neighbours are the same.
    pub fn bounds(self, datum: Datum) -> Bounds {
        let size = side(self.zoom);
        let at = |x: f64, y: f64| {
            let corner = World { x: (f64::from(self.x) + x) / size, y: (f64::from(self.y) + y) / size };
            let Location { latitude, longitude, .. } = corner.place();
            World::of_place(&datum.to_wgs84(latitude, longitude))
        };
        // Each edge by its own middle, which the neighbour beyond it has too.
        let first = World { x: at(0.0, 0.5).x, y: at(0.5, 0.0).y };
        let last = World { x: at(1.0, 0.5).x, y: at(0.5, 1.0).y };
        Bounds { first, last }
    }

    /// The one that holds a point of the square; beyond its edge, the last one before it.
    fn of(zoom: u8, at: World) -> Self {
        let size = side(zoom);
        let number = |part: f64| (part * size).clamp(0.0, size - 1.0) as u32;
        Self { zoom, x: number(at.x), y: number(at.y) }
    }
}

/// Tiles of a side of the whole square.
fn side(zoom: u8) -> f64 {
    f64::from(zoom).exp2()
}

fn count(zoom: u8, first: World, last: World) -> usize {
    let (from, to) = (Tile::of(zoom, first), Tile::of(zoom, last));
    let number = |from: u32, to: u32| to.saturating_sub(from) as usize + 1;
    number(from.x, to.x) * number(from.y, to.y)
}

/// Where maps of this datum draw what lies there by WGS 84.
fn drawn_at(at: World, datum: Datum) -> World {
    let (latitude, longitude) = datum.of_wgs84(&at.place());
    World::of(latitude, longitude)
}
