//! What a phone asks of one hazard beyond its record.

use super::ApiError;
use crate::{session::SignedInAs, state::AppState};
use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    file::ReviewedPhoto,
    id::HazardId,
    integrity::{PhotoCheck, PhotoChecks},
    role::Action,
    sync::Problem,
};
use service::hazards::{proof, seen};

/// What speaks against the hazard's photos. For whoever may accept it.
#[utoipa::path(get, path = "/api/v1/hazards/{id}/photos", params(("id" = String, Path)), responses(
    (status = 200, body = PhotoChecks),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn photos(
    State(state): State<AppState>,
    who: SignedInAs,
    Path(id): Path<String>,
) -> Result<Json<PhotoChecks>, ApiError> {
    let (actor, id) = (&who.actor, id.parse::<HazardId>().map_err(|_| ApiError::NotFound)?);
    let (hazard, site) = seen(&state, actor, id).await?.ok_or(ApiError::NotFound)?;
    if !actor.may_do(Action::Recheck) {
        return Err(ApiError::NotAllowed);
    }
    let photos = proof(&state, actor, &hazard, &site).await?;
    let check = |photo: ReviewedPhoto| PhotoCheck {
        hash: photo.hash,
        comparison: photo.comparison,
        findings: photo.findings,
    };
    Ok(Json(PhotoChecks { thresholds: state.thresholds, photos: photos.into_iter().map(check).collect() }))
}
