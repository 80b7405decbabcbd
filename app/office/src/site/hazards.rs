//! The hazards of a site, open and ended.

use crate::{
    components::{badge::StatusBadge, due_sign::DueSign},
    i18n::{office, trade},
    ledger::address::hazard_address,
};
use chrono::NaiveDate;
use domain::{ledger::LedgerRow, text::Lang, time};
use leptos::prelude::*;

pub fn hazards(lang: Lang, rows: Vec<LedgerRow>, today: NaiveDate) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="u-small">{office::no_hazards_here(lang)}</p> }.into_any();
    }
    let rows = rows.into_iter().map(|row| {
        let address = hazard_address(row.id);
        let due = row.due(today);
        view! {
            <tr>
                <td data-label=office::number(lang)>
                    <a class="cell__link" href=address.clone()>{row.number}</a>
                </td>
                <td title=row.what.clone() data-label=office::hazard(lang)>
                    <a class="cell__link" href=address>{row.what.clone()}</a>
                </td>
                <td data-label=office::level(lang)>{trade::severity(lang, row.level)}</td>
                <td data-label=office::progress(lang)>
                    <StatusBadge status=row.status extension_asked=row.extension_asked to_refer=row.to_refer />
                </td>
                <td data-label=office::found(lang)>
                    {time::office_day(row.found_at).to_string()}
                </td>
                <td class="cell--right" data-label=office::deadline(lang)>
                    <DueSign due deadline=row.due />
                </td>
            </tr>
        }
    });
    view! {
        <table class="data-table data-table--stacked">
            <thead>
                <tr>
                    <th scope="col">{office::number(lang)}</th>
                    <th scope="col">{office::hazard(lang)}</th>
                    <th scope="col">{office::level(lang)}</th>
                    <th scope="col">{office::progress(lang)}</th>
                    <th scope="col">{office::found(lang)}</th>
                    <th scope="col" class="cell--right">
                        {office::deadline(lang)}
                    </th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
