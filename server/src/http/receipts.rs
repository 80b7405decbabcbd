//! What proves receipts.

use super::ApiError;
use crate::state::AppState;
use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

/// The installation's public key.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReceiptKey {
    /// As seals name it.
    id: String,
    /// Ed25519, hexadecimal.
    public: String,
}

/// The key that receipts are sealed with. For anybody: a receipt can be checked by whoever it is shown to.
#[utoipa::path(get, path = "/api/v1/receipt-key", responses((status = 200, body = ReceiptKey)))]
pub(super) async fn key(State(state): State<AppState>) -> Result<Json<ReceiptKey>, ApiError> {
    let key = state.signer.key(state.now()).await?;
    Ok(Json(ReceiptKey { public: key.public(), id: key.id }))
}
