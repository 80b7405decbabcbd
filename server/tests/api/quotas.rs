//! How much one account may send, and what becomes of the rest: it waits on the phone, and nobody else waits for it.

use super::office::{
    Phone, TestOffice, because_of, command, command_in, found, id, now, operation, outcome_of, reason_of,
    refusal_of,
};
use crate::{asker::at_desk, batches::held_with_waiting};
use axum::{
    body::Body,
    http::{Request, header::RETRY_AFTER},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Duration;
use domain::{
    id::{HazardId, PersonId},
    limits::TEXT,
    photo::PhotoHash,
    quarantine::QuarantineFilter,
    quota::{SMALLEST_PIECE, Usage},
    role::{Actor, Role},
    time::office_day,
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::{service::sync::quarantine, verify::verify};
use std::time::Instant;
use test_support::picture::picture;
use tower::ServiceExt;

fn long(most: usize) -> String {
    "字".repeat(most)
}

/// A hazard of the enterprise's own site, brought to where it is to be put right.
async fn assigned(office: &TestOffice) -> HazardId {
    let hazard = id();
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-11-28", "contingency": "巡查" } });
    let by = office.phone(Role::Supervisor).await;
    for answer in by.sync(&[found(hazard, office.site.id, "堆放杂物"), command(hazard, plan)]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    hazard
}

fn rectified(note: &str) -> Value {
    json!({ "rectify": { "note": note, "photos": ["2".repeat(64)] } })
}

async fn used(office: &TestOffice, person: PersonId) -> Usage {
    let mut tx = office.state.store.write().await.unwrap();
    tx.usage(&[person], office_day(office.state.now())).await.unwrap()[&person]
}

async fn set_used(office: &TestOffice, person: PersonId, usage: Usage) {
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_usage(office_day(office.state.now()), &[(person, usage)]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn every_text_has_its_limit_whoever_sends_it() {
    let office = TestOffice::open().await;
    let (inspector, officer) = (office.phone(Role::Inspector).await, office.phone(Role::Officer).await);
    let hazard = assigned(&office).await;
    let found = |change: Value| {
        let mut operation = found(id(), office.site.id, "堆放杂物");
        command_in(&mut operation).as_object_mut().unwrap().extend(change.as_object().cloned().unwrap());
        operation
    };
    let over = long(TEXT + 1);
    let cases = [
        (&inspector, found(json!({ "basis": over }))),
        (&inspector, found(json!({ "responsible": long(101) }))),
        (&inspector, found(json!({ "responsible": "</title>" }))),
        (&inspector, found(json!({ "fixed": { "note": over, "photos": ["1".repeat(64)] } }))),
        (&inspector, command(hazard, rectified(&over))),
        (&officer, command(hazard, json!({ "accept": { "note": over } }))),
        (&officer, command(hazard, json!({ "grant_extension": { "until": "+262142-12-31" } }))),
        (&officer, command(hazard, json!({ "refer": { "authority": long(101), "reason": "管辖" } }))),
    ];
    for (who, operation) in cases {
        let answer = &who.sync(std::slice::from_ref(&operation)).await[0];
        let refusal = refusal_of(answer);
        let missing = &refusal["reason"]["incomplete"]["missing"];
        assert!(missing["over_limit"]["field"].is_string(), "{answer}");
        assert!(refusal["kept"].is_null());
        assert!(!refusal["message"].as_str().unwrap().is_empty());
    }
    // At the limit all is well.
    let answer = inspector.sync(&[found(json!({ "basis": long(TEXT), "responsible": long(100) }))]).await;
    assert_eq!(outcome_of(&answer[0]), "received", "{answer:?}");
}

#[tokio::test]
async fn an_account_that_has_sent_a_days_worth_goes_on_tomorrow() {
    let office = TestOffice::open().await;
    let enterprise = office.phone(Role::Enterprise).await;
    let report = || {
        operation(json!({ "diagnostics": { "version": "1", "system": "x", "waiting": 0, "bytes": 0,
        "entries": [{ "at": now(), "what": long(TEXT), "came": "ok" }] } }))
    };
    let mut last = Value::Null;
    for sent in 0.. {
        assert!(sent < 100, "no limit is met");
        let operations: Vec<_> = (0..10).map(|_| report()).collect();
        let answers = enterprise.sync(&operations).await;
        if let Some(position) = answers.iter().position(|answer| outcome_of(answer) != "received") {
            last = operations[position].clone();
            let later = &answers[position]["outcome"]["retry_after"];
            assert_eq!(later["because"], "quota", "{}", answers[position]);
            assert_eq!(later["after_seconds"], 14 * 3600, "until the office's midnight");
            break;
        }
    }
    let full = used(&office, enterprise.person).await;
    assert!(full.bytes <= Role::Enterprise.allowance().bytes, "{full:?}");
    assert_eq!(outcome_of(&enterprise.sync(std::slice::from_ref(&last)).await[0]), "retry_after");
    assert_eq!(used(&office, enterprise.person).await, full, "what is put off counts for nothing");
    // Nobody else has sent anything.
    let inspector = office.phone(Role::Inspector).await;
    assert_eq!(outcome_of(&inspector.sync(&[found(id(), office.site.id, "堆放杂物")]).await[0]), "received");
    office.clock.set(now() + Duration::days(1));
    assert_eq!(outcome_of(&enterprise.sync(&[last]).await[0]), "received");
}

/// All three requests wait for the store, the last two for the same turn.
#[tokio::test]
async fn a_full_day_puts_off_nobody_elses_work() {
    let office = TestOffice::open().await;
    let (enterprise, inspector) = (office.phone(Role::Enterprise).await, office.phone(Role::Inspector).await);
    let supervisor = office.phone(Role::Supervisor).await;
    let hazard = assigned(&office).await;
    let operations = Role::Enterprise.allowance().operations;
    set_used(&office, enterprise.person, Usage { operations, ..Usage::default() }).await;
    let held = office.state.store.write().await.unwrap();
    let first = [found(id(), office.site.id, "飞线充电")];
    let over = [command(hazard, rectified("清走了"))];
    let referred = [command(hazard, json!({ "refer": { "authority": "住建局", "reason": "管辖" } }))];
    let (first, over, referred, ()) = tokio::join!(
        inspector.sync(&first),
        async {
            held_with_waiting(&office, 0).await;
            enterprise.sync(&over).await
        },
        async {
            held_with_waiting(&office, 1).await;
            supervisor.sync(&referred).await
        },
        async {
            held_with_waiting(&office, 2).await;
            drop(held);
        },
    );
    assert_eq!(outcome_of(&first[0]), "received", "{first:?}");
    assert_eq!(because_of(&over[0]), "quota");
    assert_eq!(outcome_of(&referred[0]), "received", "{referred:?}");
}

#[tokio::test]
async fn servers_on_one_database_count_together() {
    let office = TestOffice::open().await;
    let enterprise = office.phone(Role::Enterprise).await;
    let operations = Role::Enterprise.allowance().operations;
    set_used(&office, enterprise.person, Usage { operations: operations - 1, ..Usage::default() }).await;
    let report = || {
        operation(json!({ "diagnostics": { "version": "1", "system": "x", "waiting": 0, "bytes": 0,
            "entries": [] } }))
    };
    let body = json!({ "device": enterprise.device, "now": now(), "operations": [report(), report()] });
    let request = Request::post("/api/v1/sync").header("cookie", &enterprise.cookie);
    let request = request.header("content-type", "application/json").body(Body::from(body.to_string()));
    let reply = office.second().await.oneshot(request.unwrap()).await.unwrap();
    let bytes = reply.into_body().collect().await.unwrap().to_bytes();
    let told: Value = serde_json::from_slice(&bytes).unwrap();
    let outcomes = [outcome_of(&told["outcomes"][0]), outcome_of(&told["outcomes"][1])];
    assert_eq!(outcomes, ["received", "retry_after"]);
}

/// The first server writes down what it took, and the second one reads it.
#[tokio::test]
async fn what_one_server_took_counts_at_the_other() {
    let office = TestOffice::open().await;
    let enterprise = office.phone(Role::Enterprise).await;
    let second = office.second().await;
    let operations = Role::Enterprise.allowance().operations;
    set_used(&office, enterprise.person, Usage { operations: operations - 1, ..Usage::default() }).await;
    let report = || {
        operation(json!({ "diagnostics": { "version": "1", "system": "x", "waiting": 0, "bytes": 0,
            "entries": [] } }))
    };
    assert_eq!(outcome_of(&enterprise.sync(&[report()]).await[0]), "received");
    let body = json!({ "device": enterprise.device, "now": now(), "operations": [report()] });
    let request = Request::post("/api/v1/sync").header("cookie", &enterprise.cookie);
    let request = request.header("content-type", "application/json").body(Body::from(body.to_string()));
    let reply = second.oneshot(request.unwrap()).await.unwrap();
    let bytes = reply.into_body().collect().await.unwrap().to_bytes();
    let told: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(because_of(&told["outcomes"][0]), "quota", "{told}");
}

#[tokio::test]
async fn a_hazards_log_keeps_so_many_rejected_events_of_one_person() {
    let office = TestOffice::open().await;
    let enterprise = office.phone(Role::Enterprise).await;
    let hazard: HazardId = id();
    let by = office.phone(Role::Inspector).await;
    by.sync(&[found(hazard, office.site.id, "堆放杂物")]).await;
    let most = Role::Enterprise.allowance().rejections;
    for n in 0..most + 3 {
        let answer = &enterprise.sync(&[command(hazard, rectified(&long(TEXT)))]).await[0];
        assert_eq!(reason_of(answer), "rejected", "{answer}");
        assert_eq!(refusal_of(answer)["kept"].is_object(), n < most, "{n}: {answer}");
    }
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.events.len(), 1 + most);
    // The same of somebody else is still kept.
    let answer = &by.sync(&[command(hazard, rectified("清走了"))]).await[0];
    assert!(refusal_of(answer)["kept"].is_object(), "{answer}");
}

#[tokio::test]
async fn what_waits_for_the_administrator_is_bounded_and_comes_by_the_page() {
    let office = TestOffice::open().await;
    let school = office.phone(Role::School).await;
    let most = usize::try_from(Role::School.allowance().quarantine).unwrap();
    let unknown = || command(id(), rectified("清走了"));
    let operations: Vec<_> = (0..most + 2).map(|_| unknown()).collect();
    let told = school.sync(&operations).await;
    assert!(told[..most].iter().all(|answer| refusal_of(answer)["kept"].is_object()));
    assert!(told[most..].iter().all(|answer| because_of(answer) == "quota"), "{:?}", told[most]);

    let officer = office.phone(Role::Officer).await;
    for _ in 0..2 {
        let operations: Vec<_> = (0..40).map(|_| unknown()).collect();
        officer.sync(&operations).await;
    }
    let people = office.state.store.people(office.office.id).await.unwrap();
    let admin = people.iter().find(|person| person.role == Role::Administrator).unwrap();
    let admin: Actor = admin.actor(office.office.id, None);
    for (page, size) in [(1, 50), (2, 50), (3, 10), (4, 0)] {
        let filter = QuarantineFilter { page, ..QuarantineFilter::default() };
        let page = quarantine::list(&office.state, &at_desk(&admin), &filter).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (size, 110));
    }
}

fn announcement(phone: &Phone<'_>, bytes: &[u8], length: u64) -> Value {
    operation(json!({ "photo": { "hash": PhotoHash::of(bytes), "bytes": length, "media_type": "image/jpeg",
        "width": 1, "height": 1, "at": now(), "by": phone.person } }))
}

fn told_of_paper(phone: &Phone<'_>, bytes: &[u8], length: u64) -> Value {
    let hash = PhotoHash::of(&[b"paper", bytes].concat());
    operation(json!({ "paper": { "hash": hash, "bytes": length, "media_type": "application/pdf",
        "at": now(), "by": phone.person } }))
}

type Tell = fn(&Phone<'_>, &[u8], u64) -> Value;

#[tokio::test]
async fn photos_and_papers_count_when_they_are_told_of_once_each() {
    let office = TestOffice::open().await;
    let enterprise = office.phone(Role::Enterprise).await;
    let allowance = Role::Enterprise.allowance();
    let full = Usage { photos: allowance.photos - 1, ..Usage::default() };
    for tell in [announcement as Tell, told_of_paper] {
        set_used(&office, enterprise.person, full).await;
        // In one batch, and in another one.
        let told = [b"1", b"1", b"2"].map(|bytes| tell(&enterprise, bytes, 1000));
        let told = enterprise.sync(&told).await;
        let outcomes: Vec<_> = told.iter().map(outcome_of).collect();
        assert_eq!(outcomes, ["received", "received", "retry_after"]);
        let again = enterprise.sync(&[tell(&enterprise, b"1", 1000)]).await;
        assert_eq!(outcome_of(&again[0]), "received");
    }
    let two = announcement(&enterprise, b"2", 1000);
    let heavy = Usage { photo_bytes: allowance.photo_bytes - 999, ..Usage::default() };
    set_used(&office, enterprise.person, heavy).await;
    assert_eq!(because_of(&enterprise.sync(&[two]).await[0]), "quota");
}

async fn tus(
    phone: &Phone<'_>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> super::office::Reply {
    let request = Request::builder().method(method).uri(path).header("cookie", &phone.cookie);
    let request =
        request.header("tus-resumable", "1.0.0").header("content-type", "application/offset+octet-stream");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    phone.office.send(request.body(Body::from(body.to_vec())).unwrap()).await
}

#[tokio::test]
async fn pieces_have_a_size_and_a_number() {
    let office = TestOffice::open().await;
    let enterprise = office.phone(Role::Enterprise).await;
    let piece = usize::try_from(SMALLEST_PIECE).unwrap();
    let bytes = picture(vec![7; 3 * piece]);
    let hash = PhotoHash::of(&bytes);
    let length = bytes.len().to_string();
    enterprise.sync(&[announcement(&enterprise, &bytes, bytes.len() as u64)]).await;
    let about = format!("hash {}", STANDARD.encode(hash.as_str()));
    let head = [("upload-length", length.as_str()), ("upload-metadata", about.as_str())];
    let opened = tus(&enterprise, "POST", "/api/v1/uploads", &head, &bytes[..1]).await;
    assert_eq!(opened.status.as_u16(), 201);
    assert_eq!(opened.headers["upload-offset"], "0", "a byte is worth no file");
    let at = opened.headers["location"].to_str().unwrap().to_owned();
    let small = tus(&enterprise, "PATCH", &at, &[("upload-offset", "0")], &bytes[..piece - 1]).await;
    assert_eq!((small.status.as_u16(), small.json()["code"].as_str()), (400, Some("piece_too_small")));
    let parts = std::fs::read_dir(office.folder.path().join("photos").join(&hash.as_str()[..2]));
    assert!(parts.is_err() || parts.unwrap().count() == 0, "nothing was written");
    let taken = tus(&enterprise, "PATCH", &at, &[("upload-offset", "0")], &bytes[..piece]).await;
    assert_eq!(taken.status.as_u16(), 204);
    let pieces = Role::Enterprise.allowance().pieces;
    set_used(&office, enterprise.person, Usage { pieces, ..Usage::default() }).await;
    let here = piece.to_string();
    let rest = tus(&enterprise, "PATCH", &at, &[("upload-offset", &here)], &bytes[piece..]).await;
    assert_eq!((rest.status.as_u16(), rest.json()["code"].as_str()), (429, Some("quota_spent")));
    assert_eq!(rest.headers[RETRY_AFTER], (14 * 3600).to_string());
    office.clock.set(now() + Duration::days(1));
    let rest = tus(&enterprise, "PATCH", &at, &[("upload-offset", &here)], &bytes[piece..]).await;
    assert_eq!(rest.status.as_u16(), 204, "{}", rest.text());
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean() && report.photos == 1, "{report}");
}

#[tokio::test]
async fn a_full_queue_and_a_hasty_account_are_told_to_wait() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let body = json!({ "device": phone.device, "now": now(), "operations": [] }).to_string();
    let room = office.state.write_queue.room(usize::MAX).unwrap();
    let full = phone.request("POST", "/api/v1/sync", body.clone()).await;
    assert_eq!((full.status.as_u16(), full.json()["code"].as_str()), (503, Some("unavailable")));
    assert!(full.headers.contains_key(RETRY_AFTER));
    drop(room);
    assert_eq!(phone.request("POST", "/api/v1/sync", body.clone()).await.status.as_u16(), 200);

    let enterprise = office.phone(Role::Enterprise).await;
    let asked = |length: u64| {
        let request = Request::post("/api/v1/sync").header("cookie", &enterprise.cookie);
        let request = request.header("content-type", "application/json").header("content-length", length);
        office.send(request.body(Body::from(body.clone())).unwrap())
    };
    // One request may be as large as this; a minute holds a few of them.
    let largest = 16 * 1024 * 1024;
    let whole = Role::Enterprise.allowance().bytes_a_minute / largest - 1;
    for length in (0..whole).map(|_| largest).chain([1024 * 1024]) {
        assert_eq!(asked(length).await.status.as_u16(), 200);
    }
    let begun = Instant::now();
    let hasty = asked(largest).await;
    assert!(begun.elapsed().as_secs() >= 1, "told so at once, it would ask again at once");
    assert_eq!((hasty.status.as_u16(), hasty.json()["code"].as_str()), (429, Some("too_fast")));
    assert_eq!(hasty.headers[RETRY_AFTER], "60");
    assert_eq!(asked(body.len() as u64).await.status.as_u16(), 200, "what was turned away did not count");
    assert_eq!(phone.request("POST", "/api/v1/sync", body.clone()).await.status.as_u16(), 200);
}
