//! 封存任务: what each of a team is told of a spot check before its hour.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId, SealedOrderId, SpotCheckId, SpotCheckPlanId},
    spot_check::{KeyProof, OpenedBy, SealedOrder},
};
use std::{collections::HashMap, fmt};

/// An order, and what the office alone knows of it.
#[derive(Clone, PartialEq)]
pub struct StoredOrder {
    /// Without the key, and without the list of words.
    pub order: SealedOrder,
    pub check: SpotCheckId,
    /// Who says the words.
    pub leader: PersonId,
    /// Who made the plan, and knows what is in it.
    pub makers: Vec<PersonId>,
    /// The key and the words, sealed by the installation's own secret.
    pub secret: Vec<u8>,
    /// By which its phone proves that it has the key.
    pub proof: KeyProof,
    /// As its phone told first.
    pub opened: Option<OrderOpening>,
}

/// When an order was opened on its phone, by the phone's clock, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderOpening {
    pub at: DateTime<Utc>,
    pub by: OpenedBy,
}

impl fmt::Debug for StoredOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredOrder").field("id", &self.order.id).finish_non_exhaustive()
    }
}

/// Sealed orders. Whose they are is the caller's to ask.
#[async_trait]
pub trait ReadSealedOrders: Send + Sync {
    async fn sealed_order(&self, office: OfficeId, id: SealedOrderId) -> Result<Option<StoredOrder>>;
    /// Of the checks of a plan, whose orders are known to be open; the earliest first.
    async fn order_openings(
        &self,
        office: OfficeId,
        plan: SpotCheckPlanId,
    ) -> Result<Vec<(SpotCheckId, PersonId, OrderOpening)>>;
}

/// Sealing orders, and what becomes of them.
#[async_trait]
pub trait WriteSealedOrders: Send {
    /// Those of these orders that this office has.
    async fn sealed_orders(
        &mut self,
        office: OfficeId,
        ids: &[SealedOrderId],
    ) -> Result<HashMap<SealedOrderId, StoredOrder>>;
    /// Those of a check: one for each of its team.
    async fn orders_of_check(&mut self, office: OfficeId, check: SpotCheckId) -> Result<Vec<StoredOrder>>;
    /// Notes when these orders were opened, where nothing was noted before. Announces nothing: the phone knows.
    async fn put_order_openings(
        &mut self,
        office: OfficeId,
        openings: &[(SealedOrderId, OrderOpening)],
    ) -> Result<()>;
    /// Writes orders, all different, and announces each to its person.
    async fn put_sealed_orders(&mut self, office: OfficeId, orders: &[StoredOrder]) -> Result<()>;
}
