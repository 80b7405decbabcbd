//! All that a map shows, as a list: for keys and screen readers, and for whoever looks for a name. A row opens what a tap on the
//! map opens.

use super::{
    map_board::Board,
    map_sheet::{signs, whereabouts},
};
use crate::i18n::{map as t, use_lang};
use leptos::prelude::*;

/// Rows shown at first and with each "show more".
const PAGE: usize = 40;

#[component]
pub fn MapList(board: Board) -> impl IntoView {
    let lang = use_lang();
    let shown = RwSignal::new(PAGE);
    let order = Memo::new(move |_| board.scene.with(|scene| scene.in_order()));
    let count = move || order.with(Vec::len);
    let rows = move || {
        board.scene.with(|scene| {
            let marks = order.with(|order| order.iter().take(shown.get()).copied().collect::<Vec<_>>());
            let row = |mark: usize| {
                let item = scene.item(mark)?;
                Some(view! {
                    <li>
                        <button class="map-board__row" type="button" on:click=move |_| board.open(mark)>
                            <span class="map-board__name">{item.name().to_owned()}</span>
                            <span class="map-board__signs">
                                {signs(lang, item)} {whereabouts(board, scene, item)}
                            </span>
                        </button>
                    </li>
                })
            };
            marks.into_iter().filter_map(row).collect_view()
        })
    };
    let unlocated = move || {
        let count = board.scene.with(|scene| scene.places.unlocated);
        let is_any = count > 0;
        is_any.then(|| view! { <p class="u-small">{t::unlocated(lang, count)}</p> })
    };
    let outlines = move || {
        let is_bare = board.scene.with(|scene| scene.outlines.is_empty()) && !board.coming.get();
        is_bare.then(|| view! { <p class="u-small">{t::no_outlines(lang)}</p> })
    };
    let nothing = move || {
        let is_empty = count() == 0 && !board.coming.get();
        is_empty.then(|| {
            view! {
                <p>
                    <b>{t::nothing(lang)}</b>
                </p>
                <p class="u-small">{t::nothing_hint(lang)}</p>
            }
        })
    };
    let more = move || {
        let is_more = count() > shown.get();
        is_more.then(|| {
            view! {
                <button class="button button--quiet" type="button" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                    {t::show_more(lang)}
                </button>
            }
        })
    };
    view! {
        <section class="map-board__list" aria-labelledby="map-list">
            <div class="map-board__head">
                <h2 id="map-list">{t::list(lang)}</h2>
                <span role="status">{move || t::in_list(lang, count())}</span>
            </div>
            {nothing}
            <ul class="card map-board__items">{rows}</ul>
            {more}
            {unlocated}
            {outlines}
            <p class="u-small">{t::datum(lang)}</p>
        </section>
    }
}
