//! What a phone throws away: records that have left its [window](crate::window) and lie with the office.
//!
//! Nothing that is unsent or begun goes, and nothing that such work is about: a hazard on which an event waits or was begun
//! stays, however long ago it ended. What only a newer version could read stays too, since nobody here can tell what it is.

use super::{
    StoreName, Write,
    action_draft::BegunAction,
    queue::{About, Queued},
};
use crate::{
    hazard::Hazard,
    id::HazardId,
    order::collected,
    sync::{self, SyncRecord},
    visit::VisitSummary,
    window::LiveWindow,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Hazards that somebody's work on this phone is about: what waits or was refused, whoever's it is, and what was begun.
pub fn needed(queued: &[Queued], begun: &[BegunAction]) -> BTreeSet<HazardId> {
    let waiting = queued.iter().filter_map(|queued| match queued.about {
        About::Hazard(hazard) => Some(hazard),
        About::Task { hazard, .. } => hazard,
        About::Visit(_) | About::Site(_) | About::Photo(_) | About::Other => None,
    });
    collected(waiting.chain(begun.iter().map(|begun| begun.hazard)))
}

/// Takes what is not live any more off the phone. `now` is the office's time.
pub fn prune(
    window: &LiveWindow,
    hazards: &[Hazard],
    visits: &[VisitSummary],
    needed: &BTreeSet<HazardId>,
    now: DateTime<Utc>,
) -> Vec<Write> {
    let outlived = |hazard: &&Hazard| !window.has_hazard(hazard, now) && !needed.contains(&hazard.id);
    let hazards = hazards.iter().filter(outlived).map(goes);
    let visits = visits.iter().filter(|visit| !window.has_visit(visit, now)).map(goes);
    hazards.chain(visits).collect()
}

fn goes<R: SyncRecord>(record: &R) -> Write {
    Write::delete(StoreName::Records, sync::key(R::KIND, &record.record_id()))
}
