//! Somebody of the site signs: who that is, and the pad.

use super::{SigningOff, line::Line};
use crate::{
    i18n::{sign_off as t, use_lang, visit as v},
    photo_strip::Pad,
};
use domain::{
    limits::{NAME, PHONE},
    site::{Contact, Site},
    visit::Signer,
};
use leptos::prelude::*;

/// As many as a few lines of a small screen hold.
const OFFERED: usize = 6;

#[component]
pub fn Signed(signing_off: SigningOff) -> impl IntoView {
    let lang = use_lang();
    let (name, post, phone) = signing_off.work.draft_now(|draft| {
        let written = &draft.sign_off;
        (written.name.clone(), written.post.clone(), written.phone.clone())
    });
    let (name, post, phone) = (RwSignal::new(name), RwSignal::new(post), RwSignal::new(phone));
    let lines = [
        (
            Line {
                id: "sign-off-name",
                label: t::name(lang),
                hint: "",
                most: NAME,
                place: |of| &mut of.name,
            },
            name,
        ),
        (
            Line {
                id: "sign-off-post",
                label: t::post(lang),
                hint: "",
                most: NAME,
                place: |of| &mut of.post,
            },
            post,
        ),
        (
            Line {
                id: "sign-off-phone",
                label: t::phone(lang),
                hint: "",
                most: PHONE,
                place: |of| &mut of.phone,
            },
            phone,
        ),
    ];
    let chip = move |one: Contact| {
        let (called, shown) = (one.name.clone(), one.name.clone());
        let choose = move |_| {
            let Contact { name: called, duty, phone: number } = one.clone();
            signing_off.change(|sign_off| {
                (sign_off.name, sign_off.post, sign_off.phone) =
                    (called.clone(), duty.clone(), number.clone());
            });
            name.set(called);
            post.set(duty);
            phone.set(number);
        };
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || name.with(|name| *name == called).to_string()
                on:click=choose
            >
                {shown}
            </button>
        }
    };
    let people: Vec<_> = signing_off.work.site(Site::people).into_iter().take(OFFERED).collect();
    let known = (!people.is_empty()).then(|| {
        view! {
            <div class="chip-list" role="group" aria-label=v::known_here(lang)>
                {people.into_iter().map(chip).collect_view()}
            </div>
        }
    });
    view! {
        {known}
        {lines.map(|(line, words)| line.view(signing_off, words)).collect_view()}
        <div class="field" role="group" aria-labelledby="sign-off-signature">
            <span class="field__label" id="sign-off-signature">
                {t::signature(lang)}
            </span>
            <Pad
                strokes=signing_off.strokes(Signer::Site)
                on_drawn=signing_off.draw(Signer::Site)
                labelled="sign-off-signature".to_owned()
                help=t::pad_help(lang)
            />
            {move || {
                signing_off
                    .is_too_little(Signer::Site)
                    .then(|| view! { <p class="error-line" role="alert">{t::lacks_signature(lang)}</p> })
            }}
        </div>
    }
    .into_any()
}
