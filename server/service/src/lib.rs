//! # What the office does
//!
//! Use cases. Each does a thing once, for the device API, the pages, the command line and the jobs: it reads, asks the rules
//! of `domain`, writes, tells the phones, and enters it in 操作记录. Nothing here knows HTTP or a page; what went wrong is an
//! [`Error`], which whoever called puts into words.
//!
//! A newcomer's path: [`services`] (what every use case stands on) → [`sync`] (a phone's request) → [`queue`] (how work
//! becomes durable) → [`hazard_commands`] (what a command comes to) → [`jobs`] (work behind the answers). The desk's are called
//! by what they are about: [`overview`], [`hazards`], [`visits`], [`sites`], [`parties`], [`places`], [`people`], [`imports`],
//! [`exports`], [`audit`], [`map`], [`outlines`]; each is asked by an [`Asker`] and judges the role itself.

pub mod archive;
pub mod asker;
pub mod audit;
pub mod budget;
pub mod campaigns;
pub mod catalogue;
pub mod changes;
pub mod clock;
pub mod codes;
pub mod complaints;
pub mod damaged;
mod each_office;
pub mod error;
pub mod export;
pub mod exports;
pub mod factor;
pub mod form_editing;
pub mod forms;
pub mod hazard_commands;
pub mod hazards;
pub mod heartbeats;
pub mod import;
pub mod imports;
pub mod inspections;
pub mod integrity;
pub mod jobs;
pub mod map;
pub mod metrics;
pub mod notices;
pub mod outlines;
pub mod overview;
pub mod own;
pub mod parties;
pub mod password;
pub mod password_rules;
pub mod people;
pub mod photo_access;
mod picture;
pub mod places;
pub mod public_reports;
pub mod queue;
pub mod sealed_orders;
pub mod secrets;
pub mod services;
pub mod session;
pub mod set_up;
pub mod set_up_code;
pub mod settings;
pub mod sign_in;
pub mod sign_in_limit;
pub mod signing;
pub mod sites;
pub mod spot_checks;
pub mod standards;
mod start;
pub mod sync;
pub mod tasks;
pub mod token;
pub mod uploads;
pub mod verify;
pub mod visits;

pub use ::storage;
pub use ::storage::{blobs, disk};
pub use asker::Asker;
pub use error::Error;
pub use services::Services;
pub use start::start;
