//! People at work: several phones that find, rectify, inspect and photograph at random, and what must be true when all is
//! quiet again.

use super::{
    office::{PASSWORD, Phone, TestOffice, command, found, id, now, operation, passing_visit},
    phone::{HeadlessPhone, real_now},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{photo::PhotoHash, role::Role};
use futures::future::join_all;
use serde_json::{Value, json};
use server::verify::verify;
use std::{collections::BTreeSet, time::Duration};
use test_support::{
    picture::picture,
    work::{COMMANDS, command as done_by, stored},
};
use tokio::time::timeout;

/// How long a phone may take to get rid of everything once it makes nothing more.
const PATIENCE: Duration = Duration::from_mins(1);

/// Who works; two phones are one person's.
const WHO: [Role; 5] = [Role::Inspector, Role::Inspector, Role::Officer, Role::Supervisor, Role::Enterprise];

/// Chance that can be had again.
pub struct SeededRng(pub u64);

impl SeededRng {
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn unit(&mut self) -> f64 {
        self.below(1000) as f64 / 1000.0
    }
}

pub struct LoadSpike<'a> {
    office: &'a TestOffice,
    pub phones: Vec<HeadlessPhone>,
}

impl<'a> LoadSpike<'a> {
    pub async fn gather(office: &'a TestOffice, url: &str) -> Self {
        let phones = WHO.map(|role| HeadlessPhone::sign_in(url, role.as_str(), PASSWORD, id()));
        Self { office, phones: join_all(phones).await }
    }

    /// Inspectors all.
    pub fn of(office: &'a TestOffice, phones: Vec<HeadlessPhone>) -> Self {
        Self { office, phones }
    }

    /// Everybody does so many things and gets rid of them, each time at one of the servers.
    pub async fn work(&mut self, urls: &[String], things: usize, seed: u64) {
        let office = self.office;
        let work = self.phones.iter_mut().zip(WHO).enumerate().map(|(n, (phone, role))| async move {
            let mut rng = SeededRng(seed + 7919 * (n as u64 + 1));
            for _ in 0..things {
                make(office, phone, role, &mut rng);
                for _ in 0..=rng.below(2) {
                    phone.step(&urls[rng.below(urls.len())], rng.unit()).await;
                }
            }
            let drain = async {
                while !phone.is_quiet() {
                    phone.step(&urls[rng.below(urls.len())], rng.unit()).await;
                }
            };
            timeout(PATIENCE, drain)
                .await
                .unwrap_or_else(|_| panic!("phone {n} could not get rid of its work"));
        });
        join_all(work).await;
    }

    /// Everything is there once, everybody knows it, nothing is damaged. Gives how many operations there are.
    pub async fn check(&mut self, url: &str) -> usize {
        let stored = stored(&*self.office.state.store).await;
        let mut made = 0;
        for phone in &self.phones {
            for id in &phone.made {
                let receipt = phone.receipts.get(id);
                assert!(receipt.is_some() || phone.refused.contains_key(id), "{id} was lost");
                assert_eq!(stored.get(id), receipt.map(|receipt| &receipt.number), "{id}");
                made += usize::from(receipt.is_some());
            }
        }
        assert_eq!(stored.len(), made, "something is stored that nobody made");
        let numbers: BTreeSet<_> = stored.values().collect();
        assert_eq!(numbers.len(), stored.len(), "a number was given twice");
        for (phone, role) in self.phones.iter_mut().zip(WHO) {
            let mut fresh = HeadlessPhone::sign_in(url, role.as_str(), PASSWORD, id()).await;
            for phone in [&mut *phone, &mut fresh] {
                phone.want_pull();
                while !phone.is_quiet() {
                    phone.step(url, 0.0).await;
                }
            }
            let (known, there) = (phone.records(), fresh.records());
            assert_eq!(known.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
            assert!(known == there, "a phone of {role:?} holds something else");
        }
        let report = verify(&*self.office.state.store, &*self.office.state.blobs).await.unwrap();
        assert!(report.is_clean(), "{report}");
        let photos: usize = self.phones.iter().map(|phone| phone.photo_receipts.len()).sum();
        assert_eq!(report.photos, photos as u64);
        stored.len()
    }

    pub fn misses(&self) -> u32 {
        self.phones.iter().map(|phone| phone.misses).sum()
    }
}

/// One thing that a person of this role does.
fn make(office: &TestOffice, phone: &mut HeadlessPhone, role: Role, rng: &mut SeededRng) {
    let hazards: Vec<String> =
        phone.records().into_keys().filter(|(kind, _)| kind == "hazard").map(|(_, id)| id).collect();
    let known = (!hazards.is_empty()).then(|| hazards[rng.below(hazards.len())].parse().unwrap());
    match (rng.below(10), known) {
        (0..4, Some(hazard)) => {
            let bytes = picture(format!("after {} {}", phone.device, phone.made.len()));
            let done = done_by(role, rng.below(COMMANDS), &PhotoHash::of(&bytes));
            if done.get("rectify").is_some() {
                let announced = announcement(phone, &bytes);
                phone.put_photo(bytes, announced);
            }
            phone.put(command(hazard, done));
        }
        (4..6, _) if role == Role::Inspector => {
            let form = office.form("ebike-charging");
            let inspector =
                Phone { office, cookie: String::new(), device: phone.device, person: phone.person };
            phone.put(yesterday(&passing_visit(&inspector, &office.site, &form)));
        }
        (6..8, _) => {
            let bytes = picture(format!("photo {} {}", phone.device, phone.made.len()));
            let announced = announcement(phone, &bytes);
            phone.put_photo(bytes, announced);
        }
        _ => phone.put(found(id(), office.site.id, "通道堆放杂物")),
    }
}

/// The servers of these tests go by the real clock, and a visit of more than a week ago is none that a fresh phone is given: this one
/// was yesterday.
fn yesterday(visit: &Value) -> Value {
    let day = |at: DateTime<Utc>| at.format("%Y-%m-%dT").to_string();
    let text = visit.to_string().replace(&day(now()), &day(real_now() - TimeDelta::days(1)));
    serde_json::from_str(&text).unwrap()
}

pub fn announcement(phone: &HeadlessPhone, bytes: &[u8]) -> Value {
    operation(json!({ "photo": { "hash": PhotoHash::of(bytes), "bytes": bytes.len(),
        "media_type": "image/jpeg", "width": 1, "height": 1, "at": now(), "by": phone.person } }))
}
