//! Figures, taken and shown.

use super::{ApiError, Client};
use crate::state::AppState;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{
        Method, Version,
        header::{AUTHORIZATION, CONTENT_TYPE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use prometheus_client::encoding::prometheus_text::CONTENT_TYPE as PROMETHEUS;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// How long the store may take to count its jobs.
const PATIENCE: Duration = Duration::from_secs(2);

/// Needs the token that the server was started with; without one, only this machine may ask.
pub(super) async fn show(State(state): State<AppState>) -> Result<Response, ApiError> {
    for (holds, room) in state.rooms().await? {
        state.metrics.disk(holds, &room);
    }
    // Figures are wanted most when the database does not answer.
    let counts = timeout(PATIENCE, state.store.job_counts()).await;
    state.metrics.queued(&counts.unwrap_or(Ok(vec![])).unwrap_or_default());
    let text = state.metrics.text().map_err(|error| ApiError::Bug(error.to_string()))?;
    Ok(([(CONTENT_TYPE, PROMETHEUS)], text).into_response())
}

/// Whether whoever asks watches the machine.
pub(super) fn may_watch(state: &AppState, request: &Request) -> bool {
    let headers = request.headers();
    let shown = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match (&state.metrics_token, shown) {
        // By their hashes, so that the time it takes tells nothing.
        (Some(token), Some(shown)) => Sha256::digest(token.as_bytes()) == Sha256::digest(shown.as_bytes()),
        (Some(_), None) => false,
        (None, _) => {
            // A proxy on this machine speaks for others, and need not say so: some speak HTTP/1.0 and add nothing.
            let relayed = ["x-forwarded-for", "x-forwarded-proto", "forwarded", "via"];
            let relayed = relayed.iter().any(|name| headers.contains_key(*name))
                || request.version() < Version::HTTP_11
                || !state.proxy_trust.trusted_proxies.is_empty();
            let client = Client::of(request.extensions());
            !relayed && client.address.is_some_and(|address| address.is_loopback())
        }
    }
}

/// Measures how long the answer took.
pub(super) async fn time(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    // Anybody may invent a method; each would be counted for ever.
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::PATCH];
    let method = known.into_iter().find(|known| known == request.method());
    let method = method.as_ref().map_or("other", Method::as_str).to_owned();
    let route = request.extensions().get::<MatchedPath>().map(|route| route.as_str().to_owned());
    let response = next.run(request).await;
    let route = route.as_deref().unwrap_or("other");
    state.metrics.answered(&method, route, response.status().as_u16(), begun.elapsed());
    response
}
