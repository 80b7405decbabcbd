//! What opens an order, as it lies in the database: sealed by the installation's own secret and bound to the order.

use super::corrupt;
use crate::{
    services::Services,
    storage::{StoreError, StoredOrder},
};
use domain::{
    id::SealedOrderId,
    spot_check::{ContentKey, OrderState, SealedOrder, SpokenWords, WordList},
};
use serde::{Deserialize, Serialize};

/// Key and words of one order.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OrderSecret {
    pub key: ContentKey,
    pub words: SpokenWords,
}

pub(super) fn hide(
    state: &Services,
    order: SealedOrderId,
    secret: &OrderSecret,
) -> Result<Vec<u8>, StoreError> {
    let text = serde_json::to_vec(secret).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    state.secrets.seal(order.0.as_bytes(), &text).ok_or_else(|| corrupt("an order's key cannot be sealed"))
}

/// # Errors
/// Where it was sealed by another installation.
pub(super) fn reveal(state: &Services, stored: &StoredOrder) -> Result<OrderSecret, StoreError> {
    let text = state.secrets.unseal(stored.order.id.0.as_bytes(), &stored.secret);
    let text = text.ok_or_else(|| {
        corrupt("an order's key is not this installation's: withdraw the check and send it anew")
    })?;
    serde_json::from_slice(&text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The order as its phone gets it: with the list of words, and with the key once the hour has come. Where the key cannot be read the
/// words open it all the same.
pub(crate) fn sent(state: &Services, stored: &StoredOrder) -> SealedOrder {
    let mut order = stored.order.clone();
    let gives_key = order.gives_key(state.now());
    if let OrderState::Sealed { words, key, .. } = &mut order.state {
        words.list = WordList::text().to_owned();
        if gives_key {
            *key = reveal(state, stored)
                .inspect_err(|error| tracing::error!(%error, order = %stored.order.id, "stays sealed"))
                .ok()
                .map(|secret| secret.key);
        }
    }
    order
}
