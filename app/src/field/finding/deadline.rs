//! By when: on the spot, the proposed days, the usual ones, or a day of one's own.

use super::Editing;
use crate::{
    device::clock,
    i18n::{Lang, inspect as t, use_lang},
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use leptos::prelude::*;

const USUAL: [u16; 4] = [1, 3, 7, 15];

#[component]
pub fn Deadline(editing: Editing, proposed: u16) -> impl IntoView {
    let lang = use_lang();
    let today = clock::today();
    let fixed = Memo::new(move |_| editing.get(|finding| finding.fixed));
    let due = Memo::new(move |_| editing.get(|finding| Some(finding.due)).unwrap_or(today));
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
                on:click=move |_| set(editing, day)
            >
                {t::in_days(lang, days.into(), weekday(lang, day.weekday()))}
            </button>
        }
    });
    let heading =
        if proposed == 0 { t::deadline_at_once(lang).to_owned() } else { t::deadline(lang, proposed) };
    let typed = move |words: String| {
        if let Ok(day) = words.parse::<NaiveDate>() {
            set(editing, day.max(today));
        }
    };
    view! {
        <div class="field" role="group" aria-labelledby="finding-due">
            <span id="finding-due">{heading}</span>
            <div class="scroll">
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
            <Show when=move || !fixed.get()>
                <input
                    class="text"
                    type="date"
                    aria-label=t::choose_day(lang)
                    min=today.to_string()
                    prop:value=move || due.get().to_string()
                    on:change=move |event| typed(event_target_value(&event))
                />
            </Show>
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
