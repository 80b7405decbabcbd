//! # The desk
//!
//! Who must act today, what is open, the proof beside it, and the records; signing in ([`account`]) and the pages for anybody
//! ([`public`]); and what all of them ask the server ([`server_fns`], which call use cases of the crate `service`). With
//! `ssr` the server renders the pages, with `hydrate` the desk's browser brings them to life.
//!
//! [`desk`] is the frame; each page awaits it with its own data and shows either, or what went wrong. Pages are rendered
//! whole on the server, so that they can be read without the program; filters and what is open stand in the address.

// Views are deeply nested types; the default limit is too low for a page of them.
#![recursion_limit = "512"]

pub mod account;
pub mod appearance;
pub mod asking;
pub mod audit;
pub mod await_resource;
pub mod complaints;
pub mod components;
pub mod desk;
pub mod error;
pub mod file_form;
pub mod form_edit;
pub mod form_words;
pub mod forms;
pub mod grids;
pub mod hazard;
pub mod head;
pub mod i18n;
pub mod import;
pub mod inspections;
pub mod jobs;
pub mod json;
pub mod ledger;
pub mod list;
pub mod map;
pub mod nothing;
pub mod notices;
pub mod overview;
pub mod parties;
pub mod party;
pub mod people;
pub mod plain_form;
pub mod public;
pub mod public_reports;
pub mod quarantine;
pub mod query;
pub mod record_address;
pub mod sending;
pub mod server_fns;
pub mod sessions;
pub mod settings;
pub mod site;
pub mod sites;
pub mod spot_checks;
pub mod standards;
pub mod start;
pub mod tasks;
pub mod unsent;
pub mod visit;
pub mod visits;
#[cfg(not(feature = "ssr"))]
mod wire;

pub use ::lists;
