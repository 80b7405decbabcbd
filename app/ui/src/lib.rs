//! # What phone and desk share
//!
//! Parts of screens, words in the language of the page, and addresses that both lead to. Only what both use stands here: a
//! change to it compiles both programs anew, a change to anything else compiles one.

pub mod address;
pub mod components;
mod effect;
pub mod i18n;
pub mod map;
mod memo;

pub use effect::effect;
pub use memo::memo;
