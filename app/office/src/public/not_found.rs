//! No such page.

use crate::{
    components::document_title::DocumentTitle,
    i18n::{account, use_lang},
};
use leptos::prelude::*;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    let lang = use_lang();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <DocumentTitle text=account::not_found_title(lang) />
        <main class="account-page" id="main">
            <p class="brand">
                <strong class="brand__name">{account::product(lang)}</strong>
            </p>
            <h1>{account::not_found_title(lang)}</h1>
            <p>{account::not_found_words(lang)}</p>
            <a class="button" href="/" rel="external">
                {account::back_to_work(lang)}
            </a>
        </main>
    }
}
