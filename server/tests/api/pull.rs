//! What a phone is sent: of its own audiences only, what is live to a fresh one, and everything that changed to one that was
//! here before.

mod asked;
mod moves;
mod upkeep;

use super::office::{
    PASSWORD, Phone, TestOffice, command_in, found, id, now, operation, outcome_of, passing_visit,
};
use axum::{body::Body, http::Request};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{GridId, HazardId},
    person::Person,
    photo::PhotoHash,
    role::Role,
    site::Site,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn ago(days: i64) -> DateTime<Utc> {
    now() - Duration::days(days)
}

async fn received(phone: &Phone<'_>, operations: &[Value]) {
    for answer in phone.sync(operations).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
}

/// Found so many days ago, told of now; and open.
async fn open(phone: &Phone<'_>, site: &Site, days: i64) -> String {
    let hazard: HazardId = id();
    let mut operation = found(hazard, site.id, "楼道堆放杂物");
    operation["at"] = json!(ago(days));
    command_in(&mut operation)["due"] = Value::Null;
    received(phone, &[operation]).await;
    hazard.to_string()
}

/// Found and put right so many days ago.
async fn closed(phone: &Phone<'_>, site: &Site, days: i64) -> String {
    let hazard: HazardId = id();
    let photo = PhotoHash::of(hazard.to_string().as_bytes());
    let facts = json!({ "photo": { "hash": photo, "bytes": 20_000, "media_type": "image/jpeg", "width": 1,
        "height": 1, "at": ago(days), "by": phone.person } });
    let mut operation_of_it = found(hazard, site.id, "楼道堆放杂物");
    operation_of_it["at"] = json!(ago(days));
    let found = command_in(&mut operation_of_it);
    found["due"] = Value::Null;
    found["fixed"] = json!({ "photos": [photo] });
    received(phone, &[operation(facts), operation_of_it]).await;
    hazard.to_string()
}

/// Inspected so many days ago.
async fn visited(phone: &Phone<'_>, site: &Site, days: i64) -> String {
    let mut operation = passing_visit(phone, site, &phone.office.form("ebike-charging"));
    let visit = &mut operation["payload"]["submit_visit"];
    visit["started_at"] = json!(ago(days) - Duration::minutes(20));
    visit["submitted_at"] = json!(ago(days));
    let id = visit["id"].as_str().unwrap().to_owned();
    received(phone, &[operation]).await;
    id
}

/// An inspector of these grids, with a phone.
async fn walker<'a>(office: &'a TestOffice, username: &str, grids: &[GridId]) -> Phone<'a> {
    let person = Person {
        id: id(),
        username: username.into(),
        name: "李敏".into(),
        role: Role::Inspector,
        phone: String::new(),
        department: None,
        grids: grids.to_vec(),
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    };
    put_person(office, &person).await;
    sign_in(office, username).await
}

async fn put_person(office: &TestOffice, person: &Person) {
    let hash = office.state.passwords.hash(PASSWORD.into()).await.unwrap();
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, person, Some(&hash)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sign_in<'a>(office: &'a TestOffice, username: &str) -> Phone<'a> {
    let body = json!({ "username": username, "password": PASSWORD, "device_name": "test" }).to_string();
    let request = Request::post("/api/v1/session").header("content-type", "application/json");
    let reply = office.send(request.body(Body::from(body)).unwrap()).await;
    let cookie = reply.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let person = reply.json()["actor"]["person"].as_str().unwrap().parse().unwrap();
    Phone { office, cookie, device: id(), person }
}

/// Ids of a kind that came.
fn came(changes: &[Value], kind: &str) -> BTreeSet<String> {
    of(changes, kind, |change| change.get("body").is_some())
}

/// Ids of a kind that are said to be gone.
fn gone(changes: &[Value], kind: &str) -> BTreeSet<String> {
    of(changes, kind, |change| change.get("body").is_none())
}

fn of(changes: &[Value], kind: &str, which: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    let of_kind = changes.iter().filter(|change| change["kind"] == kind && which(change));
    of_kind.map(|change| change["id"].as_str().unwrap().to_owned()).collect()
}

fn set<const N: usize>(ids: [&String; N]) -> BTreeSet<String> {
    ids.into_iter().cloned().collect()
}

#[tokio::test]
async fn a_fresh_phone_is_sent_what_is_live_to_the_day() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let site = &office.site;
    let old = open(&inspector, site, 300).await;
    let (lately, before) = (closed(&inspector, site, 60).await, closed(&inspector, site, 61).await);
    let (visit, long_ago) = (visited(&inspector, site, 90).await, visited(&inspector, site, 91).await);
    let (changes, _) = inspector.pull(None).await;
    assert_eq!(came(&changes, "hazard"), set([&old, &lately]), "not {before}");
    assert_eq!(came(&changes, "visit"), set([&visit]), "not {long_ago}");
    assert_eq!(gone(&changes, "hazard"), set([]), "what it never had is not mentioned");
    // What is due needs no visits.
    let of_site = changes.iter().find(|change| change["id"] == json!(site.id)).unwrap();
    assert_eq!(of_site["body"]["last_visit"], json!(ago(90)));
    assert_eq!(changes[0]["body"]["window"], json!({ "closed_hazards": 60, "visits": 90 }));

    // Who sees the whole office keeps less of what has ended.
    let recent = closed(&inspector, site, 14).await;
    let supervisor = office.phone(Role::Supervisor).await;
    let (changes, _) = supervisor.pull(None).await;
    assert_eq!(came(&changes, "hazard"), set([&old, &recent]));
    assert_eq!(came(&changes, "visit"), set([]));
    assert_eq!(changes[0]["body"]["window"], json!({ "closed_hazards": 14, "visits": 7 }));
}

#[tokio::test]
async fn a_phone_that_was_here_hears_of_everything_that_changed() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = open(&inspector, &office.site, 200).await;
    let (_, cursor) = inspector.pull(None).await;
    // Handed to another authority long ago, by a phone without signal, and heard of today.
    let mut referred = super::office::command(
        hazard.parse().unwrap(),
        json!({ "refer": { "authority": "消防救援大队", "reason": "超出权限" } }),
    );
    referred["at"] = json!(ago(150));
    received(&office.phone(Role::Officer).await, &[referred]).await;
    let (changes, cursor) = inspector.pull(Some(cursor)).await;
    assert_eq!(came(&changes, "hazard"), set([&hazard]), "it is not shown as open any more");
    let (changes, _) = inspector.pull(None).await;
    assert_eq!(came(&changes, "hazard"), set([]), "a fresh phone needs none of it");
    let (changes, _) = inspector.pull(Some(cursor)).await;
    assert_eq!(changes, Vec::<Value>::new());
}

#[tokio::test]
async fn a_fresh_phone_has_what_its_lists_show_before_any_form_and_everything_once() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = open(&inspector, &office.site, 3).await;
    let page = |cursor: Value| {
        let body = json!({ "device": inspector.device, "now": now(), "pull": true, "cursor": cursor,
            "page_bytes": 65_536 });
        let inspector = &inspector;
        async move { inspector.request("POST", "/api/v1/sync", body.to_string()).await.json() }
    };
    let mut reply = page(Value::Null).await;
    let first = reply["changes"].as_array().unwrap().clone();
    assert_eq!(came(&first, "hazard"), set([&hazard]));
    assert!(!came(&first, "site").is_empty());
    assert!(came(&first, "form").is_empty(), "they are large, and wait");
    let mut times = BTreeMap::<(String, String), usize>::new();
    loop {
        for change in reply["changes"].as_array().unwrap() {
            let key = [&change["kind"], &change["id"]].map(|word| word.as_str().unwrap().to_owned());
            *times.entry(key.into()).or_default() += 1;
        }
        if reply["more"] != json!(true) {
            break;
        }
        reply = page(reply["cursor"].clone()).await;
    }
    let forms = times.keys().filter(|(kind, _)| kind == "form").count();
    assert_eq!(forms, office.state.store.form_versions(office.office.id).await.unwrap().len());
    assert!(times.values().all(|times| *times == 1), "{times:?}");
}

#[tokio::test]
async fn what_changes_while_a_phone_fills_up_is_sent_whatever_it_is() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let mut hazards = vec![];
    for _ in 0..160 {
        hazards.push(open(&inspector, &office.site, 200).await);
    }
    let page = |cursor: Option<String>| {
        let body = json!({ "device": inspector.device, "now": now(), "pull": true, "cursor": cursor,
            "page_bytes": 65_536 });
        let inspector = &inspector;
        async move { inspector.request("POST", "/api/v1/sync", body.to_string()).await.json() }
    };
    let mut reply = page(None).await;
    assert_eq!((&reply["reset"], &reply["more"]), (&json!(true), &json!(true)));
    let mut changes = reply["changes"].as_array().unwrap().clone();
    let mut changed = false;
    while reply["more"] == json!(true) {
        // The first one has come, open, and others have not.
        if !changed && came(&changes, "hazard").contains(&hazards[0]) {
            let mut referred = super::office::command(
                hazards[0].parse().unwrap(),
                json!({ "refer": { "authority": "消防救援大队", "reason": "超出权限" } }),
            );
            referred["at"] = json!(ago(150));
            received(&office.phone(Role::Officer).await, &[referred]).await;
            changed = true;
        }
        reply = page(reply["cursor"].as_str().map(str::to_owned)).await;
        assert_eq!(reply["reset"], json!(false));
        changes.extend(reply["changes"].as_array().unwrap().clone());
    }
    assert!(changed, "all hazards came in one page");
    let last = changes.iter().rfind(|change| change["id"] == json!(hazards[0])).unwrap();
    assert_eq!(super::office::word_of(&last["body"]["status"]), "referred");
    assert_eq!(came(&changes, "hazard"), hazards.iter().cloned().collect(), "every one of them came");
}

#[tokio::test]
async fn who_was_away_too_long_begins_anew() {
    let office = TestOffice::open().await;
    let hazard = open(&office.phone(Role::Inspector).await, &office.site, 1).await;
    let (_, cursor) = office.phone(Role::Inspector).await.pull(None).await;
    for (days, anew) in [(60, false), (61, true)] {
        office.clock.set(now() + Duration::days(days));
        let inspector = office.phone(Role::Inspector).await;
        let body = json!({ "device": inspector.device, "now": now(), "pull": true, "cursor": cursor });
        let reply = inspector.request("POST", "/api/v1/sync", body.to_string()).await.json();
        assert_eq!(reply["reset"], json!(anew), "after {days} days");
        let came = came(reply["changes"].as_array().unwrap(), "hazard");
        assert_eq!(came.contains(&hazard), anew);
    }
}

/// What a phone that broke off between two pages has not been told may be forgotten, however lately it was here.
#[tokio::test]
async fn who_breaks_off_on_the_way_is_no_younger_for_it() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (_, mut cursor) = inspector.pull(None).await;
    for _ in 0..160 {
        open(&inspector, &office.site, 1).await;
    }
    for (days, anew) in [(60, false), (61, true)] {
        office.clock.set(now() + Duration::days(days));
        let inspector = office.phone(Role::Inspector).await;
        let body = json!({ "device": inspector.device, "now": now(), "pull": true, "cursor": cursor,
            "page_bytes": 65_536 });
        let reply = inspector.request("POST", "/api/v1/sync", body.to_string()).await.json();
        assert_eq!(
            (&reply["reset"], &reply["more"]),
            (&json!(anew), &json!(true)),
            "a page after {days} days: {} changes",
            reply["changes"].as_array().unwrap().len()
        );
        cursor = reply["cursor"].as_str().unwrap().to_owned();
    }
    // Who has everything is as young as that.
    let inspector = office.phone(Role::Inspector).await;
    let (_, cursor) = inspector.pull(Some(cursor)).await;
    office.clock.set(now() + Duration::days(121));
    let inspector = office.phone(Role::Inspector).await;
    let body = json!({ "device": inspector.device, "now": now(), "pull": true, "cursor": cursor });
    let reply = inspector.request("POST", "/api/v1/sync", body.to_string()).await.json();
    assert_eq!(reply["reset"], json!(false));
}

#[tokio::test]
async fn other_windows_are_other_records() {
    let office = TestOffice::open().await;
    let (_, cursor) = office.phone(Role::Inspector).await.pull(None).await;
    let mut office = office;
    office.state.windows.narrow.visits = 30;
    office.app = server::http::with_middleware(&office.state, server::http::api(office.state.clone()));
    let inspector = office.phone(Role::Inspector).await;
    let body = json!({ "device": inspector.device, "now": now(), "pull": true, "cursor": cursor });
    let reply = inspector.request("POST", "/api/v1/sync", body.to_string()).await.json();
    assert_eq!(reply["reset"], json!(true));
    assert_eq!(reply["changes"][0]["body"]["window"]["visits"], json!(30));
}
