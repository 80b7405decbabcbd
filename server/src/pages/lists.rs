//! Lists as files, for whoever may import them.

use super::Pages;
use crate::{
    backend::{PagesBackend, fault},
    http::ApiError,
    service::import,
    session,
    storage::Purpose,
};
use app::error::Fault;
use axum::{
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use uuid::Uuid;

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A kept list with what is wrong and what would change beside each row.
pub(super) async fn marked(
    State(pages): State<Pages>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let who = session::current(&pages.state, &headers, Purpose::Desk).await?;
    // Whoever has to change the password or set a second factor does that first.
    let who = who.filter(|who| who.due().is_none()).ok_or(ApiError::SignIn)?;
    let lang = session::lang(&headers);
    let backend = PagesBackend::new(pages.state.clone(), lang);
    backend.allow_list(&who.actor, id).await.map_err(refused)?;
    let book = import::marked(&pages.state, &who.actor, id, lang).await;
    let (_, book) = book.map_err(|error| refused(fault::import(lang, "plan", error)))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(WORKBOOK)),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"marked.xlsx\"")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, book).into_response())
}

fn refused(fault: Fault) -> ApiError {
    match fault {
        Fault::SignIn | Fault::Due { .. } | Fault::Confirm => ApiError::SignIn,
        Fault::NotAllowed => ApiError::NotAllowed,
        Fault::Busy => ApiError::Unavailable("the database".to_owned()),
        Fault::NotFound
        | Fault::Invalid { .. }
        | Fault::Incomplete { .. }
        | Fault::Rejected { .. }
        | Fault::Changed { .. } => ApiError::NotFound,
        Fault::Bug { number } => ApiError::Bug(number),
        Fault::Line { detail } => ApiError::Malformed(detail),
    }
}
