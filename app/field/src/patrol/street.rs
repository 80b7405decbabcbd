//! One street: how far it is, its doors, and the one at which the person stands.

use super::{
    known_door::{KnownDoor, known_at},
    list::Doors,
    now::Now,
    walk::Walk,
    ways::{door_path, new_site_path, rhythm_of, streets_path},
};
use crate::{
    components::icon::Icon,
    device::use_device,
    frame::{BackScreen, Empty, ErrorNotice, LineState, NewerRecords},
    i18n::{Lang, patrol as t, use_lang},
    quick_report::QuickReportLink,
    sites::near::{Near, NotLocated},
};
use domain::{
    id::SiteId,
    patrol::{DoorState, Order, Progress, Rhythm, Street, next_door, street_of, walked_in},
    time::month_and_day,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Which doors are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    All,
    /// 关门的: to be come back to.
    Unseen,
    /// 没走的
    Left,
}

/// What is shown of the street, and of its doors in their order; none until it is read.
pub type KnownDoors = Memo<Option<Vec<KnownDoor>>>;

#[component]
pub fn StreetScreen() -> impl IntoView {
    let lang = use_lang();
    let (params, query, phone) = (use_params_map(), use_query_map(), use_device());
    let at = ui::memo(move || params.with(|params| params.get("id")?.parse::<SiteId>().ok()));
    let rhythm = ui::memo(move || query.with(rhythm_of));
    let walk = Walk::begin(false);
    walk.resume();
    walk.hand_in_when_left();
    let near = Near::of(phone);
    let (order, part) = (RwSignal::new(Order::default()), RwSignal::new(Part::All));
    // The door from which one goes on: the one whose address this is, then the one that was done last.
    let from = RwSignal::new(at.get_untracked());

    let street = ui::memo(move || {
        let (doors, at) = (walk.doors.get()?, at.get()?);
        street_of(&doors.sites, at)
    });
    let known: KnownDoors = ui::memo(move || {
        let (doors, street) = (walk.doors.get()?, street.get()?);
        let since = rhythm.get().began(phone.clock.today());
        let here = near.fix();
        let place = |id: SiteId| doors.site(id)?.location;
        let walked = walked_in(&street.doors, order.get(), &place, here.as_ref());
        let known = walked.into_iter();
        Some(known.filter_map(|door| KnownDoor::of(door, &doors, walk, since, here.as_ref())).collect())
    });
    // One after another, from the door that was done last on; whatever is done is left behind.
    let current = ui::memo(move || known.with(|known| next(known.as_deref()?, from.get(), None)));
    let after = ui::memo(move || {
        let current = current.get()?;
        known.with(|known| next(known.as_deref()?, Some(current.door.site), Some(current.door.site)))
    });
    let choose = Callback::new(move |site: SiteId| {
        from.set(Some(site));
        part.set(Part::All);
    });

    let title = Signal::derive(move || street.with(|street| name_of(lang, street.as_ref())));
    let under = Signal::derive(move || {
        let (_, last) = rhythm.get().around(phone.clock.today());
        t::until(lang, month_and_day(last))
    });
    let newer =
        Signal::derive(move || walk.doors.with(|doors| doors.as_ref().map_or(0, |doors| doors.newer)));
    let is_there = ui::memo(move || known.with(Option::is_some));
    let foot = move || view! { <Foot walk current after from rhythm /> };
    view! {
        <BackScreen
            title
            under
            called=t::title(lang)
            back=Signal::derive(move || streets_path(rhythm.get()))
            aside=move || view! { <LineState /> }
            foot
        >
            {move || walk.failure.get().map(|error| view! { <ErrorNotice error /> })}
            <p role="status">{move || walk.told.get()}</p>
            <Show when=move || is_there.get()>
                <HowFar known current />
                <Chips known order part near />
                <NotLocated
                    near
                    wanted=Signal::derive(move || order.get() == Order::ByDistance)
                    give_up=Callback::new(move |()| order.set(Order::ByNumber))
                />
                <Doors walk known current part choose order rhythm />
                <Now walk current from rhythm />
                <Doors walk known current part choose order rhythm behind=true />
                <Walked known part />
                {move || {
                    let href = new_site_path(Some(at.get()?), None, None, Some(rhythm.get()));
                    Some(view! { <a class="link" href=href>{t::new_shop(lang)}</a> })
                }}
            </Show>
            <NewerRecords count=newer />
        </BackScreen>
    }
}

fn name_of(lang: Lang, street: Option<&Street>) -> String {
    match street {
        Some(Street { name: Some(name), .. }) => name.clone(),
        Some(Street { name: None, .. }) => t::without_number(lang).to_owned(),
        None => t::title(lang).to_owned(),
    }
}

/// The next door that is left, but for this one.
fn next(known: &[KnownDoor], from: Option<SiteId>, but: Option<SiteId>) -> Option<KnownDoor> {
    let doors: Vec<_> = known.iter().map(|one| one.door).collect();
    let is_left = |site: SiteId| Some(site) != but && known_at(known, site).is_some_and(KnownDoor::is_left);
    known_at(known, next_door(&doors, from, &is_left)?.site).cloned()
}

/// A tick a door, and the figures.
#[component]
fn HowFar(known: KnownDoors, current: Memo<Option<KnownDoor>>) -> impl IntoView {
    let lang = use_lang();
    let progress = ui::memo(move || {
        known.with(|known| Progress::of(known.iter().flatten().map(|one| one.walked.state)))
    });
    let ticks = move || {
        let here = current.with(|current| current.as_ref().map(|current| current.door.site));
        let tick = |one: &KnownDoor| {
            let kind = match one.walked.state {
                DoorState::NotWalked if Some(one.door.site) == here => "street__tick street__tick--here",
                DoorState::NotWalked => "street__tick street__tick--left",
                DoorState::InOrder => "street__tick",
                DoorState::Closed | DoorState::Refused | DoorState::Moved | DoorState::Gone => {
                    "street__tick street__tick--shut"
                }
                DoorState::Hazard => "street__tick street__tick--hazard",
            };
            view! { <i class=kind></i> }
        };
        known.with(|known| known.iter().flatten().map(tick).collect_view())
    };
    view! {
        <div class="street">
            <div class="street__ticks" aria-hidden="true">
                {ticks}
            </div>
            <p class="street__sum" role="status">
                <b>
                    {move || {
                        let progress = progress.get();
                        t::walked(lang, progress.walked(), progress.doors)
                    }}
                </b>
                <span>
                    {move || {
                        let Progress { in_order, closed, hazards, .. } = progress.get();
                        t::each_state(lang, in_order, closed, hazards)
                    }}
                </span>
            </p>
        </div>
    }
}

/// In which order, and which of them.
#[component]
fn Chips(known: KnownDoors, order: RwSignal<Order>, part: RwSignal<Part>, near: Near) -> impl IntoView {
    let lang = use_lang();
    let progress = ui::memo(move || {
        known.with(|known| Progress::of(known.iter().flatten().map(|one| one.walked.state)))
    });
    let choose = move |one: Order| {
        if one == Order::ByDistance {
            near.find();
        }
        order.set(one);
    };
    let only = move |one: Part, words: fn(Lang, usize) -> String, count: fn(Progress) -> usize| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (part.get() == one).to_string()
                on:click=move |_| part.update(|part| *part = if *part == one { Part::All } else { one })
            >
                {move || words(lang, count(progress.get()))}
            </button>
        }
    };
    view! {
        <div class="chip-strip">
            {Order::ALL
                .map(|one| {
                    view! {
                        <button
                            type="button"
                            class="chip"
                            aria-pressed=move || (order.get() == one).to_string()
                            on:click=move |_| choose(one)
                        >
                            {t::order(lang, one)}
                        </button>
                    }
                })
                .collect_view()}
            {only(Part::Unseen, t::only_unseen, Progress::unseen)}
            {only(Part::Left, t::only_left, Progress::left)}
        </div>
    }
}

/// Nothing is left to walk.
#[component]
fn Walked(known: KnownDoors, part: RwSignal<Part>) -> impl IntoView {
    let lang = use_lang();
    let none_left = ui::memo(move || {
        known.with(|known| known.as_ref().is_some_and(|known| !known.iter().any(KnownDoor::is_left)))
    });
    view! {
        <Show when=move || none_left.get() && part.get() == Part::All>
            <Empty icon=Icon::Tick title=t::all_walked(lang) words=t::all_walked_hint(lang) />
        </Show>
    }
}

/// The one thing to do at the door: all in order, or to look at what was wrong there before.
#[component]
fn Foot(
    walk: Walk,
    current: Memo<Option<KnownDoor>>,
    after: Memo<Option<KnownDoor>>,
    from: RwSignal<Option<SiteId>>,
    rhythm: Memo<Rhythm>,
) -> impl IntoView {
    let lang = use_lang();
    let pass = move |_| {
        if let Some(current) = current.get_untracked() {
            let at = current.door.site;
            let done = Callback::new(move |()| {
                from.try_set(Some(at));
            });
            walk.pass(current.site, vec![], done);
        }
    };
    let at = ui::memo(move || current.with(|current| current.as_ref().map(|current| current.door.site)));
    let is_there = ui::memo(move || at.get().is_some());
    let owes = ui::memo(move || current.with(|current| current.as_ref().is_some_and(|one| one.owed > 0)));
    let door =
        move || current.with(|current| current.as_ref().map(|one| one.words(lang)).unwrap_or_default());
    let words = move || match after.get() {
        Some(next) => t::in_order_next(lang, door(), next.words(lang)),
        None => t::in_order_last(lang, door()),
    };
    let report = move || at.get().map(|site| view! { <QuickReportLink site /> });
    // The button is the same from door to door: whoever hears or tabs to it stays on it.
    move || {
        if !is_there.get() {
            return view! { <a class="button" href=move || streets_path(rhythm.get())>{t::streets(lang)}</a> }
                .into_any();
        }
        if owes.get() {
            let href = move || at.get().map(|site| door_path(site, rhythm.get()));
            return view! {
                {report}
                <a class="button" href=href>{move || t::look_at(lang, door())}</a>
            }
            .into_any();
        }
        view! {
            {report}
            <button
                type="button"
                class="button"
                aria-busy=move || walk.busy.get().then_some("true")
                on:click=pass
            >
                {words}
            </button>
        }
        .into_any()
    }
}
