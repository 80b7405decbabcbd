//! 操作记录: who did what, when and from where, newest first.

pub mod address;
mod filters;
mod table;

use crate::{
    components::pagination::{Pagination, pages, past_the_end},
    i18n::{audit as t, use_lang},
    office::{answered::answered, desk::use_desk, head::Head, nothing::nothing_fits},
    server_fns::audit::load_audit,
};
use address::{AUDIT, audit_address, audit_filter};
use domain::{audit::AuditFilter, ledger::LedgerFilter};
use filters::filters;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::table;

#[component]
pub fn AuditPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(audit_filter));
    let asked = Resource::new(move || (filter.get(), desk.changes.get()), |(filter, _)| load_audit(filter));
    view! {
        <Head title=t::audit(lang) />
        <p class="page-body u-small">{t::audit_hint(lang)}</p>
        {answered(
            asked,
            move |_, page| {
                let filter = filter.get_untracked();
                let choices = filters(lang, &filter, page.total);
                let count = pages(page.total, LedgerFilter::PAGE_SIZE);
                let here = filter.page;
                let address = move |page| audit_address(&AuditFilter { page, ..filter.clone() });
                if let Some(gone) = past_the_end(lang, here, count, &address) {
                    return view! {
                        {choices}
                        {gone}
                    }
                        .into_any();
                }
                if page.rows.is_empty() {
                    return view! {
                        {choices}
                        {nothing_fits(lang, t::nothing(lang), AUDIT)}
                    }
                        .into_any();
                }
                view! {
                    {choices}
                    <div class="table-scroll">{table(lang, page.rows)}</div>
                    <Pagination page=here pages=count address />
                }
                    .into_any()
            },
        )}
    }
}
