//! Before a visit is sealed: the count, what is missing, what was found, and the one button.

use crate::{
    components::{
        dialog,
        icon::{Icon, Sign},
    },
    device::use_device,
    frame::{BackScreen, ErrorNotice},
    i18n::{device as d, use_lang, visit as t},
    item::headline,
    visit::{Away, LoadVisit, VisitSession, element_id},
};
use client::drafts::{self, NotSubmitted};
use domain::{limits::TEXT, visit::ValidationIssue};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[component]
pub fn Review() -> impl IntoView {
    view! { <LoadVisit view=|work| view! { <Summary work /> }.into_any() /> }
}

#[component]
fn Summary(work: VisitSession) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let issues = Memo::new(move |_| work.issues());
    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let here = format!("/field/visit/{}", work.id());
    let submit = {
        let navigate = navigate.clone();
        move |_| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let navigate = navigate.clone();
            let draft = work.draft.get_untracked();
            let (checklist, site) = (work.checklist(Clone::clone), work.site(Clone::clone));
            spawn_local(async move {
                let title = d::visit_of(lang, site.name.clone());
                match drafts::submit(&phone, draft, &checklist, &site, title).await {
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
    let back = here.clone();
    let foot = ViewFn::from(move || {
        let (submit, back) = (submit.clone(), back.clone());
        move || {
            let (submit, back) = (submit.clone(), back.clone());
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
                left => view! { <a class="button" href=back>{t::complete(lang, left)}</a> }.into_any(),
            }
        }
    });
    let note = work.draft.with_untracked(|draft| draft.note.clone());
    view! {
        <BackScreen title=t::review(lang).to_owned() under=work.site_name() back=here.clone() foot>
            {move || work.failure.get().map(|error| view! { <ErrorNotice error /> })}
            <Away work />
            <Tally work />
            <Issues work issues here />
            <Findings work />
            <div class="field">
                <label for="whole-note">{t::whole_note(lang)}</label>
                <textarea
                    class="input input--area"
                    id="whole-note"
                    autocomplete="off"
                    rows="3"
                    maxlength=TEXT.to_string()
                    prop:value=note
                    on:input=move |event| {
                        let words = event_target_value(&event);
                        work.change(|draft| draft.note = words);
                    }
                ></textarea>
            </div>
            <p class="u-small">{if work.away { t::submit_away_hint(lang) } else { t::submit_hint(lang) }}</p>
            <Discard work />
        </BackScreen>
    }
}

#[component]
fn Tally(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let tally = Memo::new(move |_| work.draft.with(|draft| work.checklist(|list| draft.tally(list))));
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

/// Each leads to its item.
#[component]
fn Issues(work: VisitSession, issues: Memo<Vec<ValidationIssue>>, here: String) -> impl IntoView {
    let lang = use_lang();
    move || {
        let issues = issues.get();
        (!issues.is_empty()).then(|| {
            let heading = t::issues_left(lang, issues.len());
            let here = here.clone();
            let rows = issues.into_iter().map(move |issue| {
                let item = work.item(issue.item());
                let text = item.map(|item| item.text.get(lang).to_owned()).unwrap_or_default();
                let (number, id) = (work.number(issue.item()), issue.item().clone());
                let to = id.clone();
                view! {
                    <a
                        href=format!("{here}#{}", element_id(&id))
                        on:click=move |_| work.change(|draft| draft.position = Some(to.clone()))
                    >
                        <span class="rows__body">
                            <span class="rows__title">{format!("{number} {text}")}</span>
                            <span class="rows__meta">{t::issue(lang, &issue)}</span>
                        </span>
                        <span class="chevron">
                            <Sign icon=Icon::Forward />
                        </span>
                    </a>
                }
            });
            view! {
                <div class="section-head">
                    <h2>{heading}</h2>
                </div>
                <div class="card rows">{rows.collect_view()}</div>
            }
        })
    }
}

#[component]
fn Findings(work: VisitSession) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let found = Memo::new(move |_| {
        let asked = work.asked.get();
        let failed = asked.into_iter().filter(|(id, _)| work.fails(id));
        failed.filter_map(|(id, _)| work.finding(&id)).collect::<Vec<_>>()
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
fn Discard(work: VisitSession) -> impl IntoView {
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
    let answered = move || work.progress().0;
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
