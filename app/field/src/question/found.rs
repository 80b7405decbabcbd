//! The hazards of a question that fails, each in two lines; a tap opens its sheet.

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    finding::OneMore,
    i18n::{Lang, trade, use_lang, visit as t},
    photo_strip::Thumb,
    visit::{VisitSession, element_id},
};
use chrono::NaiveDate;
use domain::{
    form::AnswerKey,
    visit::{Finding, ValidationIssue},
};
use leptos::prelude::*;

/// All that were written up, or the way to the first; and one more.
#[component]
pub fn FoundRows(work: VisitSession, key: AnswerKey) -> impl IntoView {
    let of = StoredValue::new(key.clone());
    // The first row stands before its sheet was opened, and keeps the focus when that closes.
    let numbers = ui::memo(move || {
        let written_up = of.with_value(|key| work.sheet_numbers(key));
        if written_up.is_empty() { vec![0] } else { written_up }
    });
    view! {
        <For each=move || numbers.get() key=|number| *number let:number>
            <FoundRow work key=of.get_value() number />
        </For>
        <OneMore work key />
    }
    .into_any()
}

/// The id of a row, as whoever leads there knows it.
pub fn row_id(key: &AnswerKey, number: u16) -> String {
    format!("{}-hazard-{number}", element_id(key))
}

#[component]
fn FoundRow(work: VisitSession, key: AnswerKey, number: u16) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let id = row_id(&key, number);
    let finding = {
        let key = key.clone();
        ui::memo(move || work.finding(&key, number))
    };
    let lacks = {
        let key = key.clone();
        ui::memo(move || match work.sheet_issue(&key, number) {
            Some(ValidationIssue::NeedsFindingPhoto(_)) => Some(t::lacks_photo(lang)),
            Some(ValidationIssue::NeedsAfterPhoto(_)) => Some(t::issue_after(lang)),
            Some(ValidationIssue::NeedsWords(_)) => Some(t::issue_words(lang)),
            Some(ValidationIssue::NeedsAuthority(_)) => Some(t::issue_authority(lang)),
            Some(
                ValidationIssue::Unanswered(_)
                | ValidationIssue::NotAnAnswer(_)
                | ValidationIssue::Invalid(..)
                | ValidationIssue::NeedsPhoto(_)
                | ValidationIssue::NeedsFinding(_)
                | ValidationIssue::OverLimit(..),
            )
            | None => None,
        })
    };
    let open = move |_| {
        if finding.with_untracked(Option::is_some) {
            work.open_sheet(key.clone(), number);
        } else {
            work.open_finding(key.clone());
        }
    };
    view! {
        <button type="button" class="found-row" id=id on:click=open>
            {move || {
                finding
                    .get()
                    .map(|finding| {
                        let shots = finding.photos.iter().take(2).cloned();
                        let shots = shots.map(|hash| view! { <Thumb hash /> }).collect_view();
                        view! { <span class="thumb-list">{shots}</span> }
                    })
            }}
            <span class="found-row__body">
                {move || match finding.get() {
                    Some(finding) => view! {
                        <span class="found-row__title">{headline(lang, phone.clock.today(), &finding)}</span>
                        <span class="u-small found-row__text">{finding.what.clone()}</span>
                        {lacks.get().map(|words| view! { <span class="u-small found-row__text">{words}</span> })}
                    }
                    .into_any(),
                    None => view! { <span class="found-row__title">{t::write_up(lang)}</span> }.into_any(),
                }}
            </span>
            <span class="chevron">
                <Sign icon=Icon::Forward />
            </span>
        </button>
    }
    .into_any()
}

/// `一般隐患 · 3 天内整改`, or that the office refers it.
pub fn headline(lang: Lang, today: NaiveDate, finding: &Finding) -> String {
    let days = (finding.due - today).num_days();
    let when = match (finding.fixed, days) {
        (true, _) => t::fixed_now(lang).to_owned(),
        (false, _) if finding.is_to_be_referred() => t::to_be_referred(lang).to_owned(),
        (false, ..=0) => t::due_at_once(lang).to_owned(),
        (false, days) => t::due_in(lang, days),
    };
    format!("{} · {when}", trade::severity(lang, finding.level))
}
