//! What a person must know before work begins: whether the phone opens without signal, and whether its clock is right.

use crate::{
    device::use_device,
    errors::ErrorWords,
    i18n::{Lang, clock as c, ready as t, use_lang},
    parts,
};
use client::{
    browser::updates,
    ready::{self, Lack, Ready},
};
use domain::device::skew::Clock;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

const AGAIN_MS: u32 = 3_000;

/// One line, made of what was tried.
#[component]
pub fn Readiness() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let found = RwSignal::new(None::<Ready>);
    let changed = ArcTrigger::new();
    let heard = changed.clone();
    // Held for as long as the line is shown.
    StoredValue::new_local(updates::on_change(move || heard.notify()));
    ui::effect(move || {
        changed.track();
        spawn_local(async move {
            loop {
                let ready = ready::look(&phone).await;
                // Only an installation and a first pull go on by themselves.
                let settled =
                    !matches!(ready, Ready::Fetching | Ready::FetchingRecords | Ready::No(Lack::NotWhole));
                if found.try_set(Some(ready)).is_some() || settled {
                    return;
                }
                TimeoutFuture::new(AGAIN_MS).await;
            }
        });
    });
    move || match found.get() {
        None => view! { <p class="u-small" role="status">{t::trying(lang)}</p> }.into_any(),
        Some(ready @ Ready::No(_)) => {
            view! { <div class="notice notice--refused" role="alert"><p>{words(lang, &ready)}</p></div> }
                .into_any()
        }
        Some(ready) => view! { <p class="u-small" role="status">{words(lang, &ready)}</p> }.into_any(),
    }
}

fn words(lang: Lang, ready: &Ready) -> String {
    match ready {
        Ready::Yes => t::ready(lang).to_owned(),
        Ready::UnlessCleared => t::ready_unless_cleared(lang).to_owned(),
        Ready::Fetching => t::fetching(lang).to_owned(),
        Ready::FetchingRecords => t::fetching_records(lang).to_owned(),
        Ready::No(Lack::Worker { https: true }) => t::no_worker(lang).to_owned(),
        Ready::No(Lack::Worker { https: false }) => t::no_worker_http(lang).to_owned(),
        Ready::No(Lack::Refused) => t::worker_refused(lang).to_owned(),
        Ready::No(Lack::NotWhole) => t::not_kept_whole(lang).to_owned(),
        Ready::No(Lack::Storage(error)) => t::cannot(lang, error.words(lang)),
    }
}

/// Nothing while the clock is right.
#[component]
pub fn ClockWarning() -> impl IntoView {
    let phone = use_device();
    let is_right = ui::memo(move || phone.clock_status() == Clock::Right);
    move || (!is_right.get()).then(|| parts::within(|| Box::pin(parts::clock_off())))
}

/// By how much the clock is wrong, and what that does.
#[component]
pub fn ClockOff() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let status = ui::memo(move || phone.clock_status());
    move || {
        let (class, words) = match status.get() {
            Clock::Right => return ().into_any(),
            Clock::Off(by) => ("notice", vec![off(lang, by)]),
            Clock::Absurd(by) => ("notice notice--refused", vec![c::absurd(lang).to_owned(), off(lang, by)]),
        };
        let lines = words.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
        view! {
            <div class=class role="alert">
                {lines}
                <p class="u-small">{c::office_counts(lang)}</p>
            </div>
        }
        .into_any()
    }
}

fn off(lang: Lang, by: chrono::Duration) -> String {
    let words = c::by(lang, by);
    if by > chrono::Duration::zero() { c::ahead(lang, words) } else { c::behind(lang, words) }
}
