//! The filters of the sites in one line, and how many they leave.

use super::address::{SITES, sites_address};
use crate::{
    components::filter_chips::{ApplyWithoutScript, FilterLink, FilterSelect},
    error::Fault,
    i18n::{office, use_lang},
    office::desk::use_desk,
    server_fns::{AsOf, frame::Frame},
};
use domain::{
    risk::RiskLevel,
    sector::Sector,
    site::{SiteFilter, SiteLack, SitePage},
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::components::Form;

#[component]
pub fn Filters(asked: Resource<Result<AsOf<SitePage>, Fault>>, filter: Memo<SiteFilter>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Form method="GET" action=SITES attr:class="filters" noscroll=true>
            <Transition>
                {move || {
                    let filter = filter.get();
                    Suspend::new(async move { frame.await.ok().map(|frame| choices(lang, &frame, &filter)) })
                }}
            </Transition>
            <Transition>
                {move || Suspend::new(async move {
                    asked
                        .await
                        .ok()
                        .map(|page| {
                            view! {
                                <span class="filters__count" role="status">
                                    {office::count_sites(lang, page.value.total)}
                                </span>
                            }
                        })
                })}
            </Transition>
        </Form>
    }
}

fn choices(lang: Lang, frame: &Frame, filter: &SiteFilter) -> AnyView {
    let address = |filter: SiteFilter| sites_address(&SiteFilter { page: 1, ..filter });
    let lacks = SiteLack::ALL.map(|lack| {
        let on = filter.lacking == Some(lack);
        let href = address(SiteFilter { lacking: (!on).then_some(lack), ..filter.clone() });
        view! {
            <FilterLink href on>
                {lack_words(lang, lack)}
            </FilterLink>
        }
    });
    let narrowing = |words: String, href: String| {
        view! {
            <FilterLink href on=true>
                {words}
                <span aria-label=office::remove_filter(lang)>"×"</span>
            </FilterLink>
        }
    };
    let grid = filter
        .grid
        .map(|grid| narrowing(frame.grid(grid), address(SiteFilter { grid: None, ..filter.clone() })));
    let query = (!filter.query.is_empty()).then(|| {
        let href = address(SiteFilter { query: String::new(), ..filter.clone() });
        narrowing(office::found_by(lang, filter.query.clone()), href)
    });
    let sectors = Sector::ALL.map(|sector| (sector.as_str().to_owned(), sector.name().get(lang).to_owned()));
    let risks = RiskLevel::ALL.map(|level| (level.as_str().to_owned(), level.name().get(lang).to_owned()));
    let communities = frame.communities.iter().map(|place| (place.id.to_string(), place.name.clone()));
    let chosen = |id: Option<String>| id.unwrap_or_default();
    // A choice made in the form keeps what the chips and the search have set.
    let kept = [
        ("lacking", filter.lacking.map(SiteLack::as_str).unwrap_or_default().to_owned()),
        ("grid", chosen(filter.grid.map(|id| id.to_string()))),
        ("q", filter.query.clone()),
    ];
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        {kept.collect_view()}
        {lacks}
        <FilterSelect
            name="community"
            label=office::community(lang)
            options=communities.collect()
            chosen=chosen(filter.community.map(|id| id.to_string()))
        />
        <FilterSelect
            name="sector"
            label=office::sector(lang)
            options=sectors.into()
            chosen=filter.sector.map(Sector::as_str).unwrap_or_default()
        />
        <FilterSelect
            name="risk"
            label=office::risk(lang)
            options=risks.into()
            chosen=filter.risk.map(RiskLevel::as_str).unwrap_or_default()
        />
        <ApplyWithoutScript />
        {grid}
        {query}
    }
    .into_any()
}

fn lack_words(lang: Lang, lack: SiteLack) -> &'static str {
    match lack {
        SiteLack::Visit => office::lacks_visit(lang),
        SiteLack::Contact => office::lacks_contact(lang),
        SiteLack::Leader => office::lacks_leader(lang),
    }
}
