//! Sign-in: one plain form, so that it works before the program has arrived and without it.

use super::why::is_local;
use crate::{
    components::document_title::DocumentTitle,
    i18n::{account, use_lang},
    plain_form,
    server_fns::account::SignIn,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map().get_untracked();
    let given = |key| query.get(key).unwrap_or_default();
    let refused = match given("why").as_str() {
        "" => None,
        "wrong" => Some(account::wrong(lang)),
        "often" => Some(account::too_often(lang)),
        "off" => Some(account::switched_off(lang)),
        _ => Some(account::server_error(lang)),
    };
    let next = Some(given("next")).filter(|next| is_local(next)).unwrap_or_default();
    let typed = plain_form::typed::<String>().unwrap_or_default();
    let described = refused.map(|_| "why");
    view! {
        <DocumentTitle text=account::sign_in(lang) />
        <main class="account-page" id="main">
            <p class="brand">
                <strong class="brand__name">{account::product(lang)}</strong>
                <span>{account::what_it_is(lang)}</span>
            </p>
            <h1>{account::sign_in(lang)}</h1>
            <form class="form" method="post" action=SignIn::url()>
                {refused.map(|words| view! { <p class="notice notice--refused" id="why" role="alert">{words}</p> })}
                <input type="hidden" name="next" value=next />
                <div class="field">
                    <label for="username">{account::username(lang)}</label>
                    <input
                        class="input"
                        id="username"
                        name="username"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        value=typed
                        aria-describedby=described
                    />
                </div>
                <div class="field">
                    <label for="password">{account::password(lang)}</label>
                    <input
                        class="input"
                        id="password"
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        required
                        aria-describedby=described
                    />
                </div>
                <button class="button">{account::sign_in(lang)}</button>
            </form>
            <p class="u-small">{account::no_account(lang)}</p>
        </main>
    }
}
