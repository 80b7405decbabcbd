//! The wait for a part of the program, and what is shown where it does not come.

use super::{Coming, Missing};
use crate::{
    components::icon::Icon,
    frame::{BackScreen, Empty},
    i18n::{field as t, use_lang},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// A whole screen of another part.
pub fn screen(part: Coming) -> AnyView {
    Suspend::new(SendWrapper::new(async move {
        waits(true);
        let came = part.await;
        waits(false);
        came.unwrap_or_else(|Missing| view! { <NotArrived /> }.into_any())
    }))
    .into_any()
}

/// Tells `field-boot.js`, which has words for a screen that is not there yet, what is waited for.
fn waits(waits: bool) {
    if let Some(root) = document().document_element() {
        // Fails for names that are none.
        let _ = if waits {
            root.set_attribute("data-waits", "program")
        } else {
            root.remove_attribute("data-waits")
        };
    }
}

#[component]
fn NotArrived() -> impl IntoView {
    let lang = use_lang();
    view! {
        <BackScreen title=t::not_arrived(lang).to_owned() back="/field/".to_owned()>
            <Empty
                icon=Icon::Offline
                title=t::not_arrived(lang)
                words=t::not_arrived_hint(lang)
                way=("/field/".to_owned(), t::to_today(lang))
            />
        </BackScreen>
    }
}

/// A piece of a screen that another part draws.
pub fn within(part: impl Fn() -> Coming + Send + 'static) -> AnyView {
    arriving(Box::new(part))
}

/// Compiled once for whatever comes.
fn arriving(part: Box<dyn Fn() -> Coming + Send>) -> AnyView {
    let lang = use_lang();
    let (tries, waiting) = (RwSignal::new(0_u32), RwSignal::new(true));
    let again = move |_| {
        waiting.set(true);
        tries.update(|tries| *tries += 1);
    };
    let drawn = move || {
        tries.track();
        let part = part();
        Suspend::new(SendWrapper::new(async move {
            let came = part.await;
            // The person may have left by now.
            waiting.try_set(false);
            came.unwrap_or_else(|Missing| {
                view! {
                    <div class="notice notice--refused" role="alert">
                        <p>{t::part_not_arrived(lang)}</p>
                        <p>{t::not_arrived_hint(lang)}</p>
                    </div>
                    <button class="button button--quiet" type="button" on:click=again>
                        {t::try_again(lang)}
                    </button>
                }
                .into_any()
            })
        }))
    };
    view! {
        <Show when=move || waiting.get()>
            <p class="u-small" role="status">{t::part_coming(lang)}</p>
        </Show>
        {drawn}
    }
    .into_any()
}
