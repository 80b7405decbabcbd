//! An item's own note and photos: there when they are wanted or given, else one tap away.

use crate::{
    i18n::{use_lang, visit as t},
    photo_strip::PhotoStrip,
    visit::VisitSession,
};
use client::photos::Stamp;
use domain::{id::ItemId, limits::TEXT, photo::PhotoHash};
use leptos::prelude::*;

#[component]
pub fn Extras(
    work: VisitSession,
    id: ItemId,
    /// The item wants a photo whatever the answer.
    always: bool,
    /// A failed item keeps its photos in its hazard's sheet.
    fails: Memo<bool>,
) -> impl IntoView {
    let lang = use_lang();
    let given = work.given_now(&id);
    let opened = RwSignal::new(always || !given.photos.is_empty() || !given.note.is_empty());
    let id = StoredValue::new(id);
    move || {
        if opened.get() {
            view! { <NoteAndPhotos work id always /> }.into_any()
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
fn NoteAndPhotos(work: VisitSession, id: StoredValue<ItemId>, always: bool) -> impl IntoView {
    let lang = use_lang();
    let key = id.get_value();
    let photos = {
        let key = key.clone();
        Memo::new(move |_| work.given(&key).photos)
    };
    let item = work.item(&key);
    let gallery = item.as_ref().is_some_and(|item| item.allow_existing_photo);
    let stamp = Stamp {
        place: work.site_name(),
        subject: item.map(|item| item.text.get(lang).to_owned()).unwrap_or_default(),
        number: t::item_number(lang, work.number(&key)),
    };
    let edit = move |change: &dyn Fn(&mut Vec<PhotoHash>)| {
        work.change_item(&id.get_value(), |given| change(&mut given.photos));
    };
    let taken = Callback::new(move |hash: PhotoHash| edit(&|photos| photos.push(hash.clone())));
    let removed = Callback::new(move |hash: PhotoHash| edit(&|photos| photos.retain(|one| *one != hash)));
    // The camera may push this page out of memory: it comes back to this item.
    let begun = Callback::new(move |()| work.go(Some(id.get_value())));
    let note = work.given_now(&key).note;
    let write = move |words: String| {
        work.change_item(&id.get_value(), |given| given.note = words);
    };
    let note_id = format!("note-{key}");
    view! {
        {always.then(|| view! { <p class="u-small">{t::photo_wanted(lang)}</p> })}
        <PhotoStrip photos stamp on_begin=begun on_taken=taken on_removed=removed gallery label=t::item_photos(lang) />
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
