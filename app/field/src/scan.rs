//! The way to the scanner, which comes when it is first used. Where there is no camera, all that it reads can be typed.

use crate::{
    components::dialog::once_opened,
    i18n::{codes as t, use_lang},
    parts,
};
use leptos::prelude::*;

/// What a code is read for.
#[derive(Clone, Copy)]
pub enum ScanFor {
    /// The site at whose wall it hangs is opened.
    Site,
    /// What stands in it is written down, where it has no more than so many characters.
    Words { most: usize, write: Callback<String> },
}

/// `about`: the id of what says for what it is.
#[component]
pub fn Scan(reads: ScanFor, #[prop(optional, into)] about: Option<String>) -> impl IntoView {
    let lang = use_lang();
    let open = RwSignal::new(false);
    let opened = once_opened(move || open.get());
    view! {
        <button class="chip" type="button" aria-describedby=about on:click=move |_| open.set(true)>
            {t::scan(lang)}
        </button>
        {move || opened.get().then(|| parts::within(move || Box::pin(parts::scanner(open, reads))))}
    }
    .into_any()
}
