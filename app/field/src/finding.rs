//! The hazard sheet of a failed question: level, words, who, deadline, photos. Everything is proposed, every change kept.

mod basis;
mod deadline;
mod level;
mod responsible;
mod several;

use crate::{
    components::dialog::open_while,
    i18n::{use_lang, visit as t},
    parts,
    photo_strip::PhotoStrip,
    visit::{OpenSheet, SavedMark, VisitSession, subject},
};
use basis::BasisLines;
use client::photos::Stamp;
use deadline::{Deadline, OnTheSpot};
use domain::{form::AnswerKey, limits::TEXT, photo::PhotoHash, time::office_day, visit::Finding};
use leptos::{html, prelude::*};
use responsible::Responsible;
use several::{Nth, TakeAway};

pub use level::LevelChoice;
pub use responsible::{AuthorityField, ResponsibleChoice};
pub use several::OneMore;

/// Open while a question of the visit says so. Esc and the back gesture close it; nothing needs saving.
#[component]
pub fn FindingSheet(work: VisitSession) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    open_while(dialog, move || work.sheet.with(Option::is_some));
    view! {
        <dialog class="sheet" aria-labelledby="finding" node_ref=dialog on:close=move |_| work.sheet.set(None)>
            {move || {
                let at = work.sheet.get()?;
                Some(parts::within(move || Box::pin(parts::finding(work, at.clone()))))
            }}
        </dialog>
    }
}

/// One finding of a failed question, which may be that of others, too.
#[derive(Clone, Copy)]
pub struct Editing {
    work: VisitSession,
    key: StoredValue<AnswerKey>,
    /// Among the question's sheets.
    number: u16,
    finding: Memo<Option<Finding>>,
}

impl Editing {
    pub fn get<T: Default>(self, part: impl FnOnce(&Finding) -> T) -> T {
        self.finding.with(|finding| finding.as_ref().map(part).unwrap_or_default())
    }

    pub fn change(self, change: impl FnOnce(&mut Finding)) {
        self.key.with_value(|key| self.work.change_sheet(key, self.number, change));
    }

    /// Of all sheets of the question.
    fn numbers(self) -> Vec<u16> {
        self.key.with_value(|key| self.work.sheet_numbers(key))
    }
}

/// What stands in it.
#[component]
pub fn Sheet(work: VisitSession, at: OpenSheet) -> impl IntoView {
    let lang = use_lang();
    let OpenSheet { key, number: of_sheet } = at;
    let number = {
        let key = key.clone();
        ui::memo(move || work.number(&key))
    };
    let finding = {
        let key = key.clone();
        ui::memo(move || work.finding(&key, of_sheet))
    };
    // What is proposed stands as it was when the sheet was opened: nobody answers behind it.
    let proposed = untrack(|| work.proposed(&key));
    let questions = proposed.as_ref().map(|proposed| work.questions_of(proposed)).unwrap_or_default();
    let gallery = questions.iter().any(|question| question.allow_existing_photo);
    let subject = subject(work, lang, &key);
    let again = key.clone();
    let editing = Editing { work, key: StoredValue::new(key), number: of_sheet, finding };
    let question_number = t::question_number(lang, number.get_untracked());
    let stamp = Stamp { place: work.site_name(), subject: subject.clone(), number: question_number };
    let days = proposed.as_ref().map_or(0, |proposed| {
        let began = work.draft_now(|draft| office_day(draft.started_at));
        u16::try_from((proposed.due - began).num_days()).unwrap_or_default()
    });
    let at_once = proposed.as_ref().map(|proposed| {
        let lines = proposed.at_once.iter().map(|words| {
            view! { <li>{t::at_once(lang, words.get(lang))}</li> }
        });
        lines.collect::<Vec<_>>()
    });
    let at_once = at_once.filter(|lines| !lines.is_empty());
    let at_once = at_once.map(|lines| view! { <ul class="at-once">{lines}</ul> });
    let involved = (questions.len() > 1).then(|| {
        let texts = questions.iter().map(|question| {
            view! { <li>{question.text.get(lang).to_owned()}</li> }
        });
        view! {
            <details class="disclosure">
                <summary class="disclosure__summary">{t::involves(lang, questions.len())}</summary>
                <ul class="u-small">{texts.collect::<Vec<_>>()}</ul>
            </details>
        }
    });
    let photos = ui::memo(move || editing.get(|finding| finding.photos.clone()));
    let after = ui::memo(move || editing.get(|finding| finding.after.clone()));
    let fixed = ui::memo(move || editing.get(|finding| finding.fixed));
    let is_of_site = ui::memo(move || editing.get(|finding| finding.responsible_kind).is_site());
    let after_stamp = stamp.clone();
    view! {
        <div class="u-spread">
            <h2 id="finding">{move || t::failed_question(lang, number.get())}</h2>
            <SavedMark work />
        </div>
        <p class="u-small">{subject}</p>
        <Nth editing />
        {involved}
        {at_once}
        <LevelChoice
            level=ui::memo(move || editing.get(|finding| finding.level))
            choose=Callback::new(move |one| editing.change(|finding| finding.level = one))
        />
        <WhatSeen editing />
        <Responsible editing />
        <Show when=move || is_of_site.get() fallback=move || view! { <OnTheSpot editing /> }>
            <Deadline editing proposed=days />
        </Show>
        <PhotoStrip
            photos
            stamp
            on_taken=Callback::new(move |hash| editing.change(|finding| finding.photos.push(hash)))
            on_removed=Callback::new(move |hash: PhotoHash| {
                editing.change(|finding| finding.photos.retain(|one| *one != hash));
            })
            gallery=gallery
            label=t::before_photos(lang)
        />
        <Show when=move || fixed.get()>
            <PhotoStrip
                photos=after
                stamp=after_stamp.clone()
                on_taken=Callback::new(move |hash| editing.change(|finding| finding.after.push(hash)))
                on_removed=Callback::new(move |hash: PhotoHash| {
                    editing.change(|finding| finding.after.retain(|one| *one != hash));
                })
                gallery=gallery
                label=t::after_photos(lang)
                over=photos.with_untracked(|photos| photos.first().cloned())
            />
            <AfterNote editing />
        </Show>
        {proposed.map(|proposed| view! { <BasisLines work proposed /> })}
        <button type="button" class="button" on:click=move |_| work.sheet.set(None)>
            {t::done(lang)}
        </button>
        <OneMore work key=again />
        <TakeAway editing />
    }
}

#[component]
fn WhatSeen(editing: Editing) -> impl IntoView {
    let lang = use_lang();
    let empty = ui::memo(move || editing.get(|finding| finding.what.trim().is_empty()));
    let before = editing.finding.with_untracked(|finding| finding.as_ref().map(|f| f.what.clone()));
    // One more is known by its words: whoever opens it begins with them.
    let area = NodeRef::<html::Textarea>::new();
    let is_bare = empty.get_untracked();
    ui::effect(move || {
        let Some(area) = area.get().filter(|_| is_bare) else { return };
        request_animation_frame(move || {
            let _ = area.focus();
        });
    });
    view! {
        <div class="field">
            <label for="finding-what">{t::what_seen(lang)}</label>
            <Show when=move || empty.get()>
                <p class="error-line" id="finding-what-e">{t::what_missing(lang)}</p>
            </Show>
            <textarea
                class="input input--area"
                id="finding-what"
                autocomplete="off"
                rows="2"
                node_ref=area
                maxlength=TEXT.to_string()
                aria-invalid=move || empty.get().then_some("true")
                aria-describedby=move || empty.get().then_some("finding-what-e")
                prop:value=before.unwrap_or_default()
                on:input=move |event| {
                    let words = event_target_value(&event);
                    editing.change(|finding| finding.what = words);
                }
            ></textarea>
        </div>
    }
}

#[component]
fn AfterNote(editing: Editing) -> impl IntoView {
    let before = editing.finding.with_untracked(|finding| finding.as_ref().map(|f| f.after_note.clone()));
    view! {
        <div class="field">
            <label for="finding-after">{t::after_note(use_lang())}</label>
            <input
                class="input"
                id="finding-after"
                maxlength=TEXT.to_string()
                autocomplete="off"
                prop:value=before.unwrap_or_default()
                on:input=move |event| {
                    let words = event_target_value(&event);
                    editing.change(|finding| finding.after_note = words);
                }
            />
        </div>
    }
}
