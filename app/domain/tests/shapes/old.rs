//! What earlier versions sent and kept is read by this one.
//!
//! `v1`, `v2`, … hold what a version wrote, as it wrote it. Nothing in them is ever changed or taken away: when a shape
//! changes, what it was stays, and what it has become is added to the next folder. A file is a list of things of one
//! kind and is called after it.

use crate::work::operations;
use domain::{
    device::{
        action_draft::ActionDraft,
        apply_response::Reset,
        bundle::Contents,
        pin::Guesses,
        queue::{PhotoRecord, Queued},
        submission::SubmissionRecord,
    },
    form::Form,
    hazard::Hazard,
    notice::Notice,
    photo::PhotoHash,
    receipt::Receipt,
    site::Site,
    spot_check::SealedOrder,
    sync::{Directory, Envelope, Operation, Payload, RecordKind, SignedIn, SyncRequest},
    task::{Task, TaskCommand},
    visit::{Draft, VisitSummary},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

fn inside(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The files of all versions that end so.
fn files(extension: &str) -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let is_version = |name: &str| name.strip_prefix('v').is_some_and(|number| number.parse::<u32>().is_ok());
    let mut folders = inside(&here);
    folders.retain(|path| path.is_dir() && path.file_name().and_then(OsStr::to_str).is_some_and(is_version));
    let mut files: Vec<_> = folders.iter().flat_map(|folder| inside(folder)).collect();
    files.retain(|path| path.extension().and_then(OsStr::to_str) == Some(extension));
    files
}

/// What was written of each kind.
fn written() -> BTreeMap<String, Vec<Value>> {
    let mut written: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for path in files("json") {
        let kind = path.file_stem().and_then(OsStr::to_str).unwrap().to_owned();
        let things: Vec<Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        written.entry(kind).or_default().extend(things);
    }
    written
}

/// As this version writes what it has read.
fn again<T: Serialize + DeserializeOwned>(raw: &Value) -> Value {
    let read: T = serde_json::from_value(raw.clone()).unwrap_or_else(|error| panic!("{error}: {raw}"));
    serde_json::to_value(read).unwrap()
}

fn envelope_again(raw: &Value) -> Value {
    let mut envelope: Envelope = serde_json::from_value(raw.clone()).unwrap();
    let kind = RecordKind::parse(&envelope.kind).unwrap();
    envelope.body = envelope.body.map(|body| match kind {
        RecordKind::Directory => again::<Directory>(&body),
        RecordKind::Site => again::<Site>(&body),
        RecordKind::Form => again::<Form>(&body),
        RecordKind::Hazard => again::<Hazard>(&body),
        RecordKind::Visit => again::<VisitSummary>(&body),
        RecordKind::SealedOrder => again::<SealedOrder>(&body),
        RecordKind::Task => again::<Task>(&body),
        RecordKind::Notice => again::<Notice>(&body),
    });
    serde_json::to_value(envelope).unwrap()
}

fn bundle_again(raw: &Value) -> Value {
    let contents: Contents = serde_json::from_value(raw.clone()).unwrap();
    assert_eq!(contents.carried_drafts().len(), contents.drafts.len(), "drafts that cannot be read");
    assert_eq!(contents.begun_actions().len(), contents.actions.len(), "actions that cannot be read");
    for carried in &contents.operations {
        assert_same(&carried.raw, &again::<Operation>(&carried.raw));
    }
    serde_json::to_value(contents).unwrap()
}

fn read_again(kind: &str, raw: &Value) -> Value {
    match kind {
        "operations" => again::<Operation>(raw),
        "sync_requests" => again::<SyncRequest>(raw),
        "envelopes" => envelope_again(raw),
        "queued" => again::<Queued>(raw),
        "submissions" => again::<SubmissionRecord>(raw),
        "photo_records" => again::<PhotoRecord>(raw),
        "drafts" => again::<Draft>(raw),
        "action_drafts" => again::<ActionDraft>(raw),
        "bundles" => bundle_again(raw),
        "receipts" => again::<Receipt>(raw),
        "resets" => again::<Reset>(raw),
        "guesses" => again::<Guesses>(raw),
        "signed_in" => again::<SignedIn>(raw),
        other => panic!("nobody knows how to read {other}"),
    }
}

/// The kinds of which something must be there.
const KINDS: [&str; 13] = [
    "action_drafts",
    "bundles",
    "drafts",
    "envelopes",
    "guesses",
    "operations",
    "photo_records",
    "queued",
    "receipts",
    "resets",
    "signed_in",
    "submissions",
    "sync_requests",
];

/// Where the new one no longer says what the old one said. It may say more.
fn lost(old: &Value, new: &Value, at: &str) -> Vec<String> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let of_field = |(name, value): (&String, &Value)| {
                let at = format!("{at}/{name}");
                match new.get(name) {
                    Some(new) => lost(value, new, &at),
                    None => vec![at],
                }
            };
            old.iter().flat_map(of_field).collect()
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let pairs = old.iter().zip(new).enumerate();
            pairs.flat_map(|(n, (old, new))| lost(old, new, &format!("{at}/{n}"))).collect()
        }
        _ if old == new => vec![],
        _ => vec![at.to_owned()],
    }
}

#[track_caller]
fn assert_same(old: &Value, new: &Value) {
    let lost = lost(old, new, "");
    assert!(lost.is_empty(), "lost {lost:?} of {old}\nread as {new}");
}

#[test]
fn old_shapes_are_read() {
    let written = written();
    assert_eq!(written.keys().map(String::as_str).collect::<Vec<_>>(), KINDS);
    for (kind, things) in &written {
        assert!(!things.is_empty(), "no {kind}");
        for thing in things {
            assert_same(thing, &read_again(kind, thing));
        }
    }
}

#[test]
fn old_files_of_unsent_work_are_read() {
    let files = files("xunan");
    assert!(!files.is_empty());
    for path in files {
        let file = fs::read(&path).unwrap();
        let (contents, begin) = Contents::read(&file).unwrap();
        let raw = file.get(..begin).and_then(|head| head.split(|byte| *byte == b'\n').nth(1)).unwrap();
        let raw: Value = serde_json::from_slice(raw).unwrap();
        assert_same(&raw, &serde_json::to_value(&contents).unwrap());
        for (facts, place) in contents.places(begin) {
            assert_eq!(PhotoHash::of(file.get(place).unwrap()), facts.hash, "{}", path.display());
        }
    }
}

fn word(operation: &Operation) -> &'static str {
    match &operation.payload {
        Payload::SubmitVisit(_) => "submit_visit",
        Payload::Hazard { command, .. } => command.kind().as_str(),
        Payload::NewSite(_) => "new_site",
        Payload::Photo(_) => "photo",
        Payload::OrderOpened { .. } => "order_opened",
        Payload::NoticesSeen { .. } => "notices_seen",
        Payload::Task { command: TaskCommand::Give(_), .. } => "task_give",
        Payload::Task { command: TaskCommand::HandOn { .. }, .. } => "task_hand_on",
        Payload::Task { command: TaskCommand::Withdraw { .. }, .. } => "task_withdraw",
        Payload::Paper(_) => "paper",
        Payload::Diagnostics(_) => "diagnostics",
    }
}

/// What phones send from today on is old tomorrow.
#[test]
fn whatever_phones_can_send_is_among_the_old_shapes() {
    let old = written().remove("operations").unwrap();
    let old = old.into_iter().map(|raw| serde_json::from_value::<Operation>(raw).unwrap());
    let old: BTreeSet<&str> = old.map(|operation| word(&operation)).collect();
    let missing: Vec<_> = operations().iter().map(word).filter(|word| !old.contains(word)).collect();
    assert!(missing.is_empty(), "write {missing:?} into the newest folder, as they are sent");
}
