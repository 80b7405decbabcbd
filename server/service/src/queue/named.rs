//! What the operations of a batch name, so that all of it can be read at once.

use super::{batch::Batch, forms::Edition};
use chrono::{DateTime, Utc};
use domain::{
    attachment::AttachmentHash,
    hazard::HazardCommand,
    id::{FormId, GridId, HazardId, OperationId, PersonId, SealedOrderId, SiteId, TaskId, VisitId},
    photo::PhotoHash,
    sync::Payload,
    task::{TaskCommand, TaskSubject},
    visit::SiteSeen,
};
use std::collections::BTreeSet;

/// What operations name.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) operations: BTreeSet<OperationId>,
    pub(super) sites: BTreeSet<SiteId>,
    /// That are made on the spot, and in which grids.
    pub(super) proposed: BTreeSet<SiteId>,
    pub(super) grids: BTreeSet<GridId>,
    /// Of visits, as the phones knew them.
    pub(super) visited: Vec<(SiteId, SiteSeen)>,
    /// Administrative inspections, with when they began.
    pub(super) inspected: Vec<(SiteId, DateTime<Utc>)>,
    pub(super) hazards: BTreeSet<HazardId>,
    pub(super) visits: BTreeSet<VisitId>,
    /// That hazards are said to come from.
    pub(super) origins: BTreeSet<VisitId>,
    /// That visits went by.
    pub(super) gone_by: BTreeSet<VisitId>,
    pub(super) departments: bool,
    /// That were opened, or led to what was visited.
    pub(super) orders: BTreeSet<SealedOrderId>,
    pub(super) tasks: BTreeSet<TaskId>,
    /// That tasks are about.
    pub(super) of_tasks: BTreeSet<HazardId>,
    /// That tasks ask for.
    pub(super) forms_of_tasks: BTreeSet<FormId>,
    /// Of which the rectification is accepted.
    pub(super) accepted: BTreeSet<HazardId>,
    /// That are opened again.
    pub(super) reopened: BTreeSet<HazardId>,
    /// With who names or tells of them.
    pub(super) photos: BTreeSet<(PhotoHash, PersonId)>,
    pub(super) told: BTreeSet<(PhotoHash, PersonId)>,
    pub(super) papers: BTreeSet<AttachmentHash>,
    pub(super) forms: BTreeSet<Edition>,
    pub(super) sectors: BTreeSet<FormId>,
}

impl Named {
    pub(super) fn by(batches: &[&Batch]) -> Self {
        let mut named = Self::default();
        for batch in batches {
            for operation in &batch.operations {
                named.operations.extend(operation.id);
                if let Ok(read) = &operation.read
                    && read.payload.check_limits().is_ok()
                {
                    named.note(&read.payload, batch.actor.person);
                }
            }
        }
        named
    }

    fn note(&mut self, payload: &Payload, by: PersonId) {
        match payload {
            Payload::SubmitVisit(visit) => {
                self.photos.extend(visit.photos().map(|hash| (hash.clone(), by)));
                self.sites.insert(visit.site);
                self.visited.push((visit.site, visit.site_seen.clone()));
                self.inspected.extend(visit.administrative.iter().map(|_| (visit.site, visit.started_at)));
                self.visits.insert(visit.id);
                self.orders.extend(visit.order);
                self.gone_by.extend(visit.site_seen.last.iter().map(|last| last.visit));
                let editions = visit.forms.iter().map(|form| (form.form.clone(), form.version));
                self.forms.extend(editions);
            }
            Payload::Hazard { hazard, site, command, .. } => {
                self.hazards.insert(*hazard);
                self.sites.extend(*site);
                self.photos.extend(command.photos().into_iter().map(|hash| (hash.clone(), by)));
                match command {
                    HazardCommand::Report(found) => {
                        self.sectors.extend(found.form.clone());
                        self.visits.extend(found.visit);
                        self.origins.extend(found.visit);
                    }
                    HazardCommand::Assign(_) => self.departments = true,
                    HazardCommand::Merge(merger) => drop(self.hazards.insert(merger.into)),
                    HazardCommand::Accept(_) => drop(self.accepted.insert(*hazard)),
                    HazardCommand::Reopen(_) => drop(self.reopened.insert(*hazard)),
                    HazardCommand::AskExtension(_)
                    | HazardCommand::GrantExtension(_)
                    | HazardCommand::RefuseExtension(_)
                    | HazardCommand::Rectify(_)
                    | HazardCommand::Return(_)
                    | HazardCommand::List(_)
                    | HazardCommand::Suspend(_)
                    | HazardCommand::LiftSuspension(_)
                    | HazardCommand::Refer(_) => {}
                }
            }
            Payload::Task { task, event: _, command } => {
                self.tasks.insert(*task);
                match command {
                    TaskCommand::Give(new) => self.note_subject(&new.about),
                    TaskCommand::HandOn { .. } | TaskCommand::Withdraw { .. } => {}
                }
            }
            Payload::NewSite(site) => {
                self.photos.extend(site.photos.iter().map(|hash| (hash.clone(), by)));
                self.proposed.insert(site.id);
                self.grids.insert(site.grid);
            }
            Payload::Photo(facts) => {
                self.photos.insert((facts.hash.clone(), by));
                self.told.insert((facts.hash.clone(), by));
            }
            // A paper proves nothing where a photo is asked for.
            Payload::Paper(facts) => drop(self.papers.insert(facts.hash.clone())),
            Payload::OrderOpened { order, .. } => drop(self.orders.insert(*order)),
            // Whoever's they are not, they stay as they are.
            Payload::NoticesSeen { .. } | Payload::Diagnostics(_) => {}
        }
    }

    pub(super) fn note_subject(&mut self, subject: &TaskSubject) {
        match subject {
            TaskSubject::Visit { site, forms } => {
                self.sites.insert(*site);
                self.forms_of_tasks.extend(forms.iter().cloned());
            }
            TaskSubject::Hazard { hazard, need: _ } => {
                self.hazards.insert(*hazard);
                self.of_tasks.insert(*hazard);
            }
        }
    }
}
