//! One item of a checklist: what is asked, the answer under the thumb, and what belongs to it.

mod control;
mod extras;

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    i18n::{trade, use_lang, visit as t},
    photo_strip::Thumb,
    visit::{VisitSession, element_id},
};
use chrono::NaiveDate;
use control::Control;
use domain::{
    checklist::PhotoRule,
    device::pace::Numbered,
    id::ItemId,
    visit::{Finding, ValidationIssue},
};
use extras::Extras;
use leptos::prelude::*;

#[component]
pub fn ItemCard(
    work: VisitSession,
    id: ItemId,
    /// The items asked in its section, with their numbers.
    here: Memo<Vec<Numbered>>,
) -> impl IntoView {
    let lang = use_lang();
    let Some(item) = work.item(&id) else { return ().into_any() };
    let number = {
        let id = id.clone();
        move || here.with(|here| here.iter().find(|(known, _)| *known == id).map_or(0, |(_, number)| *number))
    };
    let fails = {
        let id = id.clone();
        Memo::new(move |_| work.fails(&id))
    };
    let error = {
        let id = id.clone();
        move || work.verdict(&id).and_then(Result::err).map(|error| t::answer_error(lang, &error))
    };
    let (label, card) = (format!("{}-q", element_id(&id)), element_id(&id));
    let labelled = label.clone();
    let hint = item.hint.as_ref().map(|hint| hint.get(lang).to_owned());
    let text = item.text.get(lang).to_owned();
    let always = item.photo == PhotoRule::Always;
    let found = id.clone();
    view! {
        <div class="card item-card" id=card role="group" aria-labelledby=labelled>
            <p class="item-card__question" id=label>
                <span class="item-card__number">{number}</span>
                {text}
            </p>
            {hint.map(|hint| view! { <p class="u-small">{hint}</p> })}
            <Control work item fails />
            {move || error().map(|words| view! { <p class="error-line" role="alert">{words}</p> })}
            {move || fails.get().then(|| view! { <FoundRow work id=found.clone() /> })}
            <Extras work id always fails />
        </div>
    }
    .into_any()
}

/// The hazard in two lines; a tap opens its sheet.
#[component]
fn FoundRow(work: VisitSession, id: ItemId) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let finding = {
        let id = id.clone();
        Memo::new(move |_| work.finding(&id))
    };
    let lacks = {
        let id = id.clone();
        Memo::new(move |_| match work.issue(&id) {
            Some(ValidationIssue::NeedsPhoto(_)) => Some(t::lacks_photo(lang)),
            Some(ValidationIssue::NeedsAfterPhoto(_)) => Some(t::issue_after(lang)),
            Some(ValidationIssue::NeedsWords(_)) => Some(t::issue_words(lang)),
            Some(
                ValidationIssue::Unanswered(_)
                | ValidationIssue::Invalid(..)
                | ValidationIssue::NeedsFinding(_)
                | ValidationIssue::OverLimit(..),
            )
            | None => None,
        })
    };
    let opens = id.clone();
    view! {
        <button type="button" class="found-row" on:click=move |_| work.open_finding(opens.clone())>
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
}

/// `一般隐患 · 3 天内整改`
pub fn headline(lang: crate::i18n::Lang, today: NaiveDate, finding: &Finding) -> String {
    let days = (finding.due - today).num_days();
    let when = match (finding.fixed, days) {
        (true, _) => t::fixed_now(lang).to_owned(),
        (false, ..=0) => t::due_at_once(lang).to_owned(),
        (false, days) => t::due_in(lang, days),
    };
    format!("{} · {when}", trade::severity(lang, finding.level))
}
