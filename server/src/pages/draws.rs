//! Draws as files: for anybody once they are published, before that for those who may know what is in them.

use super::Pages;
use crate::{
    http::{ApiError, Client},
    session,
    storage::Purpose,
};
use axum::{
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::id::SpotCheckPlanId;
use service::spot_checks;
use uuid::Uuid;

/// For whoever made the plan or leads it. Whoever has to change the password or set a second factor does that first.
pub(super) async fn own(
    State(pages): State<Pages>,
    Path(id): Path<Uuid>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let who = session::current(&pages.state, &headers, Purpose::Desk).await?;
    let who = who.filter(|who| who.due().is_none()).ok_or(ApiError::SignIn)?;
    let by = who.asker(&client, session::lang(&headers), pages.state.now());
    Ok(file(spot_checks::draw_file(&pages.state, Some(&by), SpotCheckPlanId(id)).await?))
}

pub(super) async fn published(
    State(pages): State<Pages>,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    Ok(file(spot_checks::draw_file(&pages.state, None, SpotCheckPlanId(id)).await?))
}

fn file(draw: String) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"draw.json\"")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, draw).into_response()
}
