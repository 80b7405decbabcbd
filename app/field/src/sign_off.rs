//! 签收: the end of a visit. Somebody of the site signs, or it is written down why nobody did. What is drawn and written is kept
//! with each change; pictures of signatures are made when the visit is sealed.

mod circumstances;
mod line;
mod signed;

use crate::{
    device::{PhoneRef, use_device},
    i18n::{Lang, sign_off as t, use_lang},
    photo_strip::taken_in,
    visit::VisitSession,
};
use circumstances::Circumstances;
use client::{DeviceError, photos::Stamp, session};
use domain::{
    ink::Strokes,
    limits::tidy_line,
    role::Role,
    visit::{SignOffAsked, SignOffDraft, SignOffWay, Signer, VisitNature},
};
use leptos::prelude::*;
use signed::Signed;
use std::{pin::Pin, rc::Rc};

type Making = Pin<Box<dyn Future<Output = Result<(), DeviceError>>>>;
type Make = Rc<dyn Fn() -> Making>;

/// What makes pictures of signatures. It comes in the part of the program in which one signs: whoever seals a visit asks for them
/// and needs nothing of that part.
#[derive(Clone, Copy)]
pub struct Pictures(StoredValue<Option<Make>, LocalStorage>);

impl Pictures {
    /// Until that part is here.
    pub fn none() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Those that count and are not made yet; the draft names them afterwards.
    ///
    /// # Errors
    /// A picture could not be made or kept.
    pub async fn make(self, work: VisitSession) -> Result<(), DeviceError> {
        if work.draft_now(|draft| draft.sign_off.to_be_pictured().is_empty()) {
            return Ok(());
        }
        let make = self.0.try_get_value().flatten().ok_or(DeviceError::PhotoNotMade)?;
        make().await
    }

    fn are_made_by(self, make: impl Fn() -> Making + 'static) {
        self.0.set_value(Some(Rc::new(make)));
    }
}

/// What the ways share. Its parts live as long as the screen, whichever way is drawn.
#[derive(Clone, Copy)]
pub struct SigningOff {
    work: VisitSession,
    of_site: Memo<Strokes>,
    of_witness: Memo<Strokes>,
    no_witness: Memo<bool>,
}

impl SigningOff {
    fn change(self, change: impl FnOnce(&mut SignOffDraft)) {
        self.work.change_around(|draft| change(&mut draft.sign_off));
    }

    fn strokes(self, signer: Signer) -> Memo<Strokes> {
        match signer {
            Signer::Site => self.of_site,
            Signer::Witness => self.of_witness,
        }
    }

    fn draw(self, signer: Signer) -> Callback<Strokes> {
        Callback::new(move |strokes: Strokes| self.change(|sign_off| sign_off.pad_mut(signer).draw(strokes)))
    }

    /// Something was drawn that cannot be a name.
    fn is_too_little(self, signer: Signer) -> bool {
        self.strokes(signer).with(|strokes| !strokes.is_empty() && !strokes.ink().is_signature())
    }
}

#[component]
pub fn SignOffPart(work: VisitSession, pictures: Pictures) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    pictures.are_made_by(move || Box::pin(make_pictures(phone, lang, work)));
    let strokes =
        move |signer| ui::memo(move || work.draft(|draft| draft.sign_off.pad(signer).strokes.clone()));
    let signing_off = SigningOff {
        work,
        of_site: strokes(Signer::Site),
        of_witness: strokes(Signer::Witness),
        no_witness: ui::memo(move || work.draft(|draft| draft.sign_off.no_witness)),
    };
    let way = ui::memo(move || work.draft(|draft| draft.sign_off.way));
    let lacks = ui::memo(move || work.draft(|draft| draft.sign_off.lacks()));
    // Tapped once more, nobody is asked.
    let choose = move |one: SignOffWay| {
        signing_off.change(|sign_off| sign_off.way = Some(one).filter(|_| sign_off.way != Some(one)));
    };
    let option = move |one: SignOffWay, words: &'static str| {
        view! {
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (way.get() == Some(one)).to_string()
                on:click=move |_| choose(one)
            >
                {words}
            </button>
        }
    };
    let asked = work.sign_off_asked() == SignOffAsked::Asked;
    // Whoever of the office patrols hands over a note and orders nothing; a grid member never does anything else.
    let is_grid_member = session::current(&phone).is_some_and(|me| me.actor.role == Role::Inspector);
    let is_service = is_grid_member || work.draft_now(|draft| draft.nature == VisitNature::Patrol);
    view! {
        <div class="section-head" id="sign-off">
            <h2 id="sign-off-title">{t::title(lang)}</h2>
            {(!asked).then(|| view! { <span class="u-small">{t::optional(lang)}</span> })}
        </div>
        {asked.then(|| view! { <p class="u-small">{t::asked(lang)}</p> })}
        <div class="segmented" role="group" aria-labelledby="sign-off-title">
            {option(SignOffWay::Signed, t::signed(lang))}
            {option(SignOffWay::Refused, t::refused(lang))}
            {option(SignOffWay::Absent, t::absent(lang))}
        </div>
        {move || match way.get() {
            Some(SignOffWay::Signed) => view! { <Signed signing_off /> }.into_any(),
            Some(SignOffWay::Refused) => view! { <Circumstances signing_off refused=true /> }.into_any(),
            Some(SignOffWay::Absent) => view! { <Circumstances signing_off refused=false /> }.into_any(),
            None => ().into_any(),
        }}
        {move || {
            let lacks = lacks.get();
            (!lacks.is_empty()).then(|| {
                let rows = lacks.into_iter().map(|lack| view! { <div>{t::lack(lang, lack)}</div> });
                view! { <div class="card rows">{rows.collect_view()}</div> }
            })
        }}
        {is_service.then(|| view! { <p class="u-small">{t::service_note(lang)}</p> })}
    }
    .into_any()
}

/// One after another; the draft names each when its bytes are safe.
async fn make_pictures(phone: PhoneRef, lang: Lang, work: VisitSession) -> Result<(), DeviceError> {
    let sign_off = work.draft_now(|draft| draft.sign_off.clone());
    let place = work.site_name();
    for signer in sign_off.to_be_pictured() {
        let (words, name) = match signer {
            Signer::Site => (t::signature(lang), &sign_off.name),
            Signer::Witness => (t::witness_signature(lang), &sign_off.witness.name),
        };
        let subject = format!("{words} {}", tidy_line(name));
        let stamp = Stamp { place: place.clone(), subject, number: String::new() };
        let strokes = &sign_off.pad(signer).strokes;
        let picture = taken_in(&phone, strokes, &stamp).await?;
        work.change_around(|draft| {
            let pad = draft.sign_off.pad_mut(signer);
            // Somebody may have gone on writing meanwhile.
            if pad.strokes == *strokes {
                pad.picture = Some(picture);
            }
        });
    }
    Ok(())
}
