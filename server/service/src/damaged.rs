//! Rows that cannot be read: passed over by whoever reads many, and told once.

use crate::{metrics::Metrics, storage::Changed};
use domain::{id::OfficeId, sync::RecordKind};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

/// Rows remembered; beyond that the database itself is damaged, and has been told of often enough.
const MOST: usize = 10_000;

#[derive(Debug, Clone, Default)]
pub struct Damaged(Arc<Mutex<HashSet<(OfficeId, String, String)>>>);

impl Damaged {
    /// For whoever runs the installation: `xunan verify` names the row too, and says what is wrong with it.
    pub(crate) fn tell(&self, metrics: &Metrics, office: OfficeId, row: &Changed) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= MOST || !told.insert((office, row.kind.clone(), row.id.clone())) {
            return;
        }
        let Some(kind) = RecordKind::parse(&row.kind) else { return };
        metrics.damaged(kind.as_str());
        tracing::error!(%office, kind = kind.as_str(), id = ?row.id, "cannot be read and is passed over; xunan verify");
    }

    /// It can be read again: the next damage is told anew.
    pub(crate) fn mended(&self, office: OfficeId, row: &Changed) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !told.is_empty() {
            told.remove(&(office, row.kind.clone(), row.id.clone()));
        }
    }
}
