//! Files of unsent work, brought in at the office.

use super::{ApiError, Client};
use crate::{
    session::{SignedInAs, lang},
    state::AppState,
    sync::bundle_import,
};
use axum::{Json, body::Body, extract::State, http::HeaderMap};
use domain::{quarantine::BroughtIn, sync::Problem};

/// Takes in what a phone could not send, from the file that it exported. For whoever manages people, in a session of the
/// desk whose password was typed lately; everything is evaluated as its maker's. Repeats change nothing.
#[utoipa::path(post, path = "/api/v1/bundles", request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
    (status = 200, body = Object, description = "Whose it is, and how much was received, was here already, was refused"),
    (status = 400, body = Problem, content_type = "application/problem+json", description = "Not a file of unsent work, or cut short; what came before the cut is kept"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn receive(
    State(state): State<AppState>,
    who: SignedInAs,
    client: Client,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<BroughtIn>, ApiError> {
    // As at the desk, behind everything that the desk asks.
    if who.due().is_some() {
        return Err(ApiError::SignIn);
    }
    let by = who.asker(&client, lang(&headers), state.now());
    Ok(Json(bundle_import::bring_in(&state, &by, body.into_data_stream()).await?))
}
