//! What pages ask. Every function checks role and scope itself; what is not done is said with the status that fits, and
//! only what is ours to mend is an error. A form that came without the program is answered with its page.

use super::{Pages, context::PageContext, document};
use crate::http::{ApiError, refusals::Refusal};
use app::{
    error::AppError,
    plain_form::{Answered, PlainForm, Shown},
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{ACCEPT, CONTENT_TYPE, LOCATION, REFERER, RETRY_AFTER, SET_COOKIE},
    },
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE};
use leptos::{
    prelude::provide_context,
    server::ServerActionError,
    server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER},
};
use leptos_axum::handle_server_fns_with_context;

/// Bytes of what went wrong; words.
const LONGEST_FAULT: usize = 1024 * 1024;

/// Where a form stood whose page the browser does not name.
const DESK: &str = "/office";

/// Runs the function that the address names.
pub(super) async fn answer(State(pages): State<Pages>, request: Request) -> Result<Response, ApiError> {
    let context = PageContext::of(&pages.state, &request).await?;
    let headers = request.headers().clone();
    let function = request.uri().path().to_owned();
    let form = PlainForm::default();
    let around = {
        let (context, form) = (context.clone(), form.clone());
        move || {
            context.provide();
            provide_context(form.clone());
        }
    };
    let response = handle_server_fns_with_context(around, request).await.into_response();
    let (response, refused) = with_status(response).await;
    if refused.as_ref().is_some_and(|refused| refused.fault == AppError::NotAllowed) {
        pages.state.edge.refusals.count(Refusal::NotAllowed);
    }
    let shown = form.take();
    if !is_plain(&headers) || (refused.is_none() && shown.is_none()) {
        return Ok(response);
    }
    let shown = shown.unwrap_or_else(|| Shown {
        page: came_from(&headers).unwrap_or_else(|| DESK.to_owned()),
        status: 200,
        answered: Answered::default(),
    });
    let status = refused.as_ref().map_or(shown.status, |refused| refused.fault.status());
    let error = refused.map(|refused| ServerActionError::new(&function, &URL_SAFE.encode(refused.raw)));
    let answered = shown.answered;
    let around = move || {
        context.provide();
        provide_context(answered.clone());
        if let Some(error) = error.clone() {
            provide_context(error);
        }
    };
    let mut page = document(&pages, asking_for(&shown.page, headers)?, around).await?;
    if page.status().is_success() {
        *page.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    }
    for cookie in response.headers().get_all(SET_COOKIE) {
        page.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    Ok(page)
}

/// Opening the address of a server function in the browser leads to the start page.
pub(super) async fn led_home(headers: HeaderMap) -> Response {
    if is_plain(&headers) {
        Redirect::to("/").into_response()
    } else {
        StatusCode::METHOD_NOT_ALLOWED.into_response()
    }
}

/// The address without what leptos would show as the outcome of a form: anybody could write that into a link.
pub(super) fn without_outcome(uri: &Uri) -> Option<String> {
    let query = uri.query()?;
    let is_outcome = |pair: &&str| matches!(pair.split('=').next(), Some("__err" | "__path"));
    query.split('&').find(is_outcome)?;
    let rest: Vec<_> = query.split('&').filter(|pair| !is_outcome(pair)).collect();
    Some(if rest.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), rest.join("&")) })
}

struct Refused {
    fault: AppError,
    raw: Vec<u8>,
}

/// The answer with the status that fits, and what was refused.
async fn with_status(response: Response) -> (Response, Option<Refused>) {
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return (response, None);
    }
    let (mut parts, body) = response.into_parts();
    let raw = to_bytes(body, LONGEST_FAULT).await.unwrap_or_default();
    let fault = AppError::de(raw.clone());
    parts.status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // Where leptos would lead: an address with the error in it.
    parts.headers.remove(LOCATION);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if fault == AppError::Busy {
        parts.headers.insert(RETRY_AFTER, HeaderValue::from_static("30"));
    }
    let response = Response::from_parts(parts, Body::from(raw.clone()));
    (response, Some(Refused { fault, raw: raw.to_vec() }))
}

fn is_plain(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The page of this site that the form was on.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let referer: Uri = headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    let page = referer.path_and_query()?.as_str();
    (page.starts_with('/') && !page.starts_with("//") && !page.starts_with("/api/")).then(|| page.to_owned())
}

/// A request for the page in the name of the form's sender.
fn asking_for(page: &str, mut headers: HeaderMap) -> Result<Request, ApiError> {
    let mut request =
        Request::get(page).body(Body::empty()).map_err(|error| ApiError::Bug(error.to_string()))?;
    headers.remove(CONTENT_TYPE);
    *request.headers_mut() = headers;
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_never_read_from_an_address() {
        let without = |uri: &str| without_outcome(&uri.parse().unwrap());
        assert_eq!(without("/office?__err=e&status=late&__path=p").as_deref(), Some("/office?status=late"));
        assert_eq!(without("/office?__path=p").as_deref(), Some("/office"));
        assert_eq!(without("/office?q=__err"), None);
        assert_eq!(without("/office"), None);
    }

    #[test]
    fn a_form_comes_back_to_a_page_of_this_site_only() {
        let from = |referer: &str| {
            came_from(&HeaderMap::from_iter([(REFERER, HeaderValue::from_str(referer).unwrap())]))
        };
        assert_eq!(
            from("https://xunan.example/office/sites?page=2").as_deref(),
            Some("/office/sites?page=2")
        );
        assert_eq!(from("https://xunan.example/api/pages/act"), None);
        assert_eq!(from("https://xunan.example//evil.example"), None);
        assert_eq!(from("nonsense"), None);
    }
}
