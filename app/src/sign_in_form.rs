//! The phone's sign-in as it travels in the document: words and fields, before there is a program.
//!
//! A person can type as soon as the stylesheet is here, and the program, a second later on a poor line, takes the same fields over:
//! nothing is drawn anew under a hand that types. `public/field-boot.js` shows it where nobody is signed in,
//! `app/field/src/sign_in.rs` brings it to life; both find its parts by the ids that stand here.

use office::i18n::{Lang, device as d, field as t};

/// A template for each language that a phone can be set to: the kept document is the same for all.
pub fn templates() -> String {
    [(Lang::Zh, "zh"), (Lang::En, "en")].map(|(lang, name)| template(lang, name)).concat()
}

fn template(lang: Lang, name: &str) -> String {
    let (product, what_it_is, sign_in) = (t::product(lang), t::what_it_is(lang), t::sign_in(lang));
    let (cannot, safe, refused) = (d::would_not_keep(lang), t::work_is_safe(lang), t::not_signed_in(lang));
    let username = field(
        t::username(lang),
        "username",
        t::username_missing(lang),
        r#"<input class="input" id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" enterkeyhint="next" aria-required="true" aria-invalid="false">"#,
    );
    let (show, hide, show_password) = (t::show(lang), t::hide(lang), t::show_password(lang));
    let password = field(
        t::password(lang),
        "password",
        t::password_missing(lang),
        &format!(
            r#"<div class="field__group"><input class="input" id="password" name="password" type="password" autocomplete="current-password" autocapitalize="none" spellcheck="false" enterkeyhint="go" aria-required="true" aria-invalid="false"><button class="link" id="show-password" type="button" aria-label="{show_password}" aria-pressed="false" data-other="{hide}">{show}</button></div>"#
        ),
    );
    let (signing_in, no_account) = (t::signing_in(lang), t::no_account(lang));
    format!(
        r#"<template id="sign-in-{name}"><div class="screen" id="sign-in"><main id="main"><div class="account-page">
<p class="brand"><strong class="brand__name">{product}</strong><span>{what_it_is}</span></p>
<h1>{sign_in}</h1>
<div class="notice notice--refused" id="cannot" role="alert" hidden><p><b>{cannot}</b></p><p></p></div>
<div class="notice notice--good" id="safe" hidden><p>{safe}</p></div>
<form class="form" id="sign-in-form" method="post" novalidate>
<div class="notice notice--refused" id="why" role="alert" hidden><p><b>{refused}</b></p><p></p></div>
{username}
{password}
<button class="button" id="sign-in-button" type="submit" aria-busy="false" data-other="{signing_in}">{sign_in}</button>
</form>
<p class="u-small">{no_account}</p>
</div></main></div></template>
"#
    )
}

fn field(label: &str, id: &str, missing: &str, input: &str) -> String {
    format!(
        r#"<div class="field"><label for="{id}">{label}</label><p class="error-line" id="{id}-missing" hidden>{missing}</p>{input}</div>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_a_form_whose_words_end_no_tag_and_no_attribute() {
        let html = templates();
        for word in [t::sign_in, t::username, t::password, t::hide, t::show_password, t::signing_in] {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!word(lang).contains(['"', '<', '&']) && html.contains(word(lang)), "{}", word(lang));
            }
        }
        for once in [r#"id="sign-in-zh""#, r#"id="sign-in-en""#] {
            assert_eq!(html.matches(once).count(), 1);
        }
        assert_eq!(html.matches('"').count() % 2, 0);
        assert!(
            !html.contains("style=") && !html.contains("<script"),
            "the policy of the document forbids both"
        );
    }
}
