//! Before it opens: when, who leads, who goes, what to bring; and the words.

use super::{
    OrderRead,
    awaiting::{Asking, Awaiting},
    words::{TypedWords, WordFields, list_of},
};
use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    errors::ErrorWords,
    i18n::{Lang, orders as t, use_lang},
};
use chrono::{DateTime, Duration, Utc};
use client::DeviceError;
use domain::{
    spot_check::{OrderPhase, SealedOrder, WordList},
    time,
};
use leptos::prelude::*;

/// `9:30` today, `12-03 09:30` on another day.
pub fn hour(opens_at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let is_today = time::office_day(opens_at) == time::office_day(now);
    if is_today { time::clock(opens_at) } else { time::short(opens_at) }
}

/// How long it is until then, said by the coarsest measure that says enough.
fn left(lang: Lang, left: Duration) -> String {
    let minutes = (left.num_seconds() + 59) / 60;
    match minutes {
        ..=120 => t::minutes_left(lang, minutes.max(1)),
        121..=2_880 => t::hours_left(lang, minutes / 60),
        _ => t::days_left(lang, minutes / 1_440),
    }
}

#[component]
pub fn Closed(order: OrderRead, awaiting: Awaiting, typed: TypedWords) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let Some(first) = order.get_untracked() else { return ().into_any() };
    let opens_at = first.here.order.opens_at;
    let list = StoredValue::new(list_of(order));
    let countdown = move || {
        awaiting.tick.track();
        let is_due = order.get().is_some_and(|read| read.here.phase == OrderPhase::Due);
        if !is_due {
            return left(lang, opens_at - phone.clock.office_now());
        }
        match awaiting.asking.get() {
            Asking::NotYetDue => t::due(lang).to_owned(),
            Asking::Asks => t::asking(lang).to_owned(),
            Asking::TooEarly => t::not_yet(lang).to_owned(),
            Asking::Failed(DeviceError::Offline) => t::no_signal(lang).to_owned(),
            Asking::Failed(error) => t::not_opened(lang, error.words(lang).to_owned()),
        }
    };
    let tried = move || {
        awaiting.tick.track();
        let attempts = order.get()?.here.standing.attempts;
        // While they are tried they count as wrong.
        if typed.busy.get() {
            return None;
        }
        if let Some(error) = typed.failed() {
            return Some(error.words(lang).to_owned());
        }
        let (now, last) = (phone.clock.now(), attempts.last()?);
        Some(match attempts.wait_until(now) {
            Some(until) => t::wait(lang, time::clock(until)),
            None => t::wrong(lang, time::clock(last), attempts.left(now)),
        })
    };
    view! {
        <div class="order__seal">
            <span class="mark">
                <Sign icon=Icon::Lock />
            </span>
            <h2 class="order__hour">{t::opens(lang, hour(opens_at, phone.clock.office_now()))}</h2>
            <p class="u-small" role="status">
                {countdown}
            </p>
            <p class="u-small">{t::sealed_hint(lang)}</p>
        </div>
        <Who order=first.here.order.clone() />
        <section class="card card--pad order__entry" aria-labelledby="by-words">
            <div>
                <h2 class="rows__title" id="by-words">
                    {t::by_words(lang)}
                </h2>
                <p class="u-small">{t::by_words_hint(lang)}</p>
            </div>
            <WordFields typed list />
            {move || tried().map(|words| view! { <p class="error-line" role="alert">{words}</p> })}
        </section>
        <p class="u-small">{t::clock_hint(lang)}</p>
    }
    .into_any()
}

/// Who leads, who goes, what to bring.
#[component]
fn Who(order: SealedOrder) -> impl IntoView {
    let lang = use_lang();
    let SealedOrder { leader, team, meet, bring, .. } = order;
    let dialled: String = leader.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let between = if lang == Lang::Zh { "、" } else { ", " };
    let going = [team.join(between), meet].into_iter().filter(|part| !part.is_empty());
    let going = going.collect::<Vec<_>>().join(" · ");
    let lead = view! {
        <div class="rows__body">
            <p class="rows__meta">{t::leader(lang)}</p>
            <p class="rows__title">{leader.name.clone()}</p>
        </div>
    };
    let lead = if dialled.is_empty() {
        view! { <div>{lead}</div> }.into_any()
    } else {
        view! {
            <a href=format!("tel:{dialled}")>
                {lead} <span class="u-visually-hidden">{t::call_leader(lang, leader.name)}</span>
                <span class="chevron">
                    <Sign icon=Icon::Phone />
                </span>
            </a>
        }
        .into_any()
    };
    let fact = |name: &'static str, words: String| {
        (!words.is_empty()).then(|| {
            view! {
                <div>
                    <div class="rows__body">
                        <p class="rows__meta">{name}</p>
                        <p>{words}</p>
                    </div>
                </div>
            }
        })
    };
    view! { <div class="card rows">{lead} {fact(t::team(lang), going)} {fact(t::bring(lang), bring)}</div> }
}

/// Says how many words are missing, and opens with the fourth.
#[component]
pub fn ClosedFoot(order: OrderRead, awaiting: Awaiting, typed: TypedWords) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let list = StoredValue::new(list_of(order));
    let missing = ui::memo(move || list.with_value(|list| typed.left(&WordList::read(list))));
    let waits = move || {
        awaiting.tick.track();
        let attempts = order.get().map(|read| read.here.standing.attempts);
        attempts.is_some_and(|attempts| attempts.wait_until(phone.clock.now()).is_some())
    };
    let closed = move || missing.get() > 0 || waits();
    let words = move || match (typed.busy.get(), missing.get()) {
        (true, _) => t::opening(lang).to_owned(),
        (false, 0) => t::open(lang).to_owned(),
        (false, n) => t::words_left(lang, n),
    };
    view! {
        <button
            class="button"
            type="button"
            disabled=closed
            aria-busy=move || typed.busy.get().to_string()
            on:click=move |_| typed.try_them(phone)
        >
            {words}
        </button>
    }
}
