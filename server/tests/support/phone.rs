//! A phone without a screen: everything that decides is the real phone's (`domain::device`); what it keeps is in memory,
//! the line is whatever it is given. Like the real one's shell it asks, lets `domain` decide, and writes down.

#[path = "phone/work.rs"]
mod work;

use super::{
    device::Device,
    line::{Asked, Line, Reply, Tcp},
};
use base64::{Engine, engine::general_purpose::STANDARD};
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
        upload::{CHUNK, UploadReply, UploadStep, next_chunk},
    },
    id::{DeviceId, OperationId, PersonId},
    photo::{PhotoFacts, PhotoHash},
    receipt::Receipt,
    sync::{Outcome, PhotoReceipt, Problem, Refusal, StoredRecord, SyncRequest, SyncResponse},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration as Span};
use test_support::upload;

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
    /// RetryState that came to nothing, for the test's report.
    pub misses: u32,
    /// Answers with receipts and without what changed.
    pub pulls_failed: u64,
    cookie: String,
    client: reqwest::Client,
    line: LineState,
    chunk: u64,
    /// By how much its clock runs ahead of the world's.
    skipped: Duration,
}

#[expect(clippy::disallowed_methods, reason = "this phone lives in real time")]
fn real_now() -> DateTime<Utc> {
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
            pulls_failed: 0,
            cookie,
            client: reqwest::Client::new(),
            line: LineState { pull_wanted: true, ..LineState::default() },
            chunk: CHUNK,
            skipped: Duration::zero(),
        }
    }

    /// As after being switched off and on: what was not written down is gone.
    pub fn restart(&mut self) {
        self.line = LineState { pull_wanted: true, ..LineState::default() };
        self.chunk = CHUNK;
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

    /// An operation that is still on the phone, as it is sent.
    pub fn raw(&self, id: OperationId) -> Value {
        let outbox = self.outbox();
        let queued = outbox.iter().find(|queued| queued.operation == id).unwrap();
        self.kept.get(StoreName::Operations, &queued.key()).unwrap()
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
            Step::Fetch { .. } => unreachable!("never in this queue"),
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
                    self.pulls_failed += 1;
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

    async fn upload(&mut self, line: &dyn Line, hash: &PhotoHash, now: DateTime<Utc>, chance: f64) {
        let record: PhotoRecord = self.kept.get(StoreName::Photos, hash.as_str()).unwrap();
        let Some(step) = record.upload_step(self.chunk) else { return };
        let said = self.said(line, &record.facts, &step).await;
        match &said {
            Ok(_) => self.line.reached(),
            Err(failure @ (Failure::NoAnswer | Failure::SignIn | Failure::RetryAfter { .. })) => {
                self.missed(*failure, now, chance);
            }
            Err(_) => self.misses += 1,
        }
        if let UploadStep::Begin { .. } | UploadStep::Send { .. } = step {
            // A test's line is as fast as the machine; how pieces grow is tried elsewhere.
            self.chunk = next_chunk(self.chunk, said.is_ok().then_some(2_000));
        }
        let after = record.after(said.as_ref().map_err(|failure| *failure), now, chance);
        if let (PhotoStatus::Received { .. }, Ok(UploadReply::Receipt(receipt))) = (&after.status, said) {
            self.photo_receipts.insert(hash.clone(), receipt);
        }
        self.kept.carry_out(&[after.write().unwrap()]);
    }

    async fn said(
        &self,
        line: &dyn Line,
        facts: &PhotoFacts,
        step: &UploadStep,
    ) -> Result<UploadReply, Failure> {
        let piece = |offset: u64, length: u64| {
            let (from, to) = (usize::try_from(offset).unwrap(), usize::try_from(offset + length).unwrap());
            self.kept.bytes[&facts.hash][from..to].to_vec()
        };
        let has = |at: &str, reply: &Reply| {
            let offset = reply.header("upload-offset").and_then(|offset| offset.parse().ok());
            offset.map(|offset| UploadReply::Has { at: at.to_owned(), offset }).ok_or(Failure::NoAnswer)
        };
        match step {
            UploadStep::Begin { length } => {
                let about = format!("hash {}", STANDARD.encode(facts.hash.as_str()));
                let headers = vec![("upload-length", facts.bytes.to_string()), ("upload-metadata", about)];
                let reply = self.ask(line, "POST", "/api/v1/uploads", headers, piece(0, *length)).await?;
                match reply.header("location").map(|at| has(at, &reply)).ok_or(Failure::NoAnswer)?? {
                    UploadReply::Has { offset, .. } if offset >= facts.bytes => {
                        read(&reply).map(UploadReply::Receipt)
                    }
                    said => Ok(said),
                }
            }
            UploadStep::Ask { at } => has(at, &self.ask(line, "HEAD", at, vec![], vec![]).await?),
            UploadStep::Send { at, offset, length } => {
                let headers = vec![("upload-offset", offset.to_string())];
                has(at, &self.ask(line, "PATCH", at, headers, piece(*offset, *length)).await?)
            }
            UploadStep::Claim => {
                let path = format!("/api/v1/photos/{}/receipt", facts.hash);
                read(&self.ask(line, "GET", &path, vec![], vec![]).await?).map(UploadReply::Receipt)
            }
        }
    }

    /// An answer that is a success, or what came instead.
    async fn ask(
        &self,
        line: &dyn Line,
        method: &'static str,
        path: &str,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    ) -> Result<Reply, Failure> {
        let asked = self.asked(method, path, headers, body);
        let reply = line.ask(asked).await.ok_or(Failure::NoAnswer)?;
        if (200..300).contains(&reply.status) {
            return Ok(reply);
        }
        let is_problem = || reply.header("content-type").is_some_and(Problem::is_media_type);
        let problem: Option<Problem> = match method {
            "HEAD" => reply.header("tus-resumable").map(|_| Problem::default()),
            _ => is_problem().then(|| serde_json::from_slice(&reply.body).ok()).flatten(),
        };
        let after = reply.header("retry-after").and_then(|after| after.parse().ok());
        Err(Failure::of(reply.status, problem.as_ref(), after))
    }

    fn asked(
        &self,
        method: &'static str,
        path: &str,
        mut headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    ) -> Asked {
        headers.push(("cookie", self.cookie.clone()));
        if path.starts_with("/api/v1/uploads") {
            headers.push(("tus-resumable", "1.0.0".to_owned()));
            headers.push(("content-type", "application/offset+octet-stream".to_owned()));
        } else {
            headers.push(("content-type", "application/json".to_owned()));
        }
        Asked { method, path: path.to_owned(), headers, body }
    }

    /// What the server says to one try of everything, whatever it is.
    pub async fn sync_once(&self, url: &str) -> reqwest::Response {
        let operations: Vec<Value> = self.kept.all(StoreName::Operations);
        let sent = operations.iter().take(50).collect::<Vec<_>>();
        let body = json!({ "device": self.device, "now": real_now(), "operations": sent, "pull": true });
        let request = self.client.post(format!("{url}/api/v1/sync")).header("cookie", &self.cookie);
        request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()
    }

    /// What the server says to whoever only asks what is new.
    pub async fn read_once(&self, url: &str) -> reqwest::Response {
        let body = json!({ "device": self.device, "now": real_now(), "operations": [], "pull": true });
        let request = self.client.post(format!("{url}/api/v1/sync")).header("cookie", &self.cookie);
        request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()
    }

    /// What the server says to one try of the whole photo, whatever it is.
    pub async fn upload_once(&self, url: &str, hash: &PhotoHash) -> reqwest::Response {
        let bytes = self.kept.bytes[hash].clone();
        let request = self.client.post(format!("{url}{}", upload::UPLOADS)).header("cookie", &self.cookie);
        let head = upload::head(hash, bytes.len());
        let request = head.iter().fold(request, |request, (name, value)| request.header(*name, value));
        request.body(bytes).send().await.unwrap()
    }
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Failure> {
    serde_json::from_slice(&reply.body).map_err(|_| Failure::NoAnswer)
}
