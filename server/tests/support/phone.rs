//! A phone without a screen: everything that decides is the real phone's (`domain::device`); what it keeps is in memory,
//! the line is whatever it is given. Like the real one's shell it asks, lets `domain` decide, and writes down.

#[path = "phone/exchange.rs"]
mod exchange;
#[path = "phone/once.rs"]
mod once;
#[path = "phone/photos.rs"]
mod photos;
#[path = "phone/work.rs"]
mod work;

use super::{
    device::Device,
    line::{Asked, Line, Tcp},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::{
        StoreName,
        apply_response::{Sent, failed_together},
        connection::ConnectionState as LineState,
        failure::Failure,
        key,
        plan::{Queue, Step},
        queue::{About, DeliveryStatus, PhotoRecord, PhotoStatus, Queued},
        submission::SubmissionRecord,
        upload::CHUNK,
    },
    id::{DeviceId, OperationId, PersonId},
    photo::PhotoHash,
    receipt::Receipt,
    sync::{Outcome, PhotoReceipt, Refusal, StoredRecord, SyncRequest, SyncResponse},
};
use exchange::read;
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration as Span};

/// As long as a test has patience; what a phone would sleep beyond it, its clock skips.
const LONGEST_SLEEP: Duration = Duration::milliseconds(400);

/// How long an answer may take.
const ANSWER: Span = Span::from_secs(20);

pub struct HeadlessPhone {
    pub person: PersonId,
    pub device: DeviceId,
    /// What it keeps: all that a restart leaves.
    pub kept: Device,
    pub made: Vec<OperationId>,
    pub receipts: BTreeMap<OperationId, Receipt>,
    pub refused: BTreeMap<OperationId, Refusal>,
    pub photo_receipts: BTreeMap<PhotoHash, PhotoReceipt>,
    /// Tries that came to nothing, for the test's report.
    pub misses: u32,
    cookie: String,
    client: reqwest::Client,
    line: LineState,
    chunk: u64,
    /// By how much its clock runs ahead of the world's.
    skipped: Duration,
}

#[expect(clippy::disallowed_methods, reason = "this phone lives in real time")]
pub fn real_now() -> DateTime<Utc> {
    Utc::now()
}

impl HeadlessPhone {
    pub async fn sign_in(url: &str, username: &str, password: &str, device: DeviceId) -> Self {
        let client = reqwest::Client::builder().timeout(ANSWER).build().unwrap();
        let tcp = Tcp { client: client.clone(), url: url.to_owned() };
        let phone = Self::sign_in_over(&tcp, username, password, device).await;
        Self { client, ..phone.unwrap() }
    }

    /// None where nothing comes back.
    pub async fn sign_in_over(
        line: &dyn Line,
        username: &str,
        password: &str,
        device: DeviceId,
    ) -> Option<Self> {
        let credentials = json!({ "username": username, "password": password, "device_name": "headless" });
        let asked = Asked {
            method: "POST",
            path: "/api/v1/session".to_owned(),
            headers: vec![("content-type", "application/json".to_owned())],
            body: credentials.to_string().into_bytes(),
        };
        let reply = line.ask(asked).await?;
        let cookie = reply.header("set-cookie")?.split(';').next()?.to_owned();
        let signed_in: Value = serde_json::from_slice(&reply.body).ok()?;
        Some(Self::with_session(cookie, signed_in["actor"]["person"].as_str()?.parse().ok()?, device))
    }

    /// Fresh, in a session that was begun elsewhere.
    pub fn with_session(cookie: String, person: PersonId, device: DeviceId) -> Self {
        Self {
            person,
            device,
            kept: Device::default(),
            made: vec![],
            receipts: BTreeMap::new(),
            refused: BTreeMap::new(),
            photo_receipts: BTreeMap::new(),
            misses: 0,
            cookie,
            client: reqwest::Client::new(),
            line: LineState { pull_wanted: true, ..LineState::default() },
            chunk: CHUNK,
            skipped: Duration::zero(),
        }
    }

    pub fn want_pull(&mut self) {
        self.line.wake();
    }

    pub fn outbox(&self) -> Vec<Queued> {
        self.kept.all(StoreName::Outbox)
    }

    pub fn photos(&self) -> Vec<PhotoRecord> {
        self.kept.all(StoreName::Photos)
    }

    /// Everything is sent, and everything that there was has come.
    pub fn is_quiet(&self) -> bool {
        let waits = |photo: &PhotoRecord| matches!(photo.status, PhotoStatus::Waiting { .. });
        !self.outbox().iter().any(Queued::waits)
            && !self.photos().iter().any(waits)
            && !self.line.pull_wanted
            && self.kept.get::<DateTime<Utc>>(StoreName::Meta, key::LAST_PULL).is_some()
    }

    /// Everything that this person may see, by kind and id.
    pub fn records(&self) -> BTreeMap<(String, String), Value> {
        let body = |text: &str| serde_json::from_str::<StoredRecord<Value>>(text).unwrap().body;
        let named = |(key, text): (&str, &str)| {
            let (kind, id) = key.split_once('/').unwrap();
            ((kind.to_owned(), id.to_owned()), body(text))
        };
        self.kept.texts(StoreName::Records).map(named).collect()
    }

    /// One step, at the server that `url` names. `chance` is between 0 and 1.
    pub async fn step(&mut self, url: &str, chance: f64) {
        let line = Tcp { client: self.client.clone(), url: url.to_owned() };
        let now = real_now() + self.skipped;
        if let Some(until) = self.step_over(&line, now, chance).await {
            let wait = until - now;
            let sleep = wait.min(LONGEST_SLEEP);
            self.skipped += wait - sleep;
            tokio::time::sleep(sleep.to_std().unwrap_or_default()).await;
        }
    }

    /// One step over this line, at this time by the phone's clock. Gives until when it would sleep, if it would.
    pub async fn step_over(
        &mut self,
        line: &dyn Line,
        now: DateTime<Utc>,
        chance: f64,
    ) -> Option<DateTime<Utc>> {
        let last_pull = self.kept.get(StoreName::Meta, key::LAST_PULL);
        let queue = Queue::of(self.person, &self.outbox(), &self.photos(), last_pull, self.line.clone());
        match queue.next(now) {
            Step::Sync { operations } => self.sync(line, &operations, now, chance).await,
            Step::Upload { photo } => self.upload(line, &photo, now, chance).await,
            Step::WaitUntil(time) => return Some(time),
            Step::NeedsSignIn => self.line.signed_out = false,
            Step::Fetch { .. } | Step::FetchPicture { .. } | Step::Tell => {
                unreachable!("never in this queue")
            }
        }
        None
    }

    fn missed(&mut self, failure: Failure, now: DateTime<Utc>, chance: f64) {
        self.misses += 1;
        self.line.missed(failure, now, chance);
    }

    async fn sync(&mut self, line: &dyn Line, ids: &[OperationId], now: DateTime<Utc>, chance: f64) {
        let mine = |queued: &Queued| ids.contains(&queued.operation);
        let outbox = self.outbox();
        let in_order = ids.iter().filter_map(|id| outbox.iter().find(|queued| queued.operation == *id));
        let raw = |queued: &Queued| self.kept.get::<Value>(StoreName::Operations, &queued.key()).unwrap();
        let request = SyncRequest {
            device: self.device,
            now,
            cursor: self.kept.get(StoreName::Meta, key::CURSOR),
            operations: in_order.map(raw).collect(),
            pull: true,
            page_bytes: None,
            app: "headless".to_owned(),
            heartbeat: None,
        };
        let body = serde_json::to_vec(&request).unwrap();
        let reply = self.ask(line, "POST", "/api/v1/sync", vec![], body).await;
        let answer = reply.and_then(|reply| read::<SyncResponse>(&reply));
        match answer
            .and_then(|answer| if Sent::fits(ids, &answer) { Ok(answer) } else { Err(Failure::NoAnswer) })
        {
            Ok(response) => {
                self.line.reached();
                self.line.pulled(response.more);
                self.remember(&response);
                let operations: Vec<_> = self.outbox().into_iter().filter(mine).collect();
                let mut sent = Sent { reset: self.kept.get(StoreName::Meta, key::RESET), ..Sent::default() };
                for queued in &operations {
                    let submission: Option<SubmissionRecord> =
                        self.kept.get(StoreName::Submissions, &queued.submission.to_string());
                    sent.submissions.extend(submission.map(|submission| (submission.id, submission)));
                    if let About::Photo(hash) = &queued.about {
                        let photo: Option<PhotoRecord> = self.kept.get(StoreName::Photos, hash.as_str());
                        sent.photos.extend(photo.map(|photo| (hash.clone(), photo)));
                    }
                }
                let writes = Sent { operations, ..sent }.answered(&response, now, chance).unwrap();
                self.kept.carry_out(&writes);
                if response.pull_failed {
                    self.line.pull_missed(now, chance);
                }
                // A refused operation is the person's to look at; the test has looked.
                for queued in self.outbox().iter().filter(|queued| !queued.waits()) {
                    if let DeliveryStatus::Refused { refusal } = &queued.status {
                        self.refused.entry(queued.operation).or_insert_with(|| refusal.clone());
                    }
                }
            }
            Err(failure) => {
                match failure {
                    Failure::Server { .. } if ids.is_empty() => {
                        self.misses += 1;
                        self.line.pull_missed(now, chance);
                    }
                    _ => self.missed(failure, now, chance),
                }
                let tried = self.outbox().into_iter().filter(mine).collect();
                self.kept.carry_out(&failed_together(tried, failure, now, chance).unwrap());
            }
        }
    }

    /// For the test's own records.
    fn remember(&mut self, response: &SyncResponse) {
        for answered in &response.outcomes {
            let id = answered.operation.unwrap();
            match &answered.outcome {
                Outcome::Received { receipt } | Outcome::AlreadyReceived { receipt } => {
                    self.receipts.insert(id, receipt.clone());
                }
                Outcome::Refused { refusal } => {
                    self.receipts.extend(refusal.kept.clone().map(|receipt| (id, receipt)));
                    self.refused.insert(id, refusal.clone());
                }
                Outcome::RetryAfter { .. } => {}
            }
        }
    }
}
