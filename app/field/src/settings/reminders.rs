//! 在手机上提醒我: the switch. The browser asks its person only when they tap; what it lacks, or who has to do what, is said beside it.

use crate::{
    device::use_device,
    errors::ErrorWords,
    i18n::{Lang, notices as t, use_lang},
};
use client::{
    DeviceError,
    browser::push::{self, NotReminded},
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::HtmlInputElement;

/// Why not, and what to do.
fn words(lang: Lang, why: NotReminded) -> String {
    let words = match why {
        NotReminded::Because(words) => return words,
        NotReminded::Unsupported => t::push_unsupported(lang),
        NotReminded::Denied => t::push_denied(lang),
        NotReminded::NotSetUp => t::push_not_set_up(lang),
        NotReminded::Service => t::push_failed(lang),
        NotReminded::Failure(failure) => DeviceError::from(failure).words(lang),
    };
    words.to_owned()
}

#[component]
pub fn Reminders() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let (is_on, busy) = (RwSignal::new(false), RwSignal::new(true));
    let lack = push::lack();
    let is_there = !matches!(lack, Some(NotReminded::Unsupported));
    let said = RwSignal::new(lack.map(|lack| words(lang, lack)));
    spawn_local(async move {
        let found = push::is_on(&phone).await;
        // The person may have left the screen by now.
        is_on.try_set(found);
        busy.try_set(false);
        push::renew(&phone).await;
    });
    let turn = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(None);
        let wanted = !is_on.get_untracked();
        spawn_local(async move {
            let done = if wanted {
                push::switch_on(&phone).await
            } else {
                push::switch_off(&phone).await;
                Ok(())
            };
            // The person may have left the screen by now.
            is_on.try_set(wanted && done.is_ok());
            said.try_set(done.err().map(|why| words(lang, why)));
            busy.try_set(false);
        });
    };
    let switch = is_there.then(|| {
        view! {
            <label class="check">
                <input
                    class="check__input"
                    type="checkbox"
                    role="switch"
                    prop:checked=move || is_on.get()
                    aria-busy=move || busy.get().to_string()
                    aria-describedby="reminders-hint reminders-said"
                    on:change=move |event| {
                        turn();
                        // It shows what is so, not what was tapped.
                        let shown: HtmlInputElement = event_target(&event);
                        shown.set_checked(is_on.get_untracked());
                    }
                />
                <span class="check__label">{t::push_on(lang)}</span>
            </label>
            <p class="u-small" id="reminders-hint">
                {t::push_hint(lang)}
            </p>
        }
    });
    view! {
        <div class="section-head">
            <h2 id="reminders">{t::notices(lang)}</h2>
        </div>
        <div class="card card--pad u-stack">
            {switch}
            <p id="reminders-said" role="status">
                {move || said.get()}
            </p>
        </div>
    }
}
