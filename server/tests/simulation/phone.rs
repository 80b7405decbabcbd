//! A phone: the product's own, on what memory has in the place of a browser, and the person who has it in hand.

use super::{
    album::{Album, Picture},
    network::{Caller, Network},
    office::{PASSWORD, opened, pass_all},
};
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use client::{
    Device, Host, account, db, drafts, engine, lock, outbox,
    photos::{self, Stamp},
    platform::PageEvent,
    records, session,
};
use domain::{
    device::{
        StoreName,
        heartbeat::{Told, Unsent},
        key,
        queue::{PhotoRecord, PhotoStatus, Queued},
    },
    form::Form,
    hazard::{Found, HazardCommand},
    id::{DeviceId, HazardId, OperationId, PersonId, SiteId},
    photo::PhotoHash,
    role::Role,
    site::Site,
    sync::StoredRecord,
    text::Lang,
    visit::VisitNature,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    slice,
    sync::Arc,
};
use test_support::work::command;

const PIN: &str = "190305";

pub struct Phone {
    pub role: Role,
    pub device: Device,
    /// All that was ever put into its outbox.
    pub made: BTreeSet<OperationId>,
    /// By how much its clock is wrong.
    pub skew: Duration,
    host: Host,
}

fn chosen(_: Lang, _: Option<NaiveDateTime>, _: DateTime<Utc>) -> String {
    String::new()
}

impl Phone {
    /// Fresh, and signed in; its ids and keys are drawn from the seed.
    pub async fn open(network: &Rc<Network>, caller: Caller, skew: Duration, seed: u64) -> Self {
        let host = Host::new(seed);
        host.runtime.set_clock(network.now() + skew);
        let role = caller.signed_in.actor.role;
        let line = Rc::clone(network);
        host.network.answer(move |asked| {
            let (line, caller) = (Rc::clone(&line), caller.clone());
            async move { line.ask(&caller, asked).await }
        });
        let device = Device::new(host.clone());
        let phone = Self { role, device, made: BTreeSet::new(), skew, host };
        phone.sign_in().await;
        lock::look(&phone.device).await.unwrap();
        lock::set_pin(&phone.device, PIN).await.unwrap();
        engine::start(&phone.device);
        phone
    }

    async fn sign_in(&self) {
        account::sign_in(&self.device, self.role.as_str(), PASSWORD).await.unwrap();
    }

    /// The person takes it in hand, and unlocks it where it has locked itself.
    pub async fn attend(&self) {
        self.host.page.happen(PageEvent::Touched);
        // One that has lain untouched for too long locks itself before it is looked at.
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        lock::look(&self.device).await.unwrap();
        if self.device.encryption.owner().is_none() {
            lock::unlock(&self.device, PIN).await.unwrap();
        }
        if self.device.line.get().signed_out {
            self.sign_in().await;
        }
    }

    /// The person asks for what is new.
    pub fn wake(&self) {
        self.device.changes.wake();
    }

    /// Its clock is set, wrongly or right.
    pub fn set_clock(&mut self, now: DateTime<Utc>, skew: Duration) {
        self.skew = skew;
        self.host.runtime.set_clock(now + skew);
    }

    /// It dies in the middle of whatever it does, and comes back: what was not written down is gone.
    pub fn reopen(&mut self) {
        self.host = self.host.reopened();
        self.device = Device::new(self.host.clone());
        engine::start(&self.device);
    }

    /// For good.
    pub fn throw_away(self) {
        drop(self.host.reopened());
        self.host.network.cut();
        self.host.storage.clear();
    }

    pub async fn hazards(&self) -> Vec<HazardId> {
        let hazards = records::hazards(&self.device).await.unwrap().known;
        hazards.into_iter().map(|hazard| hazard.id).collect()
    }

    /// Something is wanted of a hazard, fitting or not.
    pub async fn act(&mut self, hazard: HazardId, die: usize, photo: Vec<u8>) {
        let wanted = command(self.role, die, &PhotoHash::of(&photo));
        if wanted.get("rectify").is_some() {
            self.take(photo).await;
        }
        let wanted: HazardCommand = serde_json::from_value(wanted).unwrap();
        outbox::act(&self.device, hazard, wanted, String::new()).await.unwrap();
        self.note_made().await;
    }

    /// A hazard outside any visit.
    pub async fn report(&mut self, site: SiteId, photos: Vec<Vec<u8>>) {
        let hashes: Vec<_> = photos.iter().map(|photo| PhotoHash::of(photo)).collect();
        for photo in photos {
            self.take(photo).await;
        }
        let found =
            json!({ "level": "general", "what": "通道堆放杂物", "photos": hashes, "due": "2026-11-27" });
        let found: Found = serde_json::from_value(found).unwrap();
        outbox::report(&self.device, site, found, String::new()).await.unwrap();
        self.note_made().await;
    }

    /// A visit in which everything passes.
    pub async fn inspect(&mut self, site: &Site, form: &Arc<Form>) {
        let draft = drafts::begin(&self.device, site, form, VisitNature::Patrol).await.unwrap();
        let mut draft = opened(draft, slice::from_ref(form));
        pass_all(&mut draft, 0);
        drafts::submit(&self.device, draft, site, String::new()).await.unwrap();
        self.note_made().await;
    }

    async fn take(&self, photo: Vec<u8>) {
        let (album, shot, stamp) = (Album::default(), Picture(photo), Stamp::default());
        photos::take(&self.device, &album, &shot, &stamp, chosen).await.unwrap();
    }

    /// Before anything of it can have been sent.
    async fn note_made(&mut self) {
        let queued = self.outbox().await;
        self.made.extend(queued.iter().map(|queued| queued.operation));
    }

    pub async fn all<T: DeserializeOwned>(&self, store: StoreName) -> Vec<T> {
        db::read(&self.device.db, &[store], async |tx| tx.all(store).await).await.unwrap()
    }

    pub async fn outbox(&self) -> Vec<Queued> {
        self.all(StoreName::Outbox).await
    }

    pub async fn photos(&self) -> Vec<PhotoRecord> {
        self.all(StoreName::Photos).await
    }

    pub fn person(&self) -> PersonId {
        session::owner(&self.device).unwrap()
    }

    async fn noted<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        db::read(&self.device.db, &[StoreName::Meta], async |tx| tx.get(StoreName::Meta, key).await)
            .await
            .unwrap()
    }

    /// As the office knows it, once it was in contact.
    pub async fn name(&self) -> Option<DeviceId> {
        self.noted(key::DEVICE).await
    }

    /// What the office was told last.
    pub async fn told(&self) -> Option<Told> {
        self.noted(key::TOLD).await
    }

    /// What waits here.
    pub async fn unsent(&self) -> Unsent {
        Unsent::of(self.person(), &self.outbox().await, &self.photos().await)
    }

    /// Everything is sent, the office knows what is not, and everything that there was has come.
    pub async fn is_quiet(&self) -> bool {
        let waits = |photo: &PhotoRecord| matches!(photo.status, PhotoStatus::Waiting { .. });
        !self.outbox().await.iter().any(Queued::waits)
            && !self.photos().await.iter().any(waits)
            && Told::is_known(self.told().await.as_ref(), self.person(), &self.unsent().await)
            && records::are_whole(&self.device).await.unwrap()
    }

    /// Everything that this person may see, as it came.
    pub async fn records(&self) -> BTreeMap<String, Value> {
        let texts =
            db::read(&self.device.db, &[StoreName::Records], async |tx| tx.texts(StoreName::Records).await);
        let body = |text: &str| serde_json::from_str::<StoredRecord<Value>>(text).unwrap().body;
        texts.await.unwrap().into_iter().map(|(key, text)| (key, body(&text))).collect()
    }
}
