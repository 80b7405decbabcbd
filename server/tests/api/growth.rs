//! The contract as it grows: rows that cannot be read, kinds of a later version, and receipts whatever becomes of the pull.

use super::office::{Database, TestOffice, deed, found, id, now, operation, outcome_of, passing_inspection};
use domain::{
    id::{HazardId, OperationId},
    role::Role,
    sync::RecordKind,
};
use serde_json::{Value, json};

fn kinds(changes: &[Value]) -> Vec<&str> {
    changes.iter().map(|change| change["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_nobody_and_is_told_of_once() {
    // Of each kind, what spoils the only row that this person sees of it.
    let all = [
        (RecordKind::Site, "UPDATE site SET body = '{'"),
        (RecordKind::Hazard, "UPDATE hazard SET body = '{'"),
        (RecordKind::Inspection, "UPDATE inspection SET summary = '{'"),
        (RecordKind::Checklist, "UPDATE checklist SET body = '{'"),
        (RecordKind::Directory, "UPDATE department SET sectors = '{'"),
    ];
    assert_eq!(all.len(), RecordKind::ALL.len());
    for (kind, spoil) in all {
        let office = TestOffice::open().await;
        let phone = office.phone(Role::Inspector).await;
        let list = office.checklist("ebike-charging");
        let before = [found(id(), office.site.id, "堆放杂物"), passing_inspection(&phone, &office.site, &list)];
        for answer in phone.sync(&before).await {
            assert_eq!(outcome_of(&answer), "received", "{answer}");
        }
        office.database.execute(spoil).await;
        let photo = |hash: &str| {
            operation(json!({ "photo": { "hash": hash.repeat(64), "bytes": 20_000,
                "media_type": "image/jpeg", "width": 1, "height": 1, "at": now(), "by": phone.person } }))
        };
        let body = json!({ "device": phone.device, "now": now(), "operations": [photo("1")], "pull": true });
        let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await;
        assert_eq!(reply.status, 200, "{kind:?}: {}", reply.text());
        let reply = reply.json();
        assert_eq!(outcome_of(&reply["outcomes"][0]), "received", "{kind:?}: {reply}");
        assert!(reply.get("pull_failed").is_none(), "{kind:?}: {reply}");
        let (changes, cursor) = phone.pull(None).await;
        let came = kinds(&changes);
        assert!(!came.contains(&kind.as_str()), "{kind:?} came all the same");
        for other in RecordKind::ALL.into_iter().filter(|other| *other != kind) {
            // Whether somebody may see an inspection is the site's to say.
            let hangs_on_it = (kind, other) == (RecordKind::Site, RecordKind::Inspection);
            assert_eq!(came.contains(&other.as_str()), !hangs_on_it, "{kind:?} spoilt: {other:?} in {came:?}");
        }
        let told = office.state.metrics.text().unwrap();
        let line = format!("xunan_damaged_records_total{{kind=\"{}\"}} ", kind.as_str());
        let count = |text: &str| text.lines().find_map(|row| row.strip_prefix(&line)?.parse::<u32>().ok());
        let first = count(&told);
        assert!(first.is_some_and(|first| first > 0), "{told}");
        phone.pull(None).await;
        assert_eq!(count(&office.state.metrics.text().unwrap()), first, "told once");
        let (changes, _) = phone.pull(Some(cursor)).await;
        assert_eq!(kinds(&changes), Vec::<&str>::new(), "the phone stands behind it");
    }
}

#[tokio::test]
async fn a_kind_of_a_later_version_is_passed_over() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
    // As a newer server on the same database writes it.
    let newest = "INSERT INTO change (office, kind, id, seq) SELECT office, 'patrol', '7', max(seq) + 1 FROM change GROUP BY office";
    office.database.execute(newest).await;
    let (changes, cursor) = phone.pull(None).await;
    assert!(kinds(&changes).contains(&"hazard"));
    assert!(!kinds(&changes).contains(&"patrol"));
    let (changes, _) = phone.pull(Some(cursor)).await;
    assert_eq!(changes, Vec::<Value>::new(), "and not asked for again");
}

#[tokio::test]
async fn receipts_come_though_the_pull_fails_and_the_phone_asks_again() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let phone = office.phone(Role::Inspector).await;
    let (_, cursor) = phone.pull(None).await;
    // A number that is none: the list of changes cannot be read, what is written is well.
    office.database.execute("INSERT INTO change (office, kind, id, seq) SELECT office, 'patrol', '7', 'none' FROM change LIMIT 1").await;
    let hazard: HazardId = id();
    let operations = [found(hazard, office.site.id, "堆放杂物"), json!({ "id": id::<OperationId>() })];
    let body = json!({ "device": phone.device, "now": now(), "operations": operations, "pull": true, "cursor": cursor });
    let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let reply = reply.json();
    assert_eq!(outcome_of(&reply["outcomes"][0]), "received", "{reply}");
    assert_eq!(outcome_of(&reply["outcomes"][1]), "refused", "{reply}");
    assert_eq!((&reply["pull_failed"], &reply["changes"], reply.get("cursor")), (&json!(true), &json!([]), None));
    // Nothing was sent: the failure is the answer.
    let body = json!({ "device": phone.device, "now": now(), "pull": true, "cursor": cursor });
    assert_eq!(phone.request("POST", "/api/v1/sync", body.to_string()).await.status, 500);
    office.database.execute("DELETE FROM change WHERE kind = 'patrol'").await;
    let body = json!({ "device": phone.device, "now": now(), "pull": true, "cursor": cursor });
    let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await.json();
    assert_eq!(kinds(reply["changes"].as_array().unwrap()), ["hazard"], "what the failed pull left out");
    let late = phone.sync(&[deed(hazard, json!({ "rectified": { "photos": ["2".repeat(64)] } }))]).await;
    assert_ne!(outcome_of(&late[0]), "received", "not assigned yet");
}

#[tokio::test]
async fn a_phone_says_which_version_it_is_within_limits() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let ask = |app: String, schemas: usize| {
        let schemas: serde_json::Map<_, _> = (0..schemas).map(|n| (format!("kind{n}"), json!(1))).collect();
        json!({ "device": phone.device, "now": now(), "pull": true, "app": app, "schemas": schemas }).to_string()
    };
    for (body, status) in [
        (ask("0.1.0".into(), 5), 200),
        (ask("x".repeat(64), 256), 200),
        (ask("x".repeat(65), 5), 400),
        (ask("0.1.0".into(), 257), 400),
    ] {
        let reply = phone.request("POST", "/api/v1/sync", body).await;
        assert_eq!(reply.status, status, "{}", reply.text());
    }
}
