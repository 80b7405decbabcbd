//! Tasks are done by the work itself: whatever writes visits or hazards asks here which.

use crate::storage::{Result as Stored, StoredVisit, Transaction};
use domain::{hazard::Hazard, id::OfficeId};
use std::collections::BTreeSet;

/// Ends the open tasks that these visits, or what happened to these hazards, have done. Who has them is told.
pub(crate) async fn settle(
    tx: &mut dyn Transaction,
    office: OfficeId,
    visits: &[StoredVisit],
    hazards: &[Hazard],
) -> Stored<()> {
    let done = visits.iter().filter(|stored| stored.visit.outcome.is_done());
    let sites: BTreeSet<_> = done.map(|stored| stored.visit.site).collect();
    let ids: Vec<_> = hazards.iter().map(|hazard| hazard.id).collect();
    let mut settled = vec![];
    for mut task in tx.open_tasks_at(office, &sites.into_iter().collect::<Vec<_>>(), &ids).await? {
        let by_visit = visits
            .iter()
            .find_map(|stored| task.done_by_visit(&stored.visit, &stored.inspector_name, stored.received_at));
        let by_hazard = || hazards.iter().find_map(|hazard| task.done_by_hazard(hazard));
        if let Some(record) = by_visit.or_else(by_hazard) {
            task.evolve(record);
            settled.push(task);
        }
    }
    if settled.is_empty() { Ok(()) } else { tx.put_tasks(office, &settled).await }
}
