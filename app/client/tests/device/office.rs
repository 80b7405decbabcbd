//! A server that takes whatever comes, remembers it, and answers as the real one does. It fails as it is told.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use client::{
    memory::Asked,
    platform::{Response, Unreachable},
};
use domain::{
    id::OperationId,
    photo::PhotoHash,
    receipt::Receipt,
    spot_check::OrderKey,
    sync::{
        Cursor, EarlierRecords, Envelope, Operation, OperationResult, Outcome, PhotoReceipt, Problem,
        SignedIn, SyncRequest, SyncResponse, Unpacking,
    },
};
use serde::Serialize;
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
};

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It does not arrive.
    Lost,
    /// It arrives and is acted upon, and nobody hears the answer.
    AnswerLost,
    /// Our own words, with this status.
    Says(u16),
    /// The receipt is for something else.
    WrongReceipt,
}

/// An upload that has begun.
struct Upload {
    hash: String,
    length: u64,
    bytes: Vec<u8>,
}

#[derive(Default)]
pub struct Office {
    /// Who signs in next.
    expected: RefCell<Option<SignedIn>>,
    /// Operations in the order in which they came, with what was said.
    pub operations: RefCell<Vec<(Operation, Receipt)>>,
    uploads: RefCell<Vec<Upload>>,
    pub photos: RefCell<BTreeMap<String, Vec<u8>>>,
    /// What is answered to whoever asks for an attachment, by its hash.
    attachments: RefCell<BTreeMap<String, Vec<u8>>>,
    /// What a phone is sent that has nothing yet.
    pub records: RefCell<Vec<Envelope>>,
    /// What lies with the office and no pull brings; a site's past gives one of them at a time.
    pub beside: RefCell<Vec<Envelope>>,
    /// Pages that are still to come behind the next one.
    pub more: Cell<usize>,
    /// Bytes of each page that was asked for, whatever became of the request.
    pub pages: RefCell<Vec<Option<u32>>>,
    /// Each sync that came, whatever became of it.
    pub syncs: RefCell<Vec<SyncRequest>>,
    /// It does not listen to what phones say of themselves.
    pub is_deaf: Cell<bool>,
    /// Of the requests to come, one after the other.
    pub faults: RefCell<VecDeque<Fault>>,
    /// Method and path of what was asked, and when.
    pub asked: RefCell<Vec<(String, String, DateTime<Utc>)>>,
    /// What came of unpacking photos; pictures, where nothing is said.
    pub unpacking: Cell<Option<Unpacking>>,
    /// Of every sealed order, once its hour has come.
    pub key: RefCell<Option<OrderKey>>,
    /// Bytes of photos that came, those that came twice among them.
    pub uploaded: Cell<usize>,
}

impl Office {
    pub fn expect(&self, person: SignedIn) {
        self.expected.replace(Some(person));
    }

    pub fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.borrow_mut().extend(faults);
    }

    /// It has this attachment.
    pub fn hold(&self, bytes: &[u8]) {
        self.answer_with(bytes, bytes);
    }

    /// Something stands between, and answers otherwise to whoever asks for this attachment.
    pub fn answer_with(&self, bytes: &[u8], otherwise: &[u8]) {
        self.attachments.borrow_mut().insert(PhotoHash::of(bytes).to_string(), otherwise.to_vec());
    }

    /// When somebody asked for this.
    pub fn times(&self, method: &str, path: &str) -> Vec<DateTime<Utc>> {
        let asked = self.asked.borrow();
        let those = asked.iter().filter(|(by, at, _)| by == method && at.starts_with(path));
        those.map(|(_, _, when)| *when).collect()
    }

    pub fn answer(&self, asked: &Asked, now: DateTime<Utc>) -> Result<Response, Unreachable> {
        self.asked.borrow_mut().push((asked.method.clone(), asked.path.clone(), now));
        if let Ok(request) = serde_json::from_slice::<SyncRequest>(&asked.body) {
            self.pages.borrow_mut().push(request.page_bytes);
            self.syncs.borrow_mut().push(request);
        }
        let fault = self.faults.borrow_mut().pop_front();
        match fault {
            Some(Fault::Lost) => Err(Unreachable),
            Some(Fault::AnswerLost) => {
                self.act(asked, now, false);
                Err(Unreachable)
            }
            Some(Fault::Says(status)) => Ok(problem(status)),
            Some(Fault::WrongReceipt) => Ok(self.act(asked, now, true)),
            None => Ok(self.act(asked, now, false)),
        }
    }

    fn act(&self, asked: &Asked, now: DateTime<Utc>, wrong: bool) -> Response {
        match (asked.method.as_str(), asked.path.as_str()) {
            ("POST", "/api/v1/session") => match self.expected.borrow().as_ref() {
                Some(person) => said(person),
                None => problem(401),
            },
            ("DELETE", "/api/v1/session") => Response { status: 204, ..Response::default() },
            ("POST", "/api/v1/sync") => said(&self.sync(&asked.body, now, wrong)),
            ("POST", "/api/v1/uploads") => self.begin(asked, now),
            ("GET", path) if path.starts_with("/api/v1/records/") => self.record(path),
            ("GET", path) if path.starts_with("/api/v1/orders/") => {
                self.key.borrow().as_ref().map_or_else(|| problem(425), said)
            }
            ("GET", path) if path.starts_with("/api/v1/sites/") => self.earlier(path),
            (method, path) => match path.strip_prefix("/api/v1/uploads/") {
                Some(number) => self.go_on(method, number.parse().unwrap(), asked),
                None => match path.strip_prefix("/api/v1/attachments/") {
                    Some(path) => self.attachment(path, now),
                    None => problem(404),
                },
            },
        }
    }

    fn sync(&self, body: &[u8], now: DateTime<Utc>, wrong: bool) -> SyncResponse {
        let request: SyncRequest = serde_json::from_slice(body).unwrap();
        let outcomes = request.operations.iter().map(|raw| {
            let operation: Operation = serde_json::from_value(raw.clone()).unwrap();
            let id = operation.id;
            let known = self.operations.borrow().iter().find(|(known, _)| known.id == id).cloned();
            let outcome = match known {
                Some((_, receipt)) => Outcome::AlreadyReceived { receipt },
                None => {
                    let hash = if wrong { "0".repeat(64) } else { Operation::hash(raw) };
                    let receipt = self.take(operation, hash, now);
                    Outcome::Received { receipt }
                }
            };
            OperationResult { operation: Some(id), outcome }
        });
        let outcomes = outcomes.collect();
        let fresh = request.cursor.is_none();
        let to_come = self.more.get();
        self.more.set(to_come.saturating_sub(1));
        SyncResponse {
            now,
            outcomes,
            changes: if fresh { self.records.borrow().clone() } else { vec![] },
            cursor: Some(Cursor("1".into())),
            reset: fresh,
            more: to_come > 0,
            passed_over: vec![],
            pull_failed: false,
            heard: request.heartbeat.is_some() && !self.is_deaf.get(),
        }
    }

    fn record(&self, path: &str) -> Response {
        let key = path.strip_prefix("/api/v1/records/").unwrap();
        self.beside.borrow().iter().find(|envelope| envelope.key() == key).map_or_else(|| problem(404), said)
    }

    fn earlier(&self, path: &str) -> Response {
        let at: usize = path.split_once("?before=").map_or(0, |(_, before)| before.parse().unwrap());
        let beside = self.beside.borrow();
        let records = beside.iter().skip(at).take(1).cloned().collect();
        let before = (at + 1 < beside.len()).then(|| (at + 1).to_string());
        said(&EarlierRecords { records, before })
    }

    fn take(&self, operation: Operation, hash: String, at: DateTime<Utc>) -> Receipt {
        let mut operations = self.operations.borrow_mut();
        let number = format!("HZ-2026-{:06}", operations.len() + 1);
        let receipt = Receipt { number, operation: operation.id, hash, at, signature: None };
        operations.push((operation, receipt.clone()));
        receipt
    }

    pub fn ids(&self) -> Vec<OperationId> {
        self.operations.borrow().iter().map(|(operation, _)| operation.id).collect()
    }

    fn begin(&self, asked: &Asked, now: DateTime<Utc>) -> Response {
        let about = asked.header("upload-metadata").unwrap();
        let hash = about.split(',').find_map(|part| part.strip_prefix("hash ")).unwrap();
        let hash = String::from_utf8(BASE64_STANDARD.decode(hash).unwrap()).unwrap();
        let length = asked.header("upload-length").unwrap().parse().unwrap();
        let number = self.uploads.borrow().len();
        self.uploads.borrow_mut().push(Upload { hash: hash.clone(), length, bytes: vec![] });
        let offset = self.add(number, &asked.body);
        if offset >= length {
            let receipt = self.receipt(&hash, now);
            return Response { headers: vec![("upload-offset", offset.to_string())], ..receipt };
        }
        let location = format!("/api/v1/uploads/{number}");
        let headers = vec![("upload-offset", offset.to_string()), ("location", location)];
        Response { status: 201, headers, body: vec![] }
    }

    fn go_on(&self, method: &str, number: usize, asked: &Asked) -> Response {
        let here = self.uploads.borrow()[number].bytes.len() as u64;
        let offset = match method {
            "PATCH" => {
                let from: u64 = asked.header("upload-offset").unwrap().parse().unwrap();
                if from != here {
                    return problem(409);
                }
                self.add(number, &asked.body)
            }
            _ => here,
        };
        Response { status: 204, headers: vec![("upload-offset", offset.to_string())], body: vec![] }
    }

    fn add(&self, number: usize, bytes: &[u8]) -> u64 {
        self.uploaded.set(self.uploaded.get() + bytes.len());
        let mut uploads = self.uploads.borrow_mut();
        let upload = &mut uploads[number];
        upload.bytes.extend_from_slice(bytes);
        if upload.bytes.len() as u64 == upload.length && PhotoHash::of(&upload.bytes).as_str() == upload.hash
        {
            self.photos.borrow_mut().insert(upload.hash.clone(), upload.bytes.clone());
        }
        upload.bytes.len() as u64
    }

    fn attachment(&self, path: &str, now: DateTime<Utc>) -> Response {
        match path.split_once('/') {
            Some((hash, "receipt")) => self.receipt(hash, now),
            Some(_) => problem(404),
            None => match self.attachments.borrow().get(path) {
                Some(bytes) => Response { status: 200, headers: vec![], body: bytes.clone() },
                None => problem(404),
            },
        }
    }

    fn receipt(&self, hash: &str, at: DateTime<Utc>) -> Response {
        match self.photos.borrow().get(hash) {
            Some(photo) => said(&PhotoReceipt {
                hash: hash.parse().unwrap(),
                bytes: photo.len() as u64,
                at,
                unpacking: self.unpacking.get().unwrap_or(Unpacking::Done),
            }),
            None => problem(404),
        }
    }
}

fn said(answer: &impl Serialize) -> Response {
    Response { status: 200, headers: vec![], body: serde_json::to_vec(answer).unwrap() }
}

fn problem(status: u16) -> Response {
    let words = Problem::new("test", status, String::new());
    Response {
        status,
        headers: vec![("tus-resumable", "1.0.0".into()), ("content-type", Problem::MEDIA_TYPE.into())],
        body: serde_json::to_vec(&words).unwrap(),
    }
}
