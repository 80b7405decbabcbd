//! The invented sub-district's map: communities in three rows of four, each parted into its grids from east to west. Sites lie in
//! their own grid.

use super::places::{Places, corner_of};
use domain::{
    map::{Area, Outline, Polygon},
    place::{Community, Grid, PlaceId},
};

/// Longitude and latitude of a corner of the communities, so many rows from the south and columns from the west. Neighbours share
/// it, and no line is quite straight.
fn corner(row: usize, column: usize) -> [f64; 2] {
    let (south, west) = corner_of(row, column);
    let off = |n: usize| (n % 5) as f64 * 0.000_1 - 0.000_2;
    [west + off(row * 3 + column * 2), south + off(row * 2 + column * 3 + 1)]
}

fn between(from: [f64; 2], to: [f64; 2], part: f64) -> [f64; 2] {
    [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]
}

/// Closed, counter-clockwise as GeoJSON wants it.
fn outline(place: PlaceId, corners: [[f64; 2]; 4]) -> Outline {
    let [south_west, south_east, north_east, north_west] = corners;
    let ring = vec![south_west, south_east, north_east, north_west, south_west];
    Outline { place, area: Area(vec![Polygon(vec![ring])]) }
}

pub(super) fn plan(communities: &[Community], grids: &[Grid]) -> Vec<Outline> {
    let mut outlines = vec![];
    for (number, community) in communities.iter().enumerate() {
        let (row, column) = (number / Places::COLUMNS, number % Places::COLUMNS);
        let (south_west, south_east) = (corner(row, column), corner(row, column + 1));
        let (north_west, north_east) = (corner(row + 1, column), corner(row + 1, column + 1));
        let place = PlaceId::Community(community.id);
        outlines.push(outline(place, [south_west, south_east, north_east, north_west]));
        let own: Vec<&Grid> = grids.iter().filter(|grid| grid.community == community.id).collect();
        let count = own.len() as f64;
        for (position, grid) in own.iter().enumerate() {
            let (east, west) = (position as f64 / count, (position + 1) as f64 / count);
            let corners = [
                between(south_east, south_west, west),
                between(south_east, south_west, east),
                between(north_east, north_west, east),
                between(north_east, north_west, west),
            ];
            outlines.push(outline(PlaceId::Grid(grid.id), corners));
        }
    }
    outlines
}
