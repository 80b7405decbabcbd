//! What a person must know before work begins: whether the phone opens without signal, and whether its clock is right.

use crate::{
    device::{
        clock,
        ready::{self, Lack, Ready},
        worker,
    },
    i18n::{clock as c, ready as t, use_lang},
};
use domain::device::skew::Clock;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

const AGAIN_MS: u32 = 3_000;

/// One line, made of what was tried.
#[component]
pub fn Readiness() -> impl IntoView {
    let lang = use_lang();
    let found = RwSignal::new(None::<Ready>);
    let changed = ArcTrigger::new();
    let heard = changed.clone();
    // Held for as long as the line is shown.
    StoredValue::new_local(worker::on_change(move || heard.notify()));
    Effect::new(move |_| {
        changed.track();
        spawn_local(async move {
            loop {
                let ready = ready::look().await;
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
            view! { <div class="notice notice--refused" role="alert"><p>{ready.words(lang)}</p></div> }
                .into_any()
        }
        Some(ready) => view! { <p class="u-small" role="status">{ready.words(lang)}</p> }.into_any(),
    }
}

/// Nothing while the clock is right.
#[component]
pub fn ClockWarning() -> impl IntoView {
    let lang = use_lang();
    let standing = Memo::new(move |_| clock::standing());
    move || {
        let (class, words) = match standing.get() {
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

fn off(lang: crate::i18n::Lang, by: chrono::Duration) -> String {
    let words = c::by(lang, by);
    if by > chrono::Duration::zero() { c::ahead(lang, words) } else { c::behind(lang, words) }
}
