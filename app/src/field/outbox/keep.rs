//! What is safe until when; and the way for work that cannot be sent from here: as a file, to another phone or the office.

use crate::{
    components::icon::{Icon, Sign},
    device::{DeviceError, changes::Topic, log, outbox::carry, space},
    field::live,
    i18n::{hazards as t, use_lang},
};
use leptos::{
    html,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{Blob, Event, HtmlElement, HtmlInputElement, Url},
};
use std::time::Duration;

#[component]
pub fn Keeping() -> impl IntoView {
    let lang = use_lang();
    let room = live(&[Topic::Photos], space::measure);
    let free = move || room.get().flatten().map(|space| t::free(lang, t::size(space.free)));
    let chosen = NodeRef::<html::Input>::new();
    let said = RwSignal::new(String::new());
    let tell = move |told: Result<String, DeviceError>| {
        said.try_set(told.unwrap_or_else(|error| error.words(lang).to_owned()));
    };
    let export = move |_| {
        spawn_local(async move {
            tell(match carry::pack().await {
                Ok(Some((file, name))) => {
                    save(&file, &name);
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
            let came = carry::unpack(&file).await;
            // The same file may be chosen again.
            input.set_value("");
            tell(came.map(|came| match came {
                (0, 0) => t::imported_nothing(lang).to_owned(),
                (operations, photos) => t::imported(lang, operations, photos),
            }));
        });
    };
    let report = move |_| {
        spawn_local(async move {
            tell(log::send().await.map(|()| t::reported(lang).to_owned()));
        });
    };
    let choose = move |_| {
        if let Some(input) = chosen.get_untracked() {
            input.click();
        }
    };
    view! {
        <p class="small">{t::until_sent(lang)} {free}</p>
        <details class="card pad">
            <summary>
                <Sign icon=Icon::Send />
                {t::cannot_send(lang)}
            </summary>
            <p>{t::cannot_send_hint(lang)}</p>
            <div class="stack">
                <button class="button quiet" on:click=export>{t::export(lang)}</button>
                <button class="button quiet" on:click=choose>{t::import(lang)}</button>
                <input
                    class="visually-hidden"
                    type="file"
                    accept=".xunan"
                    aria-label=t::import(lang)
                    tabindex="-1"
                    node_ref=chosen
                    on:change=import
                />
                <button class="button quiet" on:click=report>{t::report(lang)}</button>
            </div>
            <p role="status">{said}</p>
        </details>
    }
}

/// Hands the file to the browser, which asks the person where to.
fn save(file: &Blob, name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(file) else { return };
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.set_attribute("href", &url);
        let _ = link.set_attribute("download", name);
        link.click();
    }
    // Once the browser has taken it; until then the whole file lies in memory.
    set_timeout(move || drop(Url::revoke_object_url(&url)), Duration::from_mins(1));
}
