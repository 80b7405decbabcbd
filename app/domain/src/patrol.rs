//! # 巡查: door after door down a street
//!
//! Most of a grid member's day is no checklist of 35 items: it is thirty doors one after another, of which two are shut and one
//! is new. What makes a street of a person's sites is worked out here from what a phone knows, without signal: which sites
//! stand in one street and in which order one walks them ([`streets`], [`walked_in`]), how each door stands since the patrol
//! began ([`DoorState`]), and how far the street is ([`Progress`]).
//!
//! A street is no record of its own: it is what the addresses of sites say ([`StreetAddress`]).

mod address;
mod progress;
mod street;

pub use address::{DoorNumber, StreetAddress};
pub use progress::{DoorState, DoorVisit, Progress, Rhythm, Walked, state_of};
pub use street::{Door, Line, Order, Street, lines, next_door, street_of, streets, walked_in};
