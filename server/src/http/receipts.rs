//! What proves receipts.

use super::ApiError;
use crate::state::AppState;
use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

/// A public key of the installation.
#[derive(Debug, Serialize, ToSchema)]
struct PublicKey {
    /// As seals name it.
    id: String,
    /// Ed25519, hexadecimal.
    public: String,
}

/// The public key that receipts are sealed with now, and all that ever were.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReceiptKey {
    /// As seals name it.
    id: String,
    /// Ed25519, hexadecimal.
    public: String,
    /// The newest first; a receipt names the one that sealed it.
    keys: Vec<PublicKey>,
}

/// The public keys that receipts are signed with. Open to anybody, so that every receipt can be checked.
#[utoipa::path(get, path = "/api/v1/receipt-key", responses((status = 200, body = ReceiptKey)))]
pub(super) async fn key(State(state): State<AppState>) -> Result<Json<ReceiptKey>, ApiError> {
    let keys = state.signer.keys(state.now()).await?;
    let newest = state.signer.key(state.now()).await?;
    let keys = keys.into_iter().map(|key| PublicKey { public: key.public(), id: key.id });
    Ok(Json(ReceiptKey { public: newest.public(), id: newest.id, keys: keys.collect() }))
}
