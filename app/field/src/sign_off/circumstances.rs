//! Nobody of the site signs: why, what happened, and before whom.

use super::{SigningOff, line::Line};
use crate::{
    i18n::{Lang, sign_off as t, use_lang},
    photo_strip::{Pad, PhotoStrip},
};
use client::photos::Stamp;
use domain::{
    limits::{NAME, TEXT},
    photo::PhotoHash,
    visit::{RefusalReason, Signer},
};
use leptos::prelude::*;

#[component]
pub fn Circumstances(signing_off: SigningOff, refused: bool) -> impl IntoView {
    let (lang, work) = (use_lang(), signing_off.work);
    let words = work.draft_now(|draft| draft.sign_off.words.clone());
    let photos = ui::memo(move || work.draft(|draft| draft.sign_off.photos.clone()));
    let subject = if refused { t::refused(lang) } else { t::absent(lang) };
    let stamp = Stamp { place: work.site_name(), subject: subject.to_owned(), number: String::new() };
    view! {
        {refused.then(|| view! { <Reasons signing_off /> })}
        <div class="field">
            <label for="sign-off-words">{t::words(lang)}</label>
            <textarea
                class="input input--area"
                id="sign-off-words"
                autocomplete="off"
                rows="3"
                placeholder=t::words_hint(lang)
                maxlength=TEXT.to_string()
                prop:value=words
                on:input=move |event| {
                    let words = event_target_value(&event);
                    signing_off.change(|sign_off| sign_off.words = words);
                }
            ></textarea>
        </div>
        <PhotoStrip
            photos
            stamp
            on_taken=Callback::new(move |hash: PhotoHash| {
                signing_off.change(|sign_off| sign_off.photos.push(hash));
            })
            on_removed=Callback::new(move |hash: PhotoHash| {
                signing_off.change(|sign_off| sign_off.photos.retain(|one| *one != hash));
            })
            gallery=false
            label=t::photos(lang)
        />
        <WitnessOfIt signing_off />
    }
    .into_any()
}

/// 等负责人, 不认可, …
#[component]
fn Reasons(signing_off: SigningOff) -> impl IntoView {
    let lang = use_lang();
    let reason = ui::memo(move || signing_off.work.draft(|draft| draft.sign_off.reason));
    let chip = move |one: RefusalReason| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (reason.get() == Some(one)).to_string()
                on:click=move |_| signing_off.change(|sign_off| sign_off.reason = Some(one))
            >
                {one.name().get(lang).to_owned()}
            </button>
        }
    };
    view! {
        <div class="chip-list" role="group" aria-label=t::reason(lang)>
            {RefusalReason::ALL.map(chip).collect_view()}
        </div>
    }
    .into_any()
}

/// Somebody who saw it, or that there was nobody.
#[component]
fn WitnessOfIt(signing_off: SigningOff) -> impl IntoView {
    let lang = use_lang();
    let nobody = signing_off.no_witness;
    let turn = move |_| signing_off.change(|sign_off| sign_off.no_witness = !sign_off.no_witness);
    view! {
        <div class="section-head">
            <h3>{t::witness(lang)}</h3>
            <button type="button" class="link" on:click=turn>
                {move || if nobody.get() { t::has_witness(lang) } else { t::no_witness(lang) }}
            </button>
        </div>
        {move || {
            if nobody.get() {
                view! { <p class="field__hint">{t::no_witness_hint(lang)}</p> }.into_any()
            } else {
                somebody(lang, signing_off)
            }
        }}
    }
    .into_any()
}

fn somebody(lang: Lang, signing_off: SigningOff) -> AnyView {
    let written = signing_off.work.draft_now(|draft| draft.sign_off.witness.clone());
    let name = Line {
        id: "witness-name",
        label: t::witness_name(lang),
        hint: "",
        most: NAME,
        place: |of| &mut of.witness.name,
    };
    let who = Line {
        id: "witness-who",
        label: t::witness_who(lang),
        hint: t::witness_who_hint(lang),
        most: NAME,
        place: |of| &mut of.witness.who,
    };
    view! {
        {name.view(signing_off, RwSignal::new(written.name))}
        {who.view(signing_off, RwSignal::new(written.who))}
        <div class="field" role="group" aria-labelledby="witness-signature">
            <span class="field__label" id="witness-signature">
                {t::witness_signature(lang)}
            </span>
            <Pad
                strokes=signing_off.strokes(Signer::Witness)
                on_drawn=signing_off.draw(Signer::Witness)
                labelled="witness-signature".to_owned()
            />
            {move || {
                signing_off
                    .is_too_little(Signer::Witness)
                    .then(|| view! { <p class="error-line" role="alert">{t::lacks_witness_signature(lang)}</p> })
            }}
        </div>
    }
    .into_any()
}
