//! # The device API
//!
//! A table of contents. Each handler says who may call it; what a device API means never changes within `/api/v1`.

mod attachments;
mod bundles;
mod client;
mod cookies;
mod error;
mod gate;
mod guard;
mod hazards;
mod health;
mod metrics;
mod orders;
mod plain;
pub mod policy;
mod push;
mod receipts;
mod records;
pub mod refusals;
mod session;
mod sync;
mod tus;
mod uploads;

pub use client::{Client, ProxyTrust};
pub use error::ApiError;
pub use gate::Edge;
pub use guard::{same_site_only, security_headers};

use crate::state::AppState;
use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY},
    },
    middleware,
    routing::get,
};
use domain::{
    form::Form, hazard::Hazard, notice::Notice, site::Site, spot_check::SealedOrder, sync::Directory,
    task::Task, visit::VisitSummary,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Records travel in envelopes; their bodies' shapes are named here.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "巡安 device API",
        version = "1",
        description = "What installed phones speak. A phone may come back after a month: meanings never change within v1."
    ),
    components(schemas(Directory, Site, Form, Hazard, VisitSummary, SealedOrder, Task, Notice))
)]
struct Contract;

/// Everything under `/api/v1`, and what watches the machine. It shows nothing in a browser and is never cached, unless the
/// handler says otherwise.
pub fn api(state: AppState) -> Router {
    let (routes, contract) = contract();
    let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");
    let never = HeaderValue::from_static("no-store");
    routes
        .route("/api/v1/openapi.json", get(move || async move { Json(contract) }))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::show))
        .layer(SetResponseHeaderLayer::if_not_present(CONTENT_SECURITY_POLICY, nothing))
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, never))
        .with_state(state)
}

/// The contract as it is served.
pub fn openapi() -> utoipa::openapi::OpenApi {
    contract().1
}

fn contract() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let version_of_tus = HeaderValue::from_static(tus::VERSION);
    OpenApiRouter::with_openapi(Contract::openapi())
        .routes(routes!(session::sign_in, session::whoami, session::sign_out))
        .routes(routes!(session::change_password))
        .routes(routes!(sync::sync))
        .routes(routes!(attachments::show))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(uploads::options, uploads::create))
                .routes(routes!(
                    uploads::reached,
                    uploads::append,
                    uploads::terminate,
                    uploads::method_override
                ))
                .layer(SetResponseHeaderLayer::overriding(tus::TUS_RESUMABLE, version_of_tus)),
        )
        .routes(routes!(bundles::receive))
        .routes(routes!(attachments::thumbnail))
        .routes(routes!(attachments::preview))
        .routes(routes!(attachments::receipt))
        .routes(routes!(hazards::photos))
        .routes(routes!(records::one))
        .routes(routes!(records::earlier))
        .routes(routes!(orders::key))
        .routes(routes!(push::key, push::subscribe, push::unsubscribe))
        .routes(routes!(receipts::key))
        .split_for_parts()
}

/// What surrounds the whole server, outermost first: an id for each request, its trace, a catch for panics, who sent it,
/// its time, headers, the refusal of other sites' requests, errors put into the person's language, and the gate.
pub fn with_middleware(state: &AppState, routes: Router) -> Router {
    routes
        // The gate's limits, by the table of rules, are the only ones.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(state.clone(), gate::keep))
        .layer(middleware::from_fn_with_state(state.clone(), error::localize_errors))
        .layer(middleware::from_fn(same_site_only))
        .layer(middleware::from_fn(security_headers))
        .layer(middleware::from_fn(cookies::host_only))
        .layer(middleware::from_fn_with_state(state.clone(), metrics::time))
        .layer(middleware::from_fn_with_state(state.clone(), client::note))
        .layer(CatchPanicLayer::custom(error::panicked))
        // What failed is told where it is known whether anybody has to act.
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}

/// Method and path only: queries may hold names. Of a short code nothing is told.
fn span(request: &axum::extract::Request) -> tracing::Span {
    let path = request.uri().path();
    let path = if path.starts_with("/c/") { "/c/…" } else { path };
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path, id)
}
