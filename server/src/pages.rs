//! # Pages
//!
//! Rendered ones for the desk, one empty document for the phone, and the files of the build. Server functions answer the
//! rendered pages; each finds the services, its person and its language as context; the services enforce role and scope.

mod codes;
mod context;
mod csp;
mod draws;
mod files;
mod function;
mod lists;
mod report;
mod sessions;
pub mod site;

use crate::{http::ApiError, state::AppState};
use app::{pages::App, server_fns::set_up::SET_UP, shell::shell};
use axum::{
    Extension, Router,
    extract::{FromRef, Request, State},
    handler::Handler,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    middleware::{self, Next},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use context::PageContext;
use domain::list::ListName;
use files::Files;
use leptos::config::LeptosOptions;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};
use site::BuiltSite;
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::time::timeout;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// Where the phone's document is; the service worker keeps it under this address.
pub const FIELD: &str = "/field/";

/// How long a page may take to be ready. Whatever it asks for has a shorter limit of its own; what is left are questions that
/// nobody answers any more, and whoever waits for such a page is told instead of waiting for ever.
const READY_WITHIN: Duration = Duration::from_mins(1);

#[derive(Debug, Clone)]
struct Pages {
    state: AppState,
    site: Arc<BuiltSite>,
}

impl FromRef<Pages> for LeptosOptions {
    fn from_ref(pages: &Pages) -> Self {
        pages.site.options.clone()
    }
}

/// What the rendered pages are called. leptos finds out by running the program with all questions put off for ever, of
/// everybody in this process: whoever is just asking for a page would never get it. So it happens once, before anybody can ask.
pub fn page_routes() -> &'static [AxumRouteListing] {
    static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    #[expect(clippy::disallowed_methods, reason = "the one place")]
    ROUTES.get_or_init(|| generate_route_list(App))
}

/// Every page, document and file. What is none of them gets the page that says so.
pub fn routes(state: &AppState, site: BuiltSite) -> Router {
    let pages = Pages { state: state.clone(), site: Arc::new(site) };
    exports()
        .merge(codes::routes())
        .route("/field", get(field_document))
        .route("/field/", get(field_document))
        .route("/field/{*screen}", get(field_document))
        .route("/sw.js", get(service_worker))
        .route("/api/pages/{*function}", post(function::answer).get(function::led_home))
        .route("/office/import/{id}/marked.xlsx", get(lists::marked))
        .route("/office/forms/{id}/{file}", get(lists::form))
        .route("/office/checks/{id}/draw.json", get(draws::own))
        .route("/draws/{id}/draw.json", get(draws::published))
        .route("/report", get(report::form).post(report::send))
        .route("/report/near", post(report::near))
        .route("/report/{number}", get(report::ask).post(report::follow))
        .route("/results", get(report::results))
        .route("/office/reports/{id}/photos/{hash}", get(report::photo))
        .leptos_routes_with_handler(page_routes().to_vec(), get(rendered))
        .fallback(file_or_page)
        .layer(middleware::from_fn(cached))
        .with_state(pages)
}

/// Every list as a file, under an address of its own, so that each has its line in the table of rules.
fn exports() -> Router<Pages> {
    ListName::ALL.into_iter().fold(Router::new(), |router, list| {
        router.route(&lists::path(list), get(lists::export).layer(Extension(list)))
    })
}

/// The same for everybody, signed in or not: the phone's own records decide what it shows.
async fn field_document(State(pages): State<Pages>) -> impl IntoResponse {
    let csp = pages.site.field_csp.clone();
    ([(CONTENT_SECURITY_POLICY, csp)], Html(pages.site.field_document.clone()))
}

/// For anybody.
async fn service_worker(State(pages): State<Pages>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], pages.site.service_worker.clone())
}

/// A file of the build, for anybody, or a page.
async fn file_or_page(State(pages): State<Pages>, request: Request) -> Response {
    let page = |request| rendered(State(pages.clone()), request);
    // No file is called so, and some systems take a NUL for the end of a name.
    if request.uri().path().contains("%00") {
        return page(request).await.into_response();
    }
    match &pages.site.files {
        Files::Carried => match files::answer(&request) {
            Some(file) => file,
            None => page(request).await.into_response(),
        },
        Files::Folder(root) => {
            let files = ServeDir::new(root)
                .append_index_html_on_directories(false)
                .precompressed_br()
                .precompressed_gzip()
                .fallback(rendered.with_state(pages.clone()));
            files.oneshot(request).await.into_response()
        }
    }
}

/// A page of the desk, of an account, or the one that says that there is none. Each asks for what it shows in the
/// name of who is signed in, and sends whoever is not to the sign-in page.
async fn rendered(State(pages): State<Pages>, request: Request) -> Result<Response, ApiError> {
    if let Some(plain) = function::without_outcome(request.uri()) {
        return Ok(Redirect::to(&plain).into_response());
    }
    if let Some(elsewhere) = before_set_up(&pages.state, request.uri().path()).await? {
        return Ok(elsewhere.into_response());
    }
    let context = PageContext::of(&pages.state, &request).await?;
    document(&pages, request, move || context.provide()).await
}

/// Where nobody has an account yet, every page is the one that makes the first; afterwards that one is none.
async fn before_set_up(state: &AppState, path: &str) -> Result<Option<Redirect>, ApiError> {
    let open = state.set_up.is_open(&*state.store).await?;
    Ok(match (open, path == SET_UP) {
        (true, false) => Some(Redirect::to(SET_UP)),
        (false, true) => Some(Redirect::to("/signin")),
        _ => None,
    })
}

/// A page, with what it finds around it.
async fn document(
    pages: &Pages,
    request: Request,
    around: impl Fn() + Clone + Send + Sync + 'static,
) -> Result<Response, ApiError> {
    let site = &pages.site;
    let (options, desk, tiles) = (site.options.clone(), site.desk.clone(), site.tiles.clone());
    let document = move || shell(options.clone(), desk.clone(), tiles.clone());
    in_time(render_app_async_with_context(around, document)(request)).await
}

async fn in_time(page: impl Future<Output = Response>) -> Result<Response, ApiError> {
    let late = |_| ApiError::Unavailable(format!("a page was not ready after {READY_WITHIN:?}"));
    timeout(READY_WITHIN, page).await.map_err(late)
}

/// Files of the build have their hash in their name and never change; everything else is asked for anew. What was
/// rendered for a person says of itself that nobody may keep it.
async fn cached(request: Request, next: Next) -> Response {
    let built = request.uri().path().starts_with("/pkg/");
    let mut response = next.run(request).await;
    let rule = if built && response.status().is_success() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(rule));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_for_a_page_that_never_comes_is_told() {
        let told = in_time(pending()).await;
        assert!(matches!(told, Err(ApiError::Unavailable(_))), "{told:?}");
        assert!(in_time(ready(().into_response())).await.is_ok());
    }
}
