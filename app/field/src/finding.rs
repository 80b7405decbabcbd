//! The hazard sheet of a failed item: level, words, deadline, who, photos. Everything is proposed, every change kept.

mod deadline;

use crate::{
    components::dialog::open_while,
    i18n::{trade, use_lang, visit as t},
    parts,
    photo_strip::PhotoStrip,
    visit::VisitSession,
};
use client::photos::Stamp;
use deadline::Deadline;
use domain::{
    checklist::{Item, Severity},
    id::ItemId,
    limits::{NAME, TEXT},
    photo::PhotoHash,
    visit::Finding,
};
use leptos::{html, prelude::*};

/// Open while an item of the visit says so. Esc and the back gesture close it; nothing needs saving.
#[component]
pub fn FindingSheet(work: VisitSession) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    open_while(dialog, move || work.open.with(Option::is_some));
    view! {
        <dialog class="sheet" aria-labelledby="finding" node_ref=dialog on:close=move |_| work.open.set(None)>
            {move || {
                let id = work.open.get()?;
                let item = work.item(&id)?;
                Some(parts::within(move || Box::pin(parts::finding(work, item.clone()))))
            }}
        </dialog>
    }
}

/// One item's finding.
#[derive(Clone, Copy)]
pub struct Editing {
    work: VisitSession,
    id: StoredValue<ItemId>,
    finding: Memo<Option<Finding>>,
}

impl Editing {
    pub fn get<T: Default>(self, part: impl FnOnce(&Finding) -> T) -> T {
        self.finding.with(|finding| finding.as_ref().map(part).unwrap_or_default())
    }

    pub fn change(self, change: impl FnOnce(&mut Finding)) {
        self.id.with_value(|id| self.work.change_finding(id, change));
    }
}

/// What stands in it.
#[component]
pub fn Sheet(work: VisitSession, item: Item) -> impl IntoView {
    let lang = use_lang();
    let id = item.id.clone();
    let number = {
        let id = id.clone();
        Memo::new(move |_| work.number(&id))
    };
    let finding = {
        let id = id.clone();
        Memo::new(move |_| work.finding(&id))
    };
    let editing = Editing { work, id: StoredValue::new(id), finding };
    let subject = item.text.get(lang).to_owned();
    let item_number = t::item_number(lang, number.get_untracked());
    let stamp = Stamp { place: work.site_name(), subject: subject.clone(), number: item_number };
    let basis = item.basis.as_ref().map(|basis| {
        let ids: Vec<_> = item.source.iter().map(ToString::to_string).collect();
        let ids = if ids.is_empty() { String::new() } else { t::clauses(lang, ids.join("、")) };
        t::basis(lang, basis.get(lang).to_owned()) + &ids
    });
    let photos = Memo::new(move |_| editing.get(|finding| finding.photos.clone()));
    let after = Memo::new(move |_| editing.get(|finding| finding.after.clone()));
    let fixed = Memo::new(move |_| editing.get(|finding| finding.fixed));
    let after_stamp = stamp.clone();
    view! {
        <div class="u-spread">
            <h2 id="finding">{move || t::failed_item(lang, number.get())}</h2>
            <span class="u-small">{t::saved(lang)}</span>
        </div>
        <p class="u-small">{subject}</p>
        <Level editing />
        <WhatSeen editing />
        <Deadline editing proposed=item.deadline_days />
        <Show when=move || !fixed.get()>
            <Responsible editing />
        </Show>
        <PhotoStrip
            photos
            stamp
            on_taken=Callback::new(move |hash| editing.change(|finding| finding.photos.push(hash)))
            on_removed=Callback::new(move |hash: PhotoHash| {
                editing.change(|finding| finding.photos.retain(|one| *one != hash));
            })
            gallery=item.allow_existing_photo
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
                gallery=item.allow_existing_photo
                label=t::after_photos(lang)
                over=photos.with_untracked(|photos| photos.first().cloned())
            />
            <AfterNote editing />
        </Show>
        {basis.map(|words| view! { <p class="u-small">{words}</p> })}
        <button type="button" class="button" on:click=move |_| work.open.set(None)>
            {t::done(lang)}
        </button>
    }
}

#[component]
fn Level(editing: Editing) -> impl IntoView {
    let lang = use_lang();
    let level = Memo::new(move |_| editing.get(|finding| finding.level));
    let choice = move |one: Severity| {
        view! {
            <button
                class="level-choice__option"
                type="button"
                aria-pressed=move || (level.get() == one).to_string()
                on:click=move |_| editing.change(|finding| finding.level = one)
            >
                <b>{trade::severity(lang, one)}</b>
                <span class="u-small level-choice__hint">{level_hint(lang, one)}</span>
            </button>
        }
    };
    view! {
        <div class="level-choice" role="group" aria-label=t::level(lang)>
            {choice(Severity::General)}
            {choice(Severity::Major)}
        </div>
    }
}

fn level_hint(lang: crate::i18n::Lang, level: Severity) -> &'static str {
    match level {
        Severity::General => t::general_means(lang),
        Severity::Major => t::major_means(lang),
    }
}

#[component]
fn WhatSeen(editing: Editing) -> impl IntoView {
    let lang = use_lang();
    let empty = Memo::new(move |_| editing.get(|finding| finding.what.trim().is_empty()));
    let before = editing.finding.with_untracked(|finding| finding.as_ref().map(|f| f.what.clone()));
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
fn Responsible(editing: Editing) -> impl IntoView {
    let before = editing.finding.with_untracked(|finding| finding.as_ref().map(|f| f.responsible.clone()));
    view! {
        <div class="field">
            <label for="finding-who">{t::who(use_lang())}</label>
            <input
                class="input"
                id="finding-who"
                maxlength=NAME.to_string()
                autocomplete="off"
                prop:value=before.unwrap_or_default()
                on:input=move |event| {
                    let words = event_target_value(&event);
                    editing.change(|finding| finding.responsible = words);
                }
            />
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
