//! What the map shows, in its address: coming back finds it as it was.

use domain::{id::SiteKind, map::MapShown};
use leptos_router::params::ParamsMap;

pub const MAP: &str = "/field/map";

/// Words that nobody knows narrow nothing.
pub fn shown_by(map: &ParamsMap) -> MapShown {
    MapShown {
        grid: map.get("grid").and_then(|id| id.parse().ok()),
        kind: map.get("kind").filter(|kind| !kind.is_empty()).map(|kind| SiteKind::from(kind.as_str())),
        hazards: map.get("hazards").is_some(),
        due: map.get("due").is_some(),
    }
}

pub fn map_path(shown: &MapShown) -> String {
    let mut parts = vec![];
    parts.extend(shown.grid.map(|grid| format!("grid={grid}")));
    parts.extend(shown.kind.as_ref().map(|kind| format!("kind={kind}")));
    parts.extend(shown.hazards.then(|| "hazards=1".to_owned()));
    parts.extend(shown.due.then(|| "due=1".to_owned()));
    if parts.is_empty() { MAP.to_owned() } else { format!("{MAP}?{}", parts.join("&")) }
}
