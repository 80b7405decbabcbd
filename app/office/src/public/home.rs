//! The bare address: everybody is sent on to where they belong.

use crate::{
    components::document_title::DocumentTitle,
    i18n::{account, use_lang},
    server_fns::account::whither,
};
use leptos::prelude::*;

#[component]
pub fn HomePage() -> impl IntoView {
    let lang = use_lang();
    let whither = Resource::new_blocking(|| (), |()| whither());
    view! {
        <DocumentTitle text=account::product(lang) />
        <main class="account-page" id="main">
            <p class="brand">
                <strong class="brand__name">{account::product(lang)}</strong>
                <span>{account::what_it_is(lang)}</span>
            </p>
            // For a browser that does not follow the redirect.
            <Suspense>
                {move || Suspend::new(async move {
                    whither
                        .await
                        .ok()
                        .map(|path| {
                            view! {
                                <a class="button" href=path rel="external">
                                    {account::back_to_work(lang)}
                                </a>
                            }
                        })
                })}
            </Suspense>
        </main>
    }
}
