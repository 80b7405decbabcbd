//! What of it is shown: with hazards, due, of one grid, of one kind.

use super::Kept;
use crate::{
    chip_choice::ChipChoice,
    i18n::{map as t, use_lang},
};
use domain::{id::SiteKind, map::MapShown};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Filters(
    kept: Memo<Option<Arc<Kept>>>,
    shown: Memo<MapShown>,
    show: Callback<MapShown>,
) -> impl IntoView {
    let lang = use_lang();
    let options = move |of: fn(&Kept) -> Vec<(String, String)>| {
        Signal::derive(move || kept.with(|kept| kept.as_ref().map(|kept| of(kept)).unwrap_or_default()))
    };
    let grids = options(|kept| kept.grids.iter().map(|(id, name)| (id.to_string(), name.clone())).collect());
    let kinds =
        options(|kept| kept.kinds.iter().map(|(id, name)| (id.as_str().to_owned(), name.clone())).collect());
    let chip = move |words: &'static str, on: fn(&MapShown) -> bool, flip: fn(&mut MapShown)| {
        let flip = move |_| {
            let mut changed = shown.get_untracked();
            flip(&mut changed);
            show.run(changed);
        };
        view! {
            <button class="chip" type="button" aria-pressed=move || shown.with(on).to_string() on:click=flip>
                {words}
            </button>
        }
    };
    view! {
        <div class="chip-strip" role="group" aria-label=t::shown(lang)>
            {chip(t::with_hazards(lang), |shown| shown.hazards, |shown| shown.hazards = !shown.hazards)}
            {chip(t::due(lang), |shown| shown.due, |shown| shown.due = !shown.due)}
            <ChipChoice
                label=t::all_grids(lang)
                options=grids
                chosen=Signal::derive(move || {
                    shown.with(|shown| shown.grid.map(|grid| grid.to_string()).unwrap_or_default())
                })
                choose=Callback::new(move |word: String| {
                    show.run(MapShown { grid: word.parse().ok(), ..shown.get_untracked() });
                })
            />
            <ChipChoice
                label=t::all_kinds(lang)
                options=kinds
                chosen=Signal::derive(move || {
                    shown.with(|shown| shown.kind.as_ref().map(|kind| kind.to_string()).unwrap_or_default())
                })
                choose=Callback::new(move |word: String| {
                    let kind = (!word.is_empty()).then(|| SiteKind::from(word.as_str()));
                    show.run(MapShown { kind, ..shown.get_untracked() });
                })
            />
        </div>
    }
}
