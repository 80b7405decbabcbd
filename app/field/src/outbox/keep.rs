//! What is safe until when; and the way for work that cannot be sent from here: as a file, to another phone or the office.

mod file;

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    errors::ErrorWords,
    i18n::{Lang, hazards as t, use_lang},
    live,
};
use client::{DeviceError, browser::bundle, bundle::Came, changes::Topic, diagnostics, space};
use file::{Made, MadeFile};
use leptos::{
    html,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{Event, HtmlInputElement},
};

#[component]
pub fn Keeping() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let room = live(&[Topic::Photos], move || async move { space::measure(&phone).await });
    let free = move || room.get().flatten().map(|space| t::free(lang, t::size(space.free)));
    let chosen = NodeRef::<html::Input>::new();
    let said = RwSignal::new(String::new());
    let made = RwSignal::new_local(None::<Made>);
    let tell = move |told: Result<String, DeviceError>| {
        said.try_set(told.unwrap_or_else(|error| error.words(lang).to_owned()));
    };
    let export = move |_| {
        spawn_local(async move {
            made.try_set(None);
            tell(match bundle::pack(&phone).await {
                Ok(Some((blob, name))) => {
                    let file = Made::of(&blob, name.clone());
                    if let Some(file) = &file {
                        file.save();
                    }
                    made.try_set(file);
                    Ok(t::exported(lang, name))
                }
                Ok(None) => Ok(t::nothing_to_export(lang).to_owned()),
                Err(error) => Err(error),
            });
        });
    };
    let import = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            let came = bundle::unpack(&phone, &file).await;
            // The same file may be chosen again.
            input.set_value("");
            tell(came.map(|came| told(lang, came)));
        });
    };
    let report = move |_| {
        spawn_local(async move {
            tell(diagnostics::send(&phone).await.map(|()| t::reported(lang).to_owned()));
        });
    };
    let choose = move |_| {
        if let Some(input) = chosen.get_untracked() {
            input.click();
        }
    };
    view! {
        <p class="u-small">{t::until_sent(lang)} {free}</p>
        <details class="card card--pad disclosure">
            <summary class="disclosure__summary">
                <Sign icon=Icon::Send />
                {t::cannot_send(lang)}
            </summary>
            <p>{t::cannot_send_hint(lang)}</p>
            <div class="u-stack">
                <button class="button button--quiet" on:click=export>{t::export(lang)}</button>
                <button class="button button--quiet" on:click=choose>{t::import(lang)}</button>
                <input
                    class="u-visually-hidden"
                    type="file"
                    accept=".xunan"
                    aria-label=t::import(lang)
                    tabindex="-1"
                    node_ref=chosen
                    on:change=import
                />
                <button class="button button--quiet" on:click=report>{t::report(lang)}</button>
            </div>
            <p role="status">{said}</p>
            <MadeFile made />
        </details>
    }
}

/// What waits in the file for a newer version, and what came in.
fn told(lang: Lang, came: Came) -> String {
    let Came { operations, photos, drafts, left } = came;
    let waits = if left > 0 { t::imported_left(lang, left) } else { String::new() };
    waits
        + &match (operations, photos, drafts) {
            (0, 0, 0) if left > 0 => String::new(),
            (0, 0, 0) => t::imported_nothing(lang).to_owned(),
            (_, _, 0) => t::imported(lang, operations, photos),
            _ => t::imported(lang, operations, photos) + &t::imported_drafts(lang, drafts),
        }
}
