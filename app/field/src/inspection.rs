//! 行政检查，到场先做: what has to be in hand before anybody is inspected. Everything lies on the phone and is checked by the
//! office's rules without signal; the button leads to the checklist as soon as nothing is lacking.

mod officers;
mod papers;
mod steps;

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, ErrorNotice, NotHere},
    i18n::{inspection as t, use_lang},
    parts,
    visit::{LoadVisit, SavedMark, VisitSession},
};
use client::drafts;
use domain::{
    inspection::Breach,
    visit::{VisitNature, VisitOutcome},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use officers::Officers;
use papers::Papers;
use steps::Steps;
pub use steps::step;

#[component]
pub fn Inspection() -> impl IntoView {
    view! { <LoadVisit view=arriving /> }
}

fn arriving(work: VisitSession) -> AnyView {
    parts::screen(Box::pin(parts::inspection(work)))
}

#[component]
pub fn Arrival(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    if work.draft_now(|draft| draft.administrative.is_none()) {
        return view! { <NotHere /> }.into_any();
    }
    let here = format!("/field/visit/{}", work.id());
    // What is told at the end is not lacking yet.
    let lacking = ui::memo(move || {
        let mut breaches = work.breaches();
        breaches.retain(|breach| !breach.is_of_the_end());
        breaches
    });
    let foot = ViewFn::from(move || {
        let here = here.clone();
        move || {
            let (way, words) = match lacking.with(Vec::len) {
                0 => (here.clone(), t::start(lang).to_owned()),
                left => ("#lacking".to_owned(), t::lacking(lang, left)),
            };
            view! { <a class="button" href=way>{words}</a> }
        }
    });
    view! {
        <BackScreen title=t::inspection(lang).to_owned() under=work.site_name() back=work.back() foot>
            {move || work.failure.get().map(|error| view! { <ErrorNotice error /> })}
            <Papers work />
            <Officers work />
            <Steps work />
            <Lacking lacking />
            <p class="u-small">{t::unannounced(lang)}</p>
            <SavedMark work />
            <Patrol work />
        </BackScreen>
    }
    .into_any()
}

/// What is still lacking, each with what to do.
#[component]
fn Lacking(lacking: Memo<Vec<Breach>>) -> impl IntoView {
    let lang = use_lang();
    move || {
        let lacking = lacking.get();
        let rows = lacking.iter().map(|breach| view! { <div>{t::breach(lang, breach)}</div> });
        let rows = rows.collect_view();
        (!lacking.is_empty()).then(|| {
            view! {
                <div class="section-head" id="lacking">
                    <h2>{t::still_lacking(lang)}</h2>
                </div>
                <div class="card rows">{rows}</div>
            }
        })
    }
}

/// Whoever may not inspect here today can still look, note and advise.
#[component]
fn Patrol(work: VisitSession) -> impl IntoView {
    let (lang, phone, navigate) = (use_lang(), use_device(), use_navigate());
    let patrol = move |_| {
        let way = format!("/field/visit/{}", work.id());
        work.change_around(|draft| {
            (draft.nature, draft.administrative) = (VisitNature::Patrol, None);
            draft.outcome = VisitOutcome::Done;
        });
        let (navigate, draft) = (navigate.clone(), work.draft_now(Clone::clone));
        spawn_local(async move {
            // The screen to come reads what is kept.
            match drafts::save(&phone, &draft).await {
                Ok(()) => navigate(&way, NavigateOptions { replace: true, ..Default::default() }),
                Err(error) => drop(work.failure.try_set(Some(error))),
            }
        });
    };
    view! {
        <button type="button" class="link" on:click=patrol>
            <Sign icon=Icon::Back />
            {t::patrol_instead(lang)}
        </button>
    }
}
