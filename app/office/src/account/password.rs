//! One's own new password, with the old one; and the old one asked for again before something that weighs. Plain forms:
//! they work before the program has arrived and without it.

use super::refused::answer;
use crate::{
    components::document_title::DocumentTitle,
    i18n::{account, password as t, use_lang},
    server_fns::account::{ChangePassword, Confirm},
};
use leptos::{prelude::*, server_fn::ServerFn};

#[component]
pub fn PasswordPage() -> impl IntoView {
    let lang = use_lang();
    let answer = answer();
    view! {
        <DocumentTitle text=t::change(lang) />
        <main class="account-page" id="main">
            <h1>{t::change(lang)}</h1>
            <form class="form" method="post" action=ChangePassword::url()>
                {answer.notice()}
                <input type="hidden" name="next" value=answer.next.clone() />
                {answer.secret("password", "old", t::old_password(lang), None, "current-password")}
                {answer.secret("password", "new", t::new_password(lang), Some(t::rule(lang)), "new-password")}
                {answer.secret("password", "again", t::again(lang), None, "new-password")}
                <button class="button">{t::save(lang)}</button>
            </form>
            <p class="u-small">{t::forgot(lang)}</p>
            <p>
                <a class="link" href="/account/devices" rel="external">
                    {account::devices(lang)}
                </a>
            </p>
        </main>
    }
}

#[component]
pub fn ConfirmPage() -> impl IntoView {
    let lang = use_lang();
    let answer = answer();
    let form = if answer.done.is_empty() {
        view! {
            <p>{t::confirm_hint(lang)}</p>
            <form class="form" method="post" action=Confirm::url()>
                {answer.notice()}
                <input type="hidden" name="next" value=answer.next.clone() />
                {answer.secret("password", "password", t::own_password(lang), None, "current-password")}
                <button class="button">{t::confirm_do(lang)}</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p class="notice notice--good" role="status">
                {t::confirm_done(lang)}
            </p>
        }
        .into_any()
    };
    view! {
        <DocumentTitle text=t::confirm(lang) />
        <main class="account-page" id="main">
            <h1>{t::confirm(lang)}</h1>
            {form}
        </main>
    }
}
