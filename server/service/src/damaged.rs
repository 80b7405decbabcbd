//! Records that cannot be read: skipped by queries that read many, and reported once.

use crate::{
    metrics::Metrics,
    storage::{Changed, Record},
};
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
    /// Reports a damaged row to the operator, once. `xunan verify` names the row too, and says what is wrong with it.
    pub(crate) fn tell(&self, metrics: &Metrics, office: OfficeId, row: &Changed) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= MOST || !told.insert((office, row.kind.clone(), row.id.clone())) {
            return;
        }
        let Some(kind) = RecordKind::parse(&row.kind) else { return };
        metrics.damaged(kind.as_str());
        tracing::error!(%office, kind = kind.as_str(), id = ?row.id, "cannot be read and is passed over; xunan verify");
    }

    /// The same of a record that was read beside the changes.
    pub(crate) fn tell_of(&self, metrics: &Metrics, office: OfficeId, record: Record) {
        let (kind, id) = record.named();
        self.tell(
            metrics,
            office,
            &Changed { seq: 0, kind: kind.as_str().to_owned(), id, record: Some(record) },
        );
    }

    /// Marks the row as readable again, so that new damage is reported.
    pub(crate) fn mended(&self, office: OfficeId, row: &Changed) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !told.is_empty() {
            told.remove(&(office, row.kind.clone(), row.id.clone()));
        }
    }
}
