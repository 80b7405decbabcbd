//! 常用说法: what the office writes most, and the words of its hazards, from which that is learned.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::OfficeId,
    quick_report::office::{HazardWords, OfficePhrase},
};

/// What is known, and what it is learned from.
#[async_trait]
pub trait ReadPhrases: Send + Sync {
    /// The most used first.
    async fn phrases(&self, office: OfficeId) -> Result<Vec<OfficePhrase>>;
    /// Of hazards that were found since, the newest first, at the most so many.
    async fn hazard_words(
        &self,
        office: OfficeId,
        since: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<HazardWords>>;
}

/// What was learned.
#[async_trait]
pub trait WritePhrases: Send {
    /// In place of all that were known before. Announces nothing: they travel with what whoever writes them announces.
    async fn put_phrases(&mut self, office: OfficeId, phrases: &[OfficePhrase]) -> Result<()>;
}
