//! One site: what was begun there, the way into a visit, and what is known of it beside that (`details`, another part of the
//! program).

mod details;
mod earlier;
mod facts;
mod known;
pub mod return_path;
mod seen;

pub use details::Details;
pub use facts::People;

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, ErrorNotice, NotHere},
    home::running::{Running, RunningRow},
    i18n::{field as t, use_lang, visit as v},
    live, parts,
    quick_report::QuickReportLink,
};
use client::{DeviceError, changes::Topic, drafts, session};
use domain::{id::SiteId, sync::RecordKind};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_params_map};
use seen::Seen;

/// As it was read last: none until it is read, and where the site is not on this phone.
type SeenRead = Memo<Option<Result<Option<Seen>, DeviceError>>>;

#[component]
pub fn SiteScreen() -> impl IntoView {
    let lang = use_lang();
    let (params, phone) = (use_params_map(), use_device());
    let id = ui::memo(move || params.with(|params| params.get("id")?.parse::<SiteId>().ok()));
    let read = live(&[Topic::Records, Topic::Drafts, Topic::Outbox], move || {
        let id = id.get();
        async move {
            match id {
                Some(id) => seen::read(&phone, id, lang).await,
                None => Ok(None),
            }
        }
    });
    let seen: SeenRead = ui::memo(move || read.get());
    // The screen itself stays while what is read changes.
    let inspects = ui::memo(move || of(seen, |seen| Some(seen.inspects)));
    move || match inspects.get() {
        Some(inspects) => view! { <Site id seen inspects /> }.into_any(),
        None => (move || match seen.get() {
            None => view! { <Waiting error=None /> }.into_any(),
            Some(Err(error)) => view! { <Waiting error=Some(error) /> }.into_any(),
            Some(Ok(None)) => view! { <NotOnPhone id=id.get() /> }.into_any(),
            Some(Ok(Some(_))) => ().into_any(),
        })
        .into_any(),
    }
}

/// What is said of the site, as long as it is here; tracked.
fn of<T: Default>(seen: SeenRead, look: impl FnOnce(&Seen) -> T) -> T {
    seen.with(|seen| match seen {
        Some(Ok(Some(seen))) => look(seen),
        Some(Ok(None) | Err(_)) | None => T::default(),
    })
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
            {parts::within(move || Box::pin(parts::ask_for(RecordKind::Site, id.to_string(), way.clone())))}
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
fn Site(
    id: Memo<Option<SiteId>>,
    seen: SeenRead,
    /// This person may inspect here.
    inspects: bool,
) -> impl IntoView {
    let lang = use_lang();
    let title = Signal::derive(move || of(seen, |seen| seen.site.name.clone()));
    let under = Signal::derive(move || of(seen, |seen| seen.kinds.clone()));
    let (back, called) = (return_path::path(), t::sites(lang));
    let body = view! {
        {move || running(of(seen, |seen| seen.running.clone()))}
        {parts::within(move || Box::pin(parts::site(id)))}
    };
    let foot = move || (move || ways(seen)).into_any();
    if inspects {
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

/// What was begun here and not finished.
fn running(running: Vec<Running>) -> Option<AnyView> {
    (!running.is_empty()).then(|| {
        let rows = running.into_iter().map(|running| view! { <RunningRow running /> });
        view! { <div class="card rows">{rows.collect_view()}</div> }.into_any()
    })
}

/// Into a visit, or on with one.
fn ways(seen: SeenRead) -> AnyView {
    let lang = use_lang();
    let Some((site, begun)) =
        of(seen, |seen| Some((seen.site.clone(), seen.running.first().map(Running::path))))
    else {
        return ().into_any();
    };
    let check = format!("/field/sites/{}/check", site.id);
    // Whoever is of the site finds its door open.
    let is_own = session::current(&use_device()).is_some_and(|me| me.actor.role.is_contact());
    match begun {
        Some(draft) => view! {
            <QuickReportLink site=site.id />
            <a class="button button--quiet" href=check>
                {t::another(lang)}
            </a>
            <a class="button" href=draft>
                {t::go_on(lang)}
            </a>
        }
        .into_any(),
        None => view! {
            <QuickReportLink site=site.id />
            {(!is_own).then(|| view! { <NotDone site /> })}
            <a class="button" href=check>
                <Sign icon=Icon::Tick />
                {t::start(lang)}
            </a>
        }
        .into_any(),
    }
}
