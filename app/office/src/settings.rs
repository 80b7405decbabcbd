//! 设置: the office, its departments, communities and grids, how often sites are visited, and what the office decides for itself:
//! what roles may do, how numbers begin, which papers it issues, on which days it works. The list on the left, what is
//! done to the open one on the right; everything is a link or a plain form.

pub mod address;
pub mod beside;
mod decided;
pub mod departments;
pub mod form;
mod former;
pub mod own;
mod permissions;
pub mod places;

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::filter_chips::FilterLink,
    desk::use_desk,
    head::PageHeader,
    i18n::{Lang, map, places as t, settings as own_words, use_lang},
    map::address::OUTLINES,
    server_fns::{
        frame::Frame,
        places::{LoadSettings, Settings},
    },
};
use address::{Here, Part, open_place};
use domain::place::PlaceId;
use form::Forms;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// The settings, asked for again when this tab has changed something.
pub fn settings_asked() -> Asked<Settings> {
    let desk = use_desk();
    Asked::new(move || ask(LoadSettings {}).in_round(desk.changes.get()))
}

#[component]
pub fn SettingsPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let part = Memo::new(move |_| query.with(Part::of));
    let open = Memo::new(move |_| query.with(open_place));
    let forms = Forms::new(lang);
    let asked = settings_asked();
    view! {
        <PageHeader title=t::settings(lang) />
        <nav class="filters" aria-label=t::parts(lang)>
            {move || {
                let chosen = part.get();
                Part::ALL
                    .map(|part| {
                        view! {
                            <FilterLink href=part.address() on=part == chosen>
                                {part_name(lang, part)}
                            </FilterLink>
                        }
                    })
                    .into_iter()
                    .collect_view()
            }}
            <FilterLink href=OUTLINES.to_owned() on=false>
                {map::outlines(lang)}
            </FilterLink>
        </nav>
        {await_resource(
            asked,
            move |frame, settings| {
                let (forms, settings) = (forms.clone(), Arc::new(settings));
                view! { {move || shown(&forms, &frame, &settings, part.get(), open.get())} }.into_any()
            },
        )}
    }
}

fn shown(
    forms: &Forms,
    frame: &Frame,
    settings: &Arc<Settings>,
    part: Part,
    open: Option<PlaceId>,
) -> AnyView {
    let (lang, file) = (forms.lang, &settings.places);
    let here = Here::part(part);
    match part {
        Part::Office => own::office(forms, frame, file, &here),
        Part::Intervals => own::intervals(forms, frame, file, &here),
        Part::Former => former::former(lang, file),
        Part::Permissions => permissions::permissions(forms, settings.own.as_ref(), &here),
        Part::Numbers => decided::numbers(forms, settings.own.as_ref(), &here),
        Part::Papers => decided::papers(forms, settings.own.as_ref(), &here),
        Part::Calendar => decided::calendar(forms, settings.own.as_ref(), &here),
        Part::Departments => {
            let list = departments::departments(forms, frame, file, &here, open);
            split(lang, list, beside::beside(forms, frame, file, &here, open))
        }
        Part::Places => {
            let list = places::places(forms, frame, file, &here, open);
            split(lang, list, beside::beside(forms, frame, file, &here, open))
        }
    }
}

/// A list, and beside it what is open.
pub fn split(_: Lang, list: AnyView, beside: Option<AnyView>) -> AnyView {
    let is_open = beside.is_some();
    view! {
        <div class="split" class:split--open=is_open>
            <div class="split__list">{list}</div>
            {beside.map(|beside| view! { <aside class="side-panel" id="detail">{beside}</aside> })}
        </div>
    }
    .into_any()
}

fn part_name(lang: Lang, part: Part) -> &'static str {
    match part {
        Part::Office => t::part_office(lang),
        Part::Departments => t::part_departments(lang),
        Part::Places => t::part_places(lang),
        Part::Intervals => t::part_intervals(lang),
        Part::Former => t::part_former(lang),
        Part::Permissions => own_words::part_permissions(lang),
        Part::Numbers => own_words::part_numbers(lang),
        Part::Papers => own_words::part_papers(lang),
        Part::Calendar => own_words::part_calendar(lang),
    }
}
