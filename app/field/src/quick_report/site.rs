//! In which site it is: the one at hand, or another that is found by its name.

use super::{
    Around,
    writing::{Part, Writing},
};
use crate::{
    i18n::{field as f, patrol as p, quick_report as t, use_lang},
    patrol::new_site_path,
    sites::near::{Near, NotLocated},
    sought::sought,
};
use domain::{limits::QUERY, place::Location, quick_report::by_distance, site::Site};
use leptos::prelude::*;

/// A thumb finds the one that is meant by a few letters more.
const SHOWN: usize = 5;

#[component]
pub fn SiteChoice(writing: Writing, around: Memo<Around>, near: Near) -> impl IntoView {
    let lang = use_lang();
    let changing = RwSignal::new(false);
    let by_name = RwSignal::new(false);
    let asks = ui::memo(move || changing.get() || writing.site().is_none());
    let wrong = move || writing.wrong(Part::Site);
    view! {
        <div class="field" role="group" aria-labelledby="quick-site">
            <span class="field__label" id="quick-site">
                {t::site(lang)}
            </span>
            {move || wrong().map(|words| view! { <p class="error-line" id="quick-find-e" role="alert">{words}</p> })}
            <Chosen writing changing />
            <Show when=move || asks.get()>
                <p class="u-small" role="status">
                    {move || near.busy().then(|| f::locating(lang))}
                </p>
                <NotLocated
                    near
                    wanted=Signal::derive(move || !by_name.get())
                    give_up=Callback::new(move |()| by_name.set(true))
                />
                <Offered writing around changing />
                <a class="link" href=new_site_path(None, None, Some(writing.id), None)>
                    {p::not_in_list(lang)}
                </a>
            </Show>
        </div>
    }
}

#[component]
fn Chosen(writing: Writing, changing: RwSignal<bool>) -> impl IntoView {
    let lang = use_lang();
    let chosen = ui::memo(move || {
        writing.chosen.with(|chosen| {
            let site = chosen.site.as_ref()?;
            Some((site.name.clone(), metres(site, chosen.location.as_ref())))
        })
    });
    move || {
        chosen.get().map(|(name, metres)| {
            view! {
                <div class="card rows">
                    <div class="rows__low">
                        <div class="rows__body">
                            <p class="rows__title">{name}</p>
                            <p class="rows__meta">{metres.map(f::distance)}</p>
                        </div>
                        <button
                            type="button"
                            class="link"
                            aria-expanded=move || changing.get().to_string()
                            on:click=move |_| changing.update(|changing| *changing = !*changing)
                        >
                            {move || if changing.get() { t::keep_site(lang) } else { t::change_site(lang) }}
                        </button>
                    </div>
                </div>
            }
        })
    }
}

fn metres(site: &Site, from: Option<&Location>) -> Option<f64> {
    Some(site.location.as_ref()?.distance(from?))
}

/// The nearest ones, or those that are sought.
#[component]
fn Offered(writing: Writing, around: Memo<Around>, changing: RwSignal<bool>) -> impl IntoView {
    let lang = use_lang();
    let words = RwSignal::new(String::new());
    let sites = ui::memo(move || {
        let around = around.get()?;
        let query = sought(&words.get());
        let from = writing.chosen.with(|chosen| chosen.location);
        let places = by_distance(&around.sites, from.as_ref()).into_iter();
        let fitting = places.filter(|(site, _)| site.matches(&query)).take(SHOWN);
        Some(fitting.map(|(site, metres)| (site.clone(), metres)).collect::<Vec<_>>())
    });
    let row = move |(site, metres): (Site, Option<f64>)| {
        let chosen = site.clone();
        view! {
            <button
                type="button"
                on:click=move |_| {
                    writing.choose_site(chosen.clone());
                    changing.set(false);
                }
            >
                <span class="rows__body">
                    <span class="rows__title">{site.name}</span>
                    <span class="rows__meta">
                        <span>{site.address}</span>
                        {metres.map(|metres| view! { <span>{f::distance(metres)}</span> })}
                    </span>
                </span>
            </button>
        }
    };
    let list = move || {
        let sites = sites.get()?;
        let view = if !sites.is_empty() {
            view! { <div class="card rows">{sites.into_iter().map(row).collect_view()}</div> }.into_any()
        } else if words.with(|words| words.trim().is_empty()) {
            view! {
                <div class="notice" role="status">
                    <p>
                        <b>{t::no_sites(lang)}</b>
                    </p>
                    <p>{t::no_sites_hint(lang)}</p>
                </div>
            }
            .into_any()
        } else {
            view! { <p class="u-small" role="status">{t::no_site_found(lang)}</p> }.into_any()
        };
        Some(view)
    };
    view! {
        <input
            class="input"
            id="quick-find"
            type="search"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            enterkeyhint="search"
            maxlength=QUERY.to_string()
            aria-label=t::find_site(lang)
            placeholder=f::find_hint(lang)
            aria-describedby=move || writing.wrong(Part::Site).map(|_| "quick-find-e")
            prop:value=move || words.get()
            on:input=move |event| words.set(event_target_value(&event))
        />
        {list}
    }
}
