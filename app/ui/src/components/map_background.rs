//! The switch of what lies below the map, where the installation names a service of tiles. Whom it asks, and what that tells them, is
//! said beside it before it is on.

use crate::{
    i18n::{map as t, use_lang},
    map::background::Background,
};
use leptos::{prelude::*, web_sys::Event};

#[component]
pub fn MapBackground(background: Background) -> impl IntoView {
    let lang = use_lang();
    let switch = move |event: Event| background.switch(event_target_checked(&event));
    move || {
        let source = background.source()?;
        let hint = t::background_hint(lang, source.template.host());
        Some(view! {
            <div class="map-board__background">
                <label class="check">
                    <input
                        class="check__input"
                        type="checkbox"
                        role="switch"
                        aria-describedby="map-background"
                        prop:checked=move || background.is_on()
                        on:change=switch
                    />
                    <span class="check__label">{t::background_on(lang)}</span>
                </label>
                <p class="u-small" id="map-background">
                    {hint}
                </p>
                <p class="u-small" role="status">
                    {move || background.is_missing().then(|| t::background_missing(lang))}
                </p>
            </div>
        })
    }
}
