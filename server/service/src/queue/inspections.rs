//! 行政检查: what the office makes of one when it comes in.
//!
//! What a phone with the office's rules knew is refused, for it could be put right before the door was left. What it could not
//! know, such as how often somebody was inspected meanwhile, who has another role since or what the party has become, is kept and
//! marked: nobody's work is lost.

use crate::storage::{StoreError, Transaction};
use chrono::{DateTime, Datelike as _, Utc};
use domain::{
    id::{OfficeId, SiteId},
    inspection::{
        AdministrativeInspection, Breach, CertifiedPerson, Facts, Inspected, InspectionRules,
        ReceivedInspection, check,
    },
    role::Actor,
    site::Site,
    time::{happened, office_day},
    visit::{InvalidVisit, Visit},
};
use std::collections::{HashMap, hash_map::Entry};

/// What inspections are held to; empty where a batch has none.
#[derive(Debug, Default)]
pub(crate) struct InspectionsAtHand {
    rules: InspectionRules,
    certified: Vec<CertifiedPerson>,
    /// How many of the year count, with those of this batch.
    counted: HashMap<(Inspected, i32), u32>,
}

/// The calendar year of the office's day then.
fn year(at: DateTime<Utc>) -> i32 {
    office_day(at).year()
}

/// Where a row is damaged, what is usual: nobody is kept from delivering, and the record is marked.
fn readable<T: Default>(read: Result<T, StoreError>) -> Result<T, StoreError> {
    match read {
        Err(StoreError::Unreadable(_)) => Ok(T::default()),
        read => read,
    }
}

impl InspectionsAtHand {
    /// `begun`: where inspections of the batch were, and since when.
    pub(super) async fn open(
        tx: &mut dyn Transaction,
        office: OfficeId,
        sites: &HashMap<SiteId, Site>,
        begun: &[(SiteId, DateTime<Utc>)],
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        if begun.is_empty() {
            return Ok(Self::default());
        }
        let rules = readable(tx.inspection_rules(office).await)?;
        let people = readable(tx.people(office).await)?;
        let mut counted = HashMap::new();
        for (site, began) in begun {
            let Some(site) = sites.get(site) else { continue };
            let key = (Inspected::at(site), year(happened(*began, Some(now))));
            if let Entry::Vacant(place) = counted.entry(key) {
                place.insert(tx.count_inspections(office, key.0, key.1).await?);
            }
        }
        Ok(Self { rules, certified: people.iter().filter_map(CertifiedPerson::of).collect(), counted })
    }

    /// `now`: when it came in.
    pub(super) fn receive(
        &mut self,
        actor: &Actor,
        visit: &Visit,
        inspection: &AdministrativeInspection,
        site: &Site,
        now: DateTime<Utc>,
    ) -> Result<ReceivedInspection, InvalidVisit> {
        // Nobody was inspected behind a closed door.
        if !visit.outcome.is_done() {
            return Ok(ReceivedInspection::default());
        }
        let began = happened(visit.started_at, Some(now));
        let counted = self.counted.entry((Inspected::at(site), year(began))).or_default();
        let facts = Facts {
            day: office_day(began),
            role: actor.role,
            name: &actor.name,
            party: site.party.as_ref().map(|party| party.kind),
            counted: *counted,
            certified: &self.certified,
        };
        let breaches = check(&self.rules, inspection, &facts);
        if inspection.rules == self.rules.version
            && let Some(breach) = known_to_phone(&self.rules, inspection, &facts, &breaches)
        {
            return Err(InvalidVisit::Breach(breach));
        }
        let counts = inspection.counts(&self.rules);
        *counted += u32::from(counts);
        Ok(ReceivedInspection { counts, nth: counts.then_some(*counted), cap: self.rules.cap(), breaches })
    }
}

/// The first of these that the phone could have put right: that it could see without signal, and that was so by what it went by.
fn known_to_phone(
    rules: &InspectionRules,
    inspection: &AdministrativeInspection,
    facts: &Facts<'_>,
    breaches: &[Breach],
) -> Option<Breach> {
    let certified = inspection.went_by.as_ref().map(|seen| seen.certified(facts.certified));
    let knew = inspection
        .went_by
        .as_ref()
        .zip(certified.as_deref())
        .map(|(seen, certified)| check(rules, inspection, &seen.facts(facts, certified)));
    let was_so = |breach: &&Breach| knew.as_ref().is_none_or(|knew| knew.contains(breach));
    breaches.iter().filter(|breach| breach.is_known_offline()).find(was_so).cloned()
}
