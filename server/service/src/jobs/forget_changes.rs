//! Changes that no phone can want any more. The list of changes grows with what is going on, and not with the office's past.

use super::{Context, Job, JobError, Recurring, schedule::Schedule};
use crate::{
    services::Services,
    storage::{ChangeSweep, StoreError},
    sync::LONGEST_AWAY,
};
use async_trait::async_trait;
use chrono::Duration;
use domain::time::office_day;
use serde::{Deserialize, Serialize};

/// Days are coarse, and clocks differ: changes are kept for so much longer than a phone may be away.
const MARGIN: Duration = Duration::days(2);

/// Rows that are looked at in one turn of the writers: those who wait write between two of them.
const AT_ONCE: u32 = 1_000;

/// Of all offices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetChanges {}

impl Recurring for ForgetChanges {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 2 };
}

#[async_trait]
impl Job for ForgetChanges {
    const NAME: &'static str = "forget_changes";

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        forget(&context.state).await?;
        Ok(())
    }
}

/// What is not live for anybody, and was last written before any phone that may still go on from where it stands was here. Gives
/// how many rows went. Where it is cut off, the next time goes on.
pub async fn forget(state: &Services) -> Result<u64, StoreError> {
    let (now, widest) = (state.now(), state.windows.widest());
    let sweep = ChangeSweep {
        today: office_day(now),
        written_until: office_day(now - LONGEST_AWAY - MARGIN),
        hazards_before: widest.hazards_since(now),
        visits_before: widest.visits_since(now),
    };
    let mut gone = 0;
    for office in state.store.offices().await? {
        let mut behind = Some(0);
        while let Some(after) = behind {
            let mut tx = state.store.write().await?;
            let swept = tx.sweep_changes(office.id, &sweep, after, AT_ONCE).await?;
            tx.commit().await?;
            gone += swept.gone;
            behind = swept.next;
        }
    }
    if gone > 0 {
        tracing::info!(gone, "changes forgotten");
    }
    Ok(gone)
}
