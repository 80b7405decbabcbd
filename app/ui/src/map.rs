//! # 地图, drawn by ourselves
//!
//! One canvas, its two-dimensional context, no library and no tiles: so it is there without signal. [`Scene`] is what is drawn,
//! made once of the places that are shown; [`painter`] draws it by a view. The component that people move it by is
//! [`MapBoard`](crate::components::map_board::MapBoard).

pub mod gestures;
pub mod painter;
mod scene;
mod signs;

pub use scene::{Item, Scene};
