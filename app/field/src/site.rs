//! One site: what it is, whom to call, what is open there, what was found before, and the way into a visit. What is no
//! longer on this phone is fetched when somebody asks for it.

mod earlier;
pub mod parts;
pub mod return_path;
mod seen;

use crate::{
    asked::AskFor,
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, ErrorNotice, NewerRecords, NotHere},
    home::running::RunningRow,
    i18n::{field as t, use_lang, visit as v},
    live,
};
use client::{DeviceError, changes::Topic, drafts};
use domain::{id::SiteId, sync::RecordKind};
use earlier::{Earlier, Past};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_params_map};
use parts::{ClosedHazards, Facts, History, OpenHazards, People};
use seen::Seen;

#[component]
pub fn SiteScreen() -> impl IntoView {
    let lang = use_lang();
    let (params, phone) = (use_params_map(), use_device());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<SiteId>().ok()));
    // Beside what is read, which is drawn anew whenever something comes.
    let past = Past::begin();
    Effect::new(move |_| {
        id.track();
        past.forget();
    });
    let read = live(&[Topic::Records, Topic::Drafts, Topic::Outbox], move || {
        let id = id.get();
        async move {
            match id {
                Some(id) => seen::read(&phone, id, lang).await,
                None => Ok(None),
            }
        }
    });
    let seen = Memo::new(move |_| read.get());
    move || match seen.get() {
        None => view! { <Waiting error=None /> }.into_any(),
        Some(Err(error)) => view! { <Waiting error=Some(error) /> }.into_any(),
        Some(Ok(None)) => view! { <NotOnPhone id=id.get() /> }.into_any(),
        Some(Ok(Some(seen))) => view! { <Site seen past /> }.into_any(),
    }
}

#[component]
fn Waiting(error: Option<DeviceError>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <BackScreen title=t::sites(lang).to_owned() back=return_path::path()>
            {error.map(|error| view! { <ErrorNotice error /> })}
        </BackScreen>
    }
}

#[component]
fn NotOnPhone(id: Option<SiteId>) -> impl IntoView {
    let lang = use_lang();
    let Some(id) = id else { return view! { <NotHere /> }.into_any() };
    let way = ("/field/".to_owned(), t::to_today(lang));
    view! {
        <BackScreen title=t::sites(lang).to_owned() back=return_path::path()>
            <AskFor kind=RecordKind::Site id=id.to_string() way />
        </BackScreen>
    }
    .into_any()
}

/// 没查成: a visit that says what was met with instead of answers.
#[component]
fn NotDone(site: domain::site::Site) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let navigate = use_navigate();
    let failure = RwSignal::new(None::<DeviceError>);
    let busy = RwSignal::new(false);
    let begin = move |_| {
        // A thumb that trembles begins one visit.
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (site, navigate) = (site.clone(), navigate.clone());
        spawn_local(async move {
            match drafts::begin_not_done(&phone, &site).await {
                Ok(draft) => navigate(&format!("/field/visit/{}", draft.id), Default::default()),
                Err(error) => {
                    busy.try_set(false);
                    failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        {move || failure.get().map(|error| view! { <ErrorNotice error /> })}
        <button type="button" class="button button--quiet" on:click=begin>
            {v::not_done(lang)}
        </button>
    }
}

#[component]
fn Site(seen: Seen, past: Past) -> impl IntoView {
    let lang = use_lang();
    let site = seen.due_site.site.clone();
    let check = format!("/field/sites/{}/check", site.id);
    let here = StoredValue::new(site.clone());
    let going_on = seen.running.first().map(|running| running.path());
    let foot = move || match going_on.clone() {
        Some(draft) => view! {
            <a class="button button--quiet" href=check.clone()>
                {t::another(lang)}
            </a>
            <a class="button" href=draft>
                {t::go_on(lang)}
            </a>
        }
        .into_any(),
        None => view! {
            <NotDone site=here.get_value() />
            <a class="button" href=check.clone()>
                <Sign icon=Icon::Tick />
                {t::start(lang)}
            </a>
        }
        .into_any(),
    };
    let running = (!seen.running.is_empty()).then(|| {
        let rows = seen.running.clone().into_iter().map(|running| view! { <RunningRow running /> });
        view! { <div class="card rows">{rows.collect_view()}</div> }
    });
    let body = view! {
        {running}
        <Facts seen=seen.clone() />
        <People site=site.clone() />
        <OpenHazards hazards=seen.hazards.clone() />
        <ClosedHazards hazards=seen.closed.clone() />
        <History history=seen.history.clone() shown=past.shown />
        <Earlier site=seen.due_site.site.id past />
        <NewerRecords count=seen.newer />
    };
    let (title, under, back) = (site.name, seen.kinds, return_path::path());
    let called = t::sites(lang);
    if seen.inspects {
        view! {
            <BackScreen title under called back foot>
                {body}
            </BackScreen>
        }
        .into_any()
    } else {
        view! {
            <BackScreen title under called back>
                {body}
            </BackScreen>
        }
        .into_any()
    }
}
