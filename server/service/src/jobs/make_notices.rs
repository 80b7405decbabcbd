//! 消息: what has to be told is worked out from the records as they stand.

use super::{Context, Job, JobError, Recurring, schedule::Schedule};
use crate::notices;
use async_trait::async_trait;
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// Of all offices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeNotices {}

impl Recurring for MakeNotices {
    const SCHEDULE: Schedule = Schedule::Every(Duration::minutes(2));
}

#[async_trait]
impl Job for MakeNotices {
    const NAME: &'static str = "make_notices";

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        // What stops the one stops not the other: in some office there is something that cannot be read.
        let people = notices::make(&context.state).await;
        let parties = notices::make_for_parties(&context.state).await;
        people?;
        parties?;
        Ok(())
    }
}
