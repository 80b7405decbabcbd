//! How much the phone holds, and whether the browser has promised to keep it.

use crate::{
    device::use_device,
    i18n::{field as t, photos as p, use_lang},
    live,
    readiness::Readiness,
};
use client::space::{self, Space};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Room() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let (asking, refused) = (RwSignal::new(false), RwSignal::new(false));
    let granted = Trigger::new();
    let measured = live(&[], move || {
        granted.track();
        async move { space::measure(&phone).await }
    });
    let ask = move |_| {
        if asking.get_untracked() {
            return;
        }
        asking.set(true);
        spawn_local(async move {
            let kept = space::ask_to_persist(&phone).await;
            // The person may have left the screen by now.
            asking.try_set(false);
            refused.try_set(!kept);
            if kept {
                granted.notify();
            }
        });
    };
    let facts = move |space: Space| {
        view! {
            <div class="card card--pad u-stack">
                <dl class="fact-list">
                    <dt>{t::used(lang)}</dt>
                    <dd>{t::size(space.used)}</dd>
                    <dt>{t::free(lang)}</dt>
                    <dd>{t::size(space.free)}</dd>
                    <dt>{t::kept_for_good(lang)}</dt>
                    <dd>{if space.persistent { t::kept(lang) } else { t::not_kept(lang) }}</dd>
                </dl>
                {(space.free < Space::LOW).then(|| view! { <p>{t::low_on_space(lang)}</p> })}
                {(!space.persistent)
                    .then(|| {
                        view! {
                            <button
                                class="button button--quiet"
                                aria-busy=move || asking.get().to_string()
                                on:click=ask
                            >
                                {t::ask_to_keep(lang)}
                            </button>
                        }
                    })}
                <p class="u-small" role="status">
                    {move || refused.get().then(|| t::would_not_keep(lang))}
                </p>
            </div>
        }
    };
    view! {
        <div class="section-head">
            <h2>{t::storage(lang)}</h2>
        </div>
        {move || match measured.get() {
            None => ().into_any(),
            Some(None) => view! { <p class="u-small">{t::space_unknown(lang)}</p> }.into_any(),
            Some(Some(space)) => facts(space).into_any(),
        }}
        <Readiness />
        <p class="u-small">{p::place_hint(lang)}</p>
    }
}
