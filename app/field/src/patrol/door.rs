//! One door: what was wrong there before stands first, then its short list. What is wrong now is tapped, the rest is in order.

use super::{
    answers::{NotPutRight, remarks},
    known_door::KnownDoor,
    walk::Walk,
    ways::{rhythm_of, street_path, streets_path},
};
use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, ErrorNotice, LineState, NotHere},
    i18n::{Lang, patrol as t, use_lang},
    quick_report::QuickReportLink,
};
use client::patrol::Asked;
use domain::{
    hazard::Hazard,
    id::{HazardId, SiteId},
    patrol::{Door, next_door, street_of},
    site::Site,
    time::{near_day, office_day},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use std::collections::BTreeMap;

/// What is shown of the door.
#[derive(Debug, Clone, PartialEq)]
struct AtDoor {
    site: Site,
    door: Door,
    /// Where one goes next, in words.
    next: Option<String>,
}

#[component]
pub fn DoorScreen() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let (params, query) = (use_params_map(), use_query_map());
    let at = ui::memo(move || params.with(|params| params.get("id")?.parse::<SiteId>().ok()));
    // What is owed here was found before the patrol began, as the street has it.
    let rhythm = ui::memo(move || query.with(rhythm_of));
    let walk = Walk::begin(true);
    let said = RwSignal::new(BTreeMap::<HazardId, bool>::new());
    let lacking = RwSignal::new(false);
    let here = ui::memo(move || {
        let (doors, at) = (walk.doors.get()?, at.get()?);
        let street = street_of(&doors.sites, at)?;
        let since = rhythm.get().began(phone.clock.today());
        let known = |door: Door| KnownDoor::of(door, &doors, walk, since, None);
        let is_left = |site: SiteId| {
            let door = street.doors.iter().find(|door| door.site == site && site != at);
            door.and_then(|door| known(*door)).is_some_and(|one| one.is_left())
        };
        let next = next_door(&street.doors, Some(at), &is_left).and_then(known);
        let this = street.doors.iter().find(|door| door.site == at).and_then(|door| known(*door))?;
        Some(AtDoor { site: this.site, door: this.door, next: next.map(|next| next.words(lang)) })
    });
    let hazards = ui::memo(move || {
        let (at, since) = (at.get(), rhythm.get().began(phone.clock.today()));
        let open = walk.doors.get().zip(at).map(|(doors, at)| {
            let owed = doors.open_at(at).iter().filter(|hazard| hazard.found_at < since);
            owed.cloned().collect::<Vec<_>>()
        });
        open.unwrap_or_default()
    });
    // What a hazard of before stands for is not asked once more.
    let asked = ui::memo(move || {
        let here = here.get()?;
        let all = walk.short_list(&here.site)?;
        let is_said =
            |asked: &Asked| hazards.with(|hazards| hazards.iter().any(|hazard| is_of(hazard, asked)));
        Some(all.into_iter().filter(|asked| !is_said(asked)).collect::<Vec<_>>())
    });
    let navigate = use_navigate();
    let back = Signal::derive(move || {
        let per = rhythm.get();
        at.get().map_or_else(|| streets_path(per), |at| street_path(at, per))
    });
    let leave = Callback::new(move |()| {
        let options = NavigateOptions { replace: true, ..Default::default() };
        navigate(&back.get_untracked(), options);
    });
    let remarked = move || {
        let remarks =
            hazards.with_untracked(|hazards| said.with_untracked(|said| remarks(lang, hazards, said)));
        lacking.set(remarks.is_none());
        remarks
    };
    let fail = Callback::new(move |failed: Asked| {
        if let Some((here, remarks)) = here.get_untracked().zip(remarked()) {
            walk.fail(here.site, remarks, failed);
        }
    });
    let pass = Callback::new(move |()| {
        if let Some((here, remarks)) = here.get_untracked().zip(remarked()) {
            walk.pass(here.site, remarks, leave);
        }
    });
    let title = Signal::derive(move || {
        here.with(|here| here.as_ref().map_or_else(|| t::title(lang).to_owned(), |here| heading(lang, here)))
    });
    let under = Signal::derive(move || {
        let last = here.with(|here| here.as_ref().and_then(|here| here.site.last_visit));
        let count = asked.with(|asked| asked.as_ref().map_or(0, Vec::len));
        let last = match last {
            Some(at) => t::last(lang, near_day(office_day(at), walk.phone.clock.today())),
            None => t::first_time(lang).to_owned(),
        };
        format!("{} · {last}", t::items(lang, count))
    });
    let is_here = ui::memo(move || walk.doors.with(Option::is_some).then(|| here.with(Option::is_some)));
    let foot = move || view! { <Foot walk at here asked hazards pass /> };
    move || match is_here.get() {
        Some(false) => view! { <NotHere /> }.into_any(),
        Some(true) | None => view! {
            <BackScreen
                title
                under
                called=t::title(lang)
                back
                aside=move || view! { <LineState /> }
                foot
            >
                {move || walk.failure.get().map(|error| view! { <ErrorNotice error /> })}
                <NotPutRight hazards said lacking />
                <ShortList asked hazards fail />
            </BackScreen>
        }
        .into_any(),
    }
}

/// `37 号 顺达电动自行车`
fn heading(lang: Lang, here: &AtDoor) -> String {
    match here.door.number {
        Some(number) => format!("{} {}", t::door(lang, number.to_string()), here.site.name),
        None => here.site.name.clone(),
    }
}

/// Whether the question is what the hazard was found by.
fn is_of(hazard: &Hazard, asked: &Asked) -> bool {
    hazard.found.form.as_ref() == Some(&asked.form)
        && hazard.found.question.as_ref() == Some(&asked.key.question)
}

/// What is asked, and beside each a way to say that it is wrong.
#[component]
fn ShortList(
    asked: Memo<Option<Vec<Asked>>>,
    hazards: Memo<Vec<Hazard>>,
    fail: Callback<Asked>,
) -> impl IntoView {
    let lang = use_lang();
    let row = move |(place, asked): (usize, Asked)| {
        let text = asked.text.get(lang).to_owned();
        let spoken = t::is_wrong(lang, text.clone());
        view! {
            <div class="street__asked">
                <span class="u-small">{place + 1}</span>
                <span class="rows__body">{text}</span>
                <button
                    type="button"
                    class="link"
                    aria-label=spoken
                    on:click=move |_| fail.run(asked.clone())
                >
                    <Sign icon=Icon::Cross />
                </button>
            </div>
        }
    };
    move || {
        let asked = asked.get()?;
        let count = asked.len();
        let title =
            if hazards.with(Vec::is_empty) { t::all_items(lang, count) } else { t::the_rest(lang, count) };
        (count > 0).then(|| {
            view! {
                <div class="section-head">
                    <h2>{title}</h2>
                    <span>{t::tap_what_is_wrong(lang)}</span>
                </div>
                <div class="card rows">{asked.into_iter().enumerate().map(row).collect_view()}</div>
            }
        })
    }
}

#[component]
fn Foot(
    walk: Walk,
    at: Memo<Option<SiteId>>,
    here: Memo<Option<AtDoor>>,
    asked: Memo<Option<Vec<Asked>>>,
    hazards: Memo<Vec<Hazard>>,
    pass: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let words = move || {
        let count = asked.with(|asked| asked.as_ref().map_or(0, Vec::len));
        let next = here.with(|here| here.as_ref().and_then(|here| here.next.clone()));
        match (hazards.with(Vec::is_empty), next) {
            (true, Some(next)) => t::all_in_order_next(lang, count, next),
            (true, None) => t::all_in_order(lang, count),
            (false, Some(next)) => t::rest_in_order_next(lang, count, next),
            (false, None) => t::rest_in_order(lang, count),
        }
    };
    move || {
        at.get().map(|site| {
            view! {
                <QuickReportLink site />
                <button
                    type="button"
                    class="button"
                    aria-busy=move || walk.busy.get().then_some("true")
                    on:click=move |_| pass.run(())
                >
                    {words}
                </button>
            }
        })
    }
}
