//! A visit under way: sections of items, every tap kept at once, one button that leads on.

mod cards;
mod work;

pub use work::{Loaded, VisitSession};

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    finding::FindingSheet,
    frame::{BackScreen, Empty, ErrorNotice},
    i18n::{field as f, use_lang, visit as t},
    live,
};
use cards::{Cards, SectionCards};
use client::location;
use domain::{
    checklist::Section,
    id::{ItemId, VisitId},
    visit::{Standing, ValidationIssue},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use wasm_bindgen::JsCast;

/// Loads the draft that the address names, once: from then on the screen holds it and the database follows.
#[component]
pub fn LoadVisit(view: fn(VisitSession) -> AnyView) -> impl IntoView {
    let lang = use_lang();
    let (params, phone) = (use_params_map(), use_device());
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<VisitId>().ok())));
    let loaded = live(&[], move || {
        let id = id.get();
        async move { VisitSession::load(&phone, id).await }
    });
    move || match loaded.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
        Some(Ok(Loaded::Submitted)) => {
            let way = ("/field/outbox".to_owned(), t::to_outbox(lang));
            not_open(t::submitted(lang), t::submitted_hint(lang), way)
        }
        Some(Ok(Loaded::Bare)) => {
            let way = ("/field/".to_owned(), f::to_today(lang));
            not_open(t::bare(lang), t::bare_hint(lang), way)
        }
        Some(Ok(Loaded::Gone)) => {
            let way = ("/field/".to_owned(), f::to_today(lang));
            not_open(t::gone(lang), t::gone_hint(lang), way)
        }
        Some(Ok(Loaded::Here(found))) => view(VisitSession::new(*found)),
    }
}

fn not_open(title: &'static str, words: &'static str, way: (String, &'static str)) -> AnyView {
    view! {
        <BackScreen title=title.to_owned() back="/field/".to_owned()>
            <Empty icon=Icon::Search title words way />
        </BackScreen>
    }
    .into_any()
}

/// The site was taken away while this was filled in.
#[component]
pub fn Away(work: VisitSession) -> impl IntoView {
    work.away.then(|| view! { <div class="notice" role="status"><p>{t::away_hint(use_lang())}</p></div> })
}

/// One form of the visit.
#[component]
pub fn Sections(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let standing = Memo::new(move |_| work.standing());
    let cards = Cards::new(work);
    let navigate = use_navigate();
    resume(work);
    keep_sheet_in_address(work);
    find_place(work);
    let review = format!("/field/visit/{}/review", work.id());
    let on_review = review.clone();
    let lead_on = move |_| {
        let next = standing.with_untracked(|standing| work.next_issue(&standing.issues));
        match next {
            Some(issue) => go_to(work, cards, issue),
            None => navigate(&on_review, Default::default()),
        }
    };
    let words = move || {
        let (open, left) = standing.with(|Standing { issues, .. }| {
            let open = issues.iter().filter(|issue| matches!(issue, ValidationIssue::Unanswered(_)));
            (open.count(), issues.len())
        });
        match (open, left) {
            (0, 0) => t::to_review(lang).to_owned(),
            (0, left) => t::next_issue(lang, left),
            (open, _) => t::next_open(lang, open),
        }
    };
    let foot = ViewFn::from(move || {
        view! {
            <a class="button button--quiet button--icon" href=review.clone() aria-label=t::review_short(lang)>
                <Sign icon=Icon::List />
            </a>
            <button type="button" class="button" on:click=lead_on.clone()>
                {words}
            </button>
        }
    });
    let aside = ViewFn::from(move || {
        view! {
            <span class="line-state" data-saved=move || work.is_saved().to_string()>
                <span aria-hidden="true">{move || standing.with(|now| t::progress(lang, now.answered, now.asked))}</span>
                <span class="u-visually-hidden">
                    {move || standing.with(|now| t::progress_spoken(lang, now.answered, now.asked))}
                </span>
            </span>
        }
    });
    let below = ViewFn::from(move || {
        let percent = move || standing.with(|now| 100 * now.answered / now.asked.max(1));
        view! {
            <div class="progress-line" aria-hidden="true">
                <div class="progress-line__done" style:--done=move || percent().to_string()></div>
            </div>
        }
    });
    let sections: Vec<_> = work.checklist(|list| {
        let section = |section: &Section| {
            let items: Vec<_> = section.items.iter().map(|item| item.id.clone()).collect();
            (section.id.clone(), section.title.get(lang).to_owned(), items)
        };
        list.sections.iter().map(section).collect()
    });
    let sections =
        sections.into_iter().map(move |(id, title, items)| view! { <SectionCards cards id title items /> });
    view! {
        <BackScreen title=work.site_name() under=work.what() called=t::visit(lang) back=work.back() foot aside below>
            {move || work.failure.get().map(|error| view! { <ErrorNotice error /> })}
            <Away work />
            {sections.collect_view()}
            <FindingSheet work />
        </BackScreen>
    }
}

/// Reopens where the thumb was last.
fn resume(work: VisitSession) {
    let Some(position) = work.draft.with_untracked(|draft| draft.position.item.clone()) else { return };
    request_animation_frame(move || show(&position, false));
}

/// Which hazard's sheet is open stands in the address: a page that the camera pushed out of memory comes back with it.
fn keep_sheet_in_address(work: VisitSession) {
    const SHEET: &str = "sheet";
    let open = use_query_map().with_untracked(|query| query.get(SHEET).map(ItemId));
    if let Some(item) = open.filter(|item| work.fails(item)) {
        work.open_finding(item);
    }
    let (path, navigate) = (format!("/field/visit/{}", work.id()), use_navigate());
    Effect::new(move |before: Option<Option<ItemId>>| {
        let open = work.open.get();
        if before.is_some_and(|before| before != open) {
            let sheet = open.as_ref().map(|item| format!("?{SHEET}={item}")).unwrap_or_default();
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&format!("{path}{sheet}"), options);
        }
        open
    });
}

/// The place is asked for once, and kept when it comes.
pub fn find_place(work: VisitSession) {
    if work.draft.with_untracked(|draft| draft.location.is_some()) {
        return;
    }
    let phone = use_device();
    spawn_local(async move {
        if let Some(found) = location::locate(&phone).await {
            work.change_around(|draft| draft.location = Some(found));
        }
    });
}

/// Leads the thumb to what is missing, as soon as it stands on the screen.
fn go_to(work: VisitSession, cards: Cards, issue: ValidationIssue) {
    if document().get_element_by_id(&element_id(issue.item())).is_some() {
        return lead_to(work, &issue);
    }
    cards.complete();
    request_animation_frame(move || {
        // The person may have left the screen by now.
        if !work.draft.is_disposed() {
            lead_to(work, &issue);
        }
    });
}

/// To the item, or the sheet of its hazard.
fn lead_to(work: VisitSession, issue: &ValidationIssue) {
    show(issue.item(), true);
    let in_sheet = match issue {
        ValidationIssue::NeedsFinding(_)
        | ValidationIssue::NeedsWords(_)
        | ValidationIssue::NeedsAfterPhoto(_) => true,
        ValidationIssue::NeedsPhoto(item) => work.fails(item),
        ValidationIssue::Unanswered(_) | ValidationIssue::Invalid(..) | ValidationIssue::OverLimit(..) => {
            false
        }
    };
    if in_sheet {
        work.open_finding(issue.item().clone());
    }
}

fn show(item: &ItemId, focus: bool) {
    let Some(card) = document().get_element_by_id(&element_id(item)) else { return };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    card.scroll_into_view_with_scroll_into_view_options(&options);
    let control = card.query_selector("button, input, textarea").ok().flatten();
    if let Some(control) =
        control.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()).filter(|_| focus)
    {
        let _ = control.focus();
    }
}

/// The id of an item's card.
pub fn element_id(item: &ItemId) -> String {
    format!("item-{item}")
}
