//! The message catalogues of the crate `i18n`, with what screens add: the language of the page.

pub use ::i18n::*;

use leptos::prelude::*;

/// The language of the page; it changes only with a reload.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}
