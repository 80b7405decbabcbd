//! What is asked of a new site.

use super::{around::Around, writing::Writing};
use crate::{
    i18n::{patrol as t, use_lang},
    typed_line::TypedLine,
};
use domain::{
    id::{GridId, SiteKind},
    quick_report::by_distance,
    site::Site,
    sync::SiteKindInfo,
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// So many kinds are offered by a tap: those of the sites nearest by.
const KINDS_AT_HAND: usize = 6;
/// Of so many sites the kinds are looked at.
const NEIGHBOURS: usize = 40;

#[component]
pub(super) fn Line(
    id: &'static str,
    label: &'static str,
    most: usize,
    value: RwSignal<String>,
) -> impl IntoView {
    TypedLine { id, label, hint: None, most }.view(value.into(), move |typed| value.set(typed))
}

/// The kinds of the sites near by in one tap, all others in a list.
#[component]
pub(super) fn Kind(writing: Writing, around: Memo<Option<Arc<Around>>>) -> impl IntoView {
    let lang = use_lang();
    let kinds = ui::memo(move || {
        around.with(|around| around.as_ref().map(|around| around.directory.kinds.clone()).unwrap_or_default())
    });
    let at_hand = ui::memo(move || {
        let here = writing.near.fix();
        around.with(|around| {
            let near = around.as_ref().map(|around| by_distance(&around.sites, here.as_ref()));
            common(near.into_iter().flatten().take(NEIGHBOURS).map(|(site, _)| site))
        })
    });
    let chip = move |kind: SiteKind| {
        let name = kinds.with(|kinds| {
            kinds.iter().find(|known| known.id == kind).map(|known| known.name.get(lang).to_owned())
        });
        let (chosen, is_it) =
            (kind.clone(), move || writing.kind.with(|known| known.as_ref() == Some(&kind)));
        name.map(|name| {
            view! {
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || is_it().to_string()
                    on:click=move |_| writing.kind.set(Some(chosen.clone()))
                >
                    {name}
                </button>
            }
        })
    };
    let option = move |known: SiteKindInfo| {
        let (id, is_it) =
            (known.id.to_string(), move || writing.kind.with(|kind| kind.as_ref() == Some(&known.id)));
        view! {
            <option value=id prop:selected=is_it>
                {known.name.get(lang).to_owned()}
            </option>
        }
    };
    view! {
        <div class="field" role="group" aria-labelledby="new-site-kinds">
            <span class="field__label" id="new-site-kinds">{t::site_kind(lang)}</span>
            <div class="chip-list">{move || at_hand.get().into_iter().filter_map(chip).collect_view()}</div>
            <select
                class="input input--select"
                aria-label=t::other_kind(lang)
                on:change:target=move |event| {
                    let word = event.target().value();
                    writing.kind.set((!word.is_empty()).then(|| SiteKind::from(word.as_str())));
                }
            >
                <option value="">{t::other_kind(lang)}</option>
                {move || kinds.get().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// The kinds of these sites, the most common first.
fn common<'a>(sites: impl Iterator<Item = &'a Site>) -> Vec<SiteKind> {
    let mut counted: BTreeMap<SiteKind, usize> = BTreeMap::new();
    for kind in sites.flat_map(|site| &site.kinds) {
        *counted.entry(kind.clone()).or_default() += 1;
    }
    let mut counted: Vec<_> = counted.into_iter().collect();
    domain::order::sort_by_key(&mut counted, |(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().take(KINDS_AT_HAND).map(|(kind, _)| kind).collect()
}

/// Asked only of whoever has several.
#[component]
pub(super) fn GridChoice(writing: Writing, around: Memo<Option<Arc<Around>>>) -> impl IntoView {
    let lang = use_lang();
    let grids = ui::memo(move || {
        let around = around.get()?;
        let of = |id: &GridId| {
            let grid = around.directory.grids.iter().find(|grid| grid.id == *id)?;
            Some((grid.id, grid.name.clone()))
        };
        Some(around.grids.iter().filter_map(of).collect::<Vec<_>>())
    });
    let option = move |(id, name): (GridId, String)| {
        view! {
            <option value=id.to_string() prop:selected=move || writing.grid.get() == Some(id)>
                {name}
            </option>
        }
    };
    move || {
        let grids = grids.get().filter(|grids| grids.len() > 1)?;
        Some(view! {
            <div class="field">
                <label for="new-site-grid">{t::site_grid(lang)}</label>
                <select
                    class="input input--select"
                    id="new-site-grid"
                    on:change:target=move |event| writing.grid.set(event.target().value().parse().ok())
                >
                    {grids.into_iter().map(option).collect_view()}
                </select>
            </div>
        })
    }
}
