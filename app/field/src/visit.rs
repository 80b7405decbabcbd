//! A visit under way: questions in sections, every tap kept at once, one button that leads on.

mod before;
mod cards;
mod changing;
mod inspection;
mod instances;
pub mod lines;
mod load;
mod put_aside;
mod saved;
mod told;
mod work;

pub use before::look_back;
pub use instances::{Removing, RepeatLine, repeat_line, subject};
use load::{Found, Loaded};
pub use put_aside::{AsideAnswers, NewerVersion};
pub use saved::SavedMark;
pub use work::{OpenSheet, VisitSession};

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    finding::FindingSheet,
    frame::{BackScreen, Empty, ErrorNotice},
    i18n::{Lang, field as f, use_lang, visit as t},
    live, parts,
};
use before::ask_what_was_wrong;
use cards::{Cards, Lines};
use client::location;
use domain::{
    form::{AnswerKey, Verdict, session::Standing},
    id::{QuestionId, VisitId},
    visit::{Missing, ValidationIssue, VisitNature},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast;

/// Loads the draft that the address names, once: from then on the screen holds it and the database follows.
#[component]
pub fn LoadVisit(view: fn(VisitSession) -> AnyView) -> impl IntoView {
    let lang = use_lang();
    let (params, phone) = (use_params_map(), use_device());
    let id =
        ui::memo(move || params.with(|params| params.get("id").and_then(|id| id.parse::<VisitId>().ok())));
    let turn = RwSignal::new(0_u32);
    let again = Callback::new(move |()| turn.update(|turn| *turn += 1));
    let loaded = live(&[], move || {
        turn.track();
        let id = id.get();
        // Taken out once, by the screen that holds it from then on.
        async move { load::load(&phone, id).await.map(|loaded| Rc::new(Cell::new(Some(loaded)))) }
    });
    move || match loaded.get().map(|loaded| loaded.map(|loaded| loaded.take())) {
        None | Some(Ok(None)) => ().into_any(),
        Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
        Some(Ok(Some(Loaded::Submitted))) => {
            let way = ("/field/outbox".to_owned(), t::to_outbox(lang));
            not_open(t::submitted(lang), t::submitted_hint(lang), way)
        }
        Some(Ok(Some(Loaded::Bare))) => {
            let way = ("/field/".to_owned(), f::to_today(lang));
            not_open(t::bare(lang), t::bare_hint(lang), way)
        }
        Some(Ok(Some(Loaded::Gone))) => {
            let way = ("/field/".to_owned(), f::to_today(lang));
            not_open(t::gone(lang), t::gone_hint(lang), way)
        }
        Some(Ok(Some(Loaded::Here(here)))) => {
            let (open, found) = *here;
            view(VisitSession::new(open, found, again))
        }
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
    let standing = ui::memo(move || work.standing());
    let missing = ui::memo(move || work.missing());
    let cards = Cards::new(work);
    let navigate = use_navigate();
    resume(work);
    ask_what_was_wrong(work);
    keep_sheet_in_address(work);
    find_place(work);
    let review = format!("/field/visit/{}/review", work.id());
    let on_review = review.clone();
    let lead_on = move |_| match work.next_issue(&work.issues_now()) {
        Some(issue) => go_to(work, cards, issue),
        None => navigate(&on_review, Default::default()),
    };
    let words = move || match missing.get() {
        Missing { all: 0, .. } => t::to_review(lang).to_owned(),
        Missing { unanswered: 0, all } => t::next_issue(lang, all),
        Missing { unanswered, .. } => t::next_open(lang, unanswered),
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
    let progress = move |words: fn(Lang, usize, usize) -> String| {
        let Standing { answered, asked, .. } = standing.get();
        words(lang, answered, asked)
    };
    let aside = ViewFn::from(move || {
        view! {
            <span class="line-state" data-saved=move || work.is_saved().to_string()>
                <span aria-hidden="true">{move || progress(t::progress)}</span>
                <span class="u-visually-hidden">
                    {move || progress(t::progress_spoken)}
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
    let newer = work.newer().map(|(form, version)| {
        parts::within(move || Box::pin(parts::newer_version(work, form.clone(), version)))
    });
    let aside_answers = work.has_aside().then(|| parts::within(move || Box::pin(parts::aside_answers(work))));
    view! {
        <BackScreen title=work.site_name() under=work.what() called=t::visit(lang) back=work.back() foot aside below>
            {move || work.failure.get().map(|error| view! { <ErrorNotice error /> })}
            {move || work.refused.get().map(|why| {
                view! { <div class="notice notice--refused" role="alert"><p>{t::refused(lang, why)}</p></div> }
            })}
            <Away work />
            {newer}
            <Lines cards />
            {aside_answers}
            <FindingSheet work />
        </BackScreen>
    }
}

/// Reopens where the thumb was last.
fn resume(work: VisitSession) {
    let Some(position) = work.draft_now(|draft| draft.position.question.clone()) else { return };
    request_animation_frame(move || show(&position, false));
}

const SHEET: &str = "sheet";
/// Which of the question's sheets, where it is not the first.
const NUMBER: &str = "number";

/// Where a visit goes on that was begun just now: what has to be in hand for an administrative inspection comes before its first
/// question, whoever sent there.
pub fn begun_path(id: VisitId, nature: VisitNature) -> String {
    let first = if nature.is_administrative() { "/inspection" } else { "" };
    format!("/field/visit/{id}{first}")
}

/// The visit, with the sheet open of the hazard that this question found.
pub fn sheet_path(id: VisitId, key: &AnswerKey) -> String {
    format!("/field/visit/{id}?{SHEET}={}", written(key))
}

/// Which hazard's sheet is open stands in the address: a page that the camera pushed out of memory comes back with it.
fn keep_sheet_in_address(work: VisitSession) {
    let (open, number) = use_query_map().with_untracked(|query| {
        let number = query.get(NUMBER).and_then(|number| number.parse::<u16>().ok());
        (query.get(SHEET).map(|written| read(&written)), number)
    });
    if let Some(key) =
        open.filter(|key| work.look_now(key, |state| state.verdict) == Some(Some(Verdict::Fail)))
    {
        let there = untrack(|| work.sheet_numbers(&key));
        match number.filter(|number| there.contains(number)) {
            Some(number) => work.open_sheet(key, number),
            None => work.open_finding(key),
        }
    }
    let (path, navigate) = (format!("/field/visit/{}", work.id()), use_navigate());
    let mut before = None::<Option<OpenSheet>>;
    ui::effect(move || {
        let open = work.sheet.get();
        if before.as_ref().is_some_and(|before| *before != open) {
            let sheet = open.as_ref().map(|at| match at.number {
                0 => format!("?{SHEET}={}", written(&at.key)),
                number => format!("?{SHEET}={}&{NUMBER}={number}", written(&at.key)),
            });
            let sheet = sheet.unwrap_or_default();
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&format!("{path}{sheet}"), options);
        }
        before = Some(open);
    });
}

/// The place is asked for once, and kept when it comes.
pub fn find_place(work: VisitSession) {
    if work.draft_now(|draft| draft.location.is_some()) {
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
    if document().get_element_by_id(&element_id(issue.question())).is_some() {
        return lead_to(work, &issue);
    }
    cards.complete();
    request_animation_frame(move || {
        // The person may have left the screen by now.
        if !work.is_over() {
            lead_to(work, &issue);
        }
    });
}

/// To the question, or the sheet of its hazard that lacks something.
fn lead_to(work: VisitSession, issue: &ValidationIssue) {
    show(issue.question(), true);
    if issue.is_in_sheet() {
        work.open_lacking(issue.question().clone());
    }
}

fn show(key: &AnswerKey, focus: bool) {
    let Some(card) = document().get_element_by_id(&element_id(key)) else { return };
    let options = web_sys::ScrollIntoViewOptions::new();
    // A card that is taller than the screen, as in the largest text, is read from its beginning.
    let screen = card.closest("main").ok().flatten();
    let fits = screen.is_none_or(|screen| card.client_height() <= screen.client_height());
    options.set_block(if fits {
        web_sys::ScrollLogicalPosition::Center
    } else {
        web_sys::ScrollLogicalPosition::Start
    });
    card.scroll_into_view_with_scroll_into_view_options(&options);
    let control = card.query_selector("button, input, textarea").ok().flatten();
    if let Some(control) =
        control.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()).filter(|_| focus)
    {
        let _ = control.focus();
    }
}

/// Puts the focus on what has this id. Answers whether it is there.
pub fn focus(id: &str) -> bool {
    let found =
        document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(found) = &found {
        let _ = found.focus();
    }
    found.is_some()
}

/// The id of a question's card.
pub fn element_id(key: &AnswerKey) -> String {
    format!("question-{}", written(key))
}

/// `pressure~2`: the question, and the instances that it stands in.
fn written(key: &AnswerKey) -> String {
    key.instance.iter().fold(key.question.to_string(), |written, number| format!("{written}~{number}"))
}

fn read(written: &str) -> AnswerKey {
    let mut parts = written.split('~');
    let question = QuestionId::from(parts.next().unwrap_or_default());
    AnswerKey { question, instance: parts.filter_map(|number| number.parse().ok()).collect() }
}
