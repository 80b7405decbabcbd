//! The hour of a sealed check has come: the phones of its team are told, and find the key with what they pull.

use super::{Context, Job, JobError, Priority};
use crate::storage::Record;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::{OfficeId, SpotCheckId};
use serde::{Deserialize, Serialize};

/// Put for its hour when the check is sealed. What was withdrawn since is announced once more, which does no harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnounceOrders {
    pub office: OfficeId,
    pub check: SpotCheckId,
    pub opens_at: DateTime<Utc>,
}

#[async_trait]
impl Job for AnnounceOrders {
    const NAME: &'static str = "announce_orders";
    /// People stand at a door.
    const PRIORITY: Priority = Priority::High;

    fn office(&self) -> Option<OfficeId> {
        Some(self.office)
    }

    /// A check that is sealed anew for another hour is announced then, too.
    fn key(&self) -> String {
        format!("{} {}", self.check, self.opens_at.timestamp_millis())
    }

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        let mut tx = context.state.store.write().await?;
        let orders = tx.orders_of_check(self.office, self.check).await?;
        let records: Vec<_> = orders.iter().map(|stored| Record::SealedOrder(stored.order.id)).collect();
        tx.touch(self.office, &records).await?;
        Ok(tx.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use uuid::Uuid;

    /// A job may wait through an update.
    #[test]
    fn what_is_stored_of_it_keeps_its_shape() {
        let job = AnnounceOrders {
            office: OfficeId(Uuid::from_u128(1)),
            check: SpotCheckId(Uuid::from_u128(2)),
            opens_at: DateTime::UNIX_EPOCH,
        };
        let stored = json!({
            "office": "00000000-0000-0000-0000-000000000001",
            "check": "00000000-0000-0000-0000-000000000002",
            "opens_at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(serde_json::to_value(&job).unwrap(), stored);
        assert_eq!(serde_json::from_value::<AnnounceOrders>(stored).unwrap(), job);
    }
}
