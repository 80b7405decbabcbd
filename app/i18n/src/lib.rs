//! The message catalogues: every word of the interface stands here once, in both languages.
//!
//! A message is a function of the language and its arguments, so a missing translation or argument does not compile. Pages,
//! services and the command line take their words from here; which language it is, they know.

#[macro_use]
mod messages;

pub mod account;
pub mod admin;
pub mod answers;
pub mod api;
pub mod audit;
pub mod campaign;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod codes;
pub mod complaints;
pub mod device;
pub mod draws;
pub mod edge;
pub mod expression;
pub mod field;
pub mod form_editing;
pub mod form_faults;
pub mod forms;
pub mod hazards;
pub mod import;
pub mod inspection;
pub mod jobs;
pub mod limits;
pub mod map;
pub mod money;
pub mod notices;
pub mod office;
pub mod orders;
pub mod papers;
pub mod parties;
pub mod password;
pub mod patrol;
pub mod photos;
pub mod places;
pub mod public_reports;
pub mod quick_report;
pub mod ready;
pub mod settings;
pub mod sign_off;
pub mod spot_checks;
pub mod standards;
pub mod tasks;
pub mod trade;
pub mod unlock;
pub mod unsent;
pub mod visit;
pub mod xlsform;

pub use domain::text::Lang;

#[cfg(test)]
mod tests;
