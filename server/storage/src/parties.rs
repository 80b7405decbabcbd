//! 责任主体: who answers for sites.

use crate::Result;
use async_trait::async_trait;
use domain::{
    id::{OfficeId, PartyId},
    party::{Party, PartyFilter, PartyPage, PartyRow},
    role::Scope,
};
use std::collections::HashSet;
use tokio::sync::mpsc;

/// One party, those of a name, and lists.
#[async_trait]
pub trait ReadParties: Send + Sync {
    /// Everyone, retired or not.
    async fn all_parties(&self, office: OfficeId) -> Result<Vec<Party>>;
    /// They are the whole office's concern: a scope that covers less finds none.
    async fn parties(&self, office: OfficeId, scope: &Scope, filter: &PartyFilter) -> Result<PartyPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_parties(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &PartyFilter,
        most: u32,
        to: mpsc::Sender<PartyRow>,
    ) -> Result<u32>;
    async fn party(&self, office: OfficeId, id: PartyId) -> Result<Option<Party>>;
    /// Those not retired whose name this is, or whose credit code: at most a handful.
    async fn parties_called(&self, office: OfficeId, words: &str) -> Result<Vec<Party>>;
    /// Those that a hazard names, open or not.
    async fn parties_of_hazards(&self, office: OfficeId) -> Result<HashSet<PartyId>>;
}

/// Parties as others refer to them, and as they become.
#[async_trait]
pub trait WriteParties: Send {
    async fn party(&mut self, office: OfficeId, id: PartyId) -> Result<Option<Party>>;
    /// Sites in use for which it answers.
    async fn count_sites_of_party(&mut self, office: OfficeId, id: PartyId) -> Result<u64>;
    /// [`Taken`](crate::StoreError::Taken) where the credit code is another's. What a party is travels inside its sites, so all
    /// of them are announced.
    async fn put_party(&mut self, office: OfficeId, party: &Party) -> Result<()>;
}
