//! 待传: what waits for the server, what it would not take, and the receipts for what it has.

mod ask;
mod keep;
mod row;
mod words;

use crate::{
    components::icon::Icon,
    device::use_device,
    frame::{Empty, ErrorNotice, LineState, Tab, TabScreen},
    i18n::{field as f, hazards as t, use_lang},
    live,
};
use ask::AskToTakeOff;
use chrono::NaiveDate;
use client::{
    changes::Topic,
    outbox::{self, Counts, Submission, SubmissionState},
};
use domain::{id::OperationId, time::office_day};
use keep::Keeping;
use leptos::prelude::*;
use row::SubmissionRow;

const TOPICS: &[Topic] = &[Topic::Outbox, Topic::Photos];

#[component]
pub fn Outbox() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let uploading = phone.uploading();
    // Often enough to be seen moving, seldom enough not to read the database at each packet.
    let moving = ui::memo(move || uploading.get().map(|(photo, percent)| (photo, percent / 5)));
    let read = live(TOPICS, move || {
        moving.track();
        async move { outbox::all(&phone).await }
    });
    let submissions = ui::memo(move || match read.get() {
        Some(Ok(submissions)) => Some(submissions),
        _ => None,
    });
    let failure = move || read.get().and_then(Result::err).map(|error| view! { <ErrorNotice error /> });
    let counts = live(TOPICS, move || async move { outbox::counts(&phone).await });
    let counts = ui::memo(move || counts.get().and_then(Result::ok).unwrap_or_default());
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
        submissions.with(|submissions| {
            let (submissions, today) = (submissions.iter().flatten(), phone.clock.today());
            submissions
                .filter(|submission| Which::of(submission, today) == which)
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let asked = RwSignal::new(None);
    let ask = Callback::new(move |id: OperationId| {
        asked.set(submissions.with_untracked(|submissions| {
            submissions.iter().flatten().find(|submission| submission.id == id).cloned()
        }));
    });
    let rows = move |which: Which| {
        view! {
            <Show when=move || !chosen(which).is_empty()>
                <div class="card rows">
                    <For each=move || chosen(which) key=|submission| format!("{submission:?}") let:submission>
                        <SubmissionRow submission ask />
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
                    <span>{move || t::submissions(lang, chosen(which).len())}</span>
                </div>
            </Show>
            {rows(which)}
        }
    };
    let nothing = move || {
        submissions.with(|submissions| submissions.as_ref().is_some_and(Vec::is_empty)).then(|| {
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
            {failure}
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
    fn of(submission: &Submission, today: NaiveDate) -> Self {
        match &submission.state {
            SubmissionState::Received { receipt } if office_day(receipt.at) == today => Self::Today,
            SubmissionState::Received { .. } => Self::Before,
            SubmissionState::Waiting { .. }
            | SubmissionState::Sending { .. }
            | SubmissionState::Refused { .. } => Self::Unsent,
        }
    }
}
