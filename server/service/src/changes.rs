//! What phones have to hear of, where that is not what the records say: `xunan verify` names it, and this has it agree again.
//! And the epoch in which they hear of it.

use crate::{
    services::Services,
    storage::{StoreError, Transaction},
};
use domain::id::OfficeId;
use rand::Rng;

/// Says, in the transaction that ends a restore, that the office's changes begin another life. They stand where the backup was
/// made, and will come to where phones stand already: by its number alone nobody could tell such a phone's cursor from one
/// that is good.
pub async fn begin_epoch(tx: &mut dyn Transaction, office: OfficeId) -> Result<(), StoreError> {
    let mut drawn = [0; 4];
    rand::rng().fill_bytes(&mut drawn);
    tx.begin_epoch(office, u32::from_be_bytes(drawn).into()).await
}

/// Announces anew what the changes do not say as the records do, office by office. Gives how many records that were.
///
/// Whether there is anything is looked for beside the writers: they wait for an office only where something is amiss.
pub async fn mend(state: &Services) -> Result<u64, StoreError> {
    let (now, widest) = (state.now(), state.windows.widest());
    let since = widest.hazards_since(now).min(widest.visits_since(now));
    let mut announced = 0;
    for office in state.store.offices().await? {
        if state.store.audience_faults(office.id).await?.is_empty() {
            continue;
        }
        let mut tx = state.store.write().await?;
        announced += tx.rebuild_audiences(office.id, since).await?;
        tx.commit().await?;
    }
    Ok(announced)
}
