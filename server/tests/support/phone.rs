//! A phone without a screen: the phone's own planner decides, the network is real, and what it holds is in memory. Like the
//! real one it lets go of nothing but for a receipt, and never loses what it made.

use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{DeviceId, OperationId, PersonId},
    photo::PhotoHash,
    receipt::Receipt,
    sync::{
        Change, Cursor, Forget, Operation, Outcome, PhotoReceipt, Refusal, SyncResponse,
        plan::{Queue, Step, WaitingOperation, WaitingPhoto, back_off},
    },
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration as Span};

/// As long as a test has patience, instead of the minutes that a street of phones would take.
const LONGEST_QUIET: Duration = Duration::milliseconds(400);

/// How long an answer may take.
const ANSWER: Span = Span::from_secs(20);

pub struct HeadlessPhone {
    pub person: PersonId,
    pub device: DeviceId,
    pub made: Vec<OperationId>,
    pub receipts: BTreeMap<OperationId, Receipt>,
    pub refused: BTreeMap<OperationId, Refusal>,
    pub photo_receipts: BTreeMap<PhotoHash, PhotoReceipt>,
    /// By kind and id.
    pub records: BTreeMap<(&'static str, String), Value>,
    cookie: String,
    client: reqwest::Client,
    outbox: Vec<Held>,
    photos: Vec<Photo>,
    cursor: Option<Cursor>,
    resetting: Option<Vec<(&'static str, String)>>,
    last_pull: Option<DateTime<Utc>>,
    pull_wanted: bool,
    quiet_until: Option<DateTime<Utc>>,
    failures: u32,
    /// Tries that came to nothing, for the test's report.
    pub misses: u32,
}

struct Held {
    id: OperationId,
    raw: Value,
    not_before: Option<DateTime<Utc>>,
}

struct Photo {
    hash: PhotoHash,
    bytes: Vec<u8>,
    announced: bool,
    not_before: Option<DateTime<Utc>>,
}

#[expect(clippy::disallowed_methods, reason = "this phone lives in real time")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

impl HeadlessPhone {
    pub async fn sign_in(url: &str, username: &str, password: &str, device: DeviceId) -> Self {
        let client = reqwest::Client::builder().timeout(ANSWER).build().unwrap();
        let credentials = json!({ "username": username, "password": password, "device_name": "headless" });
        let reply = client
            .post(format!("{url}/api/v1/session"))
            .header("content-type", "application/json")
            .body(credentials.to_string())
            .send()
            .await
            .unwrap();
        assert!(reply.status().is_success(), "{}", reply.text().await.unwrap());
        let cookie = reply.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let signed_in: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
        Self {
            person: signed_in["actor"]["person"].as_str().unwrap().parse().unwrap(),
            device,
            made: vec![],
            receipts: BTreeMap::new(),
            refused: BTreeMap::new(),
            photo_receipts: BTreeMap::new(),
            records: BTreeMap::new(),
            cookie,
            client,
            outbox: vec![],
            photos: vec![],
            cursor: None,
            resetting: None,
            last_pull: None,
            pull_wanted: true,
            quiet_until: None,
            failures: 0,
            misses: 0,
        }
    }

    pub fn put(&mut self, raw: Value) {
        let id = raw["id"].as_str().unwrap().parse().unwrap();
        self.made.push(id);
        self.outbox.push(Held { id, raw, not_before: None });
    }

    /// With the operation that announces it.
    pub fn put_photo(&mut self, bytes: Vec<u8>, announcement: Value) {
        self.photos.push(Photo { hash: PhotoHash::of(&bytes), bytes, announced: false, not_before: None });
        self.put(announcement);
    }

    pub fn want_pull(&mut self) {
        self.pull_wanted = true;
    }

    /// Everything is sent, and everything that there was has come.
    pub fn is_quiet(&self) -> bool {
        self.outbox.is_empty() && self.photos.is_empty() && !self.pull_wanted
    }

    fn queue(&self) -> Queue {
        let operations = self.outbox.iter().map(|held| WaitingOperation {
            id: held.id,
            bytes: held.raw.to_string().len() as u64,
            not_before: held.not_before,
        });
        let photos = self.photos.iter().map(|photo| WaitingPhoto {
            hash: photo.hash.clone(),
            bytes: photo.bytes.len() as u64,
            announced: photo.announced,
            not_before: photo.not_before,
        });
        Queue {
            operations: operations.collect(),
            photos: photos.collect(),
            thumbnails: vec![],
            last_pull: self.last_pull,
            pull_wanted: self.pull_wanted,
            quiet_until: self.quiet_until,
            signed_out: false,
        }
    }

    /// One step, at the server that `url` names. `chance` is between 0 and 1.
    pub async fn step(&mut self, url: &str, chance: f64) {
        match self.queue().next(now()) {
            Step::Sync { operations } => match self.sync(url, &operations).await {
                Some(response) => self.take(&operations, response),
                None => self.missed(chance),
            },
            Step::Upload { photo } => self.upload(url, &photo, chance).await,
            Step::WaitUntil(time) => {
                let wait = (time - now()).min(LONGEST_QUIET).to_std().unwrap_or_default();
                tokio::time::sleep(wait).await;
            }
            Step::Fetch { .. } | Step::NeedsSignIn => unreachable!("never in this queue"),
        }
    }

    fn missed(&mut self, chance: f64) {
        self.misses += 1;
        self.failures += 1;
        self.quiet_until = Some(now() + back_off(self.failures, chance).min(LONGEST_QUIET));
    }

    /// What the server says to one try of everything, whatever it is.
    pub async fn sync_once(&self, url: &str) -> reqwest::Response {
        let sent: Vec<_> = self.outbox.iter().take(50).map(|held| &held.raw).collect();
        self.request(url, &sent).send().await.unwrap()
    }

    fn request(&self, url: &str, sent: &[&Value]) -> reqwest::RequestBuilder {
        let body = json!({ "device": self.device, "now": now(), "cursor": self.cursor, "operations": sent, "pull": true });
        let request = self.client.post(format!("{url}/api/v1/sync")).header("cookie", &self.cookie);
        request.header("content-type", "application/json").body(body.to_string())
    }

    async fn sync(&self, url: &str, operations: &[OperationId]) -> Option<SyncResponse> {
        let sent: Vec<_> =
            self.outbox.iter().filter(|held| operations.contains(&held.id)).map(|held| &held.raw).collect();
        let reply = self.request(url, &sent).send().await.ok()?;
        let text = reply.error_for_status().ok()?.text().await.ok()?;
        let response: SyncResponse = serde_json::from_str(&text).ok()?;
        (response.outcomes.len() == sent.len()).then_some(response)
    }

    fn take(&mut self, operations: &[OperationId], response: SyncResponse) {
        self.failures = 0;
        self.quiet_until = None;
        for (id, answered) in operations.iter().zip(response.outcomes) {
            let position = self.outbox.iter().position(|held| held.id == *id).unwrap();
            match answered.outcome {
                Outcome::Received { receipt } | Outcome::AlreadyReceived { receipt } => {
                    let held = self.outbox.remove(position);
                    assert_eq!(receipt.hash, Operation::hash(&held.raw), "a receipt for something else");
                    let hash = held.raw["payload"]["hash"].as_str();
                    for photo in self.photos.iter_mut().filter(|photo| Some(photo.hash.as_str()) == hash) {
                        photo.announced = true;
                    }
                    self.receipts.insert(*id, receipt);
                }
                Outcome::Refused { refusal } => {
                    self.outbox.remove(position);
                    self.receipts.extend(refusal.kept.clone().map(|receipt| (*id, receipt)));
                    self.refused.insert(*id, refusal);
                }
                Outcome::Later { .. } => self.outbox[position].not_before = Some(now() + LONGEST_QUIET),
            }
        }
        if response.reset {
            self.resetting = Some(vec![]);
        }
        for change in response.changes {
            self.change(change);
        }
        if !response.more
            && let Some(came) = self.resetting.take()
        {
            self.records.retain(|key, _| came.contains(key));
        }
        self.cursor = response.cursor.or(self.cursor.take());
        self.pull_wanted = response.more;
        self.last_pull = Some(now());
    }

    fn change(&mut self, change: Change) {
        let (key, value) = match change {
            Change::Site(site) => (("site", site.id.to_string()), json!(site)),
            Change::Hazard(hazard) => (("hazard", hazard.id.to_string()), json!(hazard)),
            Change::Inspection(summary) => (("inspection", summary.id.to_string()), json!(summary)),
            Change::Checklist(list) => (("checklist", format!("{}@{}", list.id, list.version)), json!(list)),
            Change::Directory(directory) => (("directory", String::new()), json!(directory)),
            Change::Forget(forget) => {
                let key = match forget {
                    Forget::Site(id) => ("site", id.to_string()),
                    Forget::Hazard(id) => ("hazard", id.to_string()),
                    Forget::Inspection(id) => ("inspection", id.to_string()),
                };
                self.records.remove(&key);
                return;
            }
        };
        if let Some(came) = &mut self.resetting {
            came.push(key.clone());
        }
        self.records.insert(key, value);
    }

    /// What the server says to one try, whatever it is.
    pub async fn upload_once(&self, url: &str, hash: &PhotoHash) -> reqwest::Response {
        let photo = self.photos.iter().find(|photo| photo.hash == *hash).unwrap();
        let request = self.client.put(format!("{url}/api/v1/photos/{hash}")).header("cookie", &self.cookie);
        request.body(photo.bytes.clone()).send().await.unwrap()
    }

    async fn upload(&mut self, url: &str, hash: &PhotoHash, chance: f64) {
        let position = self.photos.iter().position(|photo| photo.hash == *hash).unwrap();
        let request = self.client.put(format!("{url}/api/v1/photos/{hash}")).header("cookie", &self.cookie);
        let answer = async {
            let reply = request.body(self.photos[position].bytes.clone()).send().await.ok()?;
            let text = reply.error_for_status().ok()?.text().await.ok()?;
            serde_json::from_str::<PhotoReceipt>(&text).ok()
        };
        match answer.await {
            Some(receipt) if receipt.hash == *hash => {
                self.photos.remove(position);
                self.photo_receipts.insert(hash.clone(), receipt);
            }
            _ => {
                self.misses += 1;
                let wait = back_off(1, chance).min(LONGEST_QUIET);
                self.photos[position].not_before = Some(now() + wait);
            }
        }
    }
}
