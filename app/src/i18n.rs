//! The message catalogues of the crate `i18n`, with what pages add: the language of the page, and the words of a fault.

pub mod account;

pub use ::i18n::*;

use leptos::prelude::*;

/// The language of the page; it changes only with a reload.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}
