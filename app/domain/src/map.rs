//! 地图: sites, open hazards and the outlines of communities and grids, drawn by ourselves; no map service is asked, unless the
//! installation names one ([`TileSource`]) whose pictures lie below.
//!
//! What is stored and sent is WGS 84, as phones measure ([`Datum`](crate::datum::Datum)); it is projected ([`World`]) only to be
//! drawn ([`View`]). An [`Outline`] comes from the office's own GeoJSON, which [`geojson`] reads and [`matched`](fn@matched) gives to
//! the places that it names. What lies too close to be told apart is drawn as one ([`Clusters`]), which is the index for finding
//! what is under a finger, too.

mod area;
mod clusters;
mod directions;
pub mod geojson;
mod mark;
mod matched;
mod outline_file;
mod projection;
mod shown;
mod simplified;
mod tile;
mod tile_source;
mod view;

pub use area::{Area, Outline, Polygon, fit_for_phone};
pub use clusters::{Cluster, Clusters, REACH};
pub use directions::{Directions, directions};
pub use mark::{Mark, MarkKind};
pub use matched::{AreaFault, AreaRejection, matched};
pub use outline_file::{KeptOutline, OutlineFile, ReadOutline};
pub use projection::{Bounds, World};
pub use shown::{MapHazard, MapPlaces, MapShown, MapSite};
pub use tile::{CLOSEST, MOST_TILES, Tile};
pub use tile_source::{
    LONGEST_CREDIT, LONGEST_TEMPLATE, TileCredit, TileSource, TileSourceFault, TileTemplate, tile_datum,
};
pub use view::{Pixel, View, ZOOM};
