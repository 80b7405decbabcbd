//! How the phone looks, what it holds, who is signed in.

mod leave;
mod looks;
mod reminders;
mod room;
pub mod scope;

use crate::{
    device::use_device,
    frame::BackScreen,
    i18n::{Lang, field as t, use_lang},
    live,
};
use chrono::{DateTime, Utc};
use client::{Device, DeviceError, changes::Topic, records, session};
use domain::{sync::SignedIn, time};
use leave::Leave;
use leptos::prelude::*;
use looks::Looks;
use reminders::Reminders;
use room::Room;
use scope::scope_words;

#[component]
pub fn Settings() -> impl IntoView {
    let lang = use_lang();
    view! {
        <BackScreen title=t::settings(lang).to_owned() back="/field/".to_owned()>
            {session::current(&use_device()).map(|me| view! { <Account me /> })}
            <Looks />
            <Reminders />
            <Room />
            <Leave />
        </BackScreen>
    }
}

/// The person's scope in words, and when records last came in.
async fn known(
    device: &Device,
    lang: Lang,
    me: SignedIn,
) -> Result<(String, Option<DateTime<Utc>>), DeviceError> {
    let directory = records::directory_head(device).await?;
    Ok((scope_words(lang, &me.actor, directory.as_ref()), records::last_pull(device).await?))
}

#[component]
fn Account(me: SignedIn) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let line = phone.line();
    let SignedIn { actor, office, .. } = me.clone();
    let read = live(&[Topic::Records], move || {
        let me = me.clone();
        async move { known(&phone, lang, me).await }
    });
    let known = ui::memo(move || read.get().and_then(Result::ok));
    let scope = move || {
        let words = known.with(|known| known.as_ref().map(|(scope, _)| scope.clone()).unwrap_or_default());
        if words.is_empty() { t::unknown_yet(lang).to_owned() } else { words }
    };
    let contact = move || {
        let pulled = known.with(|known| known.as_ref().and_then(|(_, pulled)| *pulled));
        let last = line.get().last_contact.max(pulled);
        last.map_or_else(|| t::no_contact(lang).to_owned(), |at| time::near(at, phone.clock.office_now()))
    };
    view! {
        <div class="section-head">
            <h2>{t::account(lang)}</h2>
        </div>
        <div class="card card--pad">
            <dl class="fact-list">
                <dt>{t::name(lang)}</dt>
                <dd>{actor.name}</dd>
                <dt>{t::role(lang)}</dt>
                <dd>{actor.role.name().get(lang).to_owned()} " · " {office}</dd>
                <dt>{t::scope(lang)}</dt>
                <dd>{scope}</dd>
                <dt>{t::last_contact(lang)}</dt>
                <dd>{contact}</dd>
            </dl>
        </div>
    }
}
