//! What of it is shown: with hazards, due, of one grid, of one kind.

use super::Kept;
use crate::i18n::{map as t, use_lang};
use domain::{id::SiteKind, map::MapShown};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Filters(kept: Memo<Option<Arc<Kept>>>, shown: RwSignal<MapShown>) -> impl IntoView {
    let lang = use_lang();
    let options = move |of: fn(&Kept) -> Vec<(String, String)>| {
        Signal::derive(move || kept.with(|kept| kept.as_ref().map(|kept| of(kept)).unwrap_or_default()))
    };
    let grids = options(|kept| kept.grids.iter().map(|(id, name)| (id.to_string(), name.clone())).collect());
    let kinds =
        options(|kept| kept.kinds.iter().map(|(id, name)| (id.as_str().to_owned(), name.clone())).collect());
    let chip = move |words: &'static str, on: fn(&MapShown) -> bool, flip: fn(&mut MapShown)| {
        view! {
            <button
                class="chip"
                type="button"
                aria-pressed=move || shown.with(on).to_string()
                on:click=move |_| shown.update(flip)
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="chip-strip" role="group" aria-label=t::shown(lang)>
            {chip(t::with_hazards(lang), |shown| shown.hazards, |shown| shown.hazards = !shown.hazards)}
            {chip(t::due(lang), |shown| shown.due, |shown| shown.due = !shown.due)}
            <Choice
                label=t::all_grids(lang)
                options=grids
                choose=Callback::new(move |word: String| shown.update(|shown| shown.grid = word.parse().ok()))
            />
            <Choice
                label=t::all_kinds(lang)
                options=kinds
                choose=Callback::new(move |word: String| {
                    let kind = (!word.is_empty()).then(|| SiteKind::from(word.as_str()));
                    shown.update(|shown| shown.kind = kind);
                })
            />
        </div>
    }
}

/// A native choice in a chip; its first option is no choice.
#[component]
fn Choice(
    label: &'static str,
    options: Signal<Vec<(String, String)>>,
    choose: Callback<String>,
) -> impl IntoView {
    let option = |(value, words): (String, String)| view! { <option value=value>{words}</option> };
    view! {
        <label class="chip chip--select">
            <span class="u-visually-hidden">{label}</span>
            <select class="chip__control" on:change:target=move |event| choose.run(event.target().value())>
                {option((String::new(), label.to_owned()))}
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}
