//! Rows of sites; each leads to the site's page, its open hazards to the ledger.

use super::address::site_address;
use crate::{
    components::{due_sign::DueSign, risk_sign::RiskName},
    i18n::office,
    office::ledger::address::ledger_address,
    server_fns::{AsOf, frame::Frame},
};
use chrono::NaiveDate;
use domain::{
    due::Due,
    ledger::LedgerFilter,
    site::{SitePage, SiteRow},
    text::Lang,
};
use leptos::prelude::*;

pub fn table(lang: Lang, frame: &Frame, page: AsOf<SitePage>) -> AnyView {
    let today = page.today();
    let rows = page.value.rows.into_iter().map(|row| table_row(lang, frame, row, today)).collect_view();
    view! {
        <table class="data-table data-table--stacked">
            <thead>
                <tr>
                    <th scope="col">{office::code(lang)}</th>
                    <th scope="col">{office::site(lang)}</th>
                    <th scope="col">{office::site_kinds(lang)}</th>
                    <th scope="col">{office::grid(lang)}</th>
                    <th scope="col">{office::contacts(lang)}</th>
                    <th scope="col">{office::leader(lang)}</th>
                    <th scope="col" class="cell--right">
                        {office::open(lang)}
                    </th>
                    <th scope="col" class="cell--right">
                        {office::next_visit(lang)}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn table_row(lang: Lang, frame: &Frame, row: SiteRow, today: NaiveDate) -> impl IntoView + use<> {
    let SiteRow { site, open_hazards, next_visit } = row;
    let page = site_address(site.id);
    let kinds: Vec<_> = site.kinds.iter().map(|kind| frame.kind(kind, lang)).collect();
    let kinds = kinds.join(office::between_choices(lang));
    let grid = frame.grid(site.grid);
    let contacts: Vec<_> = site.contacts.iter().map(|contact| contact.name.clone()).collect();
    let hazards = (open_hazards > 0).then(|| {
        let here = LedgerFilter { site: Some(site.id), ..LedgerFilter::default() };
        view! { <a class="cell__link" href=ledger_address(&here)>{open_hazards.to_string()}</a> }
    });
    let due = if site.retired {
        view! { <span class="u-soft">{office::is_retired(lang)}</span> }.into_any()
    } else {
        view! { <DueSign due=Due::of(Some(next_visit), today) deadline=Some(next_visit) /> }.into_any()
    };
    view! {
        <tr>
            <td data-label=office::code(lang)>
                <a class="cell__link" href=page.clone()>{site.code}</a>
            </td>
            <td title=site.name.clone() data-label=office::site(lang)>
                <a class="cell__link" href=page>
                    <RiskName level=site.risk name=site.name.clone() />
                </a>
            </td>
            <td title=kinds.clone() data-label=office::site_kinds(lang)>
                {kinds.clone()}
            </td>
            <td class="u-soft" title=grid.clone() data-label=office::grid(lang)>
                {grid.clone()}
            </td>
            <td data-label=office::contacts(lang)>{contacts.join(office::between_choices(lang))}</td>
            <td data-label=office::leader(lang)>{site.leader}</td>
            <td class="cell--right" data-label=office::open(lang)>
                {hazards}
            </td>
            <td class="cell--right" data-label=office::next_visit(lang)>
                {due}
            </td>
        </tr>
    }
}
