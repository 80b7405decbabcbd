//! The ledger's rows. The number leads to the hazard's own page, the rest of a row opens it beside the list: the link of its
//! words lies over the whole row, so that it works without the program.

use super::address::{hazard_address, ledger_address, ledger_with_open};
use crate::{
    components::{
        badge::StatusBadge,
        due_sign::DueSign,
        icon::{Icon, Sign},
        pagination::{Pagination, pages, past_the_end},
        risk_sign::RiskName,
    },
    i18n::{office, trade},
    server_fns::AsOf,
};
use chrono::NaiveDate;
use domain::{
    checklist::Severity,
    id::HazardId,
    ledger::{LedgerFilter, LedgerPage, LedgerRow},
    text::Lang,
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};

pub fn table(
    lang: Lang,
    page: AsOf<LedgerPage>,
    filter: &LedgerFilter,
    open: Memo<Option<HazardId>>,
) -> AnyView {
    let today = page.today();
    let count = pages(page.value.total, LedgerFilter::PAGE_SIZE);
    let to_page = |page| ledger_address(&LedgerFilter { page, ..filter.clone() });
    if let Some(gone) = past_the_end(lang, filter.page, count, to_page) {
        return gone;
    }
    let unreadable = (page.value.unreadable > 0).then(|| {
        view! { <p class="notice" role="alert">{office::unreadable_rows(lang, page.value.unreadable)}</p> }
    });
    if page.value.rows.is_empty() {
        return match unreadable {
            Some(words) => words.into_any(),
            None => empty(lang),
        };
    }
    let rows =
        page.value.rows.into_iter().map(|row| table_row(lang, row, today, filter, open)).collect_view();
    let for_pages = filter.clone();
    let address = move |page| ledger_address(&LedgerFilter { page, ..for_pages.clone() });
    view! {
        {unreadable}
        <table class="data-table">
            <thead>
                <tr>
                    <th scope="col">{office::number(lang)}</th>
                    <th scope="col">{office::site(lang)}</th>
                    <th scope="col">{office::hazard(lang)}</th>
                    <th scope="col">{office::sector(lang)}</th>
                    <th scope="col">{office::progress(lang)}</th>
                    <th scope="col" class="cell--right">
                        {office::deadline(lang)}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <Pagination page=filter.page pages=count address />
    }
    .into_any()
}

fn table_row(
    lang: Lang,
    row: LedgerRow,
    today: NaiveDate,
    filter: &LedgerFilter,
    open: Memo<Option<HazardId>>,
) -> impl IntoView + use<> {
    let id = row.id;
    let beside = ledger_with_open(filter, id);
    let navigate = use_navigate();
    let to = beside.clone();
    let choose = move |event: ev::MouseEvent| {
        // Links and selected text mean something else than the row.
        let on_link = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if on_link.is_none_or(|element| element.closest("a").ok().flatten().is_none()) {
            navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    };
    let is_open = move || open.get() == Some(id);
    let short = row.number.rsplit('-').next().unwrap_or_default().to_owned();
    let due = row.due(today);
    let major = (row.level == Severity::Major).then(|| {
        view! { <span class="badge badge--act">{trade::major_hazard(lang)}</span> }
    });
    view! {
        <tr class="data-table__row--linked" aria-selected=move || is_open().then_some("true") on:click=choose>
            <td class="u-soft">
                <a class="cell__link" href=hazard_address(id) title=row.number>
                    {short}
                </a>
            </td>
            <td title=row.site_name.clone()>
                <RiskName level=row.risk name=row.site_name.clone() />
            </td>
            <td title=row.what.clone()>
                <a class="cell__link cell__link--row" href=beside data-noscroll="true">
                    {row.what.clone()}
                    {major}
                </a>
            </td>
            <td class="u-soft">{row.sector.name().get(lang).to_owned()}</td>
            <td>
                <StatusBadge status=row.status extension_asked=row.extension_asked />
            </td>
            <td class="cell--right">
                <DueSign due deadline=row.due />
            </td>
        </tr>
    }
}

fn empty(lang: Lang) -> AnyView {
    view! {
        <div class="empty">
            <Sign icon=Icon::Tick />
            <h2>{office::no_rows(lang)}</h2>
            <p>{office::no_rows_hint(lang)}</p>
            <a class="button button--small" href="/office/hazards?standing=any">
                {office::show_all(lang)}
            </a>
        </div>
    }
    .into_any()
}
