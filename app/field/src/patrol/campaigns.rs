//! 专项: how far each campaign is among this person's sites, with those that are still to be visited.

use crate::{
    device::use_device,
    i18n::{Lang, campaign as t, use_lang},
    live,
};
use client::{campaigns, changes::Topic};
use domain::{campaign::CampaignProgress, time::month_and_day};
use leptos::prelude::*;

#[component]
pub fn Campaigns() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let read =
        live(&[Topic::Records, Topic::Outbox], move || async move { campaigns::progress(&phone).await });
    // What is open stays open while nothing in it changes.
    let all = ui::memo(move || read.get()?.ok().filter(|all| !all.is_empty()));
    // What could not be read is said by the streets, which are read from the same records.
    move || {
        let all = all.get()?.into_iter().map(|progress| campaign(lang, progress)).collect_view();
        let section = view! {
            <section class="u-stack" aria-labelledby="campaigns">
                <div class="section-head">
                    <h2 id="campaigns">{t::campaigns(lang)}</h2>
                </div>
                {all}
            </section>
        };
        Some(section.into_any())
    }
}

fn campaign(lang: Lang, progress: CampaignProgress) -> AnyView {
    let (visited, sites) = (progress.visited() as u64, progress.sites as u64);
    let until = progress.until.map(|day| t::until(lang, month_and_day(day)));
    let words = [Some(t::visited_of(lang, visited, sites)), until];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let left = match progress.left.len() {
        0 => t::all_visited(lang).to_owned(),
        left => t::left(lang, left),
    };
    let rows = progress.left.into_iter().map(|(site, name)| {
        view! {
            <a class="rows__low" href=format!("/field/sites/{site}")>
                <span class="rows__title">{name}</span>
            </a>
        }
    });
    view! {
        <details class="card card--pad disclosure">
            <summary class="disclosure__summary">
                <span class="rows__body">
                    <span class="rows__title">{progress.title.get(lang).to_owned()}</span>
                    <span class="rows__meta">{words}</span>
                </span>
            </summary>
            <p class="u-small">{left}</p>
            <div class="rows">{rows.collect_view()}</div>
        </details>
    }
    .into_any()
}
