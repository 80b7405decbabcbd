//! Photos that are the answer, and what stands below a picture of a question.

use super::{control::aside, given::One};
use crate::{
    i18n::{use_lang, visit as t},
    photo_strip::PhotoStrip,
    visit::subject,
};
use client::photos::Stamp;
use domain::{form::Answer, photo::PhotoHash};
use leptos::prelude::*;

#[component]
pub fn Photos(one: One, gallery: bool) -> impl IntoView {
    let lang = use_lang();
    let photos = ui::memo(move || one.answer.with(|answer| files(answer.as_ref())));
    let edit = move |change: &dyn Fn(&mut Vec<PhotoHash>)| {
        let mut photos = files(one.answer.get_untracked().as_ref());
        change(&mut photos);
        if photos.is_empty() { one.clear() } else { one.give(&Answer::Attachments(photos)) }
    };
    let taken = Callback::new(move |hash: PhotoHash| edit(&|photos| photos.push(hash.clone())));
    let removed = Callback::new(move |hash: PhotoHash| edit(&|photos| photos.retain(|one| *one != hash)));
    // The camera may push this page out of memory: it comes back to this question.
    let begun = Callback::new(move |()| one.work.go(Some(one.key.get_value())));
    let stamp = stamp(one);
    view! {
        <PhotoStrip photos stamp on_begin=begun on_taken=taken on_removed=removed gallery label=t::question_photos(lang) />
        <div class="chip-list">{aside(one)}</div>
    }
    .into_any()
}

fn files(answer: Option<&Answer>) -> Vec<PhotoHash> {
    answer.map(|answer| answer.files().to_vec()).unwrap_or_default()
}

/// What stands below a picture of this question.
pub(super) fn stamp(one: One) -> Stamp {
    let (lang, key) = (use_lang(), one.key.get_value());
    let number = t::question_number(lang, untrack(|| one.work.number(&key)));
    Stamp { place: one.work.site_name(), subject: subject(one.work, lang, &key), number }
}
