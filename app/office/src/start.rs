//! 启用: leads a new office through what it needs before the first round, a step a page, in whatever order and over as many
//! days as it takes. What is done is told by what is there, so that lists and commands count as well.

mod checks;
mod steps;

use crate::{
    await_resource::await_resource,
    components::fault::PageErrorNotice,
    error::AppError,
    head::PageHeader,
    i18n::{Lang, places as t, use_lang},
    server_fns::{frame::Frame, places::Settings},
    settings::{
        address::{Here, open_place, step_address},
        beside, departments,
        form::Forms,
        own, places, settings_asked,
    },
};
use checks::checks;
use domain::{
    place::{PlaceId, readiness::Step},
    role::Action,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;
use steps::{step_name, strip};

#[component]
pub fn StartPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let asked_for = Memo::new(move |_| query.with(|query| Step::parse(query.get_str("step")?)));
    let open = Memo::new(move |_| query.with(open_place));
    let forms = Forms::new(lang);
    let asked = settings_asked();
    await_resource(asked, move |frame, settings| {
        if !frame.me.may_do(Action::ManagePeople) {
            return view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }
                .into_any();
        }
        let (forms, settings) = (forms.clone(), Arc::new(settings));
        view! {
            {move || {
                let step = asked_for.get().or(settings.readiness.first_open()).unwrap_or(Step::Sites);
                page(&forms, &frame, &settings, step, open.get())
            }}
        }
        .into_any()
    })
}

fn page(forms: &Forms, frame: &Frame, settings: &Settings, step: Step, open: Option<PlaceId>) -> AnyView {
    let lang = forms.lang;
    let here = Here::step(step);
    let file = &settings.places;
    let number = Step::ALL.iter().position(|one| *one == step).unwrap_or_default() + 1;
    let beside = beside::beside(forms, frame, file, &here, open);
    let content = match step {
        Step::Office => own::office(forms, frame, file, &here),
        Step::Departments => departments::departments(forms, frame, file, &here, open),
        Step::Places => places::places(forms, frame, file, &here, open),
        Step::People => steps::people(lang, &settings.readiness),
        Step::Sites => steps::sites(lang, &settings.readiness),
    };
    let side = beside.unwrap_or_else(|| checks(lang, &settings.readiness));
    view! {
        <PageHeader title=t::start_title(lang)>
            <span class="u-small">{t::step_of(lang, number, Step::ALL.len())}</span>
        </PageHeader>
        {strip(lang, &settings.readiness, step)}
        <div class="split">
            <div class="split__list start__list">
                <h2 class="start__title">{step_name(lang, step)}</h2>
                {content}
                {onward(lang, step, settings)}
            </div>
            <aside class="side-panel" id="detail">{side}</aside>
        </div>
    }
    .into_any()
}

fn onward(lang: Lang, step: Step, settings: &Settings) -> AnyView {
    let done = settings.readiness.is_done(step);
    let class = if done { "button" } else { "button button--quiet" };
    let next = match step.next() {
        Some(next) => {
            let words =
                if done { t::next_is(lang, step_name(lang, next)) } else { t::later(lang).to_owned() };
            view! {
                <a class=class href=step_address(next)>
                    {words}
                </a>
            }
            .into_any()
        }
        None => view! {
            <a class=class href="/office">
                {if settings.readiness.is_complete() { t::finish(lang) } else { t::later(lang) }}
            </a>
        }
        .into_any(),
    };
    view! {
        <div class="foot-bar">
            <span class="u-soft">{t::saved_as_you_go(lang)}</span>
            {next}
        </div>
    }
    .into_any()
}
