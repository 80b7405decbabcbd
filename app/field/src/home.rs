//! Today: what the office gave to this person, what was left unfinished, where to go, what to recheck, what still waits to be sent.
//!
//! What leads to a form stands here; the rest (`remaining`) is another part of the program and comes after it.

mod begun;
mod orders;
mod recheck;
mod remaining;
pub mod running;
mod today;

pub use begun::Begun;
pub use remaining::Remaining;
pub use today::TodayRead;

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{ErrorNotice, LineState, Tab, TabScreen},
    i18n::{field as t, map, use_lang},
    live, parts,
    patrol::{self, StreetsLink},
    quick_report::QuickReportLink,
    readiness::ClockWarning,
    settings::scope::scope_words,
    site,
    sites::due_site::{DueSiteRow, first_kind},
};
use client::{changes::Topic, location};
use domain::role::Action;
use leptos::prelude::*;
use running::RunningRow;
use today::Today;

/// More than these are for the list of sites.
const VISITS_SHOWN: usize = 8;

#[component]
pub fn Home() -> impl IntoView {
    let lang = use_lang();
    site::return_path::remember("/field/".to_owned());
    let phone = use_device();
    patrol::ask_to_hand_in(phone, lang);
    // They come together, and are waited for together.
    let pieces = parts::Pieces::default();
    let read =
        live(
            &[Topic::Records, Topic::Drafts, Topic::Outbox],
            move || async move { today::read(&phone).await },
        );
    // What did not change stays on the screen untouched.
    let today: TodayRead = ui::memo(move || read.get());
    let over = Signal::derive(move || {
        today.with(|today| match today {
            Some(Ok(today)) => scope_words(lang, &today.me, today.directory.as_ref()),
            _ => String::new(),
        })
    });
    let aside = move || {
        view! {
            <LineState />
            <a class="link" href="/field/settings" aria-label=t::settings(lang)>
                <Sign icon=Icon::Gear />
            </a>
        }
    };
    view! {
        <TabScreen tab=Tab::Today title=t::home_title(lang).to_owned() over aside>
            <ClockWarning />
            {pieces.within(|| Box::pin(parts::today_tasks()))}
            {move || match today.get() {
                None => ().into_any(),
                Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
                Some(Ok(today)) => view! { <Leading today pieces /> }.into_any(),
            }}
            {pieces.within(move || Box::pin(parts::today(today)))}
            {move || begins(today).then(|| view! { <Start /> })}
        </TabScreen>
    }
}

/// Whether this person may begin a visit, of which something is known here.
fn begins(today: TodayRead) -> bool {
    today.with(|today| match today {
        Some(Ok(today)) => today.me.may_do(Action::Inspect) && today.directory.is_some(),
        Some(Err(_)) | None => false,
    })
}

#[component]
fn Start() -> impl IntoView {
    view! {
        <div class="screen__action">
            <QuickReportLink />
            <a class="button" href="/field/sites">
                <Sign icon=Icon::Tick />
                {t::start(use_lang())}
            </a>
        </div>
    }
}

/// What leads to a form.
#[component]
fn Leading(today: Today, pieces: parts::Pieces) -> impl IntoView {
    let running = today.running.clone().into_iter().map(|running| view! { <RunningRow running /> });
    view! {
        {(!today.running.is_empty()).then(|| view! { <div class="card rows">{running.collect_view()}</div> })}
        {today.begun.then(|| pieces.within(|| Box::pin(parts::begun())))}
        {(today.me.may_patrol() && today.directory.is_some()).then(|| view! { <StreetsLink /> })}
        {today.directory.is_some().then(|| view! { <MapLink /> })}
        <Visits today />
    }
}

/// The way to the map.
#[component]
fn MapLink() -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="card rows">
            <a class="rows__low" href="/field/map">
                <span class="mark">
                    <Sign icon=Icon::Locate />
                </span>
                <span class="rows__body">
                    <span class="rows__title">{map::map(lang)}</span>
                    <span class="rows__meta">{map::map_hint(lang)}</span>
                </span>
                <span class="chevron">
                    <Sign icon=Icon::Forward />
                </span>
            </a>
        </div>
    }
}

#[component]
fn Visits(today: Today) -> impl IntoView {
    let lang = use_lang();
    let Today { visits, directory, .. } = today;
    let count = visits.len();
    if count == 0 {
        return ().into_any();
    }
    let here = location::recent(&use_device());
    let row = |due_site: crate::sites::due_site::DueSite| {
        let kind = first_kind(lang, &due_site.site, directory.as_ref());
        let metres = due_site.metres(here.as_ref());
        view! { <DueSiteRow due_site kind metres /> }
    };
    view! {
        <div class="section-head">
            <h2>{t::visits(lang)}</h2>
            <span>{t::places(lang, count)}</span>
        </div>
        <div class="card rows">
            {visits.into_iter().take(VISITS_SHOWN).map(row).collect_view()}
            {(count > VISITS_SHOWN)
                .then(|| {
                    view! {
                        <a href="/field/sites?due=1">
                            <span class="rows__body">{t::all_visits(lang, count)}</span>
                            <span class="chevron">
                                <Sign icon=Icon::Forward />
                            </span>
                        </a>
                    }
                })}
        </div>
    }
    .into_any()
}
