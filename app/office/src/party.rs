//! One party: who it is, who answers there, its sites, and what is open in its name.

pub mod edit;
mod facts;

use crate::{
    asking::{Asked, ask},
    audit::address::history,
    await_resource::await_resource,
    components::{badge::StatusBadge, due_sign::DueSign},
    desk::use_desk,
    head::PageHeader,
    i18n::{office, parties as t, use_lang},
    ledger::address::{hazard_address, ledger_address},
    list::{around, stacked, stacked_with},
    lists::{CellContext, ledger::Ledger, sites::Sites},
    parties::address::{PARTIES, party_address},
    server_fns::{AsOf, frame::Frame, parties::LoadParty},
    sites::address::{site_address, sites_of},
};
use domain::{
    file::PartyFile,
    ledger::{LedgerFilter, LedgerRow, LedgerStatusFilter},
    role::Action,
    site::SiteRow,
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn PartyPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadParty { id: id.get() }).in_round(desk.changes.get()));
    await_resource(asked, move |frame, file| page(lang, &frame, file))
}

fn page(lang: Lang, frame: &Frame, file: AsOf<PartyFile>) -> AnyView {
    let around = around(lang, frame, &file);
    let PartyFile { party, sites, hazards, inspections } = file.value;
    let edit = frame.me.may_do(Action::ManageSites).then(|| {
        view! {
            <a class="chip" href=format!("{}/edit", party_address(party.id))>
                {office::edit(lang)}
            </a>
        }
    });
    let history = frame.me.may_do(Action::ReadAudit).then(|| history(lang, party.id.0));
    let ledger = ledger_address(&LedgerFilter {
        party: Some(party.id),
        status: LedgerStatusFilter::Any,
        ..LedgerFilter::default()
    });
    view! {
        <PageHeader title=party.name.clone() finds_in=PARTIES>
            <a class="chip" href=PARTIES>
                {office::to_list(lang)}
            </a>
            {edit}
            {history}
        </PageHeader>
        <div class="panels">
            <section class="panel panel--wide">
                <h3 class="panel__title">{t::facts(lang)}</h3>
                {facts::facts(lang, &party, inspections)}
            </section>
            <section class="panel panel--wide">
                <h3 class="panel__title">
                    {t::its_sites(lang)}
                    <span class="panel__note">
                        <a href=sites_of(party.id)>{t::all_sites(lang)}</a>
                    </span>
                </h3>
                {its_sites(&around, &sites)}
            </section>
            <section class="panel panel--wide">
                <h3 class="panel__title">
                    {t::its_hazards(lang)}
                    <span class="panel__note">
                        <a href=ledger>{office::all_in_ledger(lang)}</a>
                    </span>
                </h3>
                {its_hazards(&around, &hazards)}
            </section>
        </div>
    }
    .into_any()
}

fn its_sites(around: &CellContext, sites: &[SiteRow]) -> AnyView {
    if sites.is_empty() {
        return view! { <p class="u-small">{t::no_sites(around.lang)}</p> }.into_any();
    }
    stacked::<Sites>(around, sites)
}

fn its_hazards(around: &CellContext, hazards: &[LedgerRow]) -> AnyView {
    if hazards.is_empty() {
        return view! { <p class="u-small">{t::no_hazards(around.lang)}</p> }.into_any();
    }
    stacked_with::<Ledger>(around, hazards, |key, row| cell(key, row, around))
}

fn cell(key: &'static str, row: &LedgerRow, around: &CellContext) -> Option<AnyView> {
    let link = |href: String, words: String| {
        view! {
            <a class="cell__link" href=href>
                {words}
            </a>
        }
        .into_any()
    };
    match key {
        "number" => Some(link(hazard_address(row.id), row.number.clone())),
        "site" => Some(link(site_address(row.site), row.site_name.clone())),
        "hazard" => Some(link(hazard_address(row.id), row.what.clone())),
        "progress" => {
            let (status, extension_asked, to_refer) = (row.status, row.extension_asked, row.to_refer);
            Some(view! { <StatusBadge status extension_asked to_refer /> }.into_any())
        }
        "deadline" => Some(view! { <DueSign due=row.due(around.today) deadline=row.due /> }.into_any()),
        _ => None,
    }
}
