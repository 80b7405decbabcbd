//! Rows of inspections, in the list and on a site's page.

use super::address::inspection_address;
use crate::{components::risk_sign::RiskName, i18n::office};
use domain::{inspection::InspectionRow, text::Lang, time};
use leptos::prelude::*;

pub fn table(lang: Lang, rows: Vec<InspectionRow>) -> AnyView {
    let rows = rows.into_iter().map(|row| table_row(lang, row)).collect_view();
    view! {
        <table class="data-table data-table--stacked">
            <thead>
                <tr>
                    <th scope="col">{office::number(lang)}</th>
                    <th scope="col">{office::site(lang)}</th>
                    <th scope="col">{office::kind(lang)}</th>
                    <th scope="col">{office::checklist(lang)}</th>
                    <th scope="col">{office::result(lang)}</th>
                    <th scope="col">{office::inspector(lang)}</th>
                    <th scope="col">{office::community(lang)}</th>
                    <th scope="col" class="cell--right">
                        {office::submitted(lang)}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn table_row(lang: Lang, row: InspectionRow) -> impl IntoView {
    let InspectionRow { summary, site_name, risk, community_name, checklist_title } = row;
    let record = inspection_address(summary.id);
    let title = checklist_title.get(lang).to_owned();
    let failed = summary.tally.failed;
    view! {
        <tr>
            <td data-label=office::number(lang)>
                <a class="cell__link" href=record.clone()>{summary.number}</a>
            </td>
            <td title=site_name.clone() data-label=office::site(lang)>
                <a class="cell__link" href=record>
                    <RiskName level=risk name=site_name.clone() />
                </a>
            </td>
            <td data-label=office::kind(lang)>{summary.kind.name().get(lang).to_owned()}</td>
            <td title=title.clone() data-label=office::checklist(lang)>
                {title.clone()}
            </td>
            <td data-label=office::result(lang)>
                {office::tally(lang, failed, summary.tally.answered())}
            </td>
            <td data-label=office::inspector(lang)>{summary.inspector_name}</td>
            <td class="u-soft" data-label=office::community(lang)>
                {community_name}
            </td>
            <td class="cell--right" data-label=office::submitted(lang)>
                {time::long(summary.submitted_at)}
            </td>
        </tr>
    }
}
