//! How these documents are put together: text that is escaped wherever it came from, one sheet of styles within, no script.

use crate::pages::report::SIGN;
use app::i18n::account;
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY},
    },
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::text::Lang;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("style.css");

/// Nothing runs, and no styles count but those of this program.
static CSP: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let csp = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&csp).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
});

/// As it may stand in a text or between the quotes of an attribute.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// What stands above every page.
pub struct Head<'a> {
    /// Of the window.
    pub title: &'a str,
    /// Empty where the office is not known yet: then the product's name stands for it.
    pub office: &'a str,
    pub under: &'a str,
    /// For paper: without the head and the ground of a screen.
    pub printed: bool,
}

/// `body` is markup.
pub fn document(lang: Lang, head: &Head<'_>, body: &str, status: StatusCode) -> Response {
    let (title, office, under) = (escaped(head.title), escaped(head.office), escaped(head.under));
    let tag = lang.tag();
    let class = if head.printed { "paper" } else { "screen" };
    let name = if office.is_empty() { account::product(lang) } else { office.as_str() };
    let html = format!(
        "<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}</title><style>{STYLE}</style></head>\
         <body class=\"{class}\"><header class=\"head\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{SIGN}\"/></svg>\
         <p><b>{name}</b><span>{under}</span></p></header>\
         <main>{body}</main></body></html>\n"
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, CSP.clone()),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (status, headers, Html(html)).into_response()
}

/// What went wrong, read out at once; nothing where nothing did.
pub fn alert(words: Option<&str>) -> String {
    let alert = |words: &str| format!("<p class=\"alert\" role=\"alert\">{}</p>", escaped(words));
    words.map(alert).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_somebody_is_text_and_never_markup() {
        assert_eq!(escaped("<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
        assert_eq!(alert(None), "");
        assert!(alert(Some("<b>")).contains("&lt;b&gt;"));
    }

    /// The styles stand in the document as they are: an end of their element in them would end it.
    #[test]
    fn the_styles_are_whole_and_named_by_their_hash() {
        assert!(!STYLE.contains('<'));
        assert!(CSP.to_str().unwrap().contains("style-src 'sha256-"));
    }
}
