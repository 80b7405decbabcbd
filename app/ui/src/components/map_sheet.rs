//! What was tapped on a map: each thing with its signs, the way to its record, and the way there.

use super::{map_board::Board, risk_sign::RiskSign};
use crate::{
    i18n::{Lang, field, map as t, use_lang},
    map::{Item, Scene},
};
use domain::map::directions;
use leptos::prelude::*;

/// Of several at one place, so many are told.
const MOST: usize = 60;

#[component]
pub fn MapSheet(board: Board) -> impl IntoView {
    let lang = use_lang();
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        // Where it cannot be focused, it is there all the same.
        let _ = heading.get().map(|heading| heading.focus());
    });
    let close = move |_| {
        board.chosen.set(vec![]);
        let _ = board.canvas.get_untracked().map(|canvas| canvas.focus());
    };
    move || {
        let chosen = board.chosen.get();
        if chosen.is_empty() {
            return None;
        }
        let count = chosen.len();
        let rows = board.scene.with(|scene| {
            let items = chosen.iter().take(MOST).filter_map(|mark| scene.item(*mark));
            items.map(|item| row(lang, board, scene, item)).collect_view()
        });
        let hint = board.links.leads.then(|| view! { <p class="u-small">{t::lead_hint(lang)}</p> });
        Some(view! {
            <section class="map-board__sheet" aria-labelledby="map-here">
                <div class="map-board__head">
                    <h2 id="map-here" tabindex="-1" node_ref=heading>
                        {t::here(lang, count)}
                    </h2>
                    <button class="button button--quiet button--small" type="button" on:click=close>
                        {t::close(lang)}
                    </button>
                </div>
                <ul class="card map-board__items">{rows}</ul>
                {hint}
            </section>
        })
    }
}

fn row(lang: Lang, board: Board, scene: &Scene, item: Item<'_>) -> AnyView {
    let (href, words) = match item {
        Item::Site(site) => ((board.links.site)(site.id), t::open_site(lang)),
        Item::Hazard(hazard) => ((board.links.hazard)(hazard.id), t::open_hazard(lang)),
    };
    let name = item.name().to_owned();
    let leads = board.links.leads.then(|| {
        let ways = directions(&item.at(), item.name());
        let elsewhere = |href: String, words: &'static str| {
            view! {
                <a class="link" href=href target="_blank" rel="external noopener noreferrer">
                    {words}
                </a>
            }
        };
        view! {
            <p class="map-board__ways">
                <span>{t::lead(lang)}</span>
                <a class="link" href=ways.geo rel="external">
                    {t::lead_by_phone(lang)}
                </a>
                {elsewhere(ways.amap, t::lead_by_amap(lang))}
                {elsewhere(ways.baidu, t::lead_by_baidu(lang))}
            </p>
        }
    });
    view! {
        <li>
            <p class="map-board__name">{name}</p>
            <p class="map-board__signs">{signs(lang, item)} {whereabouts(board, scene, item)}</p>
            <a class="link" href=href>
                {words}
            </a>
            {leads}
        </li>
    }
    .into_any()
}

/// Where it is: of a hazard its site, and how far from the person, where that is known.
pub fn whereabouts(board: Board, scene: &Scene, item: Item<'_>) -> AnyView {
    let site = scene.site_of(item).map(|name| view! { <span class="u-soft">{name.to_owned()}</span> });
    let away = board.here.get().map(|here| field::distance(here.distance(&item.at())));
    let away = away.map(|words| view! { <span class="u-soft">{words}</span> });
    view! {
        {site}
        {away}
    }
    .into_any()
}

/// What the canvas shows by shape and ring, in words.
pub fn signs(lang: Lang, item: Item<'_>) -> AnyView {
    match item {
        Item::Site(site) => {
            let due = site.due.then(|| view! { <b>{t::visit_due(lang)}</b> });
            view! {
                <RiskSign level=site.risk />
                {due}
            }
            .into_any()
        }
        Item::Hazard(hazard) => {
            let late = hazard.late.then(|| view! { <b>{t::late(lang)}</b> });
            view! {
                <span class="map-board__hazard">{t::hazard(lang, hazard.level)}</span>
                {late}
            }
            .into_any()
        }
    }
}
