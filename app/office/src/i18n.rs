//! The words of every screen, with what the desk adds: the words of a fault.

pub mod account;

pub use ui::i18n::*;
