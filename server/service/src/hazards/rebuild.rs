//! Every hazard folded anew from its events, as after an update that reads more out of them.
//!
//! A page at a time, each in a turn of its own: servers that run meanwhile wait for a page and not for all of them, and what
//! they write between two pages is not lost.

use crate::storage::{Rebuilt, Store, StoreError};

/// Hazards of one turn.
const PAGE: u32 = 128;

/// Nothing is decided and nothing refused; what cannot be read stays as it is, and is named.
pub async fn rebuild(store: &dyn Store) -> Result<Rebuilt, StoreError> {
    let mut all = Rebuilt::default();
    loop {
        let mut tx = store.write().await?;
        let page = tx.rebuild_hazards(all.last, PAGE).await?;
        tx.commit().await?;
        let Some(last) = page.last else { return Ok(all) };
        all.last = Some(last);
        all.folded += page.folded;
        all.changed += page.changed;
        all.unreadable.extend(page.unreadable);
    }
}
