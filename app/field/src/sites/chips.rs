//! The filters over the list.

use super::{near::Near, query::Query};
use crate::{
    chip_choice::ChipChoice,
    components::icon::{Icon, Sign},
    i18n::{field as t, map, use_lang},
};
use domain::risk::RiskLevel;
use leptos::prelude::*;

/// `grids` are id and name of those that have sites on this phone.
#[component]
pub fn Chips(
    query: Memo<Query>,
    show: Callback<Query>,
    near: Near,
    grids: Memo<Vec<(String, String)>>,
) -> impl IntoView {
    let lang = use_lang();
    let change = move |alter: &dyn Fn(&mut Query)| {
        let mut changed = query.get_untracked();
        alter(&mut changed);
        show.run(changed);
    };
    let risks = RiskLevel::ALL.map(|level| (level.as_str().to_owned(), level.name().get(lang).to_owned()));
    let risks = Signal::stored(risks.to_vec());
    let toggle_near = move |_| {
        let on = query.with_untracked(|query| query.near);
        if !on {
            near.find();
        }
        change(&|query| query.near = !on);
    };
    view! {
        <div class="chip-strip">
            <button
                class="chip"
                aria-pressed=move || query.with(|query| query.near).to_string()
                aria-busy=move || near.busy().to_string()
                on:click=toggle_near
            >
                <Sign icon=Icon::Locate />
                {move || if near.busy() { t::locating(lang) } else { t::near(lang) }}
            </button>
            <button
                class="chip"
                aria-pressed=move || query.with(|query| query.due).to_string()
                on:click=move |_| change(&|query| query.due = !query.due)
            >
                {t::due_now(lang)}
            </button>
            <a class="chip" href="/field/map">
                <Sign icon=Icon::Grid />
                {map::map(lang)}
            </a>
            <ChipChoice
                label=t::any_grid(lang)
                options=grids
                chosen=Signal::derive(move || {
                    query.with(|query| query.grid.map(|grid| grid.to_string()).unwrap_or_default())
                })
                choose=Callback::new(move |word: String| change(&|query| query.grid = word.parse().ok()))
            />
            <ChipChoice
                label=t::any_risk(lang)
                options=risks
                chosen=Signal::derive(move || {
                    query.with(|query| query.risk.map_or("", RiskLevel::as_str)).to_owned()
                })
                choose=Callback::new(move |word: String| {
                    change(&|query| query.risk = RiskLevel::parse(&word));
                })
            />
        </div>
    }
}
