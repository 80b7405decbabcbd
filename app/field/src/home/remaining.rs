//! What Today says beside the ways into a form: what waits to be rechecked and to be sent, and whether the phone is ready.

use super::{
    orders::{self, Orders},
    recheck::{self, RecheckRow, Waiting},
    today::{Today, TodayRead, is_sent_round},
};
use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{Empty, ErrorNotice, NewerRecords},
    i18n::{field as t, use_lang},
    live,
    readiness::Readiness,
};
use client::{changes::Topic, db, orders::OrderHere, outbox};
use domain::role::Action;
use leptos::prelude::*;

#[component]
pub fn Remaining(today: TodayRead) -> impl IntoView {
    let phone = use_device();
    let read =
        live(
            &[Topic::Records, Topic::Drafts, Topic::Outbox],
            move || async move { recheck::read(&phone).await },
        );
    let waiting = ui::memo(move || read.get());
    let read = live(&[Topic::Records], move || async move { orders::read(&phone).await });
    let sealed = ui::memo(move || read.get());
    move || match (today.get(), waiting.get(), sealed.get()) {
        (Some(Ok(today)), Some(Ok(waiting)), Some(Ok(sealed))) => {
            view! { <Known today waiting sealed /> }.into_any()
        }
        (Some(Ok(_)), Some(Err(error)), _) | (Some(Ok(_)), _, Some(Err(error))) => {
            view! { <ErrorNotice error /> }.into_any()
        }
        (Some(Ok(_)), None, _) | (Some(Ok(_)), _, None) | (Some(Err(_)) | None, _, _) => ().into_any(),
    }
}

#[component]
fn Known(today: Today, waiting: Waiting, sealed: db::Known<OrderHere>) -> impl IntoView {
    let lang = use_lang();
    let inspects = is_sent_round(&today.me);
    let idle = today.running.is_empty()
        && !waiting.begun
        && !waiting.has_tasks
        && today.visits.is_empty()
        && waiting.rechecks.is_empty()
        && sealed.known.is_empty();
    let pulled = today.directory.is_some();
    let newer = today.newer + waiting.newer + sealed.newer.len();
    let (icon, title, words) = match (pulled, inspects) {
        (false, _) => (Icon::Wait, t::first_pull(lang), t::first_pull_hint(lang)),
        (true, true) => (Icon::Sun, t::nothing_due(lang), t::nothing_due_hint(lang)),
        (true, false) => (Icon::Tick, t::nothing_to_rectify(lang), t::nothing_to_rectify_hint(lang)),
    };
    view! {
        <Orders orders=sealed.known />
        <Rechecks waiting rechecks_here=today.me.may_do(Action::Recheck) />
        <NewerRecords count=newer />
        <Unsent counts=today.unsent />
        <Readiness />
        {idle.then(|| view! { <Empty icon title words /> })}
    }
}

#[component]
fn Rechecks(
    waiting: Waiting,
    /// This person rechecks; others rectify.
    rechecks_here: bool,
) -> impl IntoView {
    let lang = use_lang();
    let rechecks = waiting.rechecks;
    if rechecks.is_empty() {
        return ().into_any();
    }
    let title = if rechecks_here { t::rechecks(lang) } else { t::to_rectify(lang) };
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
