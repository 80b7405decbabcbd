//! 场所: every site in sight, and which of them lack something. Each row leads to the site's page, its open hazards to the
//! ledger.

pub mod address;

use crate::{
    asking::{Asked, ask},
    components::{due_sign::DueSign, risk_sign::RiskName},
    desk::use_desk,
    head::PageHeader,
    i18n::{campaign, codes, office, parties, use_lang},
    ledger::address::ledger_address,
    list::{self, Control, DeskList, communities, one_of},
    lists::{CellContext, sites::Sites},
    nothing::nothing_fits,
    server_fns::{frame::Frame, sites::LoadSites},
};
use address::{SITES, site_address};
use domain::{
    due::Due,
    ledger::LedgerFilter,
    risk::RiskLevel,
    role::Action,
    sector::Sector,
    site::{SiteFilter, SiteLack, SitePage, SiteRow},
    text::Lang,
};
use leptos::prelude::*;

#[component]
pub fn SitesPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<Sites>();
    let asked = Asked::new(move || ask(LoadSites { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=office::sites(lang)
            finds_in=SITES
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        >
            <NewSite filter />
        </PageHeader>
        {list::filters::<Sites>(asked, filter)}
        {list::rows::<Sites>(asked, filter, list::table::<Sites>)}
    }
}

/// For those who keep the sites.
#[component]
fn NewSite(
    /// The posters are those of the sites that it leaves.
    filter: Memo<SiteFilter>,
) -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let keeps = frame.await.is_ok_and(|frame| frame.me.may_do(Action::ManageSites));
                keeps
                    .then(|| {
                        view! {
                            <a class="chip" href="/office/sites/new">
                                {office::new_site(lang)}
                            </a>
                            <a
                                class="chip"
                                href=move || filter.with(list::address::posters_address)
                                rel="external"
                            >
                                {codes::posters(lang)}
                            </a>
                        }
                    })
            })}
        </Suspense>
    }
}

impl DeskList for Sites {
    fn controls(lang: Lang, frame: &Frame, filter: &SiteFilter) -> Vec<Control<SiteFilter>> {
        let lacks = SiteLack::ALL.map(|lack| {
            let on = filter.lacking == Some(lack);
            Control::Chip {
                words: lack_words(lang, lack).to_owned(),
                to: SiteFilter { lacking: (!on).then_some(lack), ..filter.clone() },
                on,
            }
        });
        let choices = [
            communities(lang, frame, filter.community.as_ref()),
            Control::choice(
                "sector",
                office::sector(lang),
                one_of(Sector::ALL, |sector| sector.name().get(lang).to_owned()),
                filter.sector.as_ref(),
            ),
            Control::choice(
                "risk",
                office::risk(lang),
                one_of(RiskLevel::ALL, |level| level.name().get(lang).to_owned()),
                filter.risk.as_ref(),
            ),
        ];
        lacks.into_iter().chain(choices).collect()
    }

    fn narrowing(
        lang: Lang,
        frame: &Frame,
        filter: &SiteFilter,
        first: Option<&SiteRow>,
    ) -> Vec<(String, SiteFilter)> {
        let grid = filter.grid.map(|grid| (frame.grid(grid), SiteFilter { grid: None, ..filter.clone() }));
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, SiteFilter { query: String::new(), ..filter.clone() })
        });
        let party = filter.party.map(|_| {
            let name = first.and_then(|row| row.party_name.clone());
            let name = name.unwrap_or_else(|| parties::one(lang).to_owned());
            (name, SiteFilter { party: None, ..filter.clone() })
        });
        let campaign = filter.campaign.as_ref().map(|_| {
            let without = SiteFilter { campaign: None, campaign_state: None, ..filter.clone() };
            (campaign::of_campaign(lang).to_owned(), without)
        });
        let standing = filter.campaign_state.map(|state| {
            let without = SiteFilter { campaign_state: None, ..filter.clone() };
            (campaign::state(lang, state).to_owned(), without)
        });
        [grid, party, campaign, standing, query].into_iter().flatten().collect()
    }

    fn count(lang: Lang, page: &SitePage) -> String {
        office::count_sites(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, office::no_sites(lang), SITES)
    }

    fn cell(key: &'static str, row: &SiteRow, around: &CellContext) -> Option<AnyView> {
        let page = site_address(row.id);
        match key {
            "code" => Some(view! { <a class="cell__link" href=page>{row.code.clone()}</a> }.into_any()),
            "site" => {
                let name = row.name.clone();
                let link = view! {
                    <a class="cell__link" href=page>
                        <RiskName level=row.risk name />
                    </a>
                    {row.to_confirm
                        .then(|| view! { <span class="u-soft">" " {office::lacks_confirmation(around.lang)}</span> })}
                };
                Some(link.into_any())
            }
            "open" => {
                let hazards = (row.open_hazards > 0).then(|| {
                    let here = LedgerFilter { site: Some(row.id), ..LedgerFilter::default() };
                    view! { <a class="cell__link" href=ledger_address(&here)>{row.open_hazards.to_string()}</a> }
                });
                Some(hazards.into_any())
            }
            "next_visit" if row.retired => {
                Some(view! { <span class="u-soft">{office::is_retired(around.lang)}</span> }.into_any())
            }
            "next_visit" => {
                let due = Due::of(Some(row.next_visit), around.today);
                Some(view! { <DueSign due deadline=Some(row.next_visit) /> }.into_any())
            }
            _ => None,
        }
    }
}

fn lack_words(lang: Lang, lack: SiteLack) -> &'static str {
    match lack {
        SiteLack::Visit => office::lacks_visit(lang),
        SiteLack::Contact => office::lacks_contact(lang),
        SiteLack::Leader => office::lacks_leader(lang),
        SiteLack::Confirmation => office::lacks_confirmation(lang),
    }
}
