//! What phones say of themselves, collected until it is noted.

use crate::storage::NewHeartbeat;
use domain::id::{DeviceId, OfficeId, PersonId};
use std::collections::BTreeMap;

/// What phones of each office say in one batch: of each person and phone the newest.
#[derive(Debug, Default)]
pub(super) struct Heard(BTreeMap<OfficeId, BTreeMap<(PersonId, DeviceId), NewHeartbeat>>);

impl Heard {
    pub(super) fn take(&mut self, office: OfficeId, said: &NewHeartbeat) {
        let known = self.0.entry(office).or_default();
        let of_it = (said.person, said.device);
        let is_newer = known.get(&of_it).is_none_or(|before| before.heartbeat.number < said.heartbeat.number);
        if is_newer {
            known.insert(of_it, said.clone());
        }
    }

    /// An office's, all of different persons or phones.
    pub(super) fn newest(self) -> impl Iterator<Item = (OfficeId, Vec<NewHeartbeat>)> {
        self.0.into_iter().map(|(office, said)| (office, said.into_values().collect()))
    }
}
