//! A document around a few words, in the look of the desk's pages, without their program.

use app::i18n::account;
use axum::{
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY},
    },
    response::{Html, IntoResponse, Response},
};
use domain::{place::Office, text::Lang};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
    connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A house with columns: the head of every page for anybody, those of codes as well.
pub(in crate::pages) const SIGN: &str = "M4 10h16L12 4zM6 10v7M10 10v7M14 10v7M18 10v7M4 20h16";

/// What stands in it.
pub(super) struct Document<'a> {
    pub lang: Lang,
    /// URL of the stylesheet.
    pub css: &'a str,
    pub office: &'a str,
    pub title: &'a str,
    /// HTML.
    pub body: String,
    /// Whether the script of the form is wanted.
    pub has_script: bool,
}

/// Text as HTML, within an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `?office=…`, for whoever comes from here.
pub(super) fn of_office(office: &Office) -> String {
    format!("?office={}", office.id)
}

impl Document<'_> {
    pub fn response(self) -> Response {
        let Self { lang, css, office, title, body, has_script } = self;
        let (tag, product) = (lang.tag(), account::product(lang));
        let (office, title) = (escape(office), escape(title));
        let script = if has_script { "\n<script type=\"module\" src=\"/report.js\"></script>" } else { "" };
        let under = format!("<span class=\"office-bar__under\">{product}</span>");
        let (name, under) = if office.is_empty() { (product, "") } else { (office.as_str(), under.as_str()) };
        let html = format!(
            "<!doctype html>\n<html lang=\"{tag}\" data-theme=\"auto\" data-text=\"normal\"><head>\
             <meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\
             <title>{title} · {product}</title>\n<link rel=\"stylesheet\" href=\"{css}\">\
             <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">{script}</head>\n\
             <body><header class=\"office-bar\">\
             <svg class=\"office-bar__sign\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{SIGN}\"/></svg>\
             <p><strong class=\"office-bar__name\">{name}</strong>{under}</p></header>\n\
             <main class=\"account-page account-page--below\" id=\"main\">\n\
             {body}\n</main></body></html>\n"
        );
        let headers = [
            (CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP)),
            (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        ];
        (headers, Html(html)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_wrote_is_text_wherever_it_stands() {
        assert_eq!(escape("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }
}
