//! What the map shows, in its address.

use crate::query::Query;
use domain::{id::SiteKind, map::MapShown};
use leptos_router::params::ParamsMap;

pub const MAP: &str = "/office/map";
pub const OUTLINES: &str = "/office/outlines";

pub fn map_address(shown: &MapShown) -> String {
    Query::default()
        .with_some("hazards", shown.hazards.then_some("true"))
        .with_some("due", shown.due.then_some("true"))
        .with_some("grid", shown.grid)
        .with_some("kind", shown.kind.as_ref())
        .at(MAP)
}

/// Words that nobody knows narrow nothing.
pub fn shown_by(query: &ParamsMap) -> MapShown {
    let said = |key: &str| query.get_str(key).filter(|word| !word.is_empty());
    MapShown {
        hazards: said("hazards") == Some("true"),
        due: said("due") == Some("true"),
        grid: said("grid").and_then(|id| id.parse().ok()),
        kind: said("kind").map(SiteKind::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::GridId;
    use uuid::Uuid;

    #[test]
    fn what_is_shown_survives_the_address() {
        let grid = Some(GridId(Uuid::from_u128(7)));
        let shown = MapShown { hazards: true, due: false, grid, kind: Some(SiteKind::from("school")) };
        let address = map_address(&shown);
        let pairs = address.split_once('?').unwrap().1.split('&').filter_map(|pair| pair.split_once('='));
        let query: ParamsMap = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        assert_eq!(shown_by(&query), shown);
        assert_eq!(map_address(&MapShown::default()), MAP);
        assert_eq!(shown_by(&ParamsMap::new()), MapShown::default());
    }
}
