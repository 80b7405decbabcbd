//! The desk: who must act today, what is open, the proof beside it, and the records.
//!
//! [`desk`] is the frame; each page awaits it with its own data and shows either, or what went wrong. Pages are rendered
//! whole on the server, so that they can be read without the program; filters and what is open stand in the address.

pub mod audit;
pub mod await_resource;
pub mod desk;
pub mod file_form;
pub mod grids;
pub mod hazard;
pub mod head;
pub mod import;
pub mod jobs;
pub mod ledger;
pub mod list;
pub mod nothing;
pub mod overview;
pub mod parties;
pub mod party;
pub mod people;
pub mod quarantine;
pub mod query;
pub mod record_address;
pub mod settings;
pub mod site;
pub mod sites;
pub mod start;
pub mod visit;
pub mod visits;
