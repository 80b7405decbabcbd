//! A question's own note and photos: there when they are wanted or given, else one tap away.

use crate::{
    i18n::{use_lang, visit as t},
    parts,
    photo_strip::PhotoStrip,
    visit::{VisitSession, element_id, subject},
};
use client::photos::Stamp;
use domain::{form::AnswerKey, limits::TEXT, photo::PhotoHash};
use leptos::prelude::*;

#[component]
pub fn Extras(
    work: VisitSession,
    key: AnswerKey,
    /// The question wants a photo whatever the answer.
    always: bool,
    /// A failed question keeps its photos in its hazard's sheet.
    fails: Memo<bool>,
) -> impl IntoView {
    let lang = use_lang();
    let given = work.look_now(&key, |state| !state.photos.is_empty() || !state.note.is_empty());
    let opened = RwSignal::new(always || given == Some(true));
    let key = StoredValue::new(key);
    move || {
        if opened.get() {
            parts::within(move || Box::pin(parts::note(work, key, always)))
        } else if fails.get() {
            ().into_any()
        } else {
            view! {
                <button type="button" class="link" on:click=move |_| opened.set(true)>
                    {t::add_note(lang)}
                </button>
            }
            .into_any()
        }
    }
}

#[component]
pub fn NoteAndPhotos(work: VisitSession, key: StoredValue<AnswerKey>, always: bool) -> impl IntoView {
    let lang = use_lang();
    let given = key.get_value();
    let photos = {
        let given = given.clone();
        ui::memo(move || work.look(&given, |state| state.photos.to_vec()).unwrap_or_default())
    };
    let seen = work.look_now(&given, |state| {
        let question = state.question;
        (question.allow_existing_photo, state.note.to_owned())
    });
    let (gallery, note) = seen.unwrap_or_default();
    let number = untrack(|| work.number(&given));
    let stamp = Stamp {
        place: work.site_name(),
        subject: subject(work, lang, &given),
        number: t::question_number(lang, number),
    };
    let edit = move |change: &dyn Fn(&mut Vec<PhotoHash>)| {
        key.with_value(|key| work.change_photos(key, change));
    };
    let taken = Callback::new(move |hash: PhotoHash| edit(&|photos| photos.push(hash.clone())));
    let removed = Callback::new(move |hash: PhotoHash| edit(&|photos| photos.retain(|one| *one != hash)));
    // The camera may push this page out of memory: it comes back to this question.
    let begun = Callback::new(move |()| work.go(Some(key.get_value())));
    let write = move |words: String| key.with_value(|key| work.write_note(key, &words));
    let note_id = format!("{}-note", element_id(&given));
    view! {
        {always.then(|| view! { <p class="u-small">{t::photo_wanted(lang)}</p> })}
        <PhotoStrip photos stamp on_begin=begun on_taken=taken on_removed=removed gallery label=t::question_photos(lang) />
        <div class="field">
            <label for=note_id.clone()>{t::note(lang)}</label>
            <textarea
                class="input input--area"
                rows="2"
                maxlength=TEXT.to_string()
                id=note_id
                autocomplete="off"
                prop:value=note
                on:input=move |event| write(event_target_value(&event))
            ></textarea>
        </div>
    }
}
