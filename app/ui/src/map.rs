//! # 地图, drawn by ourselves
//!
//! One canvas, its two-dimensional context and no library: so it is there without signal. [`Scene`] is what is drawn, made once of
//! the places that are shown; [`painter`] draws it by a view. What lies below it, where the installation names a service of tiles
//! and the person wants that, is a [`background`]; the map is whole without. The component that people move it by is
//! [`MapBoard`](crate::components::map_board::MapBoard).

pub mod background;
pub mod gestures;
mod layer;
pub mod painter;
mod scene;
mod signs;
mod tiles;

pub use scene::{Item, Scene};
