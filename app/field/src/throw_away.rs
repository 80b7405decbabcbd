//! The way out of what is being written: asked twice, for it is gone then.

use crate::i18n::{hazards as t, use_lang};
use leptos::prelude::*;

/// Shown while there is something to lose.
#[component]
pub fn ThrowAway(#[prop(into)] holds: Signal<bool>, throw_away: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let asked = RwSignal::new(false);
    let tap = move |_| {
        let sure = asked.get_untracked();
        asked.set(!sure);
        if sure {
            throw_away.run(());
        }
    };
    view! {
        <Show when=move || holds.get()>
            <button type="button" class="link" on:click=tap>
                {move || if asked.get() { t::throw_away_sure(lang) } else { t::throw_away(lang) }}
            </button>
        </Show>
    }
}
