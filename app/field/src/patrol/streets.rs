//! 按街走: the streets of this person's sites, and how far each is.

use super::{
    campaigns::Campaigns,
    known_door::KnownDoor,
    walk::Walk,
    ways::{rhythm_of, street_path, streets_path},
};
use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, Empty, ErrorNotice, NewerRecords},
    i18n::{field as f, patrol as t, use_lang},
    segmented::Segmented,
};
use domain::{
    id::SiteId,
    patrol::{Progress, Rhythm, streets},
    time::month_and_day,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// A street in the list.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    name: Option<String>,
    progress: Progress,
    /// Where one goes on: the first door that is left, else the first one.
    at: SiteId,
}

#[component]
pub fn Streets() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let query = use_query_map();
    let rhythm = ui::memo(move || query.with(rhythm_of));
    let walk = Walk::looked_at();
    let rows = ui::memo(move || {
        let doors = walk.doors.get()?;
        let since = rhythm.get().began(phone.clock.today());
        let row = |street: domain::patrol::Street| {
            let of = |door| KnownDoor::of(door, &doors, walk, since, None);
            let known: Vec<_> = street.doors.into_iter().filter_map(of).collect();
            let at = known.iter().find(|one| one.is_left()).or(known.first())?.door.site;
            let progress = Progress::of(known.iter().map(|one| one.walked.state));
            Some(Row { name: street.name, progress, at })
        };
        Some(streets(&doors.sites).into_iter().filter_map(row).collect::<Vec<_>>())
    });
    let under = Signal::derive(move || {
        let (_, last) = rhythm.get().around(phone.clock.today());
        t::until(lang, month_and_day(last))
    });
    let newer =
        Signal::derive(move || walk.doors.with(|doors| doors.as_ref().map_or(0, |doors| doors.newer)));
    let row = move |row: Row| {
        let name = row.name.unwrap_or_else(|| t::without_number(lang).to_owned());
        let words = t::walked(lang, row.progress.walked(), row.progress.doors);
        view! {
            <a href=move || street_path(row.at, rhythm.get())>
                <span class="rows__body">
                    <span class="rows__title">{name}</span>
                    <span class="rows__meta">{words}</span>
                </span>
                <span class="chevron">
                    <Sign icon=Icon::Forward />
                </span>
            </a>
        }
    };
    let list = move || {
        let rows = rows.get()?;
        let count = rows.len();
        if count == 0 {
            return Some(
                view! { <Empty icon=Icon::Place title=f::no_sites(lang) words=f::no_sites_hint(lang) /> }
                    .into_any(),
            );
        }
        let list = view! {
            <div class="section-head">
                <h2>{t::streets(lang)}</h2>
                <span role="status">{t::streets_count(lang, count)}</span>
            </div>
            <div class="card rows">{rows.into_iter().map(row).collect_view()}</div>
        };
        Some(list.into_any())
    };
    view! {
        <BackScreen title=t::title(lang).to_owned() under back="/field/sites".to_owned()>
            {move || walk.failure.get().map(|error| view! { <ErrorNotice error /> })}
            <HowOften rhythm />
            {list}
            <Campaigns />
            <NewerRecords count=newer />
        </BackScreen>
    }
}

/// How often the streets are walked stands in the address: coming back finds it again.
#[component]
fn HowOften(rhythm: Memo<Rhythm>) -> impl IntoView {
    let lang = use_lang();
    let navigate = use_navigate();
    let words = Rhythm::ALL.map(|one| t::rhythm(lang, one).to_owned()).to_vec();
    let chosen = Signal::derive(move || Rhythm::ALL.iter().position(|one| *one == rhythm.get()));
    let choose = Callback::new(move |to: usize| {
        let Some(one) = Rhythm::ALL.get(to) else { return };
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&streets_path(*one), options);
    });
    view! { <Segmented options=words chosen label=t::how_often(lang) choose /> }
}

/// The way here, for whoever inspects.
#[component]
pub fn StreetsLink() -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="card rows">
            <a class="rows__low" href="/field/streets">
                <span class="mark">
                    <Sign icon=Icon::Place />
                </span>
                <span class="rows__body">
                    <span class="rows__title">{t::title(lang)}</span>
                    <span class="rows__meta">{t::streets(lang)}</span>
                </span>
                <span class="chevron">
                    <Sign icon=Icon::Forward />
                </span>
            </a>
        </div>
    }
}
