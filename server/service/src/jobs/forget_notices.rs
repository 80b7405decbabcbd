//! 消息 of long ago: what somebody was told more than a year ago is no news and no evidence. What it told of stays.

use super::{Context, Job, JobError, Recurring, schedule::Schedule};
use crate::{services::Services, storage::StoreError};
use async_trait::async_trait;
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// From when it was made. Longer than anything that a phone keeps, or that a rule looks back on.
const KEPT: Duration = Duration::days(400);

/// Notices of one turn of the writers: those who wait write between two of them.
const AT_ONCE: u32 = 500;

/// Of all offices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetNotices {}

impl Recurring for ForgetNotices {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 2 };
}

#[async_trait]
impl Job for ForgetNotices {
    const NAME: &'static str = "forget_notices";

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        forget(&context.state).await?;
        Ok(())
    }
}

/// Gives how many went, with what became of them on their ways out of the house. Where it is cut off, the next time goes on.
pub async fn forget(state: &Services) -> Result<u64, StoreError> {
    let before = state.now() - KEPT;
    let mut gone = 0;
    for office in state.store.offices().await? {
        loop {
            let mut tx = state.store.write().await?;
            let some = tx.forget_notices(office.id, before, AT_ONCE).await?;
            tx.commit().await?;
            gone += some;
            if some < u64::from(AT_ONCE) {
                break;
            }
        }
    }
    Ok(gone)
}
