//! # A phone without a screen
//!
//! What a phone keeps, what it sends, and who may open it. A [`Device`] is a value: it holds everything that one phone knows, and
//! nothing is shared between two of them. Screens call the functions of these modules with it, await them and hear what
//! [`changes`]; none of them waits for the network except [`account::sign_in`], and [`asked`], which
//! fetches what is not on the phone, and [`orders::ask_key`].
//!
//! What a device stands on (storage, network, time and chance, other tabs, the page) are the traits of [`platform`]: a browser
//! implements them in WASM, plain memory everywhere else, where all of this is tested.
//!
//! One [`engine`] drains the outbox, under a lock so that two tabs do not both; it acts out what the pure planner
//! ([`domain::device::plan`]) decides, and nothing leaves the phone before a receipt is in hand.
//!
//! Modules know only those above them here:
//!
//! - [`platform`], [`changes`], [`clock`], [`log`], [`encryption`], [`db`]: what everything stands on.
//! - [`Device`]: all of that, and what the parts below remember.
//! - [`session`], [`http`], [`prefs`], [`location`]: whose phone it is, and how it speaks.
//! - [`records`], [`outbox`], [`tasks`], [`notices`], [`action_drafts`], [`quick_reports`], [`new_sites`], [`drafts`], [`begun`], [`patrol`],
//!   [`campaigns`], [`photos`], [`diagnostics`], [`bundle`], [`asked`], [`orders`]: what lies on it.
//! - [`lock`], [`space`], [`ready`], [`account`]: who may open it, and whether it can be relied on.
//! - [`engine`]: what it does by itself.

pub mod account;
pub mod action_drafts;
pub mod asked;
pub mod begun;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod bundle;
pub mod campaigns;
pub mod changes;
pub mod clock;
pub mod db;
mod device;
pub mod diagnostics;
pub mod drafts;
pub mod encryption;
pub mod engine;
mod error;
mod form_pictures;
mod given_tasks;
mod half;
mod host;
pub mod http;
pub mod inspections;
pub mod location;
pub mod lock;
pub mod log;
#[cfg(not(target_arch = "wasm32"))]
pub mod memory;
pub mod new_sites;
pub mod notices;
pub mod orders;
pub mod outbox;
pub mod patrol;
pub mod photos;
pub mod platform;
pub mod prefs;
pub mod quick_reports;
pub mod ready;
pub mod records;
mod sealed_settings;
pub mod session;
pub mod space;
mod state;
pub mod tasks;
mod watched;

pub use device::{Device, Parts};
pub use error::DeviceError;
pub use host::Host;
pub use watched::Watched;
