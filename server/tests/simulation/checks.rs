//! What must be true in the end.

use super::{
    office::now as begin,
    phone::Phone,
    scenario::Tally,
    template::WHO,
    world::{World, pass},
};
use chrono::Duration;
use domain::{
    device::{
        StoreName,
        heartbeat::UnsentFilter,
        queue::{About, DeliveryStatus, PhotoRecord},
        submission::{SubmissionRecord, SubmissionState},
    },
    id::OperationId,
    receipt::Receipt,
    role::Scope,
    sync::Reason,
};
use server::{blobs::Variant, verify::verify};
use std::collections::{BTreeMap, BTreeSet};
use test_support::work::stored;

/// Receipt numbers of all operations that the server has.
type Stored = BTreeMap<OperationId, String>;

impl World<'_> {
    /// Panics where something that must hold does not.
    pub async fn check(mut self) -> Tally {
        let seed = self.scenario.seed;
        for phone in &self.phones {
            phone.attend().await;
        }
        let stored: Stored = self.network.beside(|store, _| async move { stored(&*store).await });
        self.nothing_is_lost_or_doubled(&stored).await;
        for phone in &self.phones {
            self.tally.submissions += lists_the_truth(phone, &stored, seed).await;
        }
        self.the_desk_knows_what_waits().await;
        self.commands_went_in_order().await;
        self.photos_are_what_they_were().await;
        self.phones_hold_what_a_fresh_one_does().await;
        let report =
            self.network.beside(|store, blobs| async move { verify(&*store, &*blobs).await.unwrap() });
        assert!(report.is_clean(), "seed {seed}: {report}");
        self.network.beside(|store, _| async move { store.close().await });
        for phone in self.phones {
            phone.throw_away();
        }
        let seen = self.network.seen.take();
        Tally { requests: seen.requests, failed_pulls: seen.failed_pulls, faults: seen.faults, ..self.tally }
    }

    /// Every thing that a person saved is on the server exactly once, or visibly refused and still on the phone.
    async fn nothing_is_lost_or_doubled(&mut self, stored: &Stored) {
        let seed = self.scenario.seed;
        let seen = self.network.seen.borrow().receipts.clone();
        let mut kept = 0;
        for phone in &self.phones {
            let (role, outbox) = (phone.role, phone.outbox().await);
            for id in &phone.made {
                let queued = outbox.iter().find(|queued| queued.operation == *id);
                let receipt: Option<&Receipt> = match queued.map(|queued| &queued.status) {
                    // It was let go of, which only a receipt allows.
                    None => {
                        let receipt = seen.get(id);
                        assert!(receipt.is_some(), "seed {seed}: {id} of {role:?} was lost");
                        receipt
                    }
                    Some(DeliveryStatus::Refused { refusal }) => refusal.kept.as_ref(),
                    Some(DeliveryStatus::Waiting(_)) => panic!("seed {seed}: {id} of {role:?} still waits"),
                };
                assert_eq!(stored.get(id), receipt.map(|receipt| &receipt.number), "seed {seed}: {id}");
                kept += usize::from(receipt.is_some());
                self.tally.refused += u64::from(queued.is_some());
            }
            self.tally.operations += phone.made.len() as u64;
        }
        assert_eq!(stored.len(), kept, "seed {seed}: something is stored that nobody made, or twice");
        let numbers: BTreeSet<_> = stored.values().collect();
        assert_eq!(numbers.len(), stored.len(), "seed {seed}: a number was given twice");
    }

    /// The desk's figure of what is unsent is the phone's own at its last contact, phone by phone and together.
    async fn the_desk_knows_what_waits(&self) {
        let (seed, office) = (self.scenario.seed, self.template.office.id);
        let filter = UnsentFilter::default();
        let desk = self.network.beside(move |store, _| async move {
            store.unsent(office, &Scope::Office, &filter, begin()).await.unwrap()
        });
        let mut things = 0;
        for phone in &self.phones {
            let (role, unsent) = (phone.role, phone.unsent().await);
            let (person, name) = (phone.person(), phone.name().await);
            let known = desk.rows.iter().find(|row| row.person == person && Some(row.device) == name);
            let known = known.map(|row| &row.heartbeat);
            assert_eq!(known.map(|known| known.unsent), Some(unsent), "seed {seed}: the phone of {role:?}");
            // An answer may still be on its way.
            let told = phone.told().await.map(|told| told.heartbeat.number);
            assert!(known.map(|known| known.number) >= told, "seed {seed}: {role:?} said {told:?} last");
            things += unsent.things();
        }
        assert_eq!(desk.summary.things, things, "seed {seed}: {desk:?}");
    }

    /// Commands on one hazard go in order: none is refused because it overtook the one before it.
    async fn commands_went_in_order(&self) {
        let (seed, office) = (self.scenario.seed, self.template.office.id);
        for phone in &self.phones {
            for queued in phone.outbox().await {
                let DeliveryStatus::Refused { refusal } = &queued.status else { continue };
                let About::Hazard(hazard) = queued.about else { continue };
                if refusal.reason == Reason::UnknownHazard {
                    let there = self
                        .network
                        .beside(move |store, _| async move { store.hazard(office, hazard).await.unwrap() });
                    let (id, role) = (queued.operation, phone.role);
                    assert_eq!(there, None, "seed {seed}: {id} of {role:?} came before its hazard");
                }
            }
        }
    }

    async fn photos_are_what_they_were(&mut self) {
        let seed = self.scenario.seed;
        for phone in &self.phones {
            for photo in phone.photos().await {
                let bytes = &self.photos[&photo.facts.hash];
                let hash = photo.facts.hash.clone();
                let there = self
                    .network
                    .beside(|_, blobs| async move { blobs.get(&hash, Variant::Original).await.unwrap() });
                // A photo whose facts were refused stays on the phone.
                assert_eq!(there.is_some(), photo.is_received(), "seed {seed}: {photo:?}");
                assert!(there.is_none_or(|there| there == *bytes), "seed {seed}: other bytes");
                self.tally.photos += 1;
            }
        }
    }

    async fn phones_hold_what_a_fresh_one_does(&mut self) {
        let seed = self.scenario.seed;
        for (which, role) in WHO.into_iter().enumerate() {
            let (number, skew) = (WHO.len() + which, self.phones[which].skew);
            let fresh = self.template.phone(&self.network, number, role, skew, self.rng.seed()).await;
            let known = &self.phones[which];
            known.attend().await;
            known.wake();
            pass(Duration::minutes(1)).await;
            for phone in [known, &fresh] {
                phone.attend().await;
                assert!(phone.is_quiet().await, "seed {seed}: the phone of {role:?} does not come to rest");
            }
            let (known, there) = (known.records().await, fresh.records().await);
            let keys: BTreeSet<_> = known.keys().chain(there.keys()).collect();
            let other: Vec<_> = keys.into_iter().filter(|key| known.get(*key) != there.get(*key)).collect();
            let other: Vec<_> = other.iter().map(|key| (key, known.get(*key), there.get(*key))).collect();
            assert!(other.is_empty(), "seed {seed}: the phone of {role:?} holds something else: {other:?}");
            fresh.throw_away();
        }
    }
}

/// "All sent" stands only over what the server has, photos included; gives how many things were on the list.
async fn lists_the_truth(phone: &Phone, stored: &Stored, seed: u64) -> u64 {
    let (queued, photos) = (phone.outbox().await, phone.photos().await);
    let records: Vec<SubmissionRecord> = phone.all(StoreName::Submissions).await;
    for record in &records {
        let operations: Vec<_> = queued.iter().filter(|queued| queued.submission == record.id).collect();
        let named = |photo: &&PhotoRecord| record.photos.contains(&photo.facts.hash);
        let pictures: Vec<_> = photos.iter().filter(named).collect();
        let submission = record.clone().submission(&operations, &pictures, None);
        let all_there = stored.contains_key(&record.id) && pictures.iter().all(|photo| photo.is_received());
        match submission.state {
            SubmissionState::Received { .. } => {
                assert!(all_there, "seed {seed}: {record:?} is said to be sent");
            }
            state => assert!(
                !operations.is_empty() || !all_there,
                "seed {seed}: {record:?} is sent, not {state:?}"
            ),
        }
    }
    records.len() as u64
}
