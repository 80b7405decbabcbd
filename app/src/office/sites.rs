//! 场所: every site in sight, and which of them lack something.

pub mod address;
mod filters;
mod table;

use crate::{
    components::pagination::{Pagination, pages, past_the_end},
    i18n::{office, use_lang},
    office::{answered::answered, desk::use_desk, head::Head, nothing::nothing_fits},
    server_fns::sites::load_sites,
};
use address::{SITES, site_filter, sites_address};
use domain::{ledger::LedgerFilter, role::Action, site::SiteFilter};
use filters::Filters;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::table;

#[component]
pub fn SitesPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(site_filter));
    let asked = Resource::new(move || (filter.get(), desk.changes.get()), |(filter, _)| load_sites(filter));
    view! {
        <Head
            title=office::sites(lang)
            finds_in=SITES
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        >
            <NewSite />
        </Head>
        <Filters asked filter />
        {answered(
            asked,
            move |frame, page| {
                let filter = filter.get_untracked();
                let count = pages(page.value.total, LedgerFilter::PAGE_SIZE);
                let here = filter.page;
                let address = move |page| sites_address(&SiteFilter { page, ..filter.clone() });
                if let Some(gone) = past_the_end(lang, here, count, &address) {
                    return gone;
                }
                if page.value.rows.is_empty() {
                    return nothing_fits(lang, office::no_sites(lang), SITES);
                }
                view! {
                    <div class="table-scroll">{table(lang, &frame, page)}</div>
                    <Pagination page=here pages=count address />
                }
                    .into_any()
            },
        )}
    }
}

/// For those who keep the sites.
#[component]
fn NewSite() -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let keeps = frame.await.is_ok_and(|frame| frame.me.role.may(Action::ManageSites));
                keeps
                    .then(|| {
                        view! {
                            <a class="chip" href="/office/sites/new">
                                {office::new_site(lang)}
                            </a>
                        }
                    })
            })}
        </Suspense>
    }
}
