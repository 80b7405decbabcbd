//! 巡查: the streets of a person's sites, one of them door after door, and one door with what was wrong there before.

mod answers;
mod campaigns;
mod door;
mod known_door;
mod list;
mod new_site;
mod now;
mod street;
mod streets;
mod walk;
mod ways;

pub use door::DoorScreen;
pub use new_site::NewSiteScreen;
pub use street::StreetScreen;
pub use streets::{Streets, StreetsLink};
pub use walk::{ask_to_hand_in, handing_in};
pub use ways::new_site_path;
