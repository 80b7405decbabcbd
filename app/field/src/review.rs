//! Before a visit is sealed: the count, what is missing, what was found, who was there, and the one button. Where nothing
//! could be checked, what was met with instead.

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
    i18n::{device as d, use_lang, visit as t},
    item::headline,
    parts,
    visit::{Away, LoadVisit, Sections, VisitSession, element_id},
};
use client::drafts::{self, NotSubmitted};
use domain::visit::DraftIssue;
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
    if work.draft.with_untracked(|draft| draft.forms.is_empty()) {
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
    let issues = Memo::new(move |_| work.whole_issues());
    let busy = RwSignal::new(false);
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
            let draft = work.draft.get_untracked();
            let (checklists, site) = (work.checklists(), work.site(Clone::clone));
            spawn_local(async move {
                let title = d::visit_of(lang, site.name.clone());
                match drafts::submit(&phone, draft, &checklists, &site, title).await {
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
            let (submit, to_complete) = (submit.clone(), to_complete.clone());
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
    view! {
        <BackScreen title=title.to_owned() under=work.site_name() back foot>
            {move || work.failure.get().map(|error| view! { <ErrorNotice error /> })}
            <Away work />
            {of_forms}
            <Issues forms=forms.clone() issues here />
            {findings}
            <Participants work />
            <Note work />
            <AnotherForm work />
            <p class="u-small">{if work.away { t::submit_away_hint(lang) } else { t::submit_hint(lang) }}</p>
            <Discard work forms />
        </BackScreen>
    }
}

/// Over all forms.
#[component]
fn Tally(forms: Vec<VisitSession>) -> impl IntoView {
    let lang = use_lang();
    let tally = Memo::new(move |_| {
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
        </div>
    }
}

/// Each of an item leads to it.
#[component]
fn Issues(forms: Vec<VisitSession>, issues: Memo<Vec<DraftIssue>>, here: String) -> impl IntoView {
    let lang = use_lang();
    move || {
        let issues = issues.get();
        (!issues.is_empty()).then(|| {
            let heading = t::issues_left(lang, issues.len());
            let row = |issue: DraftIssue| {
                let words = t::draft_issue(lang, &issue);
                let of_item = match &issue {
                    DraftIssue::Item { form, issue } => forms.get(*form).copied().zip(Some(issue.item())),
                    DraftIssue::NeedsForm | DraftIssue::NeedsNote | DraftIssue::OverLimit(_) => None,
                };
                let Some((work, id)) = of_item else {
                    return view! { <div>{words}</div> }.into_any();
                };
                let text = work.item(id).map(|item| item.text.get(lang).to_owned()).unwrap_or_default();
                let (number, to) = (work.number(id), id.clone());
                view! {
                    <a
                        href=format!("{here}#{}", element_id(id))
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
    let found = Memo::new(move |_| {
        let of_form = |work: &VisitSession| {
            let work = *work;
            let failed = work.asked.get().into_iter().filter(move |(id, _)| work.fails(id));
            failed.filter_map(move |(id, _)| work.finding(&id)).collect::<Vec<_>>()
        };
        forms.iter().flat_map(of_form).collect::<Vec<_>>()
    });
    move || {
        let (found, today) = (found.get(), phone.clock.today());
        let heading =
            if found.is_empty() { t::found_none(lang).to_owned() } else { t::found(lang, found.len()) };
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
    let answered = move || forms.iter().map(|form| form.progress().0).sum::<usize>();
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
