//! Where the person is, asked for by a tap only.

use crate::{
    device::PhoneRef,
    i18n::{field as t, use_lang},
};
use client::location;
use domain::place::Location;
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Copy)]
pub struct Near {
    phone: PhoneRef,
    fix: RwSignal<Option<Location>>,
    busy: RwSignal<bool>,
    failed: RwSignal<bool>,
}

impl Near {
    pub fn of(phone: PhoneRef) -> Self {
        Self {
            phone,
            fix: RwSignal::new(location::recent(&phone)),
            busy: RwSignal::new(false),
            failed: RwSignal::new(false),
        }
    }

    pub fn fix(self) -> Option<Location> {
        self.fix.get()
    }

    pub fn busy(self) -> bool {
        self.busy.get()
    }

    /// Whether the last try found none.
    pub fn failed(self) -> bool {
        self.failed.get()
    }

    /// Takes a fresh fix; an older one stands meanwhile.
    pub fn find(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(false);
        spawn_local(async move {
            let found = location::locate(&self.phone).await;
            // The person may have left the screen by now.
            self.busy.try_set(false);
            self.failed.try_set(found.is_none());
            if found.is_some() {
                self.fix.try_set(found);
            }
        });
    }
}

/// Says that no position was found, and the two ways on.
#[component]
pub fn NotLocated(near: Near, #[prop(into)] wanted: Signal<bool>, give_up: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Show when=move || wanted.get() && near.failed()>
            <div class="notice" role="status">
                <p>
                    <b>{t::not_located(lang)}</b>
                </p>
                <p>{t::not_located_hint(lang)}</p>
                <div class="link-row">
                    <button class="link" on:click=move |_| near.find()>
                        {t::try_again(lang)}
                    </button>
                    <button class="link" on:click=move |_| give_up.run(())>
                        {t::without_distance(lang)}
                    </button>
                </div>
            </div>
        </Show>
    }
}
