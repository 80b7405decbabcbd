//! The phone's one conversation.

use super::{ApiError, gate::declared};
use crate::{
    session::{self, SignedInAs},
    state::AppState,
    sync,
};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Request, State},
};
use domain::{
    role::Action,
    sync::{Problem, SyncRequest, SyncResponse},
};

/// Takes operations, each answered by itself, and sends what changed. For every role that works in the field; each
/// operation is checked by role and place, each change is within the person's scope.
#[utoipa::path(post, path = "/api/v1/sync", request_body = SyncRequest, responses(
    (status = 200, body = SyncResponse),
    (status = 400, body = Problem, content_type = "application/problem+json", description = "Not a request at all; nothing was stored"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "This person sends too fast; again after `Retry-After`"),
    (status = 503, body = Problem, content_type = "application/problem+json", description = "Again after `Retry-After`"),
))]
pub(super) async fn sync(
    State(state): State<AppState>,
    who: SignedInAs,
    request: Request,
) -> Result<Json<SyncResponse>, ApiError> {
    if !who.actor.may_do(Action::UseField) {
        return Err(ApiError::NotAllowed);
    }
    let lang = session::lang(request.headers());
    state.write_queue.admit(&who.actor, declared(request.headers()), state.now()).await?;
    let body = Bytes::from_request(request, &()).await.map_err(|error| match error.status().as_u16() {
        413 => ApiError::TooLarge,
        _ => ApiError::Malformed(error.body_text()),
    })?;
    // Before it is read: what was read takes several times its bytes.
    let room = state.write_queue.room(body.len())?;
    let request = serde_json::from_slice(&body).map_err(|error| ApiError::Malformed(error.to_string()))?;
    drop(body);
    Ok(Json(sync::handle(&state, &who.actor, lang, request, room).await?))
}
