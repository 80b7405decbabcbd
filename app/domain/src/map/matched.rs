//! Which places the areas of a file are, by name.

use super::{area::Outline, geojson::ReadArea};
use crate::place::{Community, Grid, PlaceId, same_name};
use thiserror::Error;

/// What is wrong with one area of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaFault {
    /// Which of the file's features, from 1.
    pub feature: usize,
    /// As the file has it; empty: none.
    pub name: String,
    pub because: AreaRejection,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AreaRejection {
    #[error("no name")]
    NoName,
    /// A point or a line, or nothing.
    #[error("not a polygon but {found:?}")]
    NotAnArea { found: String },
    #[error("coordinates that are no numbers")]
    NotCoordinates,
    #[error("too many points")]
    TooManyPoints,
    #[error("a ring of fewer than four points")]
    RingShort,
    #[error("a ring that does not end where it begins")]
    RingOpen,
    /// 0,0: what programs write where they know no place.
    #[error("at 0,0")]
    AtZero,
    #[error("latitude and longitude swapped")]
    Swapped,
    /// Metres of a projection, as a survey has them.
    #[error("not degrees")]
    NotDegrees,
    #[error("in another country")]
    OtherCountry,
    #[error("{kilometres} km from the office's sites")]
    FarAway { kilometres: u64 },
    #[error("no community or grid of this name")]
    UnknownPlace,
    /// Grids of several communities are called so, and the file does not say which it means.
    #[error("several places of this name")]
    SeveralPlaces,
    #[error("the same place as feature {feature}")]
    Twice { feature: usize },
}

/// The outlines, each with the feature that it is; and what is wrong with the others.
pub fn matched(
    areas: Vec<ReadArea>,
    communities: &[Community],
    grids: &[Grid],
) -> (Vec<(usize, Outline)>, Vec<AreaFault>) {
    let (mut outlines, mut faults): (Vec<(usize, Outline)>, Vec<AreaFault>) = (vec![], vec![]);
    for ReadArea { feature, name, community, area } in areas {
        let place = place_of(&name, community.as_deref(), communities, grids).and_then(|place| {
            let known = outlines.iter().find(|(_, known)| known.place == place);
            known.map_or(Ok(place), |(feature, _)| Err(AreaRejection::Twice { feature: *feature }))
        });
        match place {
            Ok(place) => outlines.push((feature, Outline { place, area })),
            Err(because) => faults.push(AreaFault { feature, name, because }),
        }
    }
    (outlines, faults)
}

fn place_of(
    name: &str,
    community: Option<&str>,
    communities: &[Community],
    grids: &[Grid],
) -> Result<PlaceId, AreaRejection> {
    let is_meant = |grid: &&Grid| {
        let its = communities.iter().find(|known| known.id == grid.community);
        let is_there = community.is_none_or(|name| its.is_some_and(|its| same_name(&its.name, name)));
        same_name(&grid.name, name) && is_there
    };
    let mut meant = grids.iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(_), Some(_)) => Err(AreaRejection::SeveralPlaces),
        (Some(grid), None) => Ok(PlaceId::Grid(grid.id)),
        (None, _) => {
            let known = communities.iter().find(|known| same_name(&known.name, name));
            known.map(|known| PlaceId::Community(known.id)).ok_or(AreaRejection::UnknownPlace)
        }
    }
}
