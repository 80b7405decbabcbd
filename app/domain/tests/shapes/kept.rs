//! What lies on the phone, and what it writes into a file.

use crate::{
    drafts::{begun_action, copies, draft},
    forms::forms,
    replies::{bare_receipt, reasons, receipt, refusal},
    stays,
    values::{at, at_the_phone, day, id, photo, proposed_site, site},
    work::{bare_facts, facts, operations},
};
use domain::{
    device::{
        StoreName, Write,
        apply_response::{Reset, Sent},
        bundle::{Carried, CarriedDraft, Contents},
        form_pictures::FormPictures,
        given_task::BegunTask,
        heartbeat::{Heartbeat, Told},
        key,
        pin::Guesses,
        queue::{About, DeliveryStatus, LastTry, PhotoRecord, PhotoStatus, Queued, RetryState, TryFailure},
        skew::Compared,
        submission::{Subject, SubmissionRecord},
        upload::Upload,
    },
    photo::PhotoHash,
    sync::{Cursor, Envelope, Reason, Refusal, StoredRecord, SyncResponse},
    task::TaskSubject,
};
use serde_json::Value;

fn tries(why: TryFailure) -> RetryState {
    let last_try = Some(LastTry { at: at(), why });
    RetryState { tries: 3, not_before: Some(at_the_phone()), last_try }
}

fn failures() -> Vec<TryFailure> {
    words!(TryFailure { NoAnswer, Server, SignIn, RetryAfter, Quota })
}

fn queued(about: About, status: DeliveryStatus) -> Queued {
    Queued {
        number: 17,
        owner: id(0x11),
        submission: id(0x52),
        operation: id(0x51),
        site: (about != About::Other).then(|| id(5)),
        about,
        at: at_the_phone(),
        bytes: 1_234,
        hash: photo(9).to_string(),
        urgent: true,
        status,
    }
}

/// About each thing, and in each standing.
#[test]
fn operations_wait() {
    let fresh = || DeliveryStatus::Waiting(RetryState::default());
    let kept = Refusal { kept: Some(receipt()), ..refusal(Reason::NotAllowed) };
    let abouts = every!(About {
        About::Visit(_) => [About::Visit(id(0x21))],
        About::Hazard(_) => [About::Hazard(id(0x31))],
        About::Task { .. } => [
            About::Task { task: id(0x61), hazard: None },
            About::Task { task: id(0x61), hazard: Some(id(0x31)) },
        ],
        About::Site(_) => [About::Site(id(5))],
        About::Photo(_) => [About::Photo(photo(1))],
        About::Other => [About::Other],
    });
    let statuses = every!(DeliveryStatus {
        DeliveryStatus::Waiting(_) => [fresh(), DeliveryStatus::Waiting(tries(TryFailure::Server))],
        DeliveryStatus::Refused { .. } => [DeliveryStatus::Refused { refusal: kept }],
    });
    let tried = failures().into_iter().map(|why| DeliveryStatus::Waiting(tries(why)));
    let refused = reasons().into_iter().map(|reason| DeliveryStatus::Refused { refusal: refusal(reason) });
    let statuses = statuses.into_iter().chain(tried).chain(refused);
    let about_hazard = statuses.map(|status| queued(About::Hazard(id(0x31)), status));
    let waiting = abouts.into_iter().map(|about| queued(about, fresh()));
    stays("queued", &waiting.chain(about_hazard).collect::<Vec<_>>());
}

#[test]
fn photos_are_kept() {
    let upload = Upload { at: "/api/v1/uploads/7".into(), offset: 65_536, sure: true };
    let waiting = |announced, upload| PhotoStatus::Waiting {
        announced,
        urgent: announced,
        tries: tries(TryFailure::RetryAfter),
        upload,
    };
    let received = |unpacking| PhotoStatus::Received { at: at(), unpacking };
    let statuses = every!(PhotoStatus {
        PhotoStatus::Held => [PhotoStatus::Held],
        PhotoStatus::Waiting { .. } => [waiting(false, None), waiting(true, Some(upload))],
        PhotoStatus::Refused => [PhotoStatus::Refused],
        PhotoStatus::Received { .. } => [received(None), received(Some(tries(TryFailure::NoAnswer)))],
    });
    let bare = PhotoRecord { facts: bare_facts(), status: PhotoStatus::Held };
    let records = statuses.into_iter().map(|status| PhotoRecord { facts: facts(), status });
    stays("photo_records", &records.chain([bare]).collect::<Vec<_>>());
}

fn submissions() -> Vec<SubmissionRecord> {
    let subjects = every!(Subject {
        Subject::Visit { .. } => [Subject::Visit { site: id(5), order: None }],
        Subject::Hazard { .. } => [Subject::Hazard { hazard: id(0x31) }],
        Subject::Task { .. } => [
            Subject::Task { site: id(5), hazard: None },
            Subject::Task { site: id(5), hazard: Some(id(0x31)) },
        ],
        Subject::Site { .. } => [Subject::Site { site: id(5) }],
    });
    let receipts = [None, Some(receipt()), Some(bare_receipt())];
    let pairs = receipts
        .into_iter()
        .flat_map(|receipt| subjects.clone().into_iter().map(move |subject| (subject, receipt.clone())));
    let submission = |(subject, receipt)| SubmissionRecord {
        id: id(0x52),
        owner: id(0x11),
        title: "锦绣小区充电棚".into(),
        subject,
        at: at_the_phone(),
        photos: vec![photo(1), photo(2)],
        receipt,
    };
    pairs.map(submission).collect()
}

#[test]
fn submissions_are_listed() {
    stays("submissions", &submissions());
    let subject = Subject::Visit { site: id(5), order: Some(id(0x71)) };
    stays("submissions_of_orders", &[subject]);
}

fn raw(record: &impl serde::Serialize) -> Value {
    serde_json::to_value(record).unwrap()
}

fn begun_task() -> BegunTask {
    let about = TaskSubject::Visit { site: id(5), forms: vec!["fire-access".into()] };
    BegunTask { about, person: Some(id(0x12)), note: "节前看一看".into(), until: Some(day()) }
}

#[test]
fn unsent_work_becomes_a_file() {
    let carried =
        operations().into_iter().map(|operation| Carried { submission: id(0x52), raw: raw(&operation) });
    let full = Contents {
        office: id(1),
        person: id(0x11),
        name: "王磊".into(),
        device: id(0x61),
        made_at: at_the_phone(),
        operations: carried.collect(),
        submissions: submissions(),
        drafts: vec![raw(&CarriedDraft { draft: draft(), copies: copies() })],
        actions: vec![raw(&begun_action())],
        sites: vec![raw(&proposed_site())],
        tasks: vec![raw(&begun_task())],
        photos: vec![facts(), bare_facts()],
    };
    let bare = Contents {
        operations: vec![],
        submissions: vec![],
        drafts: vec![],
        actions: vec![],
        sites: vec![],
        tasks: vec![],
        photos: vec![],
        ..full.clone()
    };
    for contents in [&full, &bare] {
        let head = contents.head().unwrap();
        assert_eq!(head, format!("xunan outbox 1\n{}\n", serde_json::to_string(contents).unwrap()));
        assert!(Contents::read(head.as_bytes()).unwrap() == (contents.clone(), head.len()));
    }
    assert!(full.carried_drafts() == [CarriedDraft { draft: draft(), copies: copies() }]);
    assert!(full.begun_actions() == [begun_action()]);
    assert!(full.begun_sites() == [proposed_site()] && full.begun_tasks() == [begun_task()]);
    stays("bundle_contents", &[full, bare]);
}

/// As it is written down in the middle of one.
fn reset() -> Reset {
    let answer = SyncResponse {
        now: at(),
        outcomes: vec![],
        changes: vec![Envelope::of(&site()).unwrap(), Envelope::of(&forms()[0]).unwrap()],
        cursor: None,
        reset: true,
        more: true,
        passed_over: vec![],
        pull_failed: false,
        heard: false,
    };
    let writes = Sent::default().answered(&answer, at(), 0.5).unwrap();
    let written = writes.iter().find_map(|write| match write {
        Write::Put { store: StoreName::Meta, key: at, text } if at.as_str() == key::RESET => Some(text),
        _ => None,
    });
    serde_json::from_str(written.unwrap()).unwrap()
}

#[test]
fn single_values_are_kept() {
    stays("resets", &[reset(), Reset::default()]);
    stays("cursors", &[Cursor("17".into())]);
    let told = Told { person: id(3), heartbeat: Heartbeat { number: 1, ..Heartbeat::default() } };
    stays("told", &[told]);
    stays("clocks", &[Compared { server: at(), phone: at_the_phone() }]);
    let mut pictures = FormPictures::default();
    pictures.put("form/fire-access@3".into(), [PhotoHash::of(b"picture")].into());
    pictures.put("form/lodging@1".into(), [].into());
    stays("form_pictures", &[pictures, FormPictures::default()]);
    stays("guesses", &[Guesses::default(), Guesses::default().wrong(at())]);
}

#[test]
fn records_are_kept() {
    let record = StoredRecord { schema: 1, body: site() };
    let unknown = serde_json::json!({ "word": "明天" });
    stays("stored_records", &[record]);
    stays("stored_records_of_tomorrow", &[StoredRecord { schema: 7, body: unknown }]);
}

/// What is not found under its old name is lost.
#[test]
fn things_lie_where_they_lay() {
    let stores = words!(StoreName {
        Meta,
        Records,
        Drafts,
        DraftCopies,
        Outbox,
        Operations,
        Submissions,
        Photos,
        PhotoBytes,
        Thumbnails,
        Orders,
        Keys,
        Log,
    });
    assert_eq!(stores, StoreName::ALL);
    let names: Vec<_> = stores.into_iter().map(StoreName::name).collect();
    insta::assert_json_snapshot!("stores", names);
    let single = [
        key::CURSOR,
        key::LAST_PULL,
        key::RESET,
        key::OUTBOX_NUMBER,
        key::OWNER,
        key::OFFICE,
        key::DEVICE,
        key::CLOCKS,
        key::FORM_PICTURES,
    ];
    insta::assert_json_snapshot!("keys_of_single_values", single);
    let of_records = [Envelope::of(&site()).unwrap().key(), Envelope::of(&forms()[0]).unwrap().key()];
    let of_queue = [queued(About::Other, DeliveryStatus::Waiting(RetryState::default())).key()];
    insta::assert_json_snapshot!("keys_of_records", of_records);
    insta::assert_json_snapshot!("keys_of_the_queue", of_queue);
}
