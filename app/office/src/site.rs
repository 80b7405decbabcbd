//! One site: who answers for it, what is open there, and who has been there.

pub mod edit;
mod facts;
mod hazards;

use crate::{
    asking::{Asked, ask},
    audit::address::history,
    await_resource::await_resource,
    desk::use_desk,
    head::PageHeader,
    i18n::{office, use_lang},
    ledger::address::ledger_address,
    list::{around, stacked},
    lists::visits::Visits,
    server_fns::{AsOf, frame::Frame, sites::LoadSite},
    sites::address::SITES,
    visits::address::visits_of,
};
use domain::{
    file::SiteFile,
    ledger::{LedgerFilter, LedgerStatusFilter},
    role::Action,
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn SitePage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadSite { id: id.get() }).in_round(desk.changes.get()));
    await_resource(asked, move |frame, file| page(lang, &frame, file))
}

fn page(lang: Lang, frame: &Frame, file: AsOf<SiteFile>) -> AnyView {
    let (today, around) = (file.today(), around(lang, frame, &file));
    let SiteFile { site, next_visit, hazards, visits } = file.value;
    let keeps = frame.me.may(Action::ManageSites, &site.resource_scope());
    let edit = keeps.then(|| {
        view! {
            <a class="chip" href=format!("{SITES}/{}/edit", site.id)>
                {office::edit(lang)}
            </a>
        }
    });
    let history = frame.me.role.may(Action::ReadAudit).then(|| history(lang, site.id.0));
    let ledger = ledger_address(&LedgerFilter {
        site: Some(site.id),
        status: LedgerStatusFilter::Any,
        ..LedgerFilter::default()
    });
    let visits = if visits.is_empty() {
        view! { <p class="u-small">{office::never_inspected(lang)}</p> }.into_any()
    } else {
        stacked::<Visits>(&around, &visits)
    };
    view! {
        <PageHeader title=site.name.clone() finds_in=SITES>
            <a class="chip" href=SITES>
                {office::to_list(lang)}
            </a>
            {edit}
            {history}
        </PageHeader>
        <div class="panels">
            <section class="panel panel--wide">
                <h3 class="panel__title">{office::site_facts(lang)}</h3>
                {facts::facts(lang, frame, &site, next_visit, today)}
            </section>
            <section class="panel panel--wide">
                <h3 class="panel__title">{office::hazards_here(lang)} <span class="panel__note"><a href=ledger>{office::all_in_ledger(lang)}</a></span></h3>
                {hazards::hazards(lang, hazards, today)}
            </section>
            <section class="panel panel--wide">
                <h3 class="panel__title">
                    {office::visits(lang)}
                    <span class="panel__note">
                        <a href=visits_of(site.id)>{office::visits_here(lang)}</a>
                    </span>
                </h3>
                {visits}
            </section>
        </div>
    }
    .into_any()
}
