//! The message catalogues: every word of the interface stands here once, in both languages.
//!
//! A message is a function of the language and its arguments, so a missing translation or argument does not compile.

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
pub mod field;
pub mod hazards;
pub mod import;
pub mod inspect;
pub mod jobs;
pub mod limits;
pub mod office;
pub mod password;
pub mod photos;
pub mod places;
pub mod ready;
pub mod trade;
pub mod unlock;

pub use domain::text::Lang;

use leptos::prelude::*;

/// The language of the page; it changes only by loading the page anew.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

#[cfg(test)]
mod tests;
