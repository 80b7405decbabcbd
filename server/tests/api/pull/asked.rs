//! What a phone asks for beside the changes: of its own scope, and nothing else.

use super::{closed, open, set, visited, walker};
use crate::office::{Phone, TestOffice, now};
use axum::http::StatusCode;
use chrono::Duration;
use domain::role::Role;
use serde_json::Value;
use std::collections::BTreeSet;

async fn asked(phone: &Phone<'_>, path: &str) -> (StatusCode, Value) {
    let reply = phone.request("GET", path, "").await;
    (reply.status, reply.json())
}

/// All pages of a site's past, and how many there were.
async fn past(phone: &Phone<'_>, site: &str) -> (Vec<Value>, usize) {
    let (mut records, mut pages, mut before) = (vec![], 0, String::new());
    loop {
        let (status, page) = asked(phone, &format!("/api/v1/sites/{site}/earlier{before}")).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        records.extend(page["records"].as_array().unwrap().clone());
        pages += 1;
        match page["before"].as_str() {
            Some(next) => before = format!("?before={next}"),
            None => return (records, pages),
        }
    }
}

fn ids(records: &[Value]) -> Vec<String> {
    records.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_is_not_live_is_had_for_the_asking() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (live, old) =
        (closed(&inspector, &office.site, 10).await, closed(&inspector, &office.site, 70).await);
    let (lately, before) =
        (visited(&inspector, &office.site, 10).await, visited(&inspector, &office.site, 100).await);
    let (status, envelope) = asked(&inspector, &format!("/api/v1/records/hazard/{old}")).await;
    assert_eq!(
        (status, envelope["kind"].as_str(), envelope["id"].as_str()),
        (StatusCode::OK, Some("hazard"), Some(old.as_str()))
    );
    assert!(!envelope["body"]["events"].as_array().unwrap().is_empty(), "with its history");
    for (kind, id) in [("hazard", &live), ("visit", &lately), ("visit", &before)] {
        let (status, envelope) = asked(&inspector, &format!("/api/v1/records/{kind}/{id}")).await;
        assert_eq!((status, &envelope["id"]), (StatusCode::OK, &Value::from(id.as_str())));
    }
    let site = office.site.id.to_string();
    assert_eq!(asked(&inspector, &format!("/api/v1/records/site/{site}")).await.0, StatusCode::OK);
    let form = office.form("ebike-charging");
    let path = format!("/api/v1/records/form/{}@{}", form.id, form.version);
    assert_eq!(asked(&inspector, &path).await.1["body"]["id"], "ebike-charging");
    // A site's past is what is not live: the newest first.
    let (records, pages) = past(&inspector, &site).await;
    assert_eq!((ids(&records), pages), (vec![old.clone(), before.clone()], 1));
    // Who keeps less has more of a past.
    let (records, _) = past(&office.phone(Role::Supervisor).await, &site).await;
    assert_eq!(ids(&records).into_iter().collect::<BTreeSet<_>>(), set([&old, &before, &lately]));
}

#[tokio::test]
async fn a_long_past_comes_in_pages_each_record_once_the_newest_first() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let mut made = vec![];
    // Some at the same moment.
    for n in 0..60 {
        made.push(visited(&inspector, &office.site, 100 + n / 3).await);
        if n % 2 == 0 {
            made.push(closed(&inspector, &office.site, 100 + n / 3).await);
        }
    }
    let (records, pages) = past(&inspector, &office.site.id.to_string()).await;
    assert_eq!((records.len(), pages), (90, 2));
    assert_eq!(ids(&records).into_iter().collect::<BTreeSet<_>>(), made.into_iter().collect());
    let at = |record: &Value| -> chrono::DateTime<chrono::Utc> {
        let body = &record["body"];
        let at = if record["kind"] == "visit" { &body["submitted_at"] } else { &body["found_at"] };
        at.as_str().unwrap().parse().unwrap()
    };
    assert!(records.is_sorted_by(|a, b| at(a) >= at(b)));
    let (status, _) = asked(&inspector, &format!("/api/v1/sites/{}/earlier?before=x", office.site.id)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_phone_may_not_ask_for_what_it_may_not_see() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (hazard, old) = (open(&inspector, &office.site, 5).await, closed(&inspector, &office.site, 70).await);
    let visit = visited(&inspector, &office.site, 100).await;
    let other = walker(&office, "there", &[office.elsewhere.grid]).await;
    let site = office.site.id;
    let nobody = uuid::Uuid::from_u128(7);
    let paths = [
        format!("/api/v1/records/hazard/{hazard}"),
        format!("/api/v1/records/hazard/{old}"),
        format!("/api/v1/records/visit/{visit}"),
        format!("/api/v1/records/site/{site}"),
        format!("/api/v1/sites/{site}/earlier"),
    ];
    for path in &paths {
        assert_eq!(asked(&inspector, path).await.0, StatusCode::OK, "{path}");
        assert_eq!(asked(&other, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [
        format!("/api/v1/records/directory/{nobody}"),
        format!("/api/v1/records/patrol/{nobody}"),
        "/api/v1/records/hazard/none".to_owned(),
        "/api/v1/records/form/ebike-charging".to_owned(),
        "/api/v1/records/form/ebike-charging@99".to_owned(),
        format!("/api/v1/sites/{nobody}/earlier"),
    ] {
        assert_eq!(asked(&inspector, &path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let nobodys = Phone { cookie: String::new(), ..other };
    assert_eq!(asked(&nobodys, &paths[0]).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_departments_officer_is_not_told_of_what_ended_with_another_at_its_site() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    // Found by a form of another sector than the site's and the department's.
    let old = closed(&inspector, &office.site, 70).await;
    let sector = "UPDATE hazard SET sector = 'school', body = replace(body, '\"sector\":\"ebike\"', '\"sector\":\"school\"')";
    office.database.execute(sector).await;
    let officer = office.phone(Role::Officer).await;
    let (records, _) = past(&officer, &office.site.id.to_string()).await;
    assert_eq!(ids(&records), Vec::<String>::new());
    assert_eq!(asked(&officer, &format!("/api/v1/records/hazard/{old}")).await.0, StatusCode::NOT_FOUND);
    assert_eq!(past(&inspector, &office.site.id.to_string()).await.0.len(), 1);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_takes_no_other_from_a_sites_past() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (old, visit) =
        (closed(&inspector, &office.site, 70).await, visited(&inspector, &office.site, 100).await);
    office.database.execute("UPDATE hazard SET body = '{'").await;
    assert_eq!(ids(&past(&inspector, &office.site.id.to_string()).await.0), [visit]);
    let path = format!("/api/v1/records/hazard/{old}");
    assert_eq!(asked(&inspector, &path).await.0, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(office.state.metrics.text().unwrap().contains("xunan_damaged_records_total{kind=\"hazard\"} 1"));
}

#[tokio::test]
async fn who_asks_too_fast_is_told_to_wait() {
    let office = TestOffice::open().await;
    let contact = office.phone(Role::Enterprise).await;
    let path = format!("/api/v1/sites/{}/earlier", office.site.id);
    let most = Role::Enterprise.allowance().requests_a_minute;
    for _ in 0..most {
        assert_eq!(asked(&contact, &path).await.0, StatusCode::OK);
    }
    assert_eq!(asked(&contact, &path).await.0, StatusCode::TOO_MANY_REQUESTS);
    office.clock.set(now() + Duration::minutes(1));
    assert_eq!(asked(&contact, &path).await.0, StatusCode::OK);
}
