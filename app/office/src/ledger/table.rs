//! The ledger's rows. The number leads to the hazard's own page, the rest of a row opens it beside the list: the link of its
//! words lies over the whole row, so that it works without the program.

use super::address::{LEDGER, hazard_address, ledger_with_open};
use crate::{
    components::{
        badge::StatusBadge,
        due_sign::DueSign,
        icon::{Icon, Sign},
        risk_sign::RiskName,
    },
    i18n::{office, trade},
    list::{cells, headings},
    lists::{CellContext, ledger::Ledger},
    query::Query,
};
use domain::{
    id::HazardId,
    ledger::{LedgerFilter, LedgerRow, LedgerStatusFilter},
    severity::Severity,
    text::Lang,
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};

pub fn table(
    around: &CellContext,
    rows: Vec<LedgerRow>,
    filter: &LedgerFilter,
    open: Memo<Option<HazardId>>,
) -> AnyView {
    let rows = rows.iter().map(|row| table_row(around, row, filter, open)).collect_view();
    view! {
        <table class="data-table">
            {headings::<Ledger>(around.lang)}
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn table_row(
    around: &CellContext,
    row: &LedgerRow,
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
    let cells = cells::<Ledger>(around, row, |key| cell(key, around, row, &beside));
    view! {
        <tr class="data-table__row--linked" aria-selected=move || is_open().then_some("true") on:click=choose>
            {cells}
        </tr>
    }
}

/// `beside` opens the row beside the list.
fn cell(key: &'static str, around: &CellContext, row: &LedgerRow, beside: &str) -> Option<AnyView> {
    match key {
        "number" => {
            let short = row.number.rsplit('-').next().unwrap_or_default().to_owned();
            let title = row.number.clone();
            Some(
                view! { <a class="cell__link" href=hazard_address(row.id) title=title>{short}</a> }
                    .into_any(),
            )
        }
        "site" => Some(view! { <RiskName level=row.risk name=row.site_name.clone() /> }.into_any()),
        "hazard" => {
            let major = (row.level == Severity::Major).then(|| {
                view! { <span class="badge badge--act">{trade::major_hazard(around.lang)}</span> }
            });
            let link = view! {
                <a class="cell__link cell__link--row" href=beside.to_owned() data-noscroll="true">
                    {row.what.clone()}
                    {major}
                </a>
            };
            Some(link.into_any())
        }
        "progress" => {
            let (status, extension_asked, to_refer) = (row.status, row.extension_asked, row.to_refer);
            Some(view! { <StatusBadge status extension_asked to_refer /> }.into_any())
        }
        "deadline" => Some(view! { <DueSign due=row.due(around.today) deadline=row.due /> }.into_any()),
        _ => None,
    }
}

pub fn nothing(lang: Lang) -> AnyView {
    let all = Query::default().with("status", LedgerStatusFilter::Any.as_str()).at(LEDGER);
    view! {
        <div class="empty">
            <Sign icon=Icon::Tick />
            <h2>{office::no_rows(lang)}</h2>
            <p>{office::no_rows_hint(lang)}</p>
            <a class="button button--small" href=all>
                {office::show_all(lang)}
            </a>
        </div>
    }
    .into_any()
}
