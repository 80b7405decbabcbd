//! The sites: found by name, code, address or pinyin, by grid and risk, or by walking distance.

mod chips;
pub mod due_site;
pub mod near;
pub mod query;
mod search;

use crate::{
    components::icon::Icon,
    device::use_device,
    frame::{Empty, ErrorNotice, NewerRecords, Tab, TabScreen},
    i18n::{Lang, field as t, use_lang},
    live,
    scan::{Scan, ScanFor},
    site,
};
use chips::Chips;
use client::{Device, DeviceError, changes::Topic, db::Known, records};
use domain::{place::Grid, sync::DirectoryHead};
use due_site::{DueSite, DueSiteRow, first_kind};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use near::{Near, NotLocated};
use query::Query;
use search::{Search, SearchField};
use std::sync::Arc;

/// Rows shown at first and with each "show more".
const PAGE: usize = 60;

#[derive(Debug, PartialEq)]
struct List {
    directory: Option<DirectoryHead>,
    visits: Vec<DueSite>,
    /// Sites that this version cannot show.
    newer: usize,
}

async fn load(device: &Device) -> Result<Arc<List>, DeviceError> {
    let directory = records::directory_head(device).await?;
    let now = device.clock.office_now();
    let Known { known, newer } = records::sites(device).await?;
    let visits = match &directory {
        Some(directory) => {
            let sites = known.into_iter().filter(|site| !site.retired);
            sites.map(|site| DueSite::of(site, directory, now)).collect()
        }
        None => vec![],
    };
    Ok(Arc::new(List { directory, visits, newer: newer.len() }))
}

impl List {
    /// Grids that have sites here, with the community where there are several.
    fn grids(&self) -> Vec<(String, String)> {
        let Some(directory) = &self.directory else { return vec![] };
        let here = |grid: &&Grid| self.visits.iter().any(|due_site| due_site.site.grid == grid.id);
        let name = |grid: &Grid| {
            let community = directory.communities.iter().find(|known| known.id == grid.community);
            match community.filter(|_| directory.communities.len() > 1) {
                Some(community) => format!("{} · {}", community.name, grid.name),
                None => grid.name.clone(),
            }
        };
        directory.grids.iter().filter(here).map(|grid| (grid.id.to_string(), name(grid))).collect()
    }
}

#[component]
pub fn Sites() -> impl IntoView {
    let lang = use_lang();
    let phone = use_device();
    let data = live(&[Topic::Records], move || async move { load(&phone).await });
    let list = ui::memo(move || data.get().and_then(Result::ok));
    let grids =
        ui::memo(move || list.with(|list| list.as_ref().map(|list| list.grids()).unwrap_or_default()));

    let map = use_query_map();
    let query = ui::memo(move || map.with(Query::read));
    let navigate = use_navigate();
    let show = Callback::new(move |query: Query| {
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&query.address(), options);
    });
    let search = Search::new();
    let near = Near::of(phone);
    if query.with_untracked(|query| query.near) {
        near.find();
    }

    // What is typed counts at once.
    let wanted = ui::memo(move || Query { words: search.words.get(), ..query.get() });
    let shown = RwSignal::new(PAGE);
    ui::effect(move || {
        site::return_path::remember(query.with(Query::address));
        wanted.track();
        shown.set(PAGE);
    });
    let chosen = ui::memo(move || {
        let fix = near.fix();
        list.with(|list| {
            let visits = list.as_ref().map_or(&[][..], |list| &list.visits);
            wanted.with(|wanted| wanted.choose(visits, fix.as_ref()))
        })
    });
    let count = move || chosen.with(Vec::len);
    let rows = move || {
        let list = list.get()?;
        let row = |(at, metres): &(usize, Option<f64>)| {
            let due_site = list.visits[*at].clone();
            let kind = first_kind(lang, &due_site.site, list.directory.as_ref());
            view! { <DueSiteRow due_site kind metres=*metres /> }
        };
        Some(chosen.with(|chosen| chosen.iter().take(shown.get()).map(row).collect_view()))
    };
    let clear = Callback::new(move |()| {
        search.empty();
        show.run(Query { near: query.with_untracked(|query| query.near), ..Query::default() });
    });
    view! {
        <TabScreen tab=Tab::Sites title=t::sites(lang).to_owned()>
            <SearchField search />
            <div class="chip-strip">
                <Scan reads=ScanFor::Site />
            </div>
            <Chips query show near grids />
            <NotLocated
                near
                wanted=Signal::derive(move || query.with(|query| query.near))
                give_up=Callback::new(move |()| show.run(Query { near: false, ..query.get_untracked() }))
            />
            {move || data.get().and_then(Result::err).map(|error| view! { <ErrorNotice error /> })}
            <Show when=move || list.with(Option::is_some)>
                <Show when=move || { count() > 0 } fallback=move || view! { <Nothing list wanted clear /> }>
                    <div class="section-head">
                        <h2>{move || order(lang, &wanted.get(), near.fix().is_some())}</h2>
                        <span role="status">{move || t::places(lang, count())}</span>
                    </div>
                    <div class="card rows">
                        {rows}
                    </div>
                    <Show when=move || { count() > shown.get() }>
                        <button class="button button--quiet" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                            {move || t::more(lang, count().saturating_sub(shown.get()).min(PAGE))}
                        </button>
                    </Show>
                </Show>
                <NewerRecords count=Signal::derive(move || list.with(|list| list.as_ref().map_or(0, |list| list.newer))) />
            </Show>
        </TabScreen>
    }
}

fn order(lang: Lang, wanted: &Query, located: bool) -> &'static str {
    match (wanted.near && located, wanted.due) {
        (true, _) => t::in_order_of_distance(lang),
        (_, true) => t::in_order_of_urgency(lang),
        _ => t::in_order_of_name(lang),
    }
}

/// Why the list is empty, and the way out.
#[component]
fn Nothing(list: Memo<Option<Arc<List>>>, wanted: Memo<Query>, clear: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    move || {
        let pulled = list.with(|list| list.as_ref().is_some_and(|list| list.directory.is_some()));
        if !pulled {
            return view! { <Empty icon=Icon::Wait title=t::first_pull(lang) words=t::first_pull_hint(lang) /> }
                .into_any();
        }
        if !wanted.with(Query::narrows) {
            return view! { <Empty icon=Icon::Place title=t::no_sites(lang) words=t::no_sites_hint(lang) /> }
                .into_any();
        }
        view! {
            <Empty icon=Icon::Search title=t::no_match(lang) words=t::no_match_hint(lang) />
            <button class="button button--quiet" on:click=move |_| clear.run(())>
                {t::clear(lang)}
            </button>
        }
        .into_any()
    }
}
