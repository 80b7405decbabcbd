//! Whose a photo is: everybody tells of it by themselves, and whoever brings the bytes that fit is received.

use super::{
    office::{Phone, TestOffice, command, command_in, found, id, outcome_of},
    photos::{announce, jpeg},
};
use axum::{body::Body, http::Request};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{id::HazardId, photo::PhotoHash, role::Role};
use serde_json::{Value, json};
use server::verify::verify;

async fn brought(phone: &Phone<'_>, hash: &PhotoHash, bytes: Vec<u8>) -> u16 {
    phone.upload_as(hash, bytes).await.status.as_u16()
}

async fn receipt(phone: &Phone<'_>, hash: &PhotoHash) -> u16 {
    phone.request("GET", &format!("/api/v1/attachments/{hash}/receipt"), "").await.status.as_u16()
}

async fn clean(office: &TestOffice) {
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
}

#[tokio::test]
async fn a_name_told_first_by_somebody_else_takes_no_photo_away() {
    let office = TestOffice::open().await;
    let (inspector, enterprise) = (office.phone(Role::Inspector).await, office.phone(Role::Enterprise).await);
    let bytes = jpeg(10);
    let (hash, honest) = announce(&inspector, &bytes);
    let hazard: HazardId = id();
    let mut record = found(hazard, office.site.id, "堆放杂物");
    command_in(&mut record)["photos"] = json!([hash]);
    inspector.sync(&[record]).await;
    // The contact pulls the record and tells of the photo as their own, with what would speak against it.
    let (_, mut squat) = announce(&enterprise, &bytes);
    squat["payload"]["photo"]["source"] = json!("gallery");
    squat["payload"]["photo"]["camera"] = json!({ "software": "Photoshop", "taken": "2020-01-01T00:00:00" });
    assert_eq!(outcome_of(&enterprise.sync(&[squat]).await[0]), "received");
    assert_eq!(outcome_of(&inspector.sync(&[honest]).await[0]), "received");
    assert_eq!(brought(&inspector, &hash, bytes.clone()).await, 201);
    assert_eq!(receipt(&inspector, &hash).await, 200);
    assert_eq!(receipt(&enterprise, &hash).await, 404, "nothing came from there");
    let known = office.state.store.attachment(office.office.id, &hash).await.unwrap().unwrap();
    let facts = known.photo().unwrap().facts;
    assert_eq!((facts.by, facts.source), (inspector.person, None), "the office goes by who brought it");
    let path = format!("/api/v1/hazards/{hazard}/photos");
    let checks = inspector.request("GET", &path, "").await.json();
    assert_eq!(checks["photos"][0]["findings"], json!([]), "nobody's word but its author's counts");
    clean(&office).await;
}

async fn tus(
    phone: &Phone<'_>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> (u16, String) {
    let request = Request::builder().method(method).uri(path).header("cookie", &phone.cookie);
    let request =
        request.header("tus-resumable", "1.0.0").header("content-type", "application/offset+octet-stream");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let reply = phone.office.send(request.body(Body::from(body.to_vec())).unwrap()).await;
    let at = reply.headers.get("location").map(|at| at.to_str().unwrap().to_owned());
    (reply.status.as_u16(), at.unwrap_or_default())
}

#[tokio::test]
async fn the_same_untouched_file_of_two_people_is_received_from_both() {
    let office = TestOffice::open().await;
    let (one, two) = (office.phone(Role::Inspector).await, office.phone(Role::Officer).await);
    let tail: Vec<u8> = (0..60_000u32).map(|n| (n % 251) as u8).collect();
    let bytes = test_support::picture::picture(tail);
    let (hash, length) = (PhotoHash::of(&bytes), bytes.len().to_string());
    let about = format!("hash {}", STANDARD.encode(hash.as_str()));
    let head = [("upload-length", length.as_str()), ("upload-metadata", about.as_str())];
    let mut at = vec![];
    for phone in [&one, &two] {
        assert_eq!(outcome_of(&phone.sync(&[announce(phone, &bytes).1]).await[0]), "received");
        let (status, location) = tus(phone, "POST", "/api/v1/uploads", &head, &bytes[..20_000]).await;
        assert_eq!(status, 201);
        at.push(location);
    }
    assert_ne!(at[0], at[1], "each sends for themselves");
    assert_eq!(tus(&one, "PATCH", &at[1], &[("upload-offset", "20000")], &bytes[20_000..]).await.0, 404);
    assert_eq!(tus(&one, "PATCH", &at[0], &[("upload-offset", "20000")], &bytes[20_000..]).await.0, 204);
    assert_eq!((receipt(&one, &hash).await, receipt(&two, &hash).await), (200, 404));
    assert_eq!(tus(&two, "PATCH", &at[1], &[("upload-offset", "20000")], &bytes[20_000..]).await.0, 204);
    assert_eq!(receipt(&two, &hash).await, 200);
    // And once more, whole, by a third.
    let three = office.phone(Role::Supervisor).await;
    three.sync(&[announce(&three, &bytes).1]).await;
    assert_eq!(
        brought(&three, &hash, vec![0; bytes.len()]).await,
        422,
        "whoever has not the bytes is not received"
    );
    assert_eq!(receipt(&three, &hash).await, 404);
    assert_eq!(brought(&three, &hash, bytes).await, 201);
    assert_eq!(receipt(&three, &hash).await, 200);
    clean(&office).await;
}

#[tokio::test]
async fn each_records_photo_goes_by_its_own_authors_word() {
    let office = TestOffice::open().await;
    let (inspector, enterprise) = (office.phone(Role::Inspector).await, office.phone(Role::Enterprise).await);
    let supervisor = office.phone(Role::Supervisor).await;
    let bytes = jpeg(30);
    let (hash, first) = announce(&inspector, &bytes);
    let (_, mut second) = announce(&enterprise, &bytes);
    second["payload"]["photo"]["source"] = json!("gallery");
    let (one, two): (HazardId, HazardId) = (id(), id());
    let mut record = found(one, office.site.id, "堆放杂物");
    command_in(&mut record)["photos"] = json!([hash]);
    inspector.sync(&[first, record, found(two, office.site.id, "飞线充电")]).await;
    brought(&inspector, &hash, bytes.clone()).await;
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-11-28", "contingency": "巡查" } });
    supervisor.sync(&[command(two, plan)]).await;
    let rectified = command(two, json!({ "rectify": { "photos": [hash] } }));
    for answer in enterprise.sync(&[second, rectified]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    brought(&enterprise, &hash, bytes).await;
    let findings = async |hazard: HazardId| -> Vec<Value> {
        let path = format!("/api/v1/hazards/{hazard}/photos");
        let checks = supervisor.request("GET", &path, "").await.json();
        let all = checks["photos"][0]["findings"].as_array().unwrap();
        all.iter().map(|finding| finding["finding"].clone()).collect()
    };
    assert_eq!(findings(one).await, Vec::<Value>::new());
    let against = findings(two).await;
    assert!(against.contains(&json!("from_gallery")), "{against:?}");
    assert!(against[0]["same_bytes"].is_object(), "{against:?}");
}
