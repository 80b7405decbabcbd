//! The way to the scanner, which comes when it is first used.

use crate::{
    components::dialog::once_opened,
    i18n::{codes as t, use_lang},
    parts,
};
use leptos::prelude::*;

#[component]
pub fn ScanSite() -> impl IntoView {
    let lang = use_lang();
    let open = RwSignal::new(false);
    let opened = once_opened(move || open.get());
    view! {
        <div class="chip-strip">
            <button class="chip" type="button" on:click=move |_| open.set(true)>
                {t::scan(lang)}
            </button>
        </div>
        {move || opened.get().then(|| parts::within(move || Box::pin(parts::scanner(open))))}
    }
}
