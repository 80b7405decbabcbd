//! 总览: who must act today, then the figures. Every figure opens the rows that it counts.

mod figures;

use crate::{
    components::{
        bars::Bars,
        chart::{Chart, Series},
        due_sign::month_day,
    },
    i18n::{office, use_lang},
    office::{answered::answered, desk::use_desk, head::Head},
    server_fns::hazards::load_overview,
};
use domain::{
    overview::{Overview, Week},
    text::Lang,
    time,
};
use figures::{Line, concerns, recurring, tiles};
use leptos::prelude::*;

#[component]
pub fn OverviewPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let asked = Resource::new(move || desk.changes.get(), |_| load_overview());
    answered(asked, move |_, overview| page(lang, overview))
}

fn page(lang: Lang, overview: Overview) -> AnyView {
    let as_of = office::as_of(lang, time::short(overview.as_of));
    let missing =
        (overview.photos_missing > 0).then(|| office::photos_missing(lang, overview.photos_missing));
    let tiles = tiles(lang, &overview).into_iter().map(|tile| {
        view! {
            <a class="tile" href=tile.href>
                <b>{tile.count.to_string()}</b>
                <span>{tile.words}</span>
            </a>
        }
    });
    view! {
        <Head title=office::overview(lang)>
            <span class="small">{as_of} {missing}</span>
        </Head>
        <div class="tiles">{tiles.collect_view()}</div>
        <div class="panels">
            <section class="panel">
                <h3>{office::by_week(lang)} <span>{office::weeks(lang, overview.weeks.len())}</span></h3>
                {weeks(lang, &overview.weeks)}
            </section>
            <section class="panel">
                <h3>{office::today(lang)} <span>{office::today_hint(lang)}</span></h3>
                {lines(concerns(lang, &overview), office::nothing_today(lang))}
            </section>
            <section class="panel">
                <h3>{office::by_sector(lang)} <span>{office::each_opens(lang)}</span></h3>
                <Bars bars=figures::by_sector(lang, &overview) />
            </section>
            <section class="panel">
                <h3>{office::by_community(lang)} <span>{office::each_opens(lang)}</span></h3>
                <Bars bars=figures::by_community(&overview) />
            </section>
            <section class="panel wide">
                <h3>{office::recurring(lang)} <span>{office::recurring_hint(lang)}</span></h3>
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
    view! {
        <Chart
            label
            labels=weeks.iter().map(|week| month_day(week.from)).collect()
            first=Series { name: office::closed(lang).to_owned(), values: closed }
            second=Series { name: office::found(lang).to_owned(), values: found }
            heading=office::week_from(lang).to_owned()
            as_table=office::as_table(lang)
        />
    }
    .into_any()
}

fn lines(lines: Vec<Line>, none: &'static str) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="small">{none}</p> }.into_any();
    }
    let lines = lines.into_iter().map(|line| {
        view! {
            <a href=line.href>
                {line.words} <b>{line.amount}</b>
            </a>
        }
    });
    view! { <div class="todo">{lines.collect_view()}</div> }.into_any()
}
