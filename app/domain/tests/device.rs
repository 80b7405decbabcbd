//! What a phone writes down: nothing is let go of but for a receipt that names it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    device::{
        StoreName, Unwritable, Write,
        apply_response::{Reset, Sent, asked, failed_together},
        bundle::{self, Carried, Contents, NotABundle},
        connection::{ConnectionState, has_come},
        enqueue::NewSubmission,
        failure::Failure,
        is_dropped,
        plan::{Queue, Step},
        queue::{About, DeliveryStatus, PhotoRecord, PhotoStatus, Queued},
        submission::{Subject, SubmissionRecord, SubmissionState},
    },
    hazard::{Evidence, HazardCommand},
    id::{DeviceId, EventId, HazardId, OfficeId, OperationId, PersonId},
    photo::{PhotoFacts, PhotoHash},
    receipt::Receipt,
    sync::{
        Cursor, Envelope, Operation, OperationResult, Outcome, Payload, Problem, Reason, Refusal,
        SyncResponse,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

const ME: PersonId = PersonId(Uuid::from_u128(3));

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

fn photo(bytes: u64) -> PhotoRecord {
    let facts = PhotoFacts {
        hash: PhotoHash::of(b"photo"),
        bytes,
        media_type: "image/jpeg".into(),
        width: 2,
        height: 1,
        at: now(),
        by: ME,
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    };
    PhotoRecord { facts, status: PhotoStatus::Held }
}

/// The stores after these writes.
fn stores(writes: &[Write]) -> BTreeMap<(StoreName, String), Value> {
    let mut stores = BTreeMap::new();
    for write in writes {
        match write {
            Write::Put { store, key, text } => {
                stores.insert((*store, key.clone()), serde_json::from_str(text).unwrap());
            }
            Write::Delete { store, key } => drop(stores.remove(&(*store, key.clone()))),
            Write::RetainOnly { keep } => {
                stores.retain(|(on, key), _| *on != StoreName::Records || !is_dropped(key, keep));
            }
        }
    }
    stores
}

fn on<T: serde::de::DeserializeOwned>(
    stores: &BTreeMap<(StoreName, String), Value>,
    store: StoreName,
) -> Vec<T> {
    let values = stores.iter().filter(|((on, _), _)| *on == store);
    values.map(|(_, value)| serde_json::from_value(value.clone()).unwrap()).collect()
}

/// A rectified hazard with its photo, as it is put into the outbox.
fn enqueued() -> BTreeMap<(StoreName, String), Value> {
    let hazard = HazardId(Uuid::from_u128(5));
    let evidence = Evidence { note: "清完了".into(), photos: vec![photo(900).facts.hash] };
    let command = HazardCommand::Rectify(evidence);
    let payload = Payload::Hazard { hazard, event: EventId(Uuid::from_u128(6)), site: None, command };
    let new_submission = NewSubmission {
        owner: ME,
        title: "清走杂物".into(),
        subject: Subject::Hazard { hazard },
        at: now(),
        payloads: vec![payload],
        photos: vec![photo(900)],
        named: vec![photo(900).facts.hash],
    };
    let mut ids = 100;
    let fresh = || {
        ids += 1;
        OperationId(Uuid::from_u128(ids))
    };
    stores(&new_submission.writes(7, fresh).unwrap())
}

fn sent(stores: &BTreeMap<(StoreName, String), Value>) -> Sent {
    let submissions: Vec<SubmissionRecord> = on(stores, StoreName::Submissions);
    let photos: Vec<PhotoRecord> = on(stores, StoreName::Photos);
    Sent {
        operations: on(stores, StoreName::Outbox),
        submissions: submissions.into_iter().map(|submission| (submission.id, submission)).collect(),
        photos: photos.into_iter().map(|photo| (photo.facts.hash.clone(), photo)).collect(),
        reset: None,
    }
}

fn receipt(queued: &Queued) -> Receipt {
    Receipt {
        number: "HZ-2026-000001".into(),
        operation: queued.operation,
        hash: queued.hash.clone(),
        at: now(),
        signature: None,
    }
}

fn answer(outcomes: impl IntoIterator<Item = (OperationId, Outcome)>) -> SyncResponse {
    let outcomes = outcomes.into_iter().map(|(id, outcome)| OperationResult { operation: Some(id), outcome });
    SyncResponse {
        now: now(),
        outcomes: outcomes.collect(),
        changes: vec![],
        cursor: None,
        reset: false,
        more: false,
        passed_over: vec![],
        pull_failed: false,
    }
}

#[test]
fn what_cannot_be_said_in_json_is_an_error_and_no_text() {
    // Keys of JSON are texts.
    let odd = BTreeMap::from([((1, 2), 3)]);
    let put = Write::put(StoreName::Operations, "1", &odd);
    assert!(matches!(&put, Err(Unwritable(why)) if !why.is_empty()), "{put:?}");
    assert!(matches!(bundle::raw(&[odd]), Err(Unwritable(_))), "a file holds all that was begun, or is none");
    let text = "[1]".to_owned();
    assert_eq!(
        Write::put(StoreName::Meta, "k", &[1]),
        Ok(Write::Put { store: StoreName::Meta, key: "k".into(), text })
    );
}

#[test]
fn a_submission_is_its_photos_facts_then_its_command_each_as_it_is_sent() {
    let stores = enqueued();
    let queued: Vec<Queued> = on(&stores, StoreName::Outbox);
    assert_eq!(queued.iter().map(|queued| queued.number).collect::<Vec<_>>(), [8, 9]);
    assert!(matches!(queued[0].about, About::Photo(_)));
    assert_eq!(queued[0].submission, queued[1].operation, "named by what was done");
    for queued in &queued {
        let raw = &stores[&(StoreName::Operations, queued.key())];
        assert_eq!((Operation::hash(raw), raw.to_string().len() as u64), (queued.hash.clone(), queued.bytes));
    }
    let photos: Vec<PhotoRecord> = on(&stores, StoreName::Photos);
    assert!(matches!(photos[0].status, PhotoStatus::Waiting { announced: false, .. }));
}

#[test]
fn receipts_take_operations_off_and_announce_photos() {
    let before = enqueued();
    let queued: Vec<Queued> = on(&before, StoreName::Outbox);
    let received = |queued: &Queued| (queued.operation, Outcome::Received { receipt: receipt(queued) });
    let writes = sent(&before).answered(&answer(queued.iter().map(received)), now(), 0.0).unwrap();
    let after = stores(&writes);
    assert!(writes.contains(&Write::delete(StoreName::Outbox, queued[0].key())));
    assert!(writes.contains(&Write::delete(StoreName::Operations, queued[1].key())));
    let photos: Vec<PhotoRecord> = on(&after, StoreName::Photos);
    assert!(matches!(photos[0].status, PhotoStatus::Waiting { announced: true, .. }));
    let submissions: Vec<SubmissionRecord> = on(&after, StoreName::Submissions);
    assert_eq!(submissions[0].receipt, Some(receipt(&queued[1])));
    // Everything but the photo's bytes is there: the submission still waits.
    let submission = submissions[0].clone().submission(&[], &[&photos[0]], None);
    assert!(matches!(submission.state, SubmissionState::Waiting { .. }));
    assert_eq!((submission.photos, submission.bytes), ((0, 1), 900));
}

#[test]
fn a_receipt_for_something_else_lets_nothing_go() {
    let before = enqueued();
    let queued: Vec<Queued> = on(&before, StoreName::Outbox);
    let good = receipt(&queued[0]);
    let other_hash = Receipt { hash: "00".into(), ..good.clone() };
    let other_operation = Receipt { operation: queued[1].operation, ..good };
    for receipt in [other_hash, other_operation] {
        for outcome in [
            Outcome::Received { receipt: receipt.clone() },
            Outcome::AlreadyReceived { receipt: receipt.clone() },
        ] {
            let response = answer([(queued[0].operation, outcome)]);
            let writes = sent(&before).answered(&response, now(), 0.0).unwrap();
            assert!(!writes.contains(&Write::delete(StoreName::Outbox, queued[0].key())));
            let still: Vec<Queued> = on(&stores(&writes), StoreName::Outbox);
            assert!(matches!(&still[0].status, DeliveryStatus::Waiting(tries) if tries.tries == 1));
        }
    }
}

#[test]
fn an_answer_to_something_else_is_none() {
    let ids = [1, 2].map(|n| OperationId(Uuid::from_u128(n)));
    let later = Outcome::RetryAfter { after_seconds: 1, because: Default::default() };
    let response = answer(ids.map(|id| (id, later.clone())));
    assert!(Sent::fits(&ids, &response));
    assert!(!Sent::fits(&ids[..1], &response));
    assert!(!Sent::fits(&[ids[1], ids[0]], &response));
}

#[test]
fn what_was_refused_stays_and_its_photo_is_not_sent() {
    let before = enqueued();
    let queued: Vec<Queued> = on(&before, StoreName::Outbox);
    let refusal = Refusal { reason: Reason::NotAllowed, kept: None, message: "…".into() };
    let response = answer([(queued[0].operation, Outcome::Refused { refusal: refusal.clone() })]);
    let after: Vec<Queued> =
        on(&stores(&sent(&before).answered(&response, now(), 0.0).unwrap()), StoreName::Outbox);
    assert_eq!(after[0].status, DeliveryStatus::Refused { refusal });
    let (all, photos): (Vec<Queued>, Vec<PhotoRecord>) =
        (vec![after[0].clone()], on(&before, StoreName::Photos));
    let queue = Queue::of(ME, &all, &photos, Some(now()), ConnectionState::default());
    assert!(matches!(queue.next(now()), Step::WaitUntil(_)));
}

#[test]
fn operations_that_failed_alone_wait_longer_each_time_and_together_only_remember() {
    let both: Vec<Queued> = on(&enqueued(), StoreName::Outbox);
    let server = Failure::Server { status: 500 };
    let together: Vec<Queued> =
        on(&stores(&failed_together(both.clone(), server, now(), 0.0).unwrap()), StoreName::Outbox);
    assert!(together.iter().all(|queued| queued.last_try().is_some()));
    assert!(
        together
            .iter()
            .all(|queued| matches!(&queued.status, DeliveryStatus::Waiting(t) if t.not_before.is_none()))
    );
    let mut alone = both[0].clone();
    let mut waits = vec![];
    for _ in 0..4 {
        let writes = failed_together(vec![alone], server, now(), 1.0).unwrap();
        alone = on::<Queued>(&stores(&writes), StoreName::Outbox).remove(0);
        let DeliveryStatus::Waiting(tries) = &alone.status else { panic!("{alone:?}") };
        waits.push((tries.not_before.unwrap() - now()).num_seconds());
    }
    assert_eq!(waits, [2, 4, 8, 16]);
    let refused = failed_together(vec![alone], Failure::Refused { status: 413 }, now(), 0.0).unwrap();
    let refused: Vec<Queued> = on(&stores(&refused), StoreName::Outbox);
    assert!(
        matches!(&refused[0].status, DeliveryStatus::Refused { refusal } if matches!(refusal.reason, Reason::TooLarge { .. }))
    );
}

#[test]
fn one_operation_that_breaks_the_line_does_not_hold_up_the_others() {
    // The first operation kills every request that carries it, and the pull with it.
    let poison: Vec<Queued> = on(&enqueued(), StoreName::Outbox);
    let mut outbox: BTreeMap<String, Queued> =
        poison.iter().map(|queued| (queued.key(), queued.clone())).collect();
    let (bad, good) = (poison[0].operation, poison[1].operation);
    let (mut line, mut time, mut pulled) = (ConnectionState::default(), now(), None);
    for _ in 0..60 {
        let queued: Vec<Queued> = outbox.values().cloned().collect();
        match Queue::of(ME, &queued, &[], pulled, line.clone()).next(time) {
            Step::Sync { operations } if operations.contains(&bad) => {
                line.missed(Failure::NoAnswer, time, 0.5);
                let tried = queued.into_iter().filter(|q| operations.contains(&q.operation)).collect();
                for write in failed_together(tried, Failure::NoAnswer, time, 0.5).unwrap() {
                    if let Write::Put { key, text, .. } = write {
                        outbox.insert(key, serde_json::from_str(&text).unwrap());
                    }
                }
            }
            Step::Sync { operations } => {
                line.reached();
                line.pull_wanted = false;
                pulled = Some(time);
                outbox.retain(|_, queued| !operations.contains(&queued.operation));
            }
            Step::WaitUntil(until) => time = until,
            step => panic!("{step:?}"),
        }
    }
    assert!(outbox.values().all(|queued| queued.operation != good), "the good one went");
    assert_eq!(outbox.len(), 1, "the bad one is still there");
    assert!(pulled.is_some_and(|pulled| pulled > now()), "and news came");
}

#[test]
fn only_the_servers_own_words_are_believed() {
    let problem = Problem::new("not_allowed", 403, "…".into());
    let of = |status, ours: bool| Failure::of(status, ours.then_some(&problem), None);
    for status in [302, 400, 401, 403, 404, 409, 413, 422, 429, 460] {
        assert_eq!(of(status, false), Failure::NoAnswer, "{status} of a portal");
        let believed = of(status, true) != Failure::NoAnswer;
        assert_eq!(believed, status != 302, "{status}: this server never sends anybody elsewhere");
    }
    assert_eq!(of(502, false), Failure::Server { status: 502 });
    assert_eq!(Failure::of(503, None, Some(7)), Failure::RetryAfter { after_seconds: Some(7) });
    assert_eq!(of(401, true), Failure::SignIn);
}

#[test]
fn a_clock_that_ran_ahead_stops_nothing() {
    assert!(has_come(Some(now() + Duration::days(1)), now()));
    assert!(!has_come(Some(now() + Duration::minutes(5)), now()));
    let quiet =
        ConnectionState { quiet_until: Some(now() + Duration::days(1)), ..ConnectionState::default() };
    assert!(matches!(Queue { line: quiet, ..Queue::default() }.next(now()), Step::Sync { .. }));
}

/// What came, as envelopes, of which this version understands the first two only.
fn came() -> Vec<Envelope> {
    let of = |kind: &str, id: &str, schema: u16, body: Value| Envelope {
        kind: kind.into(),
        id: id.into(),
        schema,
        body: Some(body),
    };
    vec![
        of("site", "1", 1, json!({ "name": "锦绣家园" })),
        of("checklist", "shed@1", 1, json!({ "id": "shed" })),
        of("site", "2", 9, json!({ "name": "明天的场所", "floors": [1] })),
        of("patrol", "3", 1, json!({ "doors": 30 })),
    ]
}

#[test]
fn what_came_is_kept_as_it_came_whether_or_not_it_is_understood() {
    let response = SyncResponse { changes: came(), cursor: Some(Cursor("4.x".into())), ..answer([]) };
    let after = stores(&Sent::default().answered(&response, now(), 0.0).unwrap());
    let kept = |key: &str| after.get(&(StoreName::Records, key.to_owned())).cloned();
    assert_eq!(kept("site/1"), Some(json!({ "schema": 1, "body": { "name": "锦绣家园" } })));
    assert_eq!(kept("site/2"), Some(json!({ "schema": 9, "body": { "name": "明天的场所", "floors": [1] } })));
    assert_eq!(kept("patrol/3"), Some(json!({ "schema": 1, "body": { "doors": 30 } })));
    assert_eq!(after[&(StoreName::Meta, "cursor".to_owned())], json!("4.x"));
    let gone = Envelope { body: None, ..came().remove(3) };
    let response = SyncResponse { changes: vec![gone], ..response };
    let writes = Sent::default().answered(&response, now(), 0.0).unwrap();
    assert!(writes.contains(&Write::delete(StoreName::Records, "patrol/3")));
}

#[test]
fn after_a_reset_only_what_came_is_left_and_what_is_published() {
    let response = SyncResponse { changes: came(), reset: true, more: true, ..answer([]) };
    let first = Sent::default().answered(&response, now(), 0.0).unwrap();
    let reset = on::<Reset>(
        &stores(&first).into_iter().filter(|((_, key), _)| key == "reset").collect(),
        StoreName::Meta,
    );
    let response = SyncResponse { changes: vec![came().remove(0)], ..answer([]) };
    let last =
        Sent { reset: reset.first().cloned(), ..Sent::default() }.answered(&response, now(), 0.0).unwrap();
    let keep = last.iter().find_map(|write| match write {
        Write::RetainOnly { keep } => Some(keep.clone()),
        Write::Put { .. } | Write::Delete { .. } => None,
    });
    let keep = keep.unwrap();
    let left = ["site/1", "site/2", "site/8", "patrol/3", "patrol/4", "checklist/old@1", "directory/"];
    let left: Vec<_> = left.into_iter().filter(|key| !is_dropped(key, &keep)).collect();
    assert_eq!(left, ["site/1", "site/2", "patrol/3", "checklist/old@1"]);
}

#[test]
fn what_the_server_passed_over_stays_on_the_phone() {
    let response = SyncResponse {
        changes: vec![came().remove(0)],
        reset: true,
        passed_over: vec!["patrol/4".into()],
        ..answer([])
    };
    let writes = Sent::default().answered(&response, now(), 0.0).unwrap();
    let keep = writes.iter().find_map(|write| match write {
        Write::RetainOnly { keep } => Some(keep.clone()),
        Write::Put { .. } | Write::Delete { .. } => None,
    });
    let keep = keep.unwrap();
    assert!(!is_dropped("site/1", &keep) && !is_dropped("patrol/4", &keep));
    assert!(is_dropped("patrol/5", &keep));
}

#[test]
fn what_was_asked_for_fills_a_gap_and_takes_nothing_newer_away() {
    let gone = Envelope { body: None, ..came().remove(0) };
    let envelopes = [came(), vec![gone]].concat();
    let here = ["site/1".to_owned()].into();
    let writes = asked(&envelopes, &here).unwrap();
    let kept = stores(&writes);
    let keys: Vec<_> = kept.keys().map(|(_, key)| key.as_str()).collect();
    assert_eq!(keys, ["checklist/shed@1", "patrol/3", "site/2"]);
    assert!(writes.iter().all(|write| matches!(write, Write::Put { store: StoreName::Records, .. })));
}

#[test]
fn no_kind_but_the_published_one_lies_in_the_clear() {
    for kind in ["site", "patrol", "checklist/note", "checklist_note", "", "/"] {
        let key = Envelope { kind: kind.into(), id: "x".into(), schema: 1, body: None }.key();
        assert!(StoreName::Records.seals(&key), "{key}");
        assert!(is_dropped(&key, &[]), "{key}");
    }
    assert!(!StoreName::Records.seals("checklist/shed@1"));
}

#[test]
fn a_pull_that_failed_changes_no_record_and_is_asked_for_again() {
    let before = enqueued();
    let queued: Vec<Queued> = on(&before, StoreName::Outbox);
    let outcome = Outcome::Received { receipt: receipt(&queued[0]) };
    let response =
        SyncResponse { pull_failed: true, reset: true, ..answer([(queued[0].operation, outcome)]) };
    let writes = sent(&before).answered(&response, now(), 0.0).unwrap();
    assert!(writes.contains(&Write::delete(StoreName::Outbox, queued[0].key())), "its receipt counts");
    let touches = |write: &Write| match write {
        Write::Put { store, .. } | Write::Delete { store, .. } => {
            matches!(store, StoreName::Meta | StoreName::Records)
        }
        Write::RetainOnly { .. } => true,
    };
    assert!(!writes.iter().any(touches), "{writes:?}");
}

#[test]
fn a_file_of_unsent_work_reads_back_and_a_cut_one_says_so() {
    let raw = json!({ "id": Uuid::from_u128(9), "payload": { "photo": { "hash": photo(3).facts.hash } } });
    let contents = Contents {
        office: OfficeId(Uuid::from_u128(1)),
        person: ME,
        name: "李敏".into(),
        device: DeviceId(Uuid::from_u128(2)),
        made_at: now(),
        operations: vec![Carried { submission: OperationId(Uuid::from_u128(9)), raw }],
        submissions: vec![],
        drafts: vec![json!({ "of": "a later app" })],
        actions: vec![json!(7)],
        photos: vec![photo(3).facts, photo(2).facts],
    };
    let file = [contents.head().unwrap().as_bytes(), b"abcde"].concat();
    let (read, begin) = Contents::read(&file).unwrap();
    assert_eq!(read, contents);
    let places: Vec<_> = read.places(begin).map(|(_, place)| &file[place]).collect();
    assert_eq!(places, [b"abc".as_slice(), b"de"]);
    assert!(read.announces(&photo(3).facts.hash));
    assert_eq!(read.carried_drafts(), [], "a draft that cannot be read holds up nothing else");
    assert_eq!(Contents::read(&file[..begin - 1]), Err(NotABundle::Damaged));
    assert_eq!(Contents::read(b"PK\x03\x04"), Err(NotABundle::Unknown));
}

#[test]
fn a_file_of_unsent_work_weighs_no_more_than_it_may_once_it_is_read() {
    let head = |drafts: &str| {
        let about = json!({ "office": Uuid::from_u128(1), "person": ME, "name": "李敏", "device": Uuid::from_u128(2),
            "made_at": now(), "operations": [], "submissions": [], "photos": [] });
        let about = about.to_string();
        let about = about.strip_suffix('}').unwrap();
        format!("xunan outbox 1\n{about},\"drafts\":[{drafts}]}}\n")
    };
    let many = |one: &str, count: usize| vec![one; count].join(",");
    // Half of what a head may hold, and gigabytes once it is read.
    let numbers = format!("[{}]", many("0", 4_000_000));
    for hostile in [numbers, many("{\"a\":0}", 1_000_000), many("[0]", 2_000_000)] {
        assert_eq!(Contents::read(head(&hostile).as_bytes()), Err(NotABundle::Damaged));
    }
    // Long texts weigh what they are, whatever stands in them.
    let long = json!({ "note": "{[\\\",".repeat(1_000_000) }).to_string();
    let (read, _) = Contents::read(head(&long).as_bytes()).unwrap();
    assert_eq!(read.drafts.len(), 1);
    // A month of a busy inspector.
    let answers = many("{\"item\":\"exit-1\",\"answer\":\"pass\",\"note\":\"\",\"photos\":[]}", 100);
    let draft = format!("{{\"answers\":[{answers}]}}");
    assert!(Contents::read(head(&many(&draft, 1_000)).as_bytes()).is_ok());
}

proptest! {
    /// Whatever the server says, an operation leaves the phone only for a receipt that names it.
    #[test]
    fn nothing_is_let_go_without_its_receipt(kind in 0..5, hash_fits: bool, id_fits: bool, more: bool, reset: bool) {
        let before = enqueued();
        let queued: Vec<Queued> = on(&before, StoreName::Outbox);
        let mut given = receipt(&queued[0]);
        if !hash_fits { given.hash = "11".into() }
        if !id_fits { given.operation = queued[1].operation }
        let refusal = Refusal { reason: Reason::NotAllowed, kept: Some(given.clone()), message: String::new() };
        let outcome = match kind {
            0 => Outcome::Received { receipt: given },
            1 => Outcome::AlreadyReceived { receipt: given },
            2 => Outcome::Refused { refusal },
            3 => Outcome::Refused { refusal: Refusal { kept: None, ..refusal } },
            _ => Outcome::RetryAfter { after_seconds: 9, because: Default::default() },
        };
        let response = SyncResponse { more, reset, ..answer([(queued[0].operation, outcome)]) };
        let writes = sent(&before).answered(&response, now(), 0.5).unwrap();
        let let_go = writes.contains(&Write::delete(StoreName::Outbox, queued[0].key()));
        prop_assert_eq!(let_go, kind < 2 && hash_fits && id_fits);
        prop_assert!(!writes.contains(&Write::delete(StoreName::Outbox, queued[1].key())));
    }
}
