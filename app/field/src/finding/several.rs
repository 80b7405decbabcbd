//! 再记一条: several hazards of one question, each with a sheet of its own.

use super::Editing;
use crate::{
    components::icon::{Icon, Sign},
    i18n::{use_lang, visit as t},
    question::row_id,
    visit::{VisitSession, focus},
};
use domain::{form::AnswerKey, limits::HAZARDS};
use leptos::prelude::*;

/// Offered once the first is written up, until there are as many as may be.
#[component]
pub fn OneMore(work: VisitSession, key: AnswerKey) -> impl IntoView {
    let lang = use_lang();
    let key = StoredValue::new(key);
    let many = ui::memo(move || key.with_value(|key| work.sheet_numbers(key)).len());
    let is_offered = ui::memo(move || (1..HAZARDS).contains(&many.get()));
    let is_enough = ui::memo(move || many.get() >= HAZARDS);
    view! {
        <Show when=move || is_offered.get()>
            <button type="button" class="link" on:click=move |_| work.add_finding(key.get_value())>
                <Sign icon=Icon::Plus />
                {t::add_finding(lang)}
            </button>
        </Show>
        <Show when=move || is_enough.get()>
            <p class="u-small">{t::enough_findings(lang, HAZARDS)}</p>
        </Show>
    }
    .into_any()
}

/// Which of several it is, in words.
#[component]
pub fn Nth(editing: Editing) -> impl IntoView {
    let lang = use_lang();
    let nth = ui::memo(move || {
        let numbers = editing.numbers();
        let at = numbers.iter().position(|number| *number == editing.number)?;
        (numbers.len() > 1).then(|| t::nth_finding(lang, at + 1, numbers.len()))
    });
    move || nth.get().map(|words| view! { <p class="u-small">{words}</p> })
}

/// Takes one of several away, by a second tap: what was written is gone with it.
#[component]
pub fn TakeAway(editing: Editing) -> impl IntoView {
    let lang = use_lang();
    let is_one_of_several = ui::memo(move || editing.numbers().len() > 1);
    let take_away = move |_| {
        let (work, key, number) = (editing.work, editing.key.get_value(), editing.number);
        work.sheet.set(None);
        work.remove_finding(&key, number);
        // Its row, which had the focus, is gone.
        request_animation_frame(move || {
            let first = (!work.is_over()).then(|| untrack(|| work.sheet_numbers(&key)).first().copied());
            if let Some(first) = first.flatten() {
                focus(&row_id(&key, first));
            }
        });
    };
    view! {
        <Show when=move || is_one_of_several.get()>
            <details class="disclosure">
                <summary class="disclosure__summary">{t::remove_finding(lang)}</summary>
                <p class="u-small">{t::remove_finding_words(lang)}</p>
                <button type="button" class="button button--danger" on:click=take_away>
                    {t::remove_finding_yes(lang)}
                </button>
            </details>
        </Show>
    }
}
