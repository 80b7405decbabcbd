//! 签名: drawn with a finger, or photographed from paper. It is taken in as a picture like others, with the stamp below it: who signed where and when.

use super::{control::aside, given::One, photos::stamp};
use crate::photo_strip::{SignatureOptions, signature};
use domain::{form::Answer, photo::PhotoHash};
use leptos::prelude::*;

#[component]
pub fn Signature(one: One) -> impl IntoView {
    let signed = ui::memo(move || {
        one.answer.with(|answer| answer.as_ref().and_then(|answer| answer.files().first().cloned()))
    });
    let taken = Callback::new(move |hash: PhotoHash| one.give(&Answer::Attachments(vec![hash])));
    let options = SignatureOptions {
        signed: signed.into(),
        stamp: stamp(one),
        // The camera may push this page out of memory: it comes back to this question.
        on_begin: Callback::new(move |()| one.work.go(Some(one.key.get_value()))),
        on_taken: taken,
        on_again: Callback::new(move |()| one.clear()),
        labelled: one.label(),
    };
    view! {
        {signature(options)}
        <div class="chip-list">{aside(one)}</div>
    }
    .into_any()
}
