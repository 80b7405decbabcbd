//! # Pages of short codes
//!
//! Documents that need nothing else: no program, no file beside them. Whoever has no account opens them on whatever phone there is,
//! in whatever browser a messenger carries, and reads and sends everything without a script. The desk's papers and posters are made
//! the same way, since they are printed.

mod form;
mod html;
mod party;
mod party_page;
mod posters;
mod qr;
mod sheet;

use super::Pages;
use crate::{
    http::{ApiError, Client},
    session,
    storage::Purpose,
};
use axum::{
    Router,
    http::{HeaderMap, Uri, header::HOST},
    routing::{get, post},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use service::Asker;

pub(super) fn routes() -> Router<Pages> {
    Router::new()
        .route("/c", get(party::enter))
        .route("/c/{code}", get(party::show).post(party::open))
        .route("/c/{code}/repair", post(party::repair))
        .route("/c/{code}/time", post(party::time))
        .route("/c/{code}/words", post(party::words))
        .route("/c/{code}/complaint", post(party::complaint))
        .route("/c/{code}/photos/{hash}", get(party::photo))
        .route("/office/hazards/{id}/code", get(sheet::show).post(sheet::change))
        .route("/office/sites/posters", get(posters::show).post(posters::make))
}

/// Where a code's page is, whatever was typed.
fn address(code: &str) -> String {
    format!("/c/{}", utf8_percent_encode(code.trim(), NON_ALPHANUMERIC))
}

/// Who asks at the desk. Whoever has to change the password or set a second factor does that first.
async fn asker(pages: &Pages, client: &Client, headers: &HeaderMap) -> Result<Asker, ApiError> {
    let who = session::current(&pages.state, headers, Purpose::Desk).await?;
    let who = who.filter(|who| who.due().is_none()).ok_or(ApiError::SignIn)?;
    Ok(who.asker(client, session::lang(headers), pages.state.now()))
}

/// `https://xunan.example`, as whoever asks has reached this server: what they print leads back to it.
fn origin(client: &Client, headers: &HeaderMap, uri: &Uri) -> String {
    let scheme = if client.https { "https" } else { "http" };
    let named = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = named.or_else(|| uri.authority().map(|authority| authority.as_str())).unwrap_or_default();
    format!("{scheme}://{host}")
}
