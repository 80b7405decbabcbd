//! # The phone's own workings
//!
//! The only code that touches the browser's storage, network, camera and clock. Screens call the functions of these
//! modules, await them and watch [`changes`]; none of them waits for the network except [`session::sign_in`].
//!
//! One [`engine`] drains the outbox, under a Web Lock so that two tabs do not both; it acts out what the pure planner
//! ([`domain::device::plan`]) decides, and nothing leaves the phone before a receipt is in hand.

pub mod changes;
pub mod clock;
pub mod db;
pub mod deed_drafts;
pub mod drafts;
pub mod engine;
mod error;
mod half;
pub mod http;
mod js;
mod local;
pub mod location;
pub mod lock;
pub mod log;
pub mod outbox;
pub mod photos;
pub mod prefs;
pub mod ready;
pub mod records;
pub mod seal;
pub mod session;
pub mod space;
pub mod worker;

pub use error::DeviceError;
