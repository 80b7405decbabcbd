//! Before a visit is sealed: the count, what is missing, what was found, who was there, and the one button. Where nothing
//! could be checked, what was met with instead.

mod administrative;
mod not_done;
mod participants;
mod whole;

use crate::{
    components::{
        dialog,
        icon::{Icon, Sign},
    },
    device::use_device,
    frame::{BackScreen, ErrorNotice},
    i18n::{device as d, trade, use_lang, visit as t},
    parts,
    question::headline,
    sign_off::Pictures,
    visit::{Away, LoadVisit, SavedMark, Sections, VisitSession, element_id, subject},
};
use administrative::Administrative;
use client::drafts::{self, NotSubmitted};
use domain::visit::{DraftIssue, SignOffAsked};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use not_done::NotDone;
use participants::Participants;
use whole::{AnotherForm, Forms, Note};

/// The form where the thumb was last; where nothing could be checked, what was met with.
#[component]
pub fn Inspect() -> impl IntoView {
    view! { <LoadVisit view=going_on /> }
}

fn going_on(work: VisitSession) -> AnyView {
    if work.draft_now(|draft| draft.forms.is_empty()) {
        closing(work)
    } else {
        view! { <Sections work /> }.into_any()
    }
}

#[component]
pub fn Review() -> impl IntoView {
    view! { <LoadVisit view=closing /> }
}

fn closing(work: VisitSession) -> AnyView {
    parts::screen(Box::pin(parts::review(work)))
}

#[component]
pub fn Summary(work: VisitSession) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let issues = ui::memo(move || work.whole_issues());
    let (busy, pictures) = (RwSignal::new(false), Pictures::none());
    let navigate = use_navigate();
    let here = format!("/field/visit/{}", work.id());
    let forms = work.forms();
    let submit = {
        let navigate = navigate.clone();
        move |_| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let navigate = navigate.clone();
            let site = work.site(Clone::clone);
            spawn_local(async move {
                let title = d::visit_of(lang, site.name.clone());
                let made = pictures.make(work).await;
                // The person may have left by now.
                if work.is_over() {
                    return;
                }
                if let Err(error) = made {
                    busy.set(false);
                    return work.failure.set(Some(error));
                }
                // Its forms are those that it stands on.
                let Some(open) = work.to_seal() else { return busy.set(false) };
                match drafts::submit(&phone, open, &site, title).await {
                    Ok(()) => {
                        let options = NavigateOptions { replace: true, ..Default::default() };
                        navigate("/field/outbox", options);
                    }
                    // The list of gaps stands on this screen already.
                    Err(NotSubmitted::Issues(_)) => busy.set(false),
                    Err(NotSubmitted::Device(error)) => {
                        busy.set(false);
                        work.failure.set(Some(error));
                    }
                }
            });
        }
    };
    let (title, back, to_complete) = if forms.is_empty() {
        (t::not_done(lang), work.back(), "#whole-note".to_owned())
    } else {
        (t::review(lang), here.clone(), here.clone())
    };
    let foot = ViewFn::from(move || {
        let (submit, to_complete) = (submit.clone(), to_complete.clone());
        move || {
            let of_sign_off = issues.with(|issues| issues.iter().all(is_of_sign_off));
            let to_complete = if of_sign_off { SIGN_OFF.to_owned() } else { to_complete.clone() };
            let submit = submit.clone();
            match issues.with(Vec::len) {
                0 => view! {
                    <button
                        type="button"
                        class="button"
                        aria-busy=move || busy.get().then_some("true")
                        disabled=move || busy.get()
                        on:click=submit
                    >
                        <Sign icon=Icon::Tick />
                        {t::submit(lang)}
                    </button>
                }
                .into_any(),
                left => view! { <a class="button" href=to_complete>{t::complete(lang, left)}</a> }.into_any(),
            }
        }
    });
    let of_forms = if forms.is_empty() {
        view! { <NotDone work /> }.into_any()
    } else {
        view! {
            <Forms forms=forms.clone() here=here.clone() />
            <Tally forms=forms.clone() />
        }
        .into_any()
    };
    let findings = (!forms.is_empty()).then(|| view! { <Findings forms=forms.clone() /> });
    let sign_off = match work.sign_off_asked() {
        SignOffAsked::NotOffered => None,
        SignOffAsked::Optional | SignOffAsked::Asked => {
            Some(parts::within(move || Box::pin(parts::sign_off(work, pictures))))
        }
    };
    view! {
        <BackScreen title=title.to_owned() under=work.site_name() back foot>
            {move || work.failure.get().map(|error| view! { <ErrorNotice error /> })}
            <Away work />
            {of_forms}
            <Issues forms=forms.clone() issues here />
            {findings}
            <Administrative work />
            <Participants work />
            <Note work />
            <AnotherForm work />
            {sign_off}
            <SavedMark work />
            <p class="u-small">{if work.away { t::submit_away_hint(lang) } else { t::submit_hint(lang) }}</p>
            <Discard work forms />
        </BackScreen>
    }
}

/// Where somebody signs.
const SIGN_OFF: &str = "#sign-off";

fn is_of_sign_off(issue: &DraftIssue) -> bool {
    match issue {
        DraftIssue::SignOff(_) => true,
        DraftIssue::Question { .. }
        | DraftIssue::NeedsForm
        | DraftIssue::NeedsNote
        | DraftIssue::NeedsInspection
        | DraftIssue::Breach(_)
        | DraftIssue::OverLimit(_) => false,
    }
}

/// Over all forms.
#[component]
fn Tally(forms: Vec<VisitSession>) -> impl IntoView {
    let lang = use_lang();
    let tally = ui::memo(move || {
        forms.iter().fold(domain::visit::Tally::default(), |sum, form| sum.plus(form.tally()))
    });
    let row = move |words: &'static str, count: fn(&domain::visit::Tally) -> u32| {
        view! {
            <div>
                <span class="rows__body">{words}</span>
                <span>{move || tally.with(count)}</span>
            </div>
        }
    };
    view! {
        <div class="card rows">
            {row(t::passed(lang), |tally| tally.passed)}
            {row(t::failed(lang), |tally| tally.failed)}
            {row(t::not_applicable(lang), |tally| tally.not_applicable)}
            {row(t::recorded(lang), |tally| tally.information)}
            {move || {
                let any = tally.with(|tally| tally.still_open) > 0;
                any.then(|| row(trade::still_open(lang), |tally| tally.still_open))
            }}
        </div>
    }
}

/// Each of a question leads to it. What the sign-off lacks is told where one signs: nothing moves above a finger that writes.
#[component]
fn Issues(forms: Vec<VisitSession>, issues: Memo<Vec<DraftIssue>>, here: String) -> impl IntoView {
    let lang = use_lang();
    move || {
        let mut issues = issues.get();
        issues.retain(|issue| !is_of_sign_off(issue));
        (!issues.is_empty()).then(|| {
            let heading = t::issues_left(lang, issues.len());
            let row = |issue: DraftIssue| {
                let of_question = match &issue {
                    DraftIssue::Question { form, issue } => {
                        forms.get(*form).copied().zip(Some(issue.question()))
                    }
                    DraftIssue::NeedsForm
                    | DraftIssue::NeedsNote
                    | DraftIssue::SignOff(_)
                    | DraftIssue::NeedsInspection
                    | DraftIssue::Breach(_)
                    | DraftIssue::OverLimit(_) => None,
                };
                let Some((work, key)) = of_question else {
                    return view! { <div>{t::draft_issue(lang, &issue, None)}</div> }.into_any();
                };
                let question = work.question(key);
                let constraint = question.as_ref().and_then(|question| question.constraint.as_ref());
                let words = t::draft_issue(lang, &issue, constraint.map(|constraint| &constraint.message));
                let text = subject(work, lang, key);
                let (number, to) = (work.number(key), key.clone());
                view! {
                    <a
                        href=format!("{here}#{}", element_id(key))
                        on:click=move |_| work.go(Some(to.clone()))
                    >
                        <span class="rows__body">
                            <span class="rows__title">{format!("{number} {text}")}</span>
                            <span class="rows__meta">{words}</span>
                        </span>
                        <span class="chevron">
                            <Sign icon=Icon::Forward />
                        </span>
                    </a>
                }
                .into_any()
            };
            let rows = issues.into_iter().map(row).collect_view();
            view! {
                <div class="section-head">
                    <h2>{heading}</h2>
                </div>
                <div class="card rows">{rows}</div>
            }
        })
    }
}

/// In all forms.
#[component]
fn Findings(forms: Vec<VisitSession>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    // Nothing is answered on this screen.
    let found = forms.first().map(|work| work.findings()).unwrap_or_default();
    let today = phone.clock.today();
    let heading = if found.is_empty() { t::found_none(lang).to_owned() } else { t::found(lang, found.len()) };
    let rows = found.iter().map(|finding| {
        view! {
            <div>
                <span class="rows__body">
                    <span class="rows__title">{finding.what.clone()}</span>
                    <span class="rows__meta">{headline(lang, today, finding)}</span>
                </span>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="section-head">
            <h2>{heading}</h2>
        </div>
        {(!found.is_empty()).then(|| view! { <div class="card rows">{rows}</div> })}
    }
}

/// Asks before anything is thrown away.
#[component]
fn Discard(work: VisitSession, forms: Vec<VisitSession>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let dialog = NodeRef::<html::Dialog>::new();
    let navigate = use_navigate();
    let back = work.back();
    let ask = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog::show(&dialog);
        }
    };
    let keep = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let discard = move |_| {
        let (navigate, back, id) = (navigate.clone(), back.clone(), work.id());
        spawn_local(async move {
            match drafts::discard(&phone, id).await {
                Ok(()) => navigate(&back, NavigateOptions { replace: true, ..Default::default() }),
                Err(error) => work.failure.set(Some(error)),
            }
        });
    };
    let answered = move || forms.iter().map(|form| form.standing().answered).sum::<usize>();
    view! {
        <button type="button" class="link" on:click=ask>
            {t::discard(lang)}
        </button>
        <dialog class="sheet" aria-labelledby="discard" node_ref=dialog>
            <h2 id="discard">{t::discard_ask(lang)}</h2>
            <p>{move || t::discard_words(lang, answered())}</p>
            <div class="action-bar">
                <button type="button" class="button button--quiet" on:click=keep>
                    {t::discard_no(lang)}
                </button>
                <button type="button" class="button button--danger" on:click=discard>
                    {t::discard_yes(lang)}
                </button>
            </div>
        </dialog>
    }
}
