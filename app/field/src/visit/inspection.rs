//! 行政检查: what was in hand, as it is shown and changed.

use super::work::VisitSession;
use client::records;
use domain::{
    inspection::{AdministrativeInspection, Breach, InspectionDirectory},
    place::Department,
    sync::Directory,
};
use std::sync::OnceLock;

/// The directory as it lay on the phone. It is read when it is asked for, once: its rules and certificates are for inspections
/// alone, and the way into a form goes without a reader of them.
pub struct KeptDirectory {
    text: Option<String>,
    read: OnceLock<Option<Directory>>,
}

impl KeptDirectory {
    pub fn of(text: Option<String>) -> Self {
        Self { text, read: OnceLock::new() }
    }

    fn get(&self) -> Option<&Directory> {
        self.read.get_or_init(|| records::read_directory(self.text.as_deref()?)).as_ref()
    }
}

impl VisitSession {
    /// What was in hand; whoever asks is told when the draft changes. The default where it is no inspection.
    pub fn inspection<T: Default>(self, look: impl FnOnce(&AdministrativeInspection) -> T) -> T {
        self.draft(|draft| draft.administrative.as_ref().map(look).unwrap_or_default())
    }

    /// The same, read once.
    pub fn inspection_now<T: Default>(self, look: impl FnOnce(&AdministrativeInspection) -> T) -> T {
        self.draft_now(|draft| draft.administrative.as_ref().map(look).unwrap_or_default())
    }

    pub fn change_inspection(self, change: impl FnOnce(&mut AdministrativeInspection)) {
        self.change_around(|draft| {
            if let Some(inspection) = &mut draft.administrative {
                change(inspection);
            }
        });
    }

    /// The rules and whoever holds certificates, as the phone has them.
    pub fn inspection_directory(self) -> InspectionDirectory {
        self.beside(|found| found.directory.get().and_then(|known| known.inspection.clone()))
            .unwrap_or_default()
    }

    pub fn departments(self) -> Vec<Department> {
        self.beside(|found| found.directory.get().map(|known| known.departments.clone())).unwrap_or_default()
    }

    /// What of it does not fit the office's rules; whoever asks is told when the draft changes.
    pub fn breaches(self) -> Vec<Breach> {
        self.draft(|draft| {
            self.beside(|found| {
                let known = found.directory.get().and_then(|known| known.inspection.as_ref());
                let known = known.zip(found.me.as_ref());
                known.map(|(known, me)| known.breaches(me, &found.site, draft)).unwrap_or_default()
            })
        })
    }
}
