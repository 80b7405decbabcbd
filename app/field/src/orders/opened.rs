//! Opened: the site, what to check there, what was wrong the last time, and the way into the visit.

use super::OrderRead;
use crate::{
    components::{
        icon::{Icon, Sign},
        risk_sign::RiskSign,
    },
    device::use_device,
    forms::asked_at,
    frame::ErrorNotice,
    i18n::{Lang, field as f, orders as t, use_lang},
    site::People,
    visit::begun_path,
};
use client::{DeviceError, drafts, location};
use domain::{
    form::{Form, session::Context},
    site::Site,
    spot_check::{LastHazard, OrderContent},
    time,
    visit::{SiteSeen, VisitNature},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

fn content_of(order: OrderRead) -> Option<Box<OrderContent>> {
    order.get()?.here.content.clone()
}

#[component]
pub fn Opened(order: OrderRead) -> impl IntoView {
    move || {
        let content = content_of(order)?;
        let forms = order.get().map(|read| read.forms.clone()).unwrap_or_default();
        Some(view! { <Content content=*content forms /> })
    }
}

#[component]
fn Content(content: OrderContent, forms: Vec<Form>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let now = phone.clock.office_now();
    let OrderContent { site, nature, note, last, .. } = content;
    let here = location::recent(&phone);
    let metres = site.location.as_ref().zip(here.as_ref()).map(|(there, here)| there.distance(here));
    let inspection = (nature == VisitNature::AdministrativeInspection).then(|| view! { <AtFirst /> });
    let row = |name: &'static str, words: AnyView| {
        view! {
            <div>
                <div class="rows__body">
                    <p class="rows__meta">{name}</p>
                    {words}
                </div>
            </div>
        }
    };
    let asked = if forms.is_empty() {
        view! { <p>{t::no_forms(lang)}</p> }.into_any()
    } else {
        let at = Arc::new(SiteSeen::of(&site).context(phone.clock.now()));
        let words = forms.into_iter().map(|form| form_words(lang, &Arc::new(form), &at));
        words.map(|words| view! { <p>{words}</p> }).collect_view().into_any()
    };
    let noted = (!note.is_empty()).then(|| row(t::note(lang), view! { <p>{note}</p> }.into_any()));
    view! {
        <section class="card card--pad" aria-labelledby="order-site">
            <p class="rows__meta">
                <RiskSign level=site.risk />
                {metres.map(|metres| view! { <span>{f::distance(metres)}</span> })}
            </p>
            <h2 class="order__site" id="order-site">
                {site.name.clone()}
            </h2>
            <p class="u-small">{site.address.clone()}</p>
        </section>
        <div class="card rows">
            {row(t::what(lang), asked)} {row(t::last(lang), last_words(lang, last, now))} {noted}
        </div>
        {inspection}
        <People site />
    }
}

fn form_words(lang: Lang, form: &Arc<Form>, at: &Arc<Context>) -> String {
    format!("{} · {}", form.title.get(lang), t::questions(lang, asked_at(form, at)))
}

fn last_words(lang: Lang, last: Option<LastHazard>, now: chrono::DateTime<chrono::Utc>) -> AnyView {
    let Some(last) = last else { return view! { <p>{t::no_last(lang)}</p> }.into_any() };
    let LastHazard { what, found_at, found_by, is_open } = last;
    let stands = if is_open { t::last_open(lang) } else { t::last_closed(lang) };
    let words = format!("{} {found_by} · {stands}", time::near(found_at, now));
    view! {
        <p>{what}</p>
        <p class="u-small">{words}</p>
    }
    .into_any()
}

/// What an administrative inspection begins with.
#[component]
fn AtFirst() -> impl IntoView {
    let lang = use_lang();
    let all = [t::show_certificates(lang), t::hand_notice(lang), t::scan_code(lang)];
    view! {
        <div class="section-head">
            <h2>{t::at_first(lang)}</h2>
        </div>
        <ol class="card rows">
            {all.map(|words| view! { <li class="rows__low">{words}</li> }).collect_view()}
        </ol>
        <p class="u-small">{t::no_notice(lang)}</p>
    }
}

/// Where maps of the phone find it.
fn map_address(site: &Site) -> Option<String> {
    let at = site.location.as_ref()?;
    Some(format!("geo:{0:.6},{1:.6}?q={0:.6},{1:.6}", at.latitude, at.longitude))
}

#[component]
pub fn OpenedFoot(order: OrderRead) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let navigate = StoredValue::new_local(use_navigate());
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<DeviceError>));
    let begin = move |_| {
        let Some(read) = order.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        let Some(content) = read.here.content.clone() else { return };
        // A thumb that trembles begins one visit.
        busy.set(true);
        spawn_local(async move {
            match drafts::begin_by_order(&phone, read.here.order.id, &content).await {
                Ok(draft) => {
                    let path = begun_path(draft.id, draft.nature);
                    navigate.try_with_value(|navigate| navigate(&path, Default::default()));
                }
                Err(error) => drop(failed.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    let lead = move || {
        let content = content_of(order)?;
        let href = map_address(&content.site)?;
        Some(view! {
            <a class="button button--quiet button--snap" href=href>
                <Sign icon=Icon::Locate />
                {t::lead(lang)}
            </a>
        })
    };
    let stands = move || order.get().map(|read| (read.begun, read.visited)).unwrap_or_default();
    let way = move || match stands() {
        (Some(visit), _) => {
            view! { <a class="button" href=format!("/field/visit/{visit}")>{t::go_on(lang)}</a> }.into_any()
        }
        (None, true) => view! {
            <button
                class="button button--quiet"
                type="button"
                aria-busy=move || busy.get().to_string()
                on:click=begin
            >
                {t::once_more(lang)}
            </button>
            <a class="button" href="/field/outbox">
                {t::handed_in(lang)}
            </a>
        }
        .into_any(),
        (None, false) => view! {
            <button class="button" type="button" aria-busy=move || busy.get().to_string() on:click=begin>
                <Sign icon=Icon::Tick />
                {t::begin(lang)}
            </button>
        }
        .into_any(),
    };
    view! {
        {move || failed.get().map(|error| view! { <ErrorNotice error /> })}
        {lead}
        {way}
    }
}
