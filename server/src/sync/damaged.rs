//! Rows that cannot be read: passed over by whoever reads many, and told once.

use crate::{metrics::Metrics, storage::Record};
use domain::sync::RecordKind;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

/// Rows remembered; beyond that the database itself is damaged, and has been told of often enough.
const MOST: usize = 10_000;

#[derive(Debug, Clone, Default)]
pub struct Damaged(Arc<Mutex<HashSet<Record>>>);

impl Damaged {
    /// For whoever runs the installation: `xunan verify` names the row too.
    pub(super) fn tell(&self, metrics: &Metrics, record: &Record, why: &str) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= MOST || !told.insert(record.clone()) {
            return;
        }
        let kind = kind(record).as_str();
        metrics.damaged(kind);
        tracing::error!(kind, ?record, why, "a record cannot be read and is passed over; xunan verify");
    }
}

fn kind(record: &Record) -> RecordKind {
    match record {
        Record::Directory => RecordKind::Directory,
        Record::Site(_) => RecordKind::Site,
        Record::Checklist(_) => RecordKind::Checklist,
        Record::Hazard(_) => RecordKind::Hazard,
        Record::Inspection(_) => RecordKind::Inspection,
    }
}
