//! The message catalogues: every word of the interface stands here once, in both languages.
//!
//! A message is a function of the language and its arguments, so a missing translation or argument does not compile. Pages,
//! services and the command line take their words from here; which language it is, they know.

#[macro_use]
mod messages;

pub mod account;
pub mod admin;
pub mod api;
pub mod audit;
pub mod cli;
pub mod clock;
pub mod device;
pub mod edge;
pub mod expression;
pub mod field;
pub mod hazards;
pub mod import;
pub mod jobs;
pub mod limits;
pub mod money;
pub mod office;
pub mod papers;
pub mod parties;
pub mod password;
pub mod photos;
pub mod places;
pub mod ready;
pub mod trade;
pub mod unlock;
pub mod visit;

pub use domain::text::Lang;

#[cfg(test)]
mod tests;
