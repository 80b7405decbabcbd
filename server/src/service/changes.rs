//! What phones have to hear of, where that is not what the records say: `xunan verify` names it, and this has it agree again.

use crate::{state::AppState, storage::StoreError};

/// Announces anew what the changes do not say as the records do, office by office. Gives how many records that were.
///
/// Whether there is anything is looked for beside the writers: they wait for an office only where something is amiss.
pub async fn mend(state: &AppState) -> Result<u64, StoreError> {
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
