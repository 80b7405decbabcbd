//! What could not be stored though it was tried by itself, and what presupposes it: that waits with it, and is not refused for
//! want of it.

use domain::{
    device::queue::site_of,
    id::{HazardId, SiteId},
    sync::Payload,
};
use std::collections::HashSet;

/// Of one sender's request.
#[derive(Debug, Default)]
pub(super) struct Stuck {
    hazards: HashSet<HazardId>,
    /// That were to be made.
    sites: HashSet<SiteId>,
}

impl Stuck {
    /// Whether it presupposes something that was put off.
    pub fn holds(&self, payload: &Payload) -> bool {
        payload.hazard().is_some_and(|hazard| self.hazards.contains(&hazard))
            || site_of(payload).is_some_and(|site| self.sites.contains(&site))
    }

    /// Was put off.
    pub fn put(&mut self, payload: &Payload) {
        match payload {
            Payload::Hazard { hazard, .. } => drop(self.hazards.insert(*hazard)),
            Payload::NewSite(site) => drop(self.sites.insert(site.id)),
            Payload::SubmitVisit(_)
            | Payload::OrderOpened { .. }
            | Payload::NoticesSeen { .. }
            | Payload::Task { .. }
            | Payload::Photo(_)
            | Payload::Paper(_)
            | Payload::Diagnostics(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use uuid::Uuid;

    fn payload(said: Value) -> Payload {
        serde_json::from_value(said).unwrap()
    }

    #[test]
    fn what_is_done_at_a_site_waits_until_the_site_is_made() {
        let [site, other] = [1, 2].map(|n| SiteId(Uuid::from_u128(n)));
        let [grid, task, event, person] = [3, 4, 5, 6].map(Uuid::from_u128);
        let made = payload(json!({ "new_site": { "id": site, "grid": grid.to_string(), "name": "金河饺子馆",
            "kind": "charging-shed", "sector": "ebike" } }));
        let given = |site: SiteId| {
            payload(
                json!({ "task": { "task": task.to_string(), "event": event.to_string(), "command": { "give": {
                "person": person.to_string(), "about": { "visit": { "site": site } }, "until": "2026-11-26"
            } } } }),
            )
        };
        let mut stuck = Stuck::default();
        assert!(!stuck.holds(&given(site)));
        stuck.put(&made);
        assert!(stuck.holds(&given(site)));
        assert!(!stuck.holds(&given(other)));
    }
}
