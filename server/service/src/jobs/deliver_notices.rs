//! 消息: what waits goes out of the house.

use super::{Context, Job, JobError, Recurring, schedule::Schedule};
use crate::notices;
use async_trait::async_trait;
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// Of all offices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverNotices {}

impl Recurring for DeliverNotices {
    const SCHEDULE: Schedule = Schedule::Every(Duration::minutes(1));
}

#[async_trait]
impl Job for DeliverNotices {
    const NAME: &'static str = "deliver_notices";

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        // What stops the one stops not the other: in some office there is something that cannot be read.
        let people = notices::deliver(&context.state).await;
        let parties = notices::deliver_to_parties(&context.state).await;
        people?;
        parties?;
        Ok(())
    }
}
