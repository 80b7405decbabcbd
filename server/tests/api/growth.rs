//! The contract as it grows: rows that cannot be read, kinds and apps of a later version.

use super::office::{TestOffice, found, id, now, operation, outcome_of, passing_inspection};
use domain::{role::Role, sync::RecordKind};
use serde_json::{Value, json};
use server::verify::verify;

/// Damage asks nobody.
fn unseal(office: &TestOffice) -> &'static str {
    match office.database.address.starts_with("sqlite") {
        true => "DROP TRIGGER inspection_is_sealed",
        false => "DROP TRIGGER inspection_is_sealed ON inspection",
    }
}

fn kinds(changes: &[Value]) -> Vec<&str> {
    changes.iter().map(|change| change["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_nobody_and_is_told_of_once() {
    // Of each kind, what spoils the only row that this person sees of it.
    let all = [
        (RecordKind::Site, "site", "UPDATE site SET body = '{'"),
        (RecordKind::Hazard, "hazard", "UPDATE hazard SET body = '{'"),
        (RecordKind::Inspection, "inspection", "UPDATE inspection SET summary = '{'"),
        (RecordKind::Checklist, "checklist", "UPDATE checklist SET body = '{'"),
        (RecordKind::Directory, "department", "UPDATE department SET sectors = '{'"),
    ];
    assert_eq!(all.len(), RecordKind::ALL.len());
    for (kind, table, spoil) in all {
        let office = TestOffice::open().await;
        let phone = office.phone(Role::Inspector).await;
        let list = office.checklist("ebike-charging");
        let before =
            [found(id(), office.site.id, "堆放杂物"), passing_inspection(&phone, &office.site, &list)];
        for answer in phone.sync(&before).await {
            assert_eq!(outcome_of(&answer), "received", "{answer}");
        }
        office.database.execute(unseal(&office)).await;
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
            assert_eq!(
                came.contains(&other.as_str()),
                !hangs_on_it,
                "{kind:?} spoilt: {other:?} in {came:?}"
            );
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
        let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
        let named = report.told.iter().any(|words| words.contains(table) && words.contains("cannot be read"));
        assert!(named, "{report}");
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
async fn a_phone_says_which_version_it_is_within_limits() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let ask = |app: String, schemas: usize| {
        let schemas: serde_json::Map<_, _> = (0..schemas).map(|n| (format!("kind{n}"), json!(1))).collect();
        json!({ "device": phone.device, "now": now(), "pull": true, "app": app, "schemas": schemas })
            .to_string()
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
