//! 专项进度: how many of the sites that a campaign's list is about were visited with it, by community and grid. Each figure opens
//! the sites that it counts.

use crate::{
    i18n::{campaign as t, office},
    list::address::request_address,
    server_fns::frame::Frame,
};
use domain::{
    campaign::{CampaignPart, CampaignState},
    id::FormId,
    order::sort_by_key,
    site::SiteFilter,
    text::Lang,
};
use leptos::prelude::*;

pub fn progress(lang: Lang, frame: &Frame, form: &FormId, parts: &[CampaignPart]) -> AnyView {
    let (sites, visited) = sums(parts);
    let all = SiteFilter { campaign: Some(form.clone()), ..SiteFilter::default() };
    let mut parts: Vec<_> = parts.iter().map(|part| (frame.grid(part.grid), *part)).collect();
    sort_by_key(&mut parts, |(name, _)| name.clone());
    let rows = parts.into_iter().map(|(name, part)| {
        let here = SiteFilter { grid: Some(part.grid), ..all.clone() };
        view! {
            <tr>
                <th scope="row">{name}</th>
                {figures(&here, part.sites, part.visited)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let none = (sites == 0).then(|| view! { <p class="u-small">{t::no_sites(lang)}</p> });
    view! {
        <section class="panel panel--wide" aria-labelledby="campaign-progress">
            <h2 class="panel__title" id="campaign-progress">
                {t::progress(lang)}
                <span class="panel__note">{t::visited_of(lang, visited, sites)}</span>
            </h2>
            {none}
            <div class="table-scroll">
                <table class="data-table">
                    <thead>
                        <tr>
                            <th scope="col">{office::grid(lang)}</th>
                            <th scope="col" class="cell--right">{t::sites(lang)}</th>
                            <th scope="col" class="cell--right">{t::visited(lang)}</th>
                            <th scope="col" class="cell--right">{t::to_visit(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows} <tr>
                            <th scope="row">{t::together(lang)}</th>
                            {figures(&all, sites, visited)}
                        </tr>
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn sums(parts: &[CampaignPart]) -> (u64, u64) {
    parts.iter().fold((0, 0), |(sites, visited), part| (sites + part.sites, visited + part.visited))
}

/// All, visited and still to be visited, each with the sites behind it.
fn figures(here: &SiteFilter, sites: u64, visited: u64) -> AnyView {
    let stands = |state| SiteFilter { campaign_state: Some(state), ..here.clone() };
    [
        (here.clone(), sites),
        (stands(CampaignState::Visited), visited),
        (stands(CampaignState::ToVisit), sites.saturating_sub(visited)),
    ]
    .map(|(filter, number)| {
        let href = request_address(&filter.into());
        view! {
            <td class="cell--right">
                <a class="cell__link" href=href>
                    {number.to_string()}
                </a>
            </td>
        }
    })
    .collect_view()
    .into_any()
}
