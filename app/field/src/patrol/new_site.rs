//! 新开的店: a site that is made on the spot. What is known here already is shown first; what is written is kept with each change.

mod around;
mod fields;
mod known;
mod writing;

use super::ways::{rhythm_of, street_path, streets_path};
use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, LineState},
    i18n::{patrol as t, use_lang},
    live,
    photo_strip::PhotoStrip,
};
use around::{Around, read};
use client::{changes::Topic, photos::Stamp};
use domain::{
    id::{GridId, HazardId, SiteId},
    limits::{ADDRESS, NAME},
    patrol::StreetAddress,
    photo::PhotoHash,
    quick_report::by_distance,
};
use fields::{GridChoice, Kind, Line};
use known::Known;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};
use std::{str::FromStr, sync::Arc};
use writing::Writing;

fn part<T: FromStr>(query: &ParamsMap, name: &str) -> Option<T> {
    query.get(name)?.parse().ok()
}

#[component]
pub fn NewSiteScreen() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let query = use_query_map();
    let (beside, number) =
        query.with_untracked(|query| (part::<SiteId>(query, "beside"), part::<u32>(query, "number")));
    let report = query.with_untracked(|query| part::<HazardId>(query, "report"));
    let per = query.with_untracked(rhythm_of);
    let writing = Writing::begin();
    let read = live(&[Topic::Records, Topic::Outbox], move || async move { read(phone).await });
    let around = ui::memo(move || read.get().and_then(Result::ok).flatten());
    propose_place(writing, around, beside, number);

    let navigate = use_navigate();
    // In place of this screen: "back" leads to where one came from.
    let leave = Callback::new(move |to: String| {
        navigate(&to, NavigateOptions { replace: true, ..Default::default() });
    });
    let goes_on = move |site: SiteId| match report {
        Some(report) => format!("/field/report?draft={report}&site={site}"),
        None => street_path(site, per),
    };
    let done = Callback::new(move |site: SiteId| leave.run(goes_on(site)));
    let submit = move |_| {
        // Before it is read which grids and kinds there are, none could be named.
        if let Some(around) = around.get_untracked() {
            writing.submit(&around.directory.kinds, done);
        }
    };
    let back = match (report, beside) {
        (Some(report), _) => format!("/field/report?draft={report}"),
        (None, Some(site)) => street_path(site, per),
        (None, None) => streets_path(per),
    };
    let stamp = Signal::derive(move || Stamp {
        place: writing.name.get(),
        subject: t::new_site(lang).to_owned(),
        number: String::new(),
    });
    let foot = move || {
        view! {
            <button
                type="button"
                class="button"
                aria-busy=move || writing.busy.get().then_some("true")
                on:click=submit
            >
                <Sign icon=Icon::Tick />
                {t::make_site(lang)}
            </button>
        }
    };
    view! {
        <BackScreen title=t::new_site(lang).to_owned() back aside=move || view! { <LineState /> } foot>
            <p class="u-small">{t::new_site_hint(lang)}</p>
            {move || writing.wrong().map(|words| view! { <p class="error-line" role="alert">{words}</p> })}
            <Known writing around goes_on=Callback::new(move |site: SiteId| leave.run(goes_on(site))) />
            <PhotoStrip
                photos=writing.photos
                stamp
                on_taken=Callback::new(move |hash| writing.photos.update(|photos| photos.push(hash)))
                on_removed=Callback::new(move |hash: PhotoHash| {
                    writing.photos.update(|photos| photos.retain(|one| *one != hash));
                })
                gallery=false
                label=t::door_photo(lang)
            />
            <Line id="new-site-name" label=t::site_name(lang) most=NAME value=writing.name />
            <Kind writing around />
            <Line id="new-site-address" label=t::site_address(lang) most=ADDRESS value=writing.address />
            <GridChoice writing around />
        </BackScreen>
    }
}

/// The street is the neighbour's, and so is the grid; else those of the nearest site.
fn propose_place(
    writing: Writing,
    around: Memo<Option<Arc<Around>>>,
    beside: Option<SiteId>,
    number: Option<u32>,
) {
    ui::effect(move || {
        let (Some(around), here) = (around.get(), writing.near.fix()) else { return };
        let neighbour = match beside {
            Some(id) => around.sites.iter().find(|site| site.id == id),
            None => {
                here.and_then(|here| by_distance(&around.sites, Some(&here)).first().map(|(site, _)| *site))
            }
        };
        let of_neighbour = neighbour.map(|site| site.grid).filter(|grid| around.grids.contains(grid));
        let is_one = |grid: &Option<GridId>| grid.is_some_and(|grid| around.grids.contains(&grid));
        if !writing.grid.with_untracked(is_one) {
            writing.grid.set(of_neighbour.or(around.grids.first().copied()));
        }
        let street = beside.and(neighbour).and_then(|site| StreetAddress::read(&site.address));
        if let Some(street) = street
            && writing.address.with_untracked(String::is_empty)
        {
            writing.address.set(match number {
                Some(number) => format!("{}{number}号", street.street),
                None => street.street,
            });
        }
    });
}
