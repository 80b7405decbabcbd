//! 待传: what waits for the server, what it would not take, and the receipts for what it has.

mod ask;
mod keep;
mod row;
mod words;

use crate::{
    components::icon::Icon,
    field::{
        device::use_device,
        frame::{Empty, LineState, Tab, TabScreen, Trouble},
        live,
    },
    i18n::{field as f, hazards as t, use_lang},
};
use ask::AskToTakeOff;
use chrono::NaiveDate;
use client::{
    changes::Topic,
    outbox::{self, Counts, Parcel, ParcelState},
};
use domain::{id::OperationId, time::office_day};
use keep::Keeping;
use leptos::prelude::*;
use row::ParcelRow;

const TOPICS: &[Topic] = &[Topic::Outbox, Topic::Photos];

#[component]
pub fn Outbox() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let uploading = phone.uploading();
    // Often enough to be seen moving, seldom enough not to read the database at each packet.
    let moving = Memo::new(move |_| uploading.get().map(|(photo, percent)| (photo, percent / 5)));
    let read = live(TOPICS, move || {
        moving.track();
        async move { outbox::all(&phone).await }
    });
    let parcels = Memo::new(move |_| match read.get() {
        Some(Ok(parcels)) => Some(parcels),
        _ => None,
    });
    let trouble = move || read.get().and_then(Result::err).map(|error| view! { <Trouble error /> });
    let counts = live(TOPICS, move || async move { outbox::counts(&phone).await });
    let counts = Memo::new(move |_| counts.get().and_then(Result::ok).unwrap_or_default());
    let under = Signal::derive(move || match counts.get() {
        Counts { unsent: 0, .. } => String::new(),
        Counts { unsent, bytes, .. } => t::unsent(lang, unsent, t::size(bytes)),
    });
    let aside = move || {
        view! {
            <Show when=move || { counts.with(|counts| counts.unsent > 0) } fallback=LineState>
                <button class="chip chip--on" on:click=move |_| phone.changes.wake()>
                    {t::try_now(lang)}
                </button>
            </Show>
        }
    };

    let chosen = move |which: Which| {
        parcels.with(|parcels| {
            let (parcels, today) = (parcels.iter().flatten(), phone.clock.today());
            parcels.filter(|parcel| Which::of(parcel, today) == which).cloned().collect::<Vec<_>>()
        })
    };
    let asked = RwSignal::new(None);
    let ask = Callback::new(move |id: OperationId| {
        asked.set(
            parcels
                .with_untracked(|parcels| parcels.iter().flatten().find(|parcel| parcel.id == id).cloned()),
        );
    });
    let rows = move |which: Which| {
        view! {
            <Show when=move || !chosen(which).is_empty()>
                <div class="card rows">
                    <For each=move || chosen(which) key=|parcel| format!("{parcel:?}") let:parcel>
                        <ParcelRow parcel ask />
                    </For>
                </div>
            </Show>
        }
    };
    let received = move |which: Which, title: &'static str| {
        view! {
            <Show when=move || !chosen(which).is_empty()>
                <div class="section-head">
                    <h2>{title}</h2>
                    <span>{move || t::parcels(lang, chosen(which).len())}</span>
                </div>
            </Show>
            {rows(which)}
        }
    };
    let nothing = move || {
        parcels.with(|parcels| parcels.as_ref().is_some_and(Vec::is_empty)).then(|| {
            view! {
                <Empty
                    icon=Icon::Send
                    title=t::nothing_to_send(lang)
                    words=t::nothing_to_send_hint(lang)
                    way=("/field/".to_owned(), f::to_today(lang))
                />
            }
        })
    };
    view! {
        <TabScreen tab=Tab::Outbox title=f::outbox(lang).to_owned() under aside>
            {trouble}
            {rows(Which::Unsent)}
            {received(Which::Today, t::received_today(lang))}
            {received(Which::Before, t::received_before(lang))}
            {nothing}
            <Keeping />
            <AskToTakeOff asked />
        </TabScreen>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Unsent,
    Today,
    Before,
}

impl Which {
    fn of(parcel: &Parcel, today: NaiveDate) -> Self {
        match &parcel.state {
            ParcelState::Received { receipt } if office_day(receipt.at) == today => Self::Today,
            ParcelState::Received { .. } => Self::Before,
            ParcelState::Waiting { .. } | ParcelState::Sending { .. } | ParcelState::Refused { .. } => {
                Self::Unsent
            }
        }
    }
}
