//! Today: what was left unfinished, where to go, what to recheck, what still waits to be sent.

pub mod recheck;
pub mod running;
mod today;

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{Empty, ErrorNotice, LineState, NewerRecords, Tab, TabScreen},
    hazard::begun_words,
    i18n::{field as t, use_lang},
    live,
    readiness::{ClockWarning, Readiness},
    settings::scope::scope_words,
    site,
    sites::due_site::{DueSiteRow, first_kind},
};
use client::{changes::Topic, location, outbox};
use domain::{device::action_draft::BegunAction, role::Action};
use leptos::prelude::*;
use recheck::RecheckRow;
use running::RunningRow;
use today::Today;

/// More than these are for the list of sites.
const VISITS_SHOWN: usize = 8;

#[component]
pub fn Home() -> impl IntoView {
    let lang = use_lang();
    site::return_path::remember("/field/".to_owned());
    let phone = use_device();
    let read =
        live(
            &[Topic::Records, Topic::Drafts, Topic::Outbox],
            move || async move { today::read(&phone).await },
        );
    // What did not change stays on the screen untouched.
    let today = Memo::new(move |_| read.get());
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
            {move || match today.get() {
                None => ().into_any(),
                Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
                Some(Ok(today)) => view! { <TodayBody today /> }.into_any(),
            }}
        </TabScreen>
    }
}

#[component]
fn TodayBody(today: Today) -> impl IntoView {
    let lang = use_lang();
    let inspects = today.me.role.may(Action::Inspect);
    let idle = today.running.is_empty()
        && today.begun.is_empty()
        && today.visits.is_empty()
        && today.rechecks.is_empty();
    let pulled = today.directory.is_some();
    let running = today.running.clone().into_iter().map(|running| view! { <RunningRow running /> });
    view! {
        {(!today.running.is_empty()).then(|| view! { <div class="card rows">{running.collect_view()}</div> })}
        <Begun begun=today.begun.clone() />
        <Visits today=today.clone() />
        <Rechecks today=today.clone() />
        <NewerRecords count=today.newer />
        <Unsent counts=today.unsent />
        <Readiness />
        {idle
            .then(|| match (pulled, inspects) {
                (false, _) => {
                    view! { <Empty icon=Icon::Wait title=t::first_pull(lang) words=t::first_pull_hint(lang) /> }
                        .into_any()
                }
                (true, true) => {
                    view! { <Empty icon=Icon::Sun title=t::nothing_due(lang) words=t::nothing_due_hint(lang) /> }
                        .into_any()
                }
                (true, false) => {
                    view! {
                        <Empty
                            icon=Icon::Tick
                            title=t::nothing_to_rectify(lang)
                            words=t::nothing_to_rectify_hint(lang)
                        />
                    }
                        .into_any()
                }
            })}
        {(inspects && pulled)
            .then(|| {
                view! {
                    <a class="button screen__action" href="/field/sites">
                        <Sign icon=Icon::Tick />
                        {t::start(lang)}
                    </a>
                }
            })}
    }
}

/// Commands that were written and not given.
#[component]
fn Begun(begun: Vec<BegunAction>) -> impl IntoView {
    let lang = use_lang();
    let row = |begun: &BegunAction| {
        let (words, path) = begun_words(lang, begun)?;
        let site =
            begun.draft.about.as_ref().and_then(|about| about.site.as_ref()).map(|site| site.name.clone());
        Some(view! {
            <a href=path>
                <span class="mark">
                    <Sign icon=Icon::Note />
                </span>
                <div class="rows__body">
                    <p class="rows__title">{words}</p>
                    <p class="rows__meta">{site}</p>
                </div>
                <span class="chevron">
                    <Sign icon=Icon::Forward />
                </span>
            </a>
        })
    };
    let rows: Vec<_> = begun.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| view! { <div class="card rows">{rows}</div> })
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

#[component]
fn Rechecks(today: Today) -> impl IntoView {
    let lang = use_lang();
    let rechecks = today.rechecks;
    if rechecks.is_empty() {
        return ().into_any();
    }
    let title = if today.me.role.may(Action::Recheck) { t::rechecks(lang) } else { t::to_rectify(lang) };
    let pressing = rechecks.iter().filter(|recheck| recheck.due.is_due()).count();
    let count =
        if pressing > 0 { t::pieces_pressing(lang, pressing) } else { t::pieces(lang, rechecks.len()) };
    view! {
        <div class="section-head">
            <h2>{title}</h2>
            <span>{count}</span>
        </div>
        <div class="card rows">
            {rechecks.into_iter().map(|recheck| view! { <RecheckRow recheck /> }).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Unsent(counts: outbox::Counts) -> impl IntoView {
    let lang = use_lang();
    (counts.unsent > 0).then(|| {
        let refused = counts.refused > 0;
        view! {
            <div class="card rows">
                <a href="/field/outbox">
                    <span class="mark" class:mark--stop=refused class:mark--wait=!refused>
                        <Sign icon=if refused { Icon::Alert } else { Icon::Wait } />
                    </span>
                    <div class="rows__body">
                        <p class="rows__title">{t::waiting_to_send(lang)}</p>
                        <p class="rows__meta">
                            <span>{t::waiting_pieces(lang, counts.unsent, t::size(counts.bytes))}</span>
                            {refused.then(|| view! { <span>{t::waiting_refused(lang, counts.refused)}</span> })}
                        </p>
                    </div>
                    <span class="chevron">
                        <Sign icon=Icon::Forward />
                    </span>
                </a>
            </div>
        }
    })
}
