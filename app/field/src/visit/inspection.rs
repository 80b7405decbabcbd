//! 行政检查: what was in hand, as it is shown and changed.

use super::work::VisitSession;
use domain::{
    inspection::{AdministrativeInspection, Breach, InspectionDirectory},
    place::Department,
};

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
        self.beside(|found| found.directory.as_ref().and_then(|known| known.inspection.clone()))
            .unwrap_or_default()
    }

    pub fn departments(self) -> Vec<Department> {
        self.beside(|found| found.directory.as_ref().map(|known| known.departments.clone()))
            .unwrap_or_default()
    }

    /// What of it does not fit the office's rules; whoever asks is told when the draft changes.
    pub fn breaches(self) -> Vec<Breach> {
        self.draft(|draft| {
            self.beside(|found| {
                let known = found.directory.as_ref().and_then(|known| known.inspection.as_ref());
                let known = known.zip(found.me.as_ref());
                known.map(|(known, me)| known.breaches(me, &found.site, draft)).unwrap_or_default()
            })
        })
    }
}
