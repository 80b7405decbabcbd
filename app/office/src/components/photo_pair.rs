//! Before and after, one over the other, divided by a line that the hand or the arrow keys move.

use crate::{
    components::icon::{Icon, Sign},
    i18n::{office, use_lang},
};
use domain::photo::PhotoHash;
use leptos::{html, prelude::*, web_sys::HtmlElement};

/// Where a photo's bytes are.
pub fn photo_url(hash: &PhotoHash) -> String {
    format!("/api/v1/attachments/{hash}")
}

/// Large enough for a page.
pub fn preview_url(hash: &PhotoHash) -> String {
    format!("/api/v1/attachments/{hash}/preview")
}

pub fn thumbnail_url(hash: &PhotoHash) -> String {
    format!("/api/v1/attachments/{hash}/thumbnail")
}

/// `stamp` says when, where and by whom the first was taken.
#[component]
pub fn PhotoPair(before: PhotoHash, after: PhotoHash, stamp: Vec<String>) -> impl IntoView {
    let lang = use_lang();
    let pair = NodeRef::<html::Div>::new();
    let divide = move |event| {
        if let Some(pair) = pair.get_untracked() {
            let at = format!("{}%", event_target_value(&event));
            let element: &HtmlElement = &pair;
            // Refused only for a property name that CSS does not know.
            let _ = element.style().set_property("--at", &at);
        }
    };
    let stamp = stamp.into_iter().map(|line| view! { <span>{line} <br /></span> }).collect_view();
    view! {
        <div class="photo-pair" node_ref=pair>
            <img class="photo-pair__photo" src=preview_url(&after) alt=office::after(lang) />
            <div class="photo-pair__before">
                <img class="photo-pair__photo" src=preview_url(&before) alt=office::before(lang) />
            </div>
            <span class="photo-pair__word">{office::before(lang)}</span>
            <span class="photo-pair__word photo-pair__word--after">{office::after(lang)}</span>
            <div class="photo-stamp">{stamp}</div>
            <input
                class="photo-pair__slider"
                type="range"
                min="0"
                max="100"
                value="50"
                aria-label=office::compare(lang)
                on:input=divide
            />
            <span class="photo-pair__knob">
                <Sign icon=Icon::Drag />
            </span>
        </div>
    }
}
