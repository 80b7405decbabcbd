//! The page before a visit: its kind and its checklist. One tap begins it.

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
    id::SiteId,
    role::{Action, Actor},
    site::Site,
    visit::VisitNature,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_params_map};

/// What an inspector may have come for; self-checks are the sites' own.
const KINDS: [VisitNature; 4] =
    [VisitNature::Surprise, VisitNature::Routine, VisitNature::Joint, VisitNature::Recheck];

#[component]
pub fn ChooseChecklist() -> impl IntoView {
    let (params, phone) = (use_params_map(), use_device());
    let read = live(&[Topic::Records], move || {
        let id = params.with(|params| params.get("id").and_then(|id| id.parse::<SiteId>().ok()));
        async move {
            let Some(id) = id else { return Ok(None) };
            let site = records::site(&phone, id).await?;
            Ok::<_, DeviceError>(site.zip(Some(records::checklists(&phone).await?)))
        }
    });
    move || match read.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
        Some(Ok(None)) => view! { <NotHere /> }.into_any(),
        Some(Ok(Some((site, lists)))) => view! { <Choose site lists /> }.into_any(),
    }
}

fn may_inspect(actor: &Actor) -> bool {
    actor.role.may(Action::Inspect)
}

#[component]
fn Choose(site: Site, lists: Known<Checklist>) -> impl IntoView {
    let lang = use_lang();
    let back = format!("/field/sites/{}", site.id);
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
    let kind = RwSignal::new(KINDS[0]);
    let failure = RwSignal::new(None::<DeviceError>);
    let newer = lists.newer.len();
    let asking = lists.known.into_iter().filter(|list| list.asks_anything(&site.kinds));
    let (fitting, others): (Vec<_>, Vec<_>) = asking.partition(|list| list.fits(&site.kinds));
    let none = fitting.is_empty() && others.is_empty();
    let site = StoredValue::new(site);
    view! {
        <BackScreen title under back>
            <ClockWarning />
            {move || failure.get().map(|error| view! { <ErrorNotice error /> })}
            <div class="field" role="group" aria-labelledby="why">
                <span class="field__label" id="why">{t::why(lang)}</span>
                <div class="segmented" role="radiogroup" aria-labelledby="why">
                    {KINDS
                        .map(|one| {
                            view! {
                                <button
                                    class="segmented__option"
                                    type="button"
                                    role="radio"
                                    aria-checked=move || (kind.get() == one).to_string()
                                    on:click=move |_| kind.set(one)
                                >
                                    {one.name().get(lang).to_owned()}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </div>
            {none
                .then(|| {
                    view! { <Empty icon=Icon::List title=t::no_checklists(lang) words=t::no_checklists_hint(lang) /> }
                })}
            <Lists heading=t::fitting(lang) lists=fitting site kind failure />
            <Lists heading=t::others(lang) lists=others site kind failure />
            <NewerRecords count=newer />
        </BackScreen>
    }
    .into_any()
}

#[component]
fn Lists(
    heading: &'static str,
    lists: Vec<Checklist>,
    site: StoredValue<Site>,
    kind: RwSignal<VisitNature>,
    failure: RwSignal<Option<DeviceError>>,
) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let navigate = use_navigate();
    let begin = Callback::new(move |list: Checklist| {
        let navigate = navigate.clone();
        spawn_local(async move {
            match drafts::begin(&phone, &site.get_value(), &list, kind.get_untracked()).await {
                // In place of this screen: "back" from the visit leads to the site.
                Ok(draft) => {
                    let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
                    navigate(&format!("/field/visit/{}", draft.id), options);
                }
                Err(error) => failure.set(Some(error)),
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
