//! 检查: what was inspected, newest first. Each row leads to its record.

pub mod address;
mod filters;
pub mod table;

use crate::{
    components::pagination::{Pagination, pages, past_the_end},
    i18n::{office, use_lang},
    office::{answered::answered, desk::use_desk, head::Head, nothing::nothing_fits},
    server_fns::inspections::load_inspections,
};
use address::{INSPECTIONS, inspection_filter, inspections_address};
use domain::{inspection::InspectionFilter, ledger::LedgerFilter};
use filters::Filters;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::table;

#[component]
pub fn InspectionsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(inspection_filter));
    let asked =
        Resource::new(move || (filter.get(), desk.changes.get()), |(filter, _)| load_inspections(filter));
    view! {
        <Head
            title=office::inspections(lang)
            finds_in=INSPECTIONS
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        />
        <Filters asked filter />
        {answered(
            asked,
            move |_, page| {
                let filter = filter.get_untracked();
                let count = pages(page.total, LedgerFilter::PAGE_SIZE);
                let here = filter.page;
                let address = move |page| {
                    inspections_address(&InspectionFilter { page, ..filter.clone() })
                };
                if let Some(gone) = past_the_end(lang, here, count, &address) {
                    return gone;
                }
                if page.rows.is_empty() {
                    return nothing_fits(lang, office::no_inspections(lang), INSPECTIONS);
                }
                view! {
                    <div class="table-scroll">{table(lang, page.rows)}</div>
                    <Pagination page=here pages=count address />
                }
                    .into_any()
            },
        )}
    }
}
