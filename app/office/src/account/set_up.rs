//! First use: a plain form that creates the office and its administrator with the code from the server's console.

use crate::{
    components::{
        fault::ErrorLine,
        field::{Field, Fields},
    },
    i18n::{account, password, places as t, use_lang},
    plain_form::typed,
    sending::{Sending, SentForm},
    server_fns::set_up::{SetUp, SetUpForm},
};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn SetUpPage() -> impl IntoView {
    let lang = use_lang();
    let begin = Sending::to::<SetUp>();
    let fault = begin.fault();
    let form = typed::<SetUpForm>().unwrap_or_default();
    let fields = Fields { lang, form: "setup", group: "form", fault };
    let pending = begin.pending();
    view! {
        <Title text=t::set_up_title(lang) />
        <main class="account-page" id="main">
            <p class="brand">
                <strong class="brand__name">{account::product(lang)}</strong>
                <span>{account::what_it_is(lang)}</span>
            </p>
            <h1>{t::set_up_title(lang)}</h1>
            <p>{t::set_up_lead(lang)}</p>
            <SentForm to=begin attr:class="form" attr:autocomplete="off">
                <ErrorLine fault />
                {fields.text(Field::new("code", t::set_up_code(lang), form.code).hint(t::set_up_code_hint(lang)).autocomplete("off"))}
                {fields.text(Field::new("office", t::office_name(lang), form.office).hint(t::office_name_hint(lang)))}
                {fields.text(Field::new("name", t::set_up_name(lang), form.name).autocomplete("name"))}
                {fields.text(
                    Field::new("username", account::username(lang), form.username)
                        .hint(t::set_up_username_hint(lang))
                        .autocomplete("username"),
                )}
                {fields.input(
                    "password",
                    Field::new("password", account::password(lang), "")
                        .hint(password::rule(lang))
                        .autocomplete("new-password"),
                )}
                <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                    {t::set_up_do(lang)}
                </button>
            </SentForm>
        </main>
    }
}
