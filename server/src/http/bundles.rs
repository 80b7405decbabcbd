//! Files of unsent work, brought in at the office.

use super::{ApiError, Client};
use crate::{session::SignedInAs, state::AppState, sync::bundle_import};
use axum::{Json, body::Body, extract::State};
use domain::{audit::Author, quarantine::BroughtIn, role::Action, sync::Problem};

/// Takes in what a phone could not send, from the file that it exported. For whoever manages people, in a session of the
/// desk whose password was typed lately; everything is evaluated as its maker's. Repeats change nothing.
#[utoipa::path(post, path = "/api/v1/bundles", request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
    (status = 200, body = Object, description = "Whose it is, and how much was received, was here already, was refused"),
    (status = 400, body = Problem, content_type = "application/problem+json", description = "Not a file of unsent work, or cut short; what came before the cut is kept"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn receive(
    State(state): State<AppState>,
    who: SignedInAs,
    client: Client,
    body: Body,
) -> Result<Json<BroughtIn>, ApiError> {
    if !who.actor.role.may(Action::ManagePeople) {
        return Err(ApiError::NotAllowed);
    }
    // Records come in anybody's name: as at the desk, behind everything that the desk asks.
    if who.due().is_some() {
        return Err(ApiError::SignIn);
    }
    if !who.is_confirmed(state.now()) {
        return Err(ApiError::Confirm);
    }
    let author = Author { by: (&who.actor).into(), origin: client.origin(Some(&who.session)) };
    Ok(Json(bundle_import::bring_in(&state, &who.actor, &author, body.into_data_stream()).await?))
}
