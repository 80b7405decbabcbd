//! What every screen stands in: the head with the state of the line, the body, the foot and the bar.

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    errors::ErrorWords,
    i18n::{device as d, field as t, ready as r, use_lang},
    live,
};
use client::{
    DeviceError,
    changes::Topic,
    outbox, session,
    space::{self, Space},
};
use leptos::prelude::*;

/// The four places of the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Today,
    Sites,
    Hazards,
    Outbox,
}

/// A screen of the bar: a title, the sentence about the line, and the bar below.
#[component]
pub fn TabScreen(
    tab: Tab,
    #[prop(into)] title: Signal<String>,
    /// Above the title, or below it for the outbox.
    #[prop(into, optional)]
    over: Signal<String>,
    #[prop(into, optional)] under: Signal<String>,
    /// At the right of the title, in place of the sentence about the line.
    #[prop(into, optional)]
    aside: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    document_title(title);
    let small = |words: Signal<String>| {
        move || {
            words.with(|words| (!words.is_empty()).then(|| view! { <p class="u-small">{words.clone()}</p> }))
        }
    };
    view! {
        <div class="screen">
            <Banners between_tasks=true />
            <header class="top-bar">
                <div class="top-bar__titles">{small(over)} <Heading title /> {small(under)}</div>
                {match aside {
                    Some(aside) => aside.run(),
                    None => view! { <LineState /> }.into_any(),
                }}
            </header>
            <main id="main">{children()}</main>
            <Bar tab />
        </div>
    }
}

/// A screen that one comes back from; `foot` keeps its actions above the thumb.
#[component]
pub fn BackScreen(
    #[prop(into)] title: Signal<String>,
    #[prop(into, optional)] under: Signal<String>,
    /// What the browser calls the screen, which it writes into its history: never a name. Unsaid, the title.
    #[prop(optional)]
    called: Option<&'static str>,
    /// Where "back" leads.
    #[prop(into)]
    back: Signal<String>,
    /// At the right of the title.
    #[prop(into, optional)]
    aside: ViewFn,
    /// Between head and body: progress.
    #[prop(into, optional)]
    below: ViewFn,
    #[prop(into, optional)] foot: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    document_title(called.map_or(title, |called| Signal::stored(called.to_owned())));
    let lang = use_lang();
    view! {
        <div class="screen">
            <Banners between_tasks=false />
            <header class="top-bar">
                <a class="top-bar__back" href=back aria-label=t::back(lang)>
                    <Sign icon=Icon::Back />
                </a>
                <div class="top-bar__titles">
                    <Heading title />
                    {move || under.with(|words| (!words.is_empty()).then(|| view! { <p class="u-small">{words.clone()}</p> }))}
                </div>
                {aside.run()}
            </header>
            {below.run()}
            <main id="main">{children()}</main>
            {foot.map(|foot| view! { <footer class="action-bar">{foot.run()}</footer> })}
        </div>
    }
}

/// Two lines of it, where it is long; a tap shows the whole.
#[component]
fn Heading(title: Signal<String>) -> impl IntoView {
    const LONG: usize = 14;
    let whole = RwSignal::new(false);
    let long = ui::memo(move || title.with(|title| title.chars().count() > LONG));
    move || {
        if long.get() {
            view! {
                <h1 class="top-bar__title">
                    <button
                        type="button"
                        class="top-bar__unfold"
                        aria-expanded=move || whole.get().to_string()
                        on:click=move |_| whole.update(|whole| *whole = !*whole)
                    >
                        <span>{title}</span>
                    </button>
                </h1>
            }
            .into_any()
        } else {
            view! { <h1 class="top-bar__title top-bar__title--short">{title}</h1> }.into_any()
        }
    }
}

fn document_title(title: Signal<String>) {
    let lang = use_lang();
    ui::effect(move || {
        document().set_title(&title.with(|title| format!("{title} · {}", t::title_field(lang))));
    });
}

/// The state of the line is a sentence, not an alarm.
#[component]
pub fn LineState() -> impl IntoView {
    let lang = use_lang();
    let line = use_device().line();
    move || {
        let line = line.get();
        match (line.signed_out, line.online, line.busy) {
            (true, ..) => view! { <span class="line-state">{t::session_over(lang)}</span> }.into_any(),
            (_, false, _) => {
                view! { <span class="line-state"><Sign icon=Icon::Offline />{d::offline(lang)}</span> }
                    .into_any()
            }
            (_, _, true) => view! { <span class="line-state">{d::syncing(lang)}</span> }.into_any(),
            _ => view! { <span class="line-state">{d::online(lang)}</span> }.into_any(),
        }
    }
}

/// What a person must know on every screen: it is a demonstration, a new version waits, the sign-in has expired.
#[component]
fn Banners(
    /// Whether the page can be reloaded without losing input.
    between_tasks: bool,
) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let demo = session::current(&phone).is_some_and(|signed_in| signed_in.demo);
    let update = phone.update_ready();
    let line = phone.line();
    let room = live(&[Topic::Photos], move || async move { space::measure(&phone).await });
    let low = move || room.get().flatten().is_some_and(|space| space.free < Space::LOW);
    let slow = phone.storage_slow();
    view! {
        <Show when=move || slow.get()>
            <div class="banner banner--sealed" role="alert">
                <span>{r::storage_slow(lang)}</span>
            </div>
        </Show>
        <Show when=low>
            <div class="banner banner--sealed" role="status">
                <span>{t::low_on_space(lang)}</span>
            </div>
        </Show>
        {demo.then(|| view! { <div class="banner banner--demo">{t::demo(lang)}</div> })}
        <Show when=move || between_tasks && update.get()>
            <div class="banner banner--update" role="status">
                <span>{t::update_ready(lang)}</span>
                <button class="link" on:click=move |_| phone.take_update()>{t::update_now(lang)}</button>
            </div>
        </Show>
        <Show when=move || line.with(|line| line.signed_out)>
            <div class="banner banner--sealed" role="status">
                <span>{d::sign_in_needed(lang)}</span>
                <a class="link" href=super::sign_in::path_back_to_here()>{t::sign_in(lang)}</a>
            </div>
        </Show>
    }
}

#[component]
fn Bar(tab: Tab) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let counts = live(&[Topic::Outbox, Topic::Photos], move || async move { outbox::counts(&phone).await });
    let unsent = move || counts.get().and_then(Result::ok).map_or(0, |counts| counts.unsent);
    let badge = move || {
        let unsent = unsent();
        let spoken = t::unsent(lang);
        (unsent > 0).then(|| {
            view! {
                <span class="tab-bar__count">{unsent} <span class="u-visually-hidden">{spoken}</span></span>
            }
        })
    };
    let entry = move |to: Tab, href: &'static str, icon: Icon, words: &'static str| {
        view! {
            <a class="tab-bar__tab" href=href aria-current=(to == tab).then_some("page")>
                <Sign icon />
                {words}
                {(to == Tab::Outbox).then_some(badge)}
            </a>
        }
    };
    view! {
        <nav class="tab-bar" aria-label=t::bar(lang)>
            {entry(Tab::Today, "/field/", Icon::Sun, t::today(lang))}
            {entry(Tab::Sites, "/field/sites", Icon::Place, t::sites(lang))}
            {entry(Tab::Hazards, "/field/hazards", Icon::Flag, t::hazards(lang))}
            {entry(Tab::Outbox, "/field/outbox", Icon::Send, t::outbox(lang))}
        </nav>
    }
}

/// Nothing to show yet, with what can be done.
#[component]
pub fn Empty(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(into)] words: String,
    /// Where to go and what the button says.
    #[prop(optional)]
    way: Option<(String, &'static str)>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Sign icon />
            <h2>{title}</h2>
            <p>{words}</p>
            {way.map(|(href, words)| view! { <a class="button" href=href>{words}</a> })}
        </div>
    }
}

/// The phone could not do something: what happened, what is safe, what to do.
#[component]
pub fn ErrorNotice(error: DeviceError) -> impl IntoView {
    view! { <div class="notice notice--refused" role="alert"><p>{error.words(use_lang())}</p></div> }
}

/// What is here and cannot be shown by this version.
#[component]
pub fn NewerRecords(#[prop(into)] count: Signal<usize>) -> impl IntoView {
    let lang = use_lang();
    move || {
        let count = count.get();
        (count > 0)
            .then(|| view! { <div class="notice" role="status"><p>{d::newer_records(lang, count)}</p></div> })
    }
}

/// The record is not on this phone.
#[component]
pub fn NotHere() -> impl IntoView {
    let lang = use_lang();
    view! {
        <BackScreen title=t::not_here(lang).to_owned() back="/field/".to_owned()>
            <Empty
                icon=Icon::Search
                title=t::not_here(lang)
                words=t::not_here_hint(lang)
                way=("/field/".to_owned(), t::to_today(lang))
            />
        </BackScreen>
    }
}
