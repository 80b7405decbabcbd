//! A file that was made to be taken along. Browsers do not tell whether they saved it, and some inside other apps save nothing
//! without a word: so it can be saved again, or handed on by the system's own sheet, and nothing here says that it is out.

use crate::i18n::{hazards as t, use_lang};
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{Blob, File, HtmlElement, Url},
};
use wasm_bindgen_futures::JsFuture;

pub struct Made {
    name: String,
    url: String,
    /// What the system's sheet is given; none where the browser hands on no files.
    shared: Option<Object>,
}

impl Drop for Made {
    /// Until then the whole file lies in memory.
    fn drop(&mut self) {
        // Refused for no address that was made.
        let _ = Url::revoke_object_url(&self.url);
    }
}

fn of_navigator(name: &str) -> Option<Function> {
    Reflect::get(&window().navigator(), &JsValue::from_str(name)).ok()?.dyn_into().ok()
}

impl Made {
    pub fn of(blob: &Blob, name: String) -> Option<Self> {
        let url = Url::create_object_url_with_blob(blob).ok()?;
        let shared = shareable(blob, &name);
        Some(Self { name, url, shared })
    }

    /// Hands it to the browser, which asks the person where to, or does not.
    pub fn save(&self) {
        let link = document().create_element("a").ok();
        if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            // Refused only for names that are none.
            let _ = link.set_attribute("href", &self.url);
            let _ = link.set_attribute("download", &self.name);
            link.click();
        }
    }
}

/// Tried, not guessed: a browser may share texts and no files.
fn shareable(blob: &Blob, name: &str) -> Option<Object> {
    of_navigator("share")?;
    let file = File::new_with_blob_sequence(&Array::of1(blob), name).ok()?;
    let data = Object::new();
    Reflect::set(&data, &JsValue::from_str("files"), &Array::of1(&file)).ok()?;
    let may = of_navigator("canShare")?.call1(&window().navigator(), &data).ok()?;
    may.is_truthy().then_some(data)
}

#[component]
pub fn MadeFile(made: RwSignal<Option<Made>, LocalStorage>) -> impl IntoView {
    let lang = use_lang();
    let told = RwSignal::new("");
    let share = move |_| {
        let data = made.with_untracked(|made| made.as_ref().and_then(|made| made.shared.clone()));
        let Some((data, share)) = data.zip(of_navigator("share")) else { return };
        let Ok(sharing) = share.call1(&window().navigator(), &data) else {
            return told.set(t::not_shared(lang));
        };
        spawn_local(async move {
            let done = match sharing.dyn_into::<Promise>() {
                Ok(promise) => JsFuture::from(promise).await.is_ok(),
                Err(_) => false,
            };
            told.try_set(if done { t::shared(lang) } else { t::not_shared(lang) });
        });
    };
    move || {
        made.with(|made| {
            made.as_ref().map(|made| {
                let may_share = made.shared.is_some();
                view! {
                    <div class="u-stack">
                        <a class="button button--quiet" href=made.url.clone() download=made.name.clone()>
                            {t::save_again(lang)}
                        </a>
                        {may_share
                            .then(|| {
                                view! {
                                    <button class="button button--quiet" on:click=share>
                                        {t::share(lang)}
                                    </button>
                                }
                            })}
                        <p role="status">{told}</p>
                    </div>
                }
            })
        })
    }
}
