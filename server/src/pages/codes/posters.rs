//! 墙上的码: a poster for each site, all on one page for the printer, two to a sheet of A4.

use super::{
    asker,
    form::{Fields, Sent},
    html::{Head, document, escaped},
    origin, qr,
};
use crate::{
    http::{ApiError, Client},
    pages::Pages,
};
use app::i18n::codes as t;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{code::Scanned, list::ListFilter, site::SiteFilter, text::Lang};
use service::codes::{self, MOST_POSTERS, Poster, Posters};
use tokio::task::spawn_blocking;

const POSTERS: &str = "/office/sites/posters";

type Words = Query<Vec<(String, String)>>;

/// Which sites, as the list of sites is asked.
fn filter(words: &[(String, String)]) -> SiteFilter {
    SiteFilter::read(|key: &str| {
        words.iter().rev().find(|(known, _)| known == key).map(|(_, word)| word.clone())
    })
}

pub async fn show(
    State(pages): State<Pages>,
    Query(words): Words,
    uri: Uri,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let by = asker(&pages, &client, &headers).await?;
    let posters = codes::posters(&pages.state, &by, &filter(&words)).await?;
    let (lang, origin) = (by.lang, origin(&client, &headers, &uri));
    let query = uri.query().unwrap_or_default().to_owned();
    // Hundreds of codes are drawn away from the threads that answer.
    let drawn = spawn_blocking(move || page(lang, &posters, &query, &origin)).await;
    drawn.map_err(|error| ApiError::Bug(error.to_string()))
}

/// Gives a code to each of them that has none, or ends the one of a site.
pub async fn make(
    State(pages): State<Pages>,
    Query(words): Words,
    uri: Uri,
    client: Client,
    headers: HeaderMap,
    form: Sent,
) -> Result<Response, ApiError> {
    let by = asker(&pages, &client, &headers).await?;
    match Fields::of(form).read("revoke") {
        Some(site) => codes::revoke_of_site(&pages.state, &by, site).await?,
        None => {
            codes::make_for_sites(&pages.state, &by, &filter(&words)).await?;
        }
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Ok(Redirect::to(&format!("{POSTERS}{query}")).into_response())
}

fn page(lang: Lang, posters: &Posters, query: &str, origin: &str) -> Response {
    let Posters { office_name, posters, without, more } = posters;
    let make = (*without > 0).then(|| {
        format!(
            "<p>{}</p><form action=\"{POSTERS}?{}\" method=\"post\"><button>{}</button></form>",
            t::posters_without(lang, *without),
            escaped(query),
            t::posters_make(lang, *without)
        )
    });
    let more = more.then(|| format!("<p class=\"alert\">{}</p>", t::posters_more(lang, MOST_POSTERS)));
    let count = if posters.is_empty() {
        t::posters_none(lang).to_owned()
    } else {
        t::posters_count(lang, posters.len())
    };
    let of_poster = |poster: &Poster| {
        let end = format!(
            "<form class=\"screen-only\" action=\"{POSTERS}?{}\" method=\"post\">\
             <button class=\"button--plain\" name=\"revoke\" value=\"{}\">{} {}</button></form>",
            escaped(query),
            poster.site,
            t::revoke(lang),
            escaped(&poster.site_name)
        );
        format!("{}{end}", one(lang, office_name, poster, origin))
    };
    let all: String = posters.iter().map(of_poster).collect();
    let body = format!(
        "<div class=\"card screen-only\"><a href=\"/office/sites\">{}</a><h1>{}</h1><p>{count}</p>{}{}\
         <p class=\"soft\">{}</p></div><div class=\"posters\">{all}</div>",
        t::back_to_sites(lang),
        t::posters(lang),
        more.unwrap_or_default(),
        make.unwrap_or_default(),
        t::print(lang)
    );
    let head = Head { title: t::posters(lang), office: office_name, under: t::posters(lang), printed: true };
    document(lang, &head, &body, StatusCode::OK)
}

fn one(lang: Lang, office: &str, poster: &Poster, origin: &str) -> String {
    let address = Scanned::address(origin, &poster.code, Some(&poster.site_code));
    format!(
        "<article class=\"poster\">{}<div><p class=\"soft\">{}</p><h2>{}</h2><p>{}</p>\
         <p class=\"code\">{}</p><p class=\"soft\">{} · {}</p>\
         <ul><li>{}</li><li>{}</li><li>{}</li></ul></div></article>",
        qr::picture(&address, &poster.site_name),
        escaped(office),
        escaped(&poster.site_name),
        t::poster_title(lang),
        poster.code,
        escaped(&poster.site_code),
        escaped(&format!("{origin}/c")),
        t::poster_party(lang),
        t::poster_public(lang),
        t::poster_inspector(lang)
    )
}
