//! The ledger's filters in one line, and what they leave: "126 条，17 条逾期，最久 9 天".

use super::address::{LEDGER, ledger_address};
use crate::{
    components::filter_chips::{ApplyWithoutScript, FilterLink, FilterSelect},
    error::Fault,
    i18n::{office, trade, use_lang},
    office::desk::use_desk,
    server_fns::{AsOf, frame::Frame},
};
use domain::{
    checklist::Severity,
    ledger::{LedgerFilter, LedgerPage, LedgerSort, Standing},
    sector::Sector,
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::components::Form;

/// The standings with a chip of their own.
const CHIPS: [Standing; 5] =
    [Standing::Open, Standing::Late, Standing::DueThisWeek, Standing::ToAssign, Standing::ToAccept];

#[component]
pub fn Filters(
    asked: Resource<Result<AsOf<LedgerPage>, Fault>>,
    filter: Memo<LedgerFilter>,
) -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Form method="GET" action=LEDGER attr:class="filters" noscroll=true>
            <Transition>
                {move || {
                    let filter = filter.get();
                    Suspend::new(async move { frame.await.ok().map(|frame| choices(lang, &frame, &filter)) })
                }}
            </Transition>
            <Transition>
                {move || Suspend::new(async move {
                    asked.await.ok().map(|page| left(lang, &page.value, &filter.get_untracked()))
                })}
            </Transition>
        </Form>
    }
}

/// What narrows the list beyond chips and choices, and how many rows are left.
fn left(lang: Lang, page: &LedgerPage, filter: &LedgerFilter) -> AnyView {
    let first = page.rows.first();
    let without = |filter: LedgerFilter| ledger_address(&LedgerFilter { page: 1, ..filter });
    let site = filter.site.map(|_| {
        let name = first.map_or_else(|| office::one_site(lang).to_owned(), |row| row.site_name.clone());
        (name, without(LedgerFilter { site: None, ..filter.clone() }))
    });
    let inspector = filter.inspector.map(|_| {
        let name = first.map_or_else(|| office::one_person(lang).to_owned(), |row| row.found_by.clone());
        (name, without(LedgerFilter { inspector: None, ..filter.clone() }))
    });
    let inspection = filter.inspection.map(|_| {
        let without = without(LedgerFilter { inspection: None, ..filter.clone() });
        (office::one_inspection(lang).to_owned(), without)
    });
    let query = (!filter.query.is_empty()).then(|| {
        (
            office::found_by(lang, filter.query.clone()),
            without(LedgerFilter { query: String::new(), ..filter.clone() }),
        )
    });
    let narrowing = [site, inspector, inspection, query].into_iter().flatten().map(|(words, href)| {
        view! {
            <FilterLink href on=true>
                {words}
                <span aria-label=office::remove_filter(lang)>"×"</span>
            </FilterLink>
        }
    });
    let count = if page.late > 0 {
        office::count_late(lang, page.total, page.late, page.worst_days)
    } else {
        office::count(lang, page.total)
    };
    view! {
        {narrowing.collect_view()}
        <span class="filters__count" role="status">
            {count}
        </span>
    }
    .into_any()
}

fn choices(lang: Lang, frame: &Frame, filter: &LedgerFilter) -> AnyView {
    let chips = CHIPS.map(|standing| {
        let address = ledger_address(&LedgerFilter { standing, page: 1, ..filter.clone() });
        view! {
            <FilterLink href=address on=filter.standing == standing>
                {trade::standing(lang, standing)}
            </FilterLink>
        }
    });
    let is_major = filter.level == Some(Severity::Major);
    let level = if is_major { None } else { Some(Severity::Major) };
    let major = ledger_address(&LedgerFilter { level, page: 1, ..filter.clone() });
    let other = |standing: &Standing| !CHIPS.contains(standing);
    let standings = Standing::ALL.into_iter().filter(other);
    let standings = standings.map(|s| (s.as_str().to_owned(), trade::standing(lang, s).to_owned()));
    let sectors = Sector::ALL.map(|sector| (sector.as_str().to_owned(), sector.name().get(lang).to_owned()));
    let communities = frame.communities.iter().map(|place| (place.id.to_string(), place.name.clone()));
    let departments = frame.departments.iter().map(|place| (place.id.to_string(), place.name.clone()));
    let sorts = LedgerSort::ALL.into_iter().skip(1);
    let sorts = sorts.map(|sort| (sort.as_str().to_owned(), trade::sort(lang, sort).to_owned()));
    let sort = if filter.sort == LedgerSort::default() { "" } else { filter.sort.as_str() };
    let (other_standing, chip_standing) =
        if other(&filter.standing) { (filter.standing.as_str(), "") } else { ("", filter.standing.as_str()) };
    let chosen = |id: Option<String>| id.unwrap_or_default();
    // A choice made in the form keeps what the chips and the search have set.
    let kept = [
        ("level", filter.level.map(Severity::as_str).unwrap_or_default().to_owned()),
        ("site", chosen(filter.site.map(|id| id.to_string()))),
        ("inspector", chosen(filter.inspector.map(|id| id.to_string()))),
        ("inspection", chosen(filter.inspection.map(|id| id.to_string()))),
        ("q", filter.query.clone()),
    ];
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        {kept.collect_view()}
        {chips}
        <FilterLink href=major on=is_major>
            {trade::major_hazard(lang)}
        </FilterLink>
        <FilterSelect
            name="standing"
            label=office::other_standing(lang)
            options=standings.collect()
            chosen=other_standing
            unchosen=chip_standing
        />
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
            name="department"
            label=office::department(lang)
            options=departments.collect()
            chosen=chosen(filter.department.map(|id| id.to_string()))
        />
        <FilterSelect name="sort" label=trade::sort_due(lang) options=sorts.collect() chosen=sort />
        <ApplyWithoutScript />
    }
    .into_any()
}
