//! The filters of the inspections in one line, and how many they leave.

use super::address::{INSPECTIONS, inspections_address};
use crate::{
    components::filter_chips::{ApplyWithoutScript, FilterDay, FilterLink, FilterSelect},
    error::Fault,
    i18n::{office, use_lang},
    office::desk::use_desk,
    server_fns::frame::Frame,
};
use domain::{
    inspection::{InspectionFilter, InspectionKind, InspectionPage},
    sector::Sector,
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::components::Form;

#[component]
pub fn Filters(
    asked: Resource<Result<InspectionPage, Fault>>,
    filter: Memo<InspectionFilter>,
) -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Form method="GET" action=INSPECTIONS attr:class="filters" noscroll=true>
            <Transition>
                {move || {
                    let filter = filter.get();
                    Suspend::new(async move { frame.await.ok().map(|frame| choices(lang, &frame, &filter)) })
                }}
            </Transition>
            <Transition>
                {move || Suspend::new(async move {
                    asked.await.ok().map(|page| left(lang, &page, &filter.get_untracked()))
                })}
            </Transition>
        </Form>
    }
}

/// What narrows the list beyond the choices, and how many rows are left.
fn left(lang: Lang, page: &InspectionPage, filter: &InspectionFilter) -> AnyView {
    let first = page.rows.first();
    let without = |filter: InspectionFilter| inspections_address(&InspectionFilter { page: 1, ..filter });
    let site = filter.site.map(|_| {
        let name = first.map_or_else(|| office::one_site(lang).to_owned(), |row| row.site_name.clone());
        (name, without(InspectionFilter { site: None, ..filter.clone() }))
    });
    let inspector = filter.inspector.map(|_| {
        let name = first
            .map_or_else(|| office::one_person(lang).to_owned(), |row| row.summary.inspector_name.clone());
        (name, without(InspectionFilter { inspector: None, ..filter.clone() }))
    });
    let query = (!filter.query.is_empty()).then(|| {
        let words = office::found_by(lang, filter.query.clone());
        (words, without(InspectionFilter { query: String::new(), ..filter.clone() }))
    });
    let narrowing = [site, inspector, query].into_iter().flatten().map(|(words, href)| {
        view! {
            <FilterLink href on=true>
                {words}
                <span aria-label=office::remove_filter(lang)>"×"</span>
            </FilterLink>
        }
    });
    view! {
        {narrowing.collect_view()}
        <span class="filters__count" role="status">
            {office::count_inspections(lang, page.total)}
        </span>
    }
    .into_any()
}

fn choices(lang: Lang, frame: &Frame, filter: &InspectionFilter) -> AnyView {
    let kinds = InspectionKind::ALL.map(|kind| (kind.as_str().to_owned(), kind.name().get(lang).to_owned()));
    let sectors = Sector::ALL.map(|sector| (sector.as_str().to_owned(), sector.name().get(lang).to_owned()));
    let communities = frame.communities.iter().map(|place| (place.id.to_string(), place.name.clone()));
    let chosen = |id: Option<String>| id.unwrap_or_default();
    // A choice made in the form keeps what the search and other pages' links have set.
    let kept = [
        ("site", chosen(filter.site.map(|id| id.to_string()))),
        ("inspector", chosen(filter.inspector.map(|id| id.to_string()))),
        ("q", filter.query.clone()),
    ];
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        {kept.collect_view()}
        <FilterSelect
            name="kind"
            label=office::kind(lang)
            options=kinds.into()
            chosen=filter.kind.map(InspectionKind::as_str).unwrap_or_default()
        />
        <FilterSelect
            name="sector"
            label=office::sector(lang)
            options=sectors.into()
            chosen=filter.sector.map(Sector::as_str).unwrap_or_default()
        />
        <FilterSelect
            name="community"
            label=office::community(lang)
            options=communities.collect()
            chosen=chosen(filter.community.map(|id| id.to_string()))
        />
        <FilterDay name="from" label=office::from_day(lang) chosen=filter.from />
        <FilterDay name="to" label=office::to_day(lang) chosen=filter.to />
        <ApplyWithoutScript />
    }
    .into_any()
}
