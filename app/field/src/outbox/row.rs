//! One submission in the outbox: how far it is, and the ways on.

use super::words;
use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    i18n::{hazards as t, use_lang},
};
use client::outbox::{self, Subject, Submission, SubmissionState};
use domain::{id::OperationId, sync::Refusal};
use leptos::{prelude::*, task::spawn_local};

/// `ask` is told of a refused submission that the person wants off the list.
#[component]
pub fn SubmissionRow(submission: Submission, ask: Callback<OperationId>) -> impl IntoView {
    let lang = use_lang();
    let phone = use_device();
    let line = phone.line();
    match submission.state.clone() {
        SubmissionState::Sending { percent } => {
            let share = format!("{percent}%");
            let ring = view! {
                <span class="ring" style:--p=share>
                    <i class="ring__value">{percent} "%"</i>
                </span>
            };
            plain(submission.title.clone(), ring.into_any(), words::sending(lang, &submission).into_any())
        }
        SubmissionState::Waiting { last_try } => {
            let title = submission.title.clone();
            let (id, tried) = (submission.id, last_try.is_some());
            let words = move || {
                let now = phone.clock.office_now();
                words::waiting(lang, now, line.get().online, &submission, last_try.as_ref())
            };
            let again = move |_| spawn_local(async move { drop(outbox::try_now(&phone, id).await) });
            let way = tried.then(|| {
                view! {
                    <p class="link-row">
                        <button class="link" on:click=again>{t::try_this_now(lang)}</button>
                    </p>
                }
            });
            view! {
                <div>
                    {mark("mark mark--wait", Icon::Wait)}
                    <div class="rows__body">
                        <p class="rows__title">{title}</p>
                        <p class="rows__meta">{words}</p>
                        {way}
                    </div>
                </div>
            }
            .into_any()
        }
        SubmissionState::Refused { refusal, .. } => {
            view! { <RefusedRow submission refusal ask /> }.into_any()
        }
        SubmissionState::Received { receipt } => {
            let number = words::receipt(lang, phone.clock.office_now(), &receipt);
            view! {
                <a href=address(&submission.subject)>
                    {mark("mark", Icon::Tick)}
                    <div class="rows__body">
                        <p class="rows__title">{submission.title}</p>
                        <p class="u-code">{number}</p>
                    </div>
                </a>
            }
            .into_any()
        }
    }
}

fn plain(title: String, mark: AnyView, words: AnyView) -> AnyView {
    view! {
        <div>
            {mark}
            <div class="rows__body">
                <p class="rows__title">{title}</p>
                <p class="rows__meta">{words}</p>
            </div>
        </div>
    }
    .into_any()
}

fn mark(class: &'static str, icon: Icon) -> AnyView {
    view! {
        <span class=class>
            <Sign icon />
        </span>
    }
    .into_any()
}

/// Where what the submission is about can be seen.
fn address(subject: &Subject) -> String {
    match subject {
        Subject::Visit { site, .. } | Subject::Site { site } | Subject::Task { site, hazard: None } => {
            format!("/field/sites/{site}")
        }
        Subject::Hazard { hazard } | Subject::Task { site: _, hazard: Some(hazard) } => {
            format!("/field/hazards/{hazard}")
        }
    }
}

#[component]
fn RefusedRow(submission: Submission, refusal: Refusal, ask: Callback<OperationId>) -> impl IntoView {
    let lang = use_lang();
    let see = match submission.subject {
        Subject::Visit { .. } | Subject::Site { .. } | Subject::Task { hazard: None, .. } => {
            t::see_site(lang)
        }
        Subject::Hazard { .. } | Subject::Task { hazard: Some(_), .. } => t::see_hazard(lang),
    };
    let lines =
        words::refused(lang, &refusal).into_iter().map(|line| view! { <p class="rows__meta">{line}</p> });
    view! {
        <div>
            {mark("mark mark--stop", Icon::Cross)}
            <div class="rows__body">
                <p class="rows__title">{submission.title}</p>
                {lines.collect_view()}
                <p class="link-row">
                    <a class="link" href=address(&submission.subject)>{see}</a>
                    <button class="link" on:click=move |_| ask.run(submission.id)>{t::take_off(lang)}</button>
                </p>
            </div>
        </div>
    }
}
