//! What was sent lately, and what did not go: without what it said and to whom.

use crate::i18n::notices as t;
use domain::{
    notice::{DeliveryRow, DeliveryState},
    text::Lang,
    time,
};
use leptos::prelude::*;

pub fn deliveries(lang: Lang, rows: &[DeliveryRow]) -> AnyView {
    if rows.is_empty() {
        return view! {
            <section class="page-body">
                <h2>{t::deliveries(lang)}</h2>
                <p class="u-small">{t::no_deliveries(lang)}</p>
            </section>
        }
        .into_any();
    }
    let rows: Vec<AnyView> = rows.iter().map(|one| row(lang, one)).collect();
    view! {
        <section class="page-body">
            <h2>{t::deliveries(lang)}</h2>
        </section>
        <div class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::delivery_what(lang)}</th>
                        <th scope="col">{t::delivery_channel(lang)}</th>
                        <th scope="col">{t::delivery_state(lang)}</th>
                        <th scope="col">{t::delivery_attempts(lang)}</th>
                        <th scope="col">{t::delivery_failure(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(lang: Lang, one: &DeliveryRow) -> AnyView {
    let (class, state) = match &one.state {
        DeliveryState::Waiting { .. } => ("badge", t::state_waiting(lang, time::short(one.next_at))),
        DeliveryState::Sent { at } => ("badge", t::state_sent(lang, time::short(*at))),
        DeliveryState::Failed { at, .. } => ("badge badge--act", t::state_failed(lang, time::short(*at))),
    };
    let what = format!("{} {}", t::kind(lang, one.kind), time::short(one.made_at));
    let (channel, attempts) = (one.channel_name.clone(), one.attempts.to_string());
    let failure = one.state.failure().to_owned();
    view! {
        <tr>
            <td data-label=t::delivery_what(lang)>{what}</td>
            <td class="cell--wrap" data-label=t::delivery_channel(lang)>
                {channel}
            </td>
            <td data-label=t::delivery_state(lang)>
                <span class=class>{state}</span>
            </td>
            <td data-label=t::delivery_attempts(lang)>{attempts}</td>
            <td class="cell--wrap" data-label=t::delivery_failure(lang)>
                // In the words of the program, whatever the page's language.
                <span class="u-small" lang="en">
                    {failure}
                </span>
            </td>
        </tr>
    }
    .into_any()
}
