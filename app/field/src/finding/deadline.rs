//! By when: on the spot, the proposed days, the usual ones, or a day of one's own. The site's party alone is given a day.

use super::Editing;
use crate::{
    device::use_device,
    i18n::{Lang, clock as c, use_lang, visit as t},
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::device::skew::{self, NoDeadline};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

const USUAL: [u16; 4] = [1, 3, 7, 15];

#[component]
pub fn Deadline(editing: Editing, proposed: u16) -> impl IntoView {
    let lang = use_lang();
    let today = use_device().clock.today();
    let fixed = ui::memo(move || editing.get(|finding| finding.fixed));
    let due = ui::memo(move || editing.get(|finding| Some(finding.due)).unwrap_or(today));
    let fault = RwSignal::new(None::<String>);
    let mut days: Vec<u16> = USUAL.to_vec();
    if proposed > 0 && !days.contains(&proposed) {
        days.push(proposed);
        days.sort_unstable();
    }
    let chips = days.into_iter().map(|days| {
        let day = today.checked_add_days(Days::new(days.into())).unwrap_or(today);
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (!fixed.get() && due.get() == day).to_string()
                on:click=move |_| {
                    fault.set(None);
                    set(editing, day);
                }
            >
                {t::in_days(lang, days.into(), weekday(lang, day.weekday()))}
            </button>
        }
    });
    let heading =
        if proposed == 0 { t::deadline_at_once(lang).to_owned() } else { t::deadline(lang, proposed) };
    // What stands in the field is what is recorded: a day that is not taken is told, and the field shows the old one again.
    let typed = move |event: Event| {
        let Some(field) = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let (words, before) = (field.value(), due.get_untracked());
        let read = words.parse::<NaiveDate>().ok().map(|day| (day, skew::deadline(day, today)));
        let wrong = match read {
            None => Some(c::deadline_cleared(lang, before.to_string())),
            Some((day, Err(NoDeadline::Past))) => {
                Some(c::deadline_past(lang, day.to_string(), today.to_string()))
            }
            Some((day, Err(NoDeadline::Far))) => Some(c::deadline_far(lang, day.to_string())),
            Some((_, Ok(day))) => {
                set(editing, day);
                None
            }
        };
        if wrong.is_some() {
            field.set_value(&before.to_string());
        }
        fault.set(wrong);
    };
    // One that was proposed by a clock that was wrong.
    let gone = ui::memo(move || !fixed.get() && !skew::still_stands(due.get(), today));
    view! {
        <div class="field" role="group" aria-labelledby="finding-due">
            <span class="field__label" id="finding-due">{heading}</span>
            <div class="chip-strip">
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || fixed.get().to_string()
                    on:click=move |_| editing.change(|finding| finding.fixed = true)
                >
                    {t::on_the_spot(lang)}
                </button>
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || (!fixed.get() && due.get() == today).to_string()
                    on:click=move |_| set(editing, today)
                >
                    {t::today(lang)}
                </button>
                {chips.collect_view()}
            </div>
            {move || {
                let words = fault.get().or_else(|| {
                    gone.get().then(|| c::deadline_gone(lang, due.get().to_string(), today.to_string()))
                });
                words.map(|words| view! { <p class="error-line" role="alert" id="finding-due-e">{words}</p> })
            }}
            <Show when=move || !fixed.get()>
                <input
                    class="input"
                    type="date"
                    aria-describedby="finding-due-e"
                    aria-label=t::choose_day(lang)
                    min=today.to_string()
                    prop:value=move || due.get().to_string()
                    on:change=typed
                />
            </Show>
        </div>
    }
}

/// Of what others are to put right, whether it was put right already; nobody is given a day.
#[component]
pub fn OnTheSpot(editing: Editing) -> impl IntoView {
    let fixed = ui::memo(move || editing.get(|finding| finding.fixed));
    view! {
        <div class="chip-list">
            <button
                type="button"
                class="chip"
                aria-pressed=move || fixed.get().to_string()
                on:click=move |_| editing.change(|finding| finding.fixed = !finding.fixed)
            >
                {t::on_the_spot(use_lang())}
            </button>
        </div>
    }
}

fn set(editing: Editing, day: NaiveDate) {
    editing.change(|finding| {
        finding.fixed = false;
        finding.due = day;
    });
}

fn weekday(lang: Lang, day: Weekday) -> &'static str {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let position = day.num_days_from_monday() as usize;
    match lang {
        Lang::Zh => ZH[position],
        Lang::En => EN[position],
    }
}
