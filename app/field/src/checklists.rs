//! The page before a visit: its nature and its checklist. One tap begins it, or goes on with another checklist in it.

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, Empty, ErrorNotice, NewerRecords, NotHere},
    i18n::{use_lang, visit as t},
    live,
    readiness::ClockWarning,
};
use client::{DeviceError, changes::Topic, db::Known, drafts, records, session};
use domain::{
    checklist::Checklist,
    id::{SiteId, VisitId},
    role::{Action, Actor},
    site::Site,
    visit::{Draft, VisitNature},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

/// What an inspector may have come for; self-checks are the sites' own.
const NATURES: [VisitNature; 4] =
    [VisitNature::Surprise, VisitNature::Routine, VisitNature::Joint, VisitNature::Recheck];

#[component]
pub fn ChooseChecklist() -> impl IntoView {
    let (params, query, phone) = (use_params_map(), use_query_map(), use_device());
    let read = live(&[Topic::Records], move || {
        let id = params.with(|params| params.get("id").and_then(|id| id.parse::<SiteId>().ok()));
        let visit = query.with(|query| query.get("visit").and_then(|id| id.parse::<VisitId>().ok()));
        async move {
            let Some(id) = id else { return Ok(None) };
            let site = records::site(&phone, id).await?;
            let draft = match visit {
                Some(visit) => drafts::get(&phone, visit).await?,
                None => None,
            };
            let lists = records::checklists(&phone).await?;
            Ok::<_, DeviceError>(site.map(|site| (site, lists, draft)))
        }
    });
    move || match read.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
        Some(Ok(None)) => view! { <NotHere /> }.into_any(),
        Some(Ok(Some((site, lists, visit)))) => view! { <Choose site lists visit /> }.into_any(),
    }
}

fn may_inspect(actor: &Actor) -> bool {
    actor.role.may(Action::Inspect)
}

#[component]
fn Choose(
    site: Site,
    lists: Known<Checklist>,
    /// The visit that goes on with what is chosen; none: one begins.
    visit: Option<Draft>,
) -> impl IntoView {
    let lang = use_lang();
    let back = match &visit {
        Some(visit) => format!("/field/visit/{}/review", visit.id),
        None => format!("/field/sites/{}", site.id),
    };
    let (title, under) = (t::choose(lang).to_owned(), site.name.clone());
    if !session::current(&use_device()).is_some_and(|signed_in| may_inspect(&signed_in.actor)) {
        let way = ("/field/hazards".to_owned(), t::to_hazards(lang));
        return view! {
            <BackScreen title under back>
                <Empty icon=Icon::Lock title=t::not_yours(lang) words=t::not_yours_hint(lang) way />
            </BackScreen>
        }
        .into_any();
    }
    let nature = RwSignal::new(NATURES[0]);
    let failure = RwSignal::new(None::<DeviceError>);
    let newer = lists.newer.len();
    // What is asked is asked by the kinds that the visit began with.
    let kinds = visit.as_ref().map_or(&site.kinds, |visit| &visit.kinds);
    let chosen =
        |list: &Checklist| visit.iter().flat_map(|visit| &visit.forms).any(|form| form.checklist == list.id);
    let asking = lists.known.into_iter().filter(|list| list.asks_anything(kinds) && !chosen(list));
    let (fitting, others): (Vec<_>, Vec<_>) = asking.partition(|list| list.fits(kinds));
    let none = fitting.is_empty() && others.is_empty();
    let visit = visit.map(|visit| visit.id);
    let site = StoredValue::new(site);
    view! {
        <BackScreen title under back>
            <ClockWarning />
            {move || failure.get().map(|error| view! { <ErrorNotice error /> })}
            {visit.is_none().then(|| view! { <Why nature /> })}
            {none
                .then(|| {
                    view! { <Empty icon=Icon::List title=t::no_checklists(lang) words=t::no_checklists_hint(lang) /> }
                })}
            <Lists heading=t::fitting(lang) lists=fitting site visit nature failure />
            <Lists heading=t::others(lang) lists=others site visit nature failure />
            <NewerRecords count=newer />
        </BackScreen>
    }
    .into_any()
}

#[component]
fn Why(nature: RwSignal<VisitNature>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="field" role="group" aria-labelledby="why">
            <span class="field__label" id="why">{t::why(lang)}</span>
            <div class="segmented" role="radiogroup" aria-labelledby="why">
                {NATURES
                    .map(|one| {
                        view! {
                            <button
                                class="segmented__option"
                                type="button"
                                role="radio"
                                aria-checked=move || (nature.get() == one).to_string()
                                on:click=move |_| nature.set(one)
                            >
                                {one.name().get(lang).to_owned()}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
}

#[component]
fn Lists(
    heading: &'static str,
    lists: Vec<Checklist>,
    site: StoredValue<Site>,
    visit: Option<VisitId>,
    nature: RwSignal<VisitNature>,
    failure: RwSignal<Option<DeviceError>>,
) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let navigate = use_navigate();
    let busy = RwSignal::new(false);
    let begin = Callback::new(move |list: Checklist| {
        // A thumb that trembles begins one visit.
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let begun = match visit {
                Some(id) => drafts::add_form(&phone, id, &list).await.map(|()| id),
                None => {
                    let site = site.get_value();
                    let begun = drafts::begin(&phone, &site, &list, nature.get_untracked()).await;
                    begun.map(|draft| draft.id)
                }
            };
            match begun {
                // In place of this screen: "back" from the visit leads to the site.
                Ok(id) => {
                    let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
                    navigate(&format!("/field/visit/{id}"), options);
                }
                Err(error) => {
                    busy.try_set(false);
                    failure.try_set(Some(error));
                }
            }
        });
    });
    (!lists.is_empty()).then(|| {
        let rows = lists.into_iter().map(|list| {
            let (title, items) = (list.title.get(lang).to_owned(), list.items().count());
            let sector = list.sector.name().get(lang).to_owned();
            view! {
                <button type="button" on:click=move |_| begin.run(list.clone())>
                    <span class="rows__body">
                        <span class="rows__title">{title}</span>
                        <span class="rows__meta">
                            {sector}
                            <span>{t::items(lang, items)}</span>
                        </span>
                    </span>
                    <span class="chevron">
                        <Sign icon=Icon::Forward />
                    </span>
                </button>
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
