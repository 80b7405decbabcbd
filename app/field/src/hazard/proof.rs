//! The proof: before and after one over the other where this phone has both, else the photos beside each other.

use super::file::File;
use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    i18n::{hazards as t, office, use_lang},
    photo_strip::{Picture, Thumb, picture},
};
use domain::photo::PhotoHash;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Proof(file: Arc<File>, shown: RwSignal<Option<PhotoHash>>) -> impl IntoView {
    let lang = use_lang();
    let now = use_device().clock.office_now();
    let hazard = &file.hazard;
    let (found, after) = (hazard.found.photos.clone(), hazard.after.clone());
    let pair = found.first().cloned().zip(after.first().cloned());
    let compare = pair.map(|(before, after)| {
        let stamp = file.stamp(&before, now);
        let alone = [found.len() == 1, hazard.after.len() == 1];
        view! { <Compare before after stamp alone /> }
    });
    let compared = usize::from(compare.is_some());
    // Those that the comparison shows already open from there only when there are more of them.
    let before = (found.len() > compared).then(|| shots(office::before(lang), &found, shown));
    let after = (after.len() > compared).then(|| shots(office::after(lang), &after, shown));
    view! {
        {compare}
        {before}
        {after}
        {(found.is_empty() && hazard.after.is_empty()).then(|| view! { <p class="u-small">{t::no_photos(lang)}</p> })}
    }
}

fn shots(
    label: &'static str,
    photos: &[PhotoHash],
    shown: RwSignal<Option<PhotoHash>>,
) -> impl IntoView + use<> {
    view! {
        <div class="field" role="group" aria-label=label>
            <span class="field__label">{label}</span>
            <div class="photo-grid">{tiles(photos, shown)}</div>
        </div>
    }
}

/// Small pictures, each opening at full size.
pub fn tiles(photos: &[PhotoHash], shown: RwSignal<Option<PhotoHash>>) -> impl IntoView + use<> {
    let lang = use_lang();
    let tiles = photos.iter().enumerate().map(|(n, hash)| {
        let opened = hash.clone();
        view! {
            <button
                type="button"
                class="thumb"
                aria-label=t::see_photo(lang, n + 1)
                on:click=move |_| shown.set(Some(opened.clone()))
            >
                <Thumb hash=hash.clone() fetched=true />
            </button>
        }
    });
    tiles.collect_view()
}

#[component]
fn Compare(
    before: PhotoHash,
    after: PhotoHash,
    stamp: String,
    /// Which of the two stands nowhere else.
    alone: [bool; 2],
) -> impl IntoView {
    let lang = use_lang();
    let broken = [RwSignal::new(None), RwSignal::new(None)];
    let pictures = [
        picture(Signal::stored(Some(before.clone())), true, broken[0]),
        picture(Signal::stored(Some(after.clone())), true, broken[1]),
    ];
    let at = RwSignal::new("50".to_owned());
    move || match (pictures[0].get(), pictures[1].get()) {
        (Picture::At(first), Picture::At(second)) => {
            let (first_failed, second_failed) = (first.clone(), second.clone());
            view! {
                <div class="photo-pair" style:--at=move || format!("{}%", at.get())>
                    <img
                        class="photo-pair__photo"
                        src=second
                        alt=office::after(lang)
                        on:error=move |_| broken[1].set(Some(second_failed.clone()))
                    />
                    <div class="photo-pair__before">
                        <img
                            class="photo-pair__photo"
                            src=first
                            alt=office::before(lang)
                            on:error=move |_| broken[0].set(Some(first_failed.clone()))
                        />
                    </div>
                    <span class="photo-pair__word">{office::before(lang)}</span>
                    <span class="photo-pair__word photo-pair__word--after">{office::after(lang)}</span>
                    <div class="photo-stamp">{stamp.clone()}</div>
                    <input
                        class="photo-pair__slider"
                        type="range"
                        min="0"
                        max="100"
                        prop:value=move || at.get()
                        aria-label=office::compare(lang)
                        on:input=move |event| at.set(event_target_value(&event))
                    />
                    <span class="photo-pair__knob">
                        <Sign icon=Icon::Drag />
                    </span>
                </div>
            }
            .into_any()
        }
        (Picture::Loading | Picture::Elsewhere | Picture::NotDrawn | Picture::At(_), _) => view! {
            <div class="photo-grid">
                {alone[0].then(|| view! { <Thumb hash=before.clone() alt=office::before(lang) /> })}
                {alone[1].then(|| view! { <Thumb hash=after.clone() alt=office::after(lang) /> })}
            </div>
        }
        .into_any(),
    }
}
