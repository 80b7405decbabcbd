//! Where hazards lie when their sites are or were moved, or when another department takes over.

use super::{EventRecord, Hazard, HazardEvent, PlaceChange};
use crate::{
    audit::By,
    id::{EventId, uuid_v7},
    role::ResourceScope,
};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// What the office records when the hazard lies elsewhere from now on; none where nothing changes, and where the hazard has
/// ended: that lies where it lay. No person asks for it: whoever moves a site, hands a department's hazards over, or opens a
/// hazard again whose site has moved meanwhile, gives `to` as the hazard's place is to be, which keeps what is the hazard's
/// own (`ResourceScope { grid, ..hazard.place }`).
pub fn relocate(hazard: &Hazard, to: &ResourceScope, by: &By, now: DateTime<Utc>) -> Option<EventRecord> {
    if !hazard.is_open() || hazard.place == *to {
        return None;
    }
    let (by, name) = match by {
        By::Person { id, name } => (Some(*id), name.clone()),
        By::CommandLine => (None, "命令行".to_owned()),
        By::Nobody => (None, String::new()),
    };
    let event = HazardEvent::PlaceChanged(PlaceChange { place: *to });
    Some(EventRecord { id: id_of(hazard, now), at: now, received_at: Some(now), by, name, event })
}

/// Drawn from what it is of, since rules draw nothing by chance: the hazard, and how many events it had.
fn id_of(hazard: &Hazard, now: DateTime<Utc>) -> EventId {
    let mut hash = Sha256::new();
    hash.update(hazard.id.0.as_bytes());
    hash.update(hazard.events.len().to_be_bytes());
    let mut random = [0; 10];
    random.iter_mut().zip(hash.finalize()).for_each(|(byte, drawn)| *byte = drawn);
    EventId(uuid_v7(u64::try_from(now.timestamp_millis()).unwrap_or_default(), random))
}
