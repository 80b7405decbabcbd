//! 总览: who must act today, then the figures. Every figure opens the rows that it counts.

mod figures;

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        bars::Bars,
        chart::{Chart, Series},
        due_sign::month_day,
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{office, places, use_lang},
    ledger::address::ledger_address,
    server_fns::hazards::LoadOverview,
    settings::address::START,
};
use domain::{
    overview::{Overview, Week},
    place::readiness::{Readiness, Step},
    text::Lang,
    time,
};
use figures::{Line, concerns, missing_photos, recurring, tiles};
use leptos::prelude::*;

#[component]
pub fn OverviewPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let asked = Asked::new(move || ask(LoadOverview {}).in_round(desk.changes.get()));
    await_resource(asked, move |_, (overview, readiness)| {
        view! {
            {readiness.map(|readiness| left_to_do(lang, &readiness))}
            {page(lang, overview)}
        }
        .into_any()
    })
}

/// The way on, as long as the office is not set up.
fn left_to_do(lang: Lang, readiness: &Readiness) -> AnyView {
    let open = Step::ALL.into_iter().filter(|step| !readiness.is_done(*step)).count();
    view! {
        <div class="banner banner--update">
            <span>{places::left_to_do(lang, open)}</span>
            <a class="link" href=START>
                {places::go_on(lang)}
            </a>
        </div>
    }
    .into_any()
}

fn page(lang: Lang, overview: Overview) -> AnyView {
    let as_of = office::as_of(lang, time::short(overview.as_of));
    let missing = missing_photos(lang, &overview).into_iter().map(|line| {
        view! {
            " · "
            <a href=line.href>{line.words}</a>
        }
    });
    let tiles = tiles(lang, &overview).into_iter().map(|tile| {
        view! {
            <a class="tile" href=tile.href>
                <span class="tile__count">{tile.count.to_string()}</span>
                <span class="tile__words">{tile.words}</span>
            </a>
        }
    });
    view! {
        <PageHeader title=office::overview(lang)>
            <span class="u-small">{as_of} {missing.collect_view()}</span>
        </PageHeader>
        <div class="tiles">{tiles.collect_view()}</div>
        <div class="panels">
            <section class="panel">
                <h3 class="panel__title">{office::by_week(lang)} <span class="panel__note">{office::weeks(lang, overview.weeks.len())}</span></h3>
                {weeks(lang, &overview.weeks)}
            </section>
            <section class="panel">
                <h3 class="panel__title">{office::today(lang)} <span class="panel__note">{office::today_hint(lang)}</span></h3>
                {lines(concerns(lang, &overview), office::nothing_today(lang))}
            </section>
            <section class="panel">
                <h3 class="panel__title">{office::by_sector(lang)} <span class="panel__note">{office::each_opens(lang)}</span></h3>
                <Bars bars=figures::by_sector(lang, &overview) />
            </section>
            <section class="panel">
                <h3 class="panel__title">{office::by_community(lang)} <span class="panel__note">{office::each_opens(lang)}</span></h3>
                <Bars bars=figures::by_community(&overview) />
            </section>
            <section class="panel panel--wide">
                <h3 class="panel__title">{office::recurring(lang)} <span class="panel__note">{office::recurring_hint(lang)}</span></h3>
                {lines(recurring(lang, &overview), office::nothing_recurring(lang))}
            </section>
        </div>
    }
    .into_any()
}

fn weeks(lang: Lang, weeks: &[Week]) -> AnyView {
    let found = weeks.iter().map(|week| week.found).collect::<Vec<_>>();
    let closed = weeks.iter().map(|week| week.closed).collect::<Vec<_>>();
    let label = office::weeks_label(lang, weeks.len(), found.iter().sum(), closed.iter().sum());
    let rows_found = weeks.iter().map(|week| ledger_address(&week.rows_found())).collect();
    let rows_closed = weeks.iter().map(|week| ledger_address(&week.rows_closed())).collect();
    view! {
        <Chart
            label
            labels=weeks.iter().map(|week| month_day(week.from)).collect()
            first=Series { name: office::closed(lang).to_owned(), values: closed, hrefs: rows_closed }
            second=Series { name: office::found(lang).to_owned(), values: found, hrefs: rows_found }
            heading=office::week_from(lang).to_owned()
            as_table=office::as_table(lang)
        />
    }
    .into_any()
}

fn lines(lines: Vec<Line>, none: &'static str) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="u-small">{none}</p> }.into_any();
    }
    let lines = lines.into_iter().map(|line| {
        view! {
            <a href=line.href>
                {line.words} <b class="todo__amount">{line.amount}</b>
            </a>
        }
    });
    view! { <div class="todo">{lines.collect_view()}</div> }.into_any()
}
