//! 没查成: what was met with where nothing could be checked, and a photo of it.

use crate::{
    i18n::{use_lang, visit as t},
    photo_strip::PhotoStrip,
    visit::{VisitSession, find_place},
};
use client::photos::Stamp;
use domain::{photo::PhotoHash, visit::VisitOutcome};
use leptos::prelude::*;

#[component]
pub fn NotDone(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    find_place(work);
    let outcome = ui::memo(move || work.draft(|draft| draft.outcome));
    let rows = VisitOutcome::NOT_DONE.map(|one| {
        view! {
            <label class="check">
                <input
                    class="check__input"
                    type="radio"
                    name="outcome"
                    prop:checked=move || outcome.get() == one
                    on:change=move |_| work.change_around(|draft| draft.outcome = one)
                />
                <span class="check__label">{one.name().get(lang).to_owned()}</span>
            </label>
        }
    });
    let photos = ui::memo(move || work.draft(|draft| draft.photos.clone()));
    let subject = t::not_done(lang).to_owned();
    let stamp = Stamp { place: work.site_name(), subject, number: String::new() };
    view! {
        <div class="field" role="radiogroup" aria-labelledby="met">
            <span class="field__label" id="met">
                {t::met(lang)}
            </span>
            <div class="check-list">{rows.collect_view()}</div>
        </div>
        <PhotoStrip
            photos
            stamp
            on_taken=Callback::new(move |hash: PhotoHash| work.change_around(|draft| draft.photos.push(hash)))
            on_removed=Callback::new(move |hash: PhotoHash| {
                work.change_around(|draft| draft.photos.retain(|one| *one != hash));
            })
            gallery=false
            label=t::before_photos(lang)
        />
    }
}
