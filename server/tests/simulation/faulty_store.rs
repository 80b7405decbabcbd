//! The store behind a [`FaultPlan`]: before and after everything that is asked of it the server may die, or it may be away.

mod reads;
mod writes;

use super::fault_plan::FaultPlan;
use async_trait::async_trait;
use server::storage::{Result, Store, Transaction, dump::Row};
use std::sync::Arc;
use tokio::sync::mpsc;

#[derive(Debug)]
pub struct FaultyStore {
    pub inner: Arc<dyn Store>,
    pub fault_plan: Arc<FaultPlan>,
}

struct FaultyTransaction {
    inner: Box<dyn Transaction>,
    fault_plan: Arc<FaultPlan>,
}

#[async_trait]
impl Store for FaultyStore {
    async fn write(&self) -> Result<Box<dyn Transaction>> {
        let inner = self.fault_plan.survive(self.inner.write()).await?;
        Ok(Box::new(FaultyTransaction { inner, fault_plan: Arc::clone(&self.fault_plan) }))
    }
    async fn ready(&self) -> Result<()> {
        self.fault_plan.survive(self.inner.ready()).await
    }
    async fn close(&self) {
        self.inner.close().await;
    }
    async fn dump(&self, to: mpsc::Sender<Row>) -> Result<()> {
        self.fault_plan.survive(self.inner.dump(to)).await
    }
    async fn load(&self, from: mpsc::Receiver<Row>) -> Result<u64> {
        self.fault_plan.survive(self.inner.load(from)).await
    }
    async fn version(&self) -> Result<i64> {
        self.fault_plan.survive(self.inner.version()).await
    }
}

#[async_trait]
impl Transaction for FaultyTransaction {
    async fn commit(self: Box<Self>) -> Result<()> {
        let Self { inner, fault_plan } = *self;
        fault_plan.survive(inner.commit()).await
    }
}
