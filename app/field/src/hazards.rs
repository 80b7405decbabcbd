//! The hazards on this phone: what waits for this person first, the most urgent on top.

pub mod row;

use crate::{
    components::icon::Icon,
    device::use_device,
    frame::{Empty, ErrorNotice, NewerRecords, Tab, TabScreen},
    i18n::{Lang, field as f, hazards as t, use_lang},
    live, sought,
};
use client::changes::Topic;
use domain::order::sort_by_key;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use row::{HazardRow, Part, Row};
use std::cmp::Reverse;

/// Rows shown at once; a small phone should not draw a whole sub-district.
const PAGE: usize = 60;

#[component]
pub fn Hazards() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let part = ui::memo(move || query.with(|query| Part::parse(&query.get("show").unwrap_or_default())));
    let sought = RwSignal::new(String::new());
    let pages = RwSignal::new(1_usize);
    // Another part begins at its top.
    ui::effect(move || {
        part.track();
        sought.track();
        pages.set(1);
    });

    let phone = use_device();
    let read = live(&[Topic::Records, Topic::Outbox], move || async move { Row::all(&phone, lang).await });
    let rows = ui::memo(move || match read.get() {
        Some(Ok((rows, _))) => Some(rows),
        Some(Err(_)) | None => None,
    });
    let newer = Signal::derive(move || read.get().and_then(Result::ok).map_or(0, |(_, newer)| newer));
    let failure = move || read.get().and_then(Result::err).map(|error| view! { <ErrorNotice error /> });
    let count =
        move |part: Part| rows.with(|rows| rows.iter().flatten().filter(|row| part.holds(row)).count());
    let found = ui::memo(move || {
        let (part, sought) = (part.get(), sought.with(|words| sought::sought(words)));
        let mut found = rows.get()?;
        found.retain(|row| part.holds(row) && row.matches(&sought));
        if part == Part::Closed {
            sort_by_key(&mut found, |row| Reverse(row.last));
        }
        Some(found)
    });
    let shown = move || {
        let mut found = found.get().unwrap_or_default();
        found.truncate(pages.get() * PAGE);
        found
    };
    let more = move || {
        let all = found.with(|found| found.as_ref().map_or(0, Vec::len));
        all.saturating_sub(pages.get() * PAGE)
    };
    let summary = Signal::derive(move || {
        found.with(|found| found.as_ref().map(|found| summary(lang, found)).unwrap_or_default())
    });
    let nothing = move || {
        let none = found.with(|found| found.as_ref().is_some_and(Vec::is_empty));
        none.then(|| nothing(lang, part.get(), sought, count(Part::Open)))
    };
    view! {
        <TabScreen tab=Tab::Hazards title=f::hazards(lang).to_owned() under=summary>
            <input
                class="input"
                type="search"
                autocomplete="off"
                enterkeyhint="search"
                aria-label=t::find(lang)
                placeholder=t::find(lang)
                prop:value=move || sought.get()
                on:input=move |event| sought.set(event_target_value(&event))
            />
            <nav class="chip-strip" aria-label=t::parts(lang)>
                {Part::ALL.map(|one| {
                    view! {
                        <a
                            class="chip"
                            href=format!("/field/hazards?show={}", one.word())
                            aria-current=move || (part.get() == one).then_some("page")
                        >
                            {one.name(lang)}
                            <span>{move || count(one)}</span>
                        </a>
                    }
                })}
            </nav>
            {failure}
            {nothing}
            <Show when=move || found.with(|found| found.as_ref().is_some_and(|found| !found.is_empty()))>
                <div class="card rows">
                    <For each=shown key=|row| format!("{row:?}") let:row>
                        <HazardRow row />
                    </For>
                </div>
                <Show when=move || { more() > 0 }>
                    <button class="button button--quiet" on:click=move |_| pages.update(|pages| *pages += 1)>
                        {move || t::more_rows(lang, more())}
                    </button>
                </Show>
            </Show>
            <NewerRecords count=newer />
        </TabScreen>
    }
}

fn summary(lang: Lang, found: &[Row]) -> String {
    let late = found.iter().filter(|row| row.due.is_late()).count();
    match (found.len(), late) {
        (0, _) => String::new(),
        (all, 0) => t::count(lang, all),
        (all, late) => t::count_late(lang, all, late),
    }
}

/// Why the list is empty, with a way out of it.
fn nothing(lang: Lang, part: Part, sought: RwSignal<String>, open: usize) -> AnyView {
    if !sought.with(|sought| sought.trim().is_empty()) {
        return view! {
            <Empty icon=Icon::Search title=t::not_found(lang) words=t::not_found_hint(lang) />
            <button class="button button--quiet" on:click=move |_| sought.set(String::new())>
                {t::clear_search(lang)}
            </button>
        }
        .into_any();
    }
    let (title, words) = match part {
        Part::Mine => (t::none_mine(lang), t::none_mine_hint(lang)),
        Part::Due => (t::none_due(lang), t::none_due_hint(lang)),
        Part::Open => (t::none_open(lang), t::none_open_hint(lang)),
        Part::Closed => (t::none_closed(lang), t::none_closed_hint(lang)),
    };
    let way = if part != Part::Open && open > 0 {
        ("/field/hazards?show=open".to_owned(), t::see_all_open(lang))
    } else {
        ("/field/sites".to_owned(), t::to_sites(lang))
    };
    view! { <Empty icon=Icon::Flag title words way /> }.into_any()
}
