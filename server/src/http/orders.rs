//! The key of a sealed order, for the phone that it lies on.

use super::{ApiError, records::admit};
use crate::{session::SignedInAs, state::AppState};
use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
};
use domain::{spot_check::OrderKey, sync::Problem};
use service::sealed_orders;

/// The key of a person's own order, once its hour has come by the server's clock. For every role that works in the field.
#[utoipa::path(get, path = "/api/v1/orders/{id}/key", params(("id" = String, Path)), responses(
    (status = 200, body = OrderKey),
    (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem, description = "Not there, another person's, withdrawn, or over"),
    (status = 425, body = Problem, description = "`not_yet`: its hour has not come; again after `Retry-After`"),
    (status = 429, body = Problem, description = "This person asks too fast; again after `Retry-After`"),
))]
pub(super) async fn key(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<OrderKey>, ApiError> {
    admit(&state, &who, &headers).await?;
    let id = id.parse().map_err(|_| ApiError::NotFound)?;
    Ok(Json(OrderKey { key: sealed_orders::key(&state, &who.actor, id).await? }))
}
