//! A hazard in a list: its photo, what it is, where, and how its deadline stands.

use super::today::Recheck;
use crate::{
    components::due_sign::DueSign,
    device::use_device,
    i18n::{field as t, trade, use_lang},
    live,
};
use client::changes::Topic;
use domain::photo::PhotoHash;
use leptos::prelude::*;

#[component]
pub fn RecheckRow(recheck: Recheck) -> impl IntoView {
    let lang = use_lang();
    let Recheck { hazard, site, due } = recheck;
    let photo = hazard.found.photos.first().cloned();
    view! {
        <a href=format!("/field/hazards/{}", hazard.id)>
            {photo.map(|hash| view! { <Thumbnail hash /> })}
            <div class="rows__body">
                <p class="rows__title">{hazard.title().to_owned()}</p>
                <p class="rows__meta">
                    <span>
                        {site.unwrap_or_else(|| t::unknown_site(lang).to_owned())} " · "
                        {trade::severity(lang, hazard.level())}
                    </span>
                    <span>{trade::progress(lang, &hazard)}</span>
                </p>
            </div>
            <DueSign due deadline=hazard.due />
        </a>
    }
}

/// Decorative: the words beside it say what it shows. A grey square until the photo is at hand.
#[component]
pub fn Thumbnail(hash: PhotoHash) -> impl IntoView {
    let phone = use_device();
    let found = live(&[Topic::Photos], move || {
        let hash = hash.clone();
        async move { phone.pictures.url(&hash, false).await }
    });
    let url = Memo::new(move |_| found.get().and_then(Result::ok).flatten());
    move || match url.get() {
        Some(url) => view! { <img class="thumb" src=url alt="" /> }.into_any(),
        None => view! { <span class="thumb"></span> }.into_any(),
    }
}
