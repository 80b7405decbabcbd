//! The doors before and behind the one at which the person stands.

use super::{
    known_door::{KnownDoor, known_at},
    street::{KnownDoors, Part},
    walk::Walk,
    ways::new_site_path,
};
use crate::{
    components::{
        icon::{Icon, Sign},
        risk_sign::RiskSign,
    },
    i18n::{Lang, field as f, patrol as t, use_lang},
};
use domain::{
    id::SiteId,
    patrol::{DoorState, Line, Order, Rhythm, lines},
    time::{clock, month_and_day, office_day},
};
use leptos::prelude::*;

/// So many walked doors stand before the present one; more are folded.
const SHOWN: usize = 2;

#[derive(Debug, Clone, PartialEq)]
enum Shown {
    Door(Box<KnownDoor>),
    /// Between two doors of one side, nothing is registered at this number.
    Missing(u32),
}

impl Shown {
    fn is_walked(&self) -> bool {
        match self {
            Self::Door(one) => !one.is_left(),
            Self::Missing(_) => false,
        }
    }
}

/// Those before the present door, or behind it. Where only some doors are looked at, all of them stand before.
#[component]
pub fn Doors(
    walk: Walk,
    known: KnownDoors,
    current: Memo<Option<KnownDoor>>,
    part: RwSignal<Part>,
    order: RwSignal<Order>,
    choose: Callback<SiteId>,
    rhythm: Memo<Rhythm>,
    #[prop(optional)] behind: bool,
) -> impl IntoView {
    let lang = use_lang();
    let unfolded = RwSignal::new(false);
    let rows = ui::memo(move || {
        let here = current.with(|current| current.as_ref().map(|current| current.door.site));
        known.with(|known| {
            let known = known.as_deref().unwrap_or_default();
            split(known, here, part.get(), order.get(), behind)
        })
    });
    let folded = ui::memo(move || {
        let walked = rows.with(|rows| rows.iter().take_while(|row| row.is_walked()).count());
        let folds = !behind && part.get() == Part::All && !unfolded.get() && walked > SHOWN + 1;
        if folds { walked - SHOWN } else { 0 }
    });
    move || {
        let rows = rows.get();
        if rows.is_empty() {
            return None;
        }
        let (hidden, per) = (folded.get(), rhythm.get());
        // Whatever is new here stands in the same street.
        let beside = known.with(|known| known.iter().flatten().map(|one| one.door.site).next());
        let fold = (hidden > 0).then(|| {
            let (first, last) = (rows.first(), rows.get(hidden - 1));
            let words = span(lang, first, last);
            view! {
                <button type="button" aria-expanded="false" on:click=move |_| unfolded.set(true)>
                    <span class="rows__body">{words}</span>
                    <span class="u-small">{t::doors(lang, hidden)}</span>
                    <span class="chevron">
                        <Sign icon=Icon::Forward />
                    </span>
                </button>
            }
        });
        let rows = rows.into_iter().skip(hidden).map(|row| match row {
            Shown::Door(one) if one.is_left() => left(lang, *one, choose),
            Shown::Door(one) => walked(lang, *one, walk),
            Shown::Missing(number) => missing(lang, number, beside, per),
        });
        Some(view! {
            <div class="card rows street__doors">
                {fold}
                {rows.collect_view()}
            </div>
        })
    }
}

fn split(known: &[KnownDoor], here: Option<SiteId>, part: Part, order: Order, behind: bool) -> Vec<Shown> {
    let of = |one: &KnownDoor| match part {
        Part::All => true,
        Part::Unseen => one.walked.state.is_unseen(),
        Part::Left => one.is_left() && Some(one.door.site) != here,
    };
    if part != Part::All {
        let some = known.iter().filter(|one| of(one) && !behind);
        return some.cloned().map(Box::new).map(Shown::Door).collect();
    }
    let doors: Vec<_> = known.iter().map(|one| one.door).collect();
    // What is missing stands between its neighbours, and only where they follow each other.
    let all = match order {
        Order::ByNumber => lines(&doors),
        Order::SideBySide | Order::ByDistance => doors.into_iter().map(Line::Door).collect(),
    };
    let at = all.iter().position(|line| matches!(line, Line::Door(door) if Some(door.site) == here));
    let (before, rest) = all.split_at(at.unwrap_or(all.len()));
    let side = if behind { rest.get(1..).unwrap_or_default() } else { before };
    let shown = side.iter().filter_map(|line| match line {
        Line::Door(door) => known_at(known, door.site).cloned().map(Box::new).map(Shown::Door),
        Line::Missing(number) => Some(Shown::Missing(*number)),
    });
    shown.collect()
}

/// `1 至 29 号`
fn span(lang: Lang, first: Option<&Shown>, last: Option<&Shown>) -> String {
    let number = |row: Option<&Shown>| match row? {
        Shown::Door(one) => one.door.number.map(|number| number.to_string()),
        Shown::Missing(number) => Some(number.to_string()),
    };
    match (number(first), number(last)) {
        (Some(first), Some(last)) => t::walked_before(lang, first, last),
        (Some(_) | None, _) => t::walked_before_short(lang).to_owned(),
    }
}

/// It is gone to by a tap.
fn left(lang: Lang, one: KnownDoor, choose: Callback<SiteId>) -> AnyView {
    let (number, owed, metres, site) = (one.number(), one.owed, one.metres, one.site);
    let id = site.id;
    view! {
        <button type="button" on:click=move |_| choose.run(id)>
            <span class="street__number">{number}</span>
            <span class="rows__body">
                <span class="rows__title">{site.name}</span>
                <span class="rows__meta">
                    <RiskSign level=site.risk />
                    {metres.map(|metres| view! { <span>{f::distance(metres)}</span> })}
                    {(owed > 0).then(|| view! { <b class="street__owed">{t::owed(lang, owed)}</b> })}
                </span>
            </span>
        </button>
    }
    .into_any()
}

fn walked(lang: Lang, one: KnownDoor, walk: Walk) -> AnyView {
    let (number, waits, state, site) = (one.number(), one.waits, one.walked.state, one.site);
    let today = walk.phone.clock.today();
    let at = one.walked.at.map(|at| {
        let day = office_day(at);
        if day == today { clock(at) } else { month_and_day(day) }
    });
    let words =
        [Some(t::state(lang, state).to_owned()), at].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let spoken = t::take_back_of(lang, site.name.clone());
    let undo = waits.then(|| {
        view! {
            <button type="button" class="link" aria-label=spoken on:click=move |_| walk.take_back()>
                {t::take_back(lang)}
            </button>
        }
    });
    view! {
        <div>
            <a class="street__way" href=format!("/field/sites/{}", site.id)>
                <span class="street__number street__number--past">{number}</span>
                <span class="street__past">{site.name}</span>
            </a>
            <span class="street__done">
                {(state == DoorState::InOrder).then(|| view! { <Sign icon=Icon::Tick /> })}
                {words}
            </span>
            {undo}
        </div>
    }
    .into_any()
}

fn missing(lang: Lang, number: u32, beside: Option<SiteId>, per: Rhythm) -> AnyView {
    let href = new_site_path(beside, Some(number), None, Some(per));
    view! {
        <div>
            <span class="street__number street__number--past">{number.to_string()}</span>
            <span class="street__past">{t::missing_door(lang)}</span>
            <a class="link" href=href>
                {t::new_shop(lang)}
            </a>
        </div>
    }
    .into_any()
}
