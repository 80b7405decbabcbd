//! A place to sign: lines of a finger on white, and the picture of them once they are kept. Whoever cannot draw on a screen, or
//! cannot see it, signs on paper, and the paper is photographed.

use super::{
    StripOptions,
    intake::Intake,
    pad::{self, Pad},
    shot::Thumb,
    strip,
};
use crate::{
    errors::ErrorWords,
    i18n::{use_lang, visit as t},
};
use client::{DeviceError, photos::Stamp};
use domain::{ink::Strokes, photo::PhotoHash};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone)]
pub struct SignatureOptions {
    pub signed: Signal<Option<PhotoHash>>,
    pub stamp: Stamp,
    /// Told before a camera opens.
    pub on_begin: Callback<()>,
    /// Told when its bytes are safe.
    pub on_taken: Callback<PhotoHash>,
    /// It is taken back, to be given anew.
    pub on_again: Callback<()>,
    /// The id of what says whose signature is asked for.
    pub labelled: String,
}

pub fn signature(options: SignatureOptions) -> AnyView {
    let SignatureOptions { signed, stamp, on_begin, on_taken, on_again, labelled } = options;
    let lang = use_lang();
    let by_photo = RwSignal::new(false);
    let stamp = Signal::stored(stamp);
    let intake = Intake::new(Signal::stored(vec![]), stamp, on_taken);
    let paper = StripOptions {
        photos: Signal::stored(vec![]),
        stamp,
        on_begin: Some(on_begin),
        // Of several that are chosen at once, one is the signature.
        on_taken: Callback::new(move |hash| {
            if signed.with_untracked(Option::is_none) {
                on_taken.run(hash);
            }
        }),
        on_removed: None,
        over: None,
        gallery: Signal::stored(false),
        label: t::signature_on_paper(lang).to_owned(),
    };
    let shown = move || match signed.get() {
        Some(hash) => view! {
            <div class="signature">
                <span class="thumb-list">
                    <Thumb hash />
                </span>
                <button type="button" class="link" on:click=move |_| on_again.run(())>
                    {t::sign_again(lang)}
                </button>
            </div>
        }
        .into_any(),
        None => {
            let (paper, labelled) = (paper.clone(), labelled.clone());
            let place = move || {
                if by_photo.get() { strip(paper.clone()) } else { drawn(intake, labelled.clone()) }
            };
            view! {
                {place}
                <button type="button" class="link" on:click=move |_| by_photo.update(|by_photo| *by_photo = !*by_photo)>
                    {move || if by_photo.get() { t::sign_by_hand(lang) } else { t::sign_by_photo(lang) }}
                </button>
            }
            .into_any()
        }
    };
    shown.into_any()
}

fn drawn(intake: Intake, labelled: String) -> AnyView {
    let lang = use_lang();
    let strokes = RwSignal::new(Strokes::default());
    let failed = RwSignal::new(None::<DeviceError>);
    let keep = move |_| {
        failed.set(None);
        let lines = strokes.get_untracked();
        spawn_local(async move {
            match pad::shot(&lines).await {
                Ok(shot) => intake.take(vec![shot]),
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    let busy = move || intake.waiting.get() > 0;
    let is_signature = move || strokes.with(|strokes| strokes.ink().is_signature());
    view! {
        <div class="signature">
            <Pad strokes on_drawn=Callback::new(move |drawn| strokes.set(drawn)) labelled />
            <button
                type="button"
                class="button"
                aria-busy=move || busy().then_some("true")
                disabled=move || !is_signature() || busy()
                on:click=keep
            >
                {t::keep_signature(lang)}
            </button>
            {move || failed.get().map(|error| view! { <p class="error-line" role="alert">{error.words(lang)}</p> })}
            {move || {
                let errors = intake.errors.get();
                errors.into_iter().map(|words| view! { <p class="error-line" role="alert">{words}</p> }).collect_view()
            }}
        </div>
    }
    .into_any()
}
