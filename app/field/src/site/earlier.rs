//! What this site's past holds beside what is on this phone: fetched page by page when somebody asks for it.

use super::facts::PAGE;
use crate::{
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    i18n::{field as t, use_lang},
};
use client::{DeviceError, asked};
use domain::id::SiteId;
use leptos::{prelude::*, task::spawn_local};

/// How far back one has gone on this screen.
#[derive(Clone, Copy)]
pub struct Past {
    phone: PhoneRef,
    status: RwSignal<Standing>,
    /// Visits shown.
    pub shown: RwSignal<usize>,
}

#[derive(Debug, Clone, PartialEq)]
enum Standing {
    /// Where the next page begins; none: nobody has asked yet.
    More(Option<String>),
    Asked,
    Whole,
    InVain(DeviceError, Option<String>),
}

impl Past {
    pub fn begin() -> Self {
        Self { phone: use_device(), status: RwSignal::new(Standing::More(None)), shown: RwSignal::new(PAGE) }
    }

    /// Another site.
    pub fn forget(self) {
        self.status.set(Standing::More(None));
        self.shown.set(PAGE);
    }

    fn ask(self, site: SiteId, before: Option<String>) {
        self.status.set(Standing::Asked);
        spawn_local(async move {
            let status = match asked::earlier(&self.phone, site, before.as_deref()).await {
                Ok(Some(next)) => Standing::More(Some(next)),
                Ok(None) => Standing::Whole,
                Err(error) => Standing::InVain(error, before),
            };
            // The person may have left the screen by now. What has come is shown, however much that is.
            self.shown.try_set(usize::MAX);
            self.status.try_set(status);
        });
    }
}

#[component]
pub fn Earlier(site: SiteId, past: Past) -> impl IntoView {
    let lang = use_lang();
    let button = move |before: Option<String>| {
        view! {
            <button class="button button--quiet" on:click=move |_| past.ask(site, before.clone())>
                {t::earlier(lang)}
            </button>
        }
    };
    move || match past.status.get() {
        Standing::More(before) => button(before).into_any(),
        Standing::Asked => view! { <p class="u-small" role="status">{t::earlier_asked(lang)}</p> }.into_any(),
        Standing::Whole => view! { <p class="u-small" role="status">{t::earlier_none(lang)}</p> }.into_any(),
        Standing::InVain(error, before) => {
            let words = match error {
                DeviceError::Offline => t::earlier_in_vain(lang),
                other => other.words(lang),
            };
            view! {
                <div class="notice" role="status">
                    <p>{words}</p>
                </div>
                {button(before)}
            }
            .into_any()
        }
    }
}
