//! 责任主体: who answers for sites. Each row leads to the party's page, its sites to their list, its open hazards to the
//! ledger.

pub mod address;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    head::PageHeader,
    i18n::{office, parties as t, use_lang},
    ledger::address::ledger_address,
    list::{self, Control, DeskList, one_of},
    lists::{CellContext, parties::Parties},
    nothing::nothing_fits,
    server_fns::{frame::Frame, parties::LoadParties},
    sites::address::sites_of,
};
use address::{PARTIES, party_address};
use domain::{
    ledger::LedgerFilter,
    party::{PartyFilter, PartyKind, PartyPage, PartyRow},
    role::Action,
    text::Lang,
};
use leptos::prelude::*;

#[component]
pub fn PartiesPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<Parties>();
    let asked = Asked::new(move || ask(LoadParties { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=t::parties(lang)
            finds_in=PARTIES
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        >
            <NewParty />
        </PageHeader>
        {list::filters::<Parties>(asked, filter)}
        {list::rows::<Parties>(asked, filter, list::table::<Parties>)}
    }
}

/// For those who keep the sites.
#[component]
fn NewParty() -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let keeps = frame.await.is_ok_and(|frame| frame.me.may_do(Action::ManageSites));
                keeps
                    .then(|| {
                        view! {
                            <a class="chip" href="/office/parties/new">
                                {t::new(lang)}
                            </a>
                        }
                    })
            })}
        </Suspense>
    }
}

impl DeskList for Parties {
    fn controls(lang: Lang, _: &Frame, filter: &PartyFilter) -> Vec<Control<PartyFilter>> {
        let kinds = one_of(PartyKind::ALL, |kind| kind.name().get(lang).to_owned());
        vec![Control::choice("kind", t::kind(lang), kinds, filter.kind.as_ref())]
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &PartyFilter,
        _: Option<&PartyRow>,
    ) -> Vec<(String, PartyFilter)> {
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, PartyFilter { query: String::new(), ..filter.clone() })
        });
        query.into_iter().collect()
    }

    fn count(lang: Lang, page: &PartyPage) -> String {
        t::count(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, t::nothing(lang), PARTIES)
    }

    fn cell(key: &'static str, row: &PartyRow, around: &CellContext) -> Option<AnyView> {
        let id = row.id;
        match key {
            "party" => {
                let off = row
                    .retired
                    .then(|| view! { <span class="badge">{office::is_retired(around.lang)}</span> });
                let name = row.name.clone();
                Some(view! { <a class="cell__link" href=party_address(id)>{name} " " {off}</a> }.into_any())
            }
            "sites" => {
                let sites = (row.sites > 0)
                    .then(|| view! { <a class="cell__link" href=sites_of(id)>{row.sites.to_string()}</a> });
                Some(sites.into_any())
            }
            "open" => {
                let open = (row.open_hazards > 0).then(|| {
                    let its = LedgerFilter { party: Some(id), ..LedgerFilter::default() };
                    view! { <a class="cell__link" href=ledger_address(&its)>{row.open_hazards.to_string()}</a> }
                });
                Some(open.into_any())
            }
            _ => None,
        }
    }
}
