//! The HTML documents: one around the pages that the server renders, one empty for the phone's screens.

use crate::{
    ROOT,
    pages::{App, parts::Part},
    sign_in_form,
};
use http::{header::COOKIE, request::Parts};
use leptos::prelude::*;
use leptos_meta::MetaTags;
use office::{
    appearance::{TEXT_COOKIE, TEXT_SIZES, THEME_COOKIE, THEMES, chosen},
    i18n::{Lang, account, places, use_lang},
    plain_form::Answered,
};

const VIEWPORT: &str = "width=device-width, initial-scale=1, viewport-fit=cover";

/// Where the desk's program is.
#[derive(Debug, Clone)]
pub struct DeskFiles {
    /// URL of the JavaScript that loads the program.
    pub js: String,
    /// URL of the program's first file.
    pub wasm: String,
    /// URL of the stylesheet.
    pub css: String,
    /// URL of what fetches the program's parts, if it has any.
    pub loader: Option<String>,
    /// URLs of the parts' files.
    pub parts: Vec<String>,
}

/// The service whose tiles may lie below maps. A document carries it to its program (`app/ui/src/map/background.rs`).
#[derive(Debug, Clone)]
pub struct MapTiles {
    /// Its address, with `{z}`, `{x}` and `{y}`.
    pub template: String,
    /// `wgs84` or `gcj02`.
    pub datum: &'static str,
    /// The line that it wants to be named by.
    pub credit: Option<String>,
}

/// What becomes of a page's program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    /// It brings the page to life.
    Lives,
    /// The page is done without; the program is fetched for those that come after it.
    Ahead,
    /// There is nothing that it could do.
    Never,
}

impl Program {
    fn of(path: &str, answered: bool) -> Self {
        match path {
            // The answer to a form that came without the program stands at the function's address.
            _ if answered => Self::Never,
            // Forms that the browser sends, and links that lead to other documents.
            "/" | "/signin" | "/signin/code" | "/account/password" | "/account/confirm" => Self::Ahead,
            _ => Self::Lives,
        }
    }

    fn script(self) -> Option<&'static str> {
        match self {
            Self::Lives => Some("/desk-boot.js"),
            Self::Ahead => Some("/desk-ahead.js"),
            Self::Never => None,
        }
    }
}

/// The document around a server-rendered page. Browsers must not translate it: hydration expects the words that were sent.
pub fn shell(options: LeptosOptions, files: DeskFiles, tiles: Option<MapTiles>) -> impl IntoView {
    let lang = use_lang();
    let request = use_context::<Parts>();
    let path = request.as_ref().map(|parts| parts.uri.path()).unwrap_or_default();
    let body = if path.starts_with("/office") { "app-office" } else { "app-account" };
    let cookies =
        request.as_ref().and_then(|parts| parts.headers.get(COOKIE)?.to_str().ok()).unwrap_or_default();
    let program = Program::of(path, use_context::<Answered>().is_some());
    let preloaded = (program == Program::Lives).then(|| preloaded(&files, Part::of(path)));
    let boot = program.script().map(|src| view! { <script type="module" src=src></script> });
    let DeskFiles { js, wasm, css, .. } = files;
    let theme = chosen(cookies, THEME_COOKIE, &THEMES);
    let text = chosen(cookies, TEXT_COOKIE, &TEXT_SIZES);
    let datum = tiles.as_ref().map(|tiles| tiles.datum);
    let credit = tiles.as_ref().and_then(|tiles| tiles.credit.clone());
    let tiles = tiles.map(|tiles| tiles.template);
    view! {
        <!DOCTYPE html>
        <html
            lang=lang.tag()
            data-theme=theme
            data-text=text
            data-js=js
            data-wasm=wasm
            data-no-program=places::no_program(lang)
            data-tiles=tiles
            data-tiles-datum=datum
            data-tiles-credit=credit
            translate="no"
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content=VIEWPORT />
                <link rel="stylesheet" href=css />
                {preloaded}
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/apple-touch-180.png" />
                <AutoReload options />
                {boot}
                <MetaTags />
            </head>
            // The program looks only into its own element: whatever else is put into the body is none of its business.
            <body class=body>
                <div id=ROOT>
                    <App />
                </div>
            </body>
        </html>
    }
}

/// What this page's program consists of, so that all of it is on its way at once.
fn preloaded(files: &DeskFiles, part: Option<Part>) -> impl IntoView + use<> {
    let modules = [Some(&files.js), files.loader.as_ref()].into_iter().flatten();
    let modules = modules.map(|url| view! { <link rel="modulepreload" href=url.clone() /> }).collect_view();
    let of_page = files.parts.iter().filter(|url| part.is_some_and(|part| part.needs(url)));
    let programs = std::iter::once(&files.wasm).chain(of_page);
    let programs = programs.map(|url| {
        view! { <link rel="preload" href=url.clone() r#as="fetch" r#type="application/wasm" crossorigin="" /> }
    });
    view! {
        {modules}
        {programs.collect_view()}
    }
}

/// The phone's document: always the same for a language and a build, so that the service worker can keep it for any deep
/// link. It carries no inline script, because a kept document would freeze its nonce.
#[derive(Debug, Clone, Copy)]
pub struct FieldDocument<'a> {
    pub lang: Lang,
    /// URL of the JavaScript that loads the program.
    pub js: &'a str,
    /// URL of the program.
    pub wasm: &'a str,
    /// URL of the stylesheet.
    pub css: &'a str,
    /// URL of what fetches the program's other parts, if it has any.
    pub loader: Option<&'a str>,
    /// URL of the part that the first screen behind the sign-in is in.
    pub next: Option<&'a str>,
    /// What may lie below the map.
    pub tiles: Option<&'a MapTiles>,
}

impl MapTiles {
    /// Of a document that is put together as text.
    fn attributes(&self) -> String {
        let credit =
            self.credit.as_deref().map(|credit| format!(" data-tiles-credit=\"{}\"", quoted(credit)));
        let (template, datum) = (quoted(&self.template), self.datum);
        format!(" data-tiles=\"{template}\" data-tiles-datum=\"{datum}\"{}", credit.unwrap_or_default())
    }
}

/// As it may stand between the quotes of an attribute.
fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

impl FieldDocument<'_> {
    pub fn html(self) -> String {
        let Self { lang, js, wasm, css, loader, next, tiles } = self;
        let next = next.map_or_else(String::new, |url| format!(" data-next=\"{url}\""));
        let tiles = tiles.map(MapTiles::attributes).unwrap_or_default();
        let loader =
            loader.map_or_else(String::new, |url| format!("\n<link rel=\"modulepreload\" href=\"{url}\">"));
        let (tag, title, needs_script) = (lang.tag(), account::product(lang), account::needs_script(lang));
        let sign_in = sign_in_form::templates();
        format!(
            r#"<!doctype html>
<html lang="{tag}" data-theme="auto" data-text="normal" data-js="{js}" data-wasm="{wasm}"{next}{tiles} translate="no">
<head>
<meta charset="utf-8">
<meta name="viewport" content="{VIEWPORT}">
<title>{title}</title>
<link rel="stylesheet" href="{css}">
<link rel="modulepreload" href="{js}">{loader}
<link rel="preload" href="{wasm}" as="fetch" type="application/wasm" crossorigin>
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icons/apple-touch-180.png">
<script type="module" src="/field-boot.js"></script>
</head>
<body class="app-field" data-app="field"><noscript><p class="notice">{needs_script}</p></noscript>
{sign_in}</body>
</html>
"#
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_done_without_the_program_waits_for_none_of_it() {
        assert_eq!(Program::of("/signin", false).script(), Some("/desk-ahead.js"));
        assert_eq!(Program::of("/office", false).script(), Some("/desk-boot.js"));
        assert_eq!(Program::of("/account/second-factor", false).script(), Some("/desk-boot.js"));
        assert_eq!(Program::of("/office", true).script(), None);
    }

    #[test]
    fn the_field_document_names_its_build_and_has_no_inline_script() {
        let html = FieldDocument {
            lang: Lang::Zh,
            js: "/pkg/a.js",
            wasm: "/pkg/a.wasm",
            css: "/pkg/a.css",
            loader: Some("/pkg/b.js"),
            next: Some("/pkg/b.wasm"),
            tiles: None,
        }
        .html();
        assert!(html.contains(r#"<link rel="modulepreload" href="/pkg/b.js">"#));
        assert!(html.contains(r#"data-js="/pkg/a.js" data-wasm="/pkg/a.wasm" data-next="/pkg/b.wasm""#));
        assert_eq!(html.matches("<script").count(), 1);
        assert!(html.contains(r#"<script type="module" src="/field-boot.js"></script>"#));
        assert!(!html.contains("data-tiles"), "nobody is named that the installation does not name");
    }

    #[test]
    fn the_field_document_carries_the_service_of_tiles_and_no_markup_of_it() {
        let tiles = MapTiles {
            template: "https://tiles.example.cn/{z}?x={x}&y={y}".into(),
            datum: "gcj02",
            credit: Some(r#"天地图 "<b>" & 其他"#.into()),
        };
        let (js, wasm, css) = ("/pkg/a.js", "/pkg/a.wasm", "/pkg/a.css");
        let document =
            FieldDocument { lang: Lang::Zh, js, wasm, css, loader: None, next: None, tiles: Some(&tiles) };
        let html = document.html();
        assert!(html.contains(
            r#" data-tiles="https://tiles.example.cn/{z}?x={x}&amp;y={y}" data-tiles-datum="gcj02""#
        ));
        assert!(
            html.contains(r#" data-tiles-credit="天地图 &quot;&lt;b>&quot; &amp; 其他" translate="no">"#)
        );
    }
}
