//! The contract as it grows: rows that cannot be read, kinds and apps of a later version.

use super::office::{Phone, TestOffice, found, given, id, now, operation, outcome_of, passing_visit};
use domain::{
    hazard::HazardStatusKind,
    ledger::LedgerFilter,
    party::{Party, PartyKind},
    role::{Role, Scope},
    site::Site,
    sync::RecordKind,
};
use serde_json::{Value, json};
use server::{service::notices, verify::verify};

/// Damage asks nobody.
pub fn unseal(office: &TestOffice) -> &'static str {
    if office.database.address.starts_with("sqlite") {
        "DROP TRIGGER visit_is_sealed"
    } else {
        "DROP TRIGGER visit_is_sealed ON visit"
    }
}

fn kinds(changes: &[Value]) -> Vec<&str> {
    changes.iter().map(|change| change["kind"].as_str().unwrap()).collect()
}

/// Each kind of which rows lie by themselves: its table, and what spoils and what mends the rows that this person sees.
const ROWS: [(RecordKind, &str, &str); 7] = [
    (RecordKind::Site, "site", "body"),
    (RecordKind::Hazard, "hazard", "body"),
    (RecordKind::Visit, "visit", "summary"),
    (RecordKind::Form, "form", "body"),
    (RecordKind::Task, "task", "body"),
    (RecordKind::SealedOrder, "sealed_order", "body"),
    (RecordKind::Notice, "notice", "body"),
];

async fn set(office: &TestOffice, table: &str, column: &str, words: &str) {
    office.database.execute(&format!("UPDATE {table} SET {column} = {words}")).await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_nobody_and_comes_once_it_can() {
    for (kind, table, column) in ROWS {
        let office = TestOffice::open().await;
        let phone = office.phone(Role::Inspector).await;
        office.seal(&office.site, &[Role::Inspector], now()).await;
        let form = office.form("ebike-charging");
        let hazard = id();
        let before = [found(hazard, office.site.id, "堆放杂物"), passing_visit(&phone, &office.site, &form)];
        let chase = json!({ "hazard": { "hazard": hazard, "need": "chase" } });
        let officer = office.phone(Role::CommunityOfficer).await;
        let mut answers = phone.sync(&before).await;
        answers.extend(officer.sync(&[given(id(), phone.person, &chase)]).await);
        notices::make(&office.state).await.unwrap();
        for answer in answers {
            assert_eq!(outcome_of(&answer), "received", "{answer}");
        }
        office.database.execute(unseal(&office)).await;
        set(&office, table, column, &format!("'{{' || {column}")).await;
        let photo = operation(json!({ "photo": { "hash": "1".repeat(64), "bytes": 20_000,
            "media_type": "image/jpeg", "width": 1, "height": 1, "at": now(), "by": phone.person } }));
        let body = json!({ "device": phone.device, "now": now(), "operations": [photo], "pull": true });
        let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await;
        assert_eq!(reply.status, 200, "{kind:?}: {}", reply.text());
        let reply = reply.json();
        assert_eq!(outcome_of(&reply["outcomes"][0]), "received", "{kind:?}: {reply}");
        assert!(reply.get("pull_failed").is_none(), "{kind:?}: {reply}");
        let passed_over = passed_over(&phone, reply).await;
        let of_kind = format!("{}/", kind.as_str());
        assert!(passed_over.iter().any(|key| key.starts_with(&of_kind)), "{passed_over:?}");
        let (changes, cursor) = phone.pull(None).await;
        let came = kinds(&changes);
        assert!(!came.contains(&kind.as_str()), "{kind:?} came all the same");
        for other in RecordKind::ALL.into_iter().filter(|other| *other != kind) {
            assert!(came.contains(&other.as_str()), "{kind:?} spoilt: {other:?} in {came:?}");
        }
        let line = format!("xunan_damaged_records_total{{kind=\"{}\"}} ", kind.as_str());
        let count = |text: &str| text.lines().find_map(|row| row.strip_prefix(&line)?.parse::<u32>().ok());
        let first = count(&office.state.metrics.text().unwrap());
        assert!(first.is_some_and(|first| first > 0), "counted");
        let (changes, cursor) = phone.pull(Some(cursor)).await;
        assert_eq!(kinds(&changes), Vec::<&str>::new(), "the phone stands behind it");
        assert_eq!(count(&office.state.metrics.text().unwrap()), first, "told once");
        let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
        let named = report.told.iter().any(|words| words.contains(table) && words.contains("cannot be read"));
        assert!(named, "{report}");
        // Somebody puts it right, behind the product's back.
        set(&office, table, column, &format!("substr({column}, 2)")).await;
        let (changes, cursor) = phone.pull(Some(cursor)).await;
        assert!(kinds(&changes).contains(&kind.as_str()), "{kind:?} comes once it can be read");
        let (changes, _) = phone.pull(Some(cursor)).await;
        assert_eq!(kinds(&changes), Vec::<&str>::new(), "and not again");
    }
}

/// A fresh phone is sent forms last: the form is passed over after the hazard, though its row stands before the hazard's.
#[tokio::test]
async fn two_rows_that_could_not_be_read_come_both_once_they_can() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let answers = phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
    assert_eq!(outcome_of(&answers[0]), "received");
    let damaged = [ROWS[1], ROWS[3]];
    for (_, table, column) in damaged {
        set(&office, table, column, &format!("'{{' || {column}")).await;
    }
    let (changes, cursor) = phone.pull(None).await;
    assert_eq!(kinds(&changes), ["directory", "site"]);
    for (_, table, column) in damaged {
        set(&office, table, column, &format!("substr({column}, 2)")).await;
    }
    let (changes, _) = phone.pull(Some(cursor)).await;
    for (kind, ..) in damaged {
        assert!(kinds(&changes).contains(&kind.as_str()), "{kind:?} is not in {:?}", kinds(&changes));
    }
}

#[tokio::test]
async fn a_row_that_can_be_read_again_waits_for_none_before_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (_, cursor) = phone.pull(None).await;
    let words: Vec<_> = (0..12).map(|n| format!("堆放杂物{n:02}")).collect();
    for what in &words {
        let answers = phone.sync(&[found(id(), office.site.id, what)]).await;
        assert_eq!(outcome_of(&answers[0]), "received");
    }
    let spoil = "UPDATE hazard SET body = '{' || body";
    let mend = "UPDATE hazard SET body = substr(body, 2)";
    office.database.execute(spoil).await;
    let (changes, mut cursor) = phone.pull(Some(cursor)).await;
    assert_eq!(kinds(&changes), Vec::<&str>::new());
    let what = |changes: &[Value]| -> Vec<String> {
        changes.iter().map(|change| change["body"]["found"]["what"].as_str().unwrap().to_owned()).collect()
    };
    // Two that the cursor knows, one after the other.
    for known in [&words[4], &words[2]] {
        office.database.execute(&format!("{mend} WHERE what = '{known}'")).await;
        let (changes, next) = phone.pull(Some(cursor)).await;
        assert_eq!(what(&changes), std::slice::from_ref(known), "alone");
        cursor = next;
    }
    // The last that it knows stands for those behind it.
    office.database.execute(&format!("{mend} WHERE what >= '{}'", words[7])).await;
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    assert_eq!(what(&changes), words[7..]);
    for left in [0, 1, 3, 5, 6] {
        office.database.execute(&format!("{mend} WHERE what = '{}'", words[left])).await;
    }
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    assert_eq!(what(&changes), [0, 1, 3, 5, 6].map(|left| words[left].clone()));
    let (changes, _) = phone.pull(Some(cursor)).await;
    assert_eq!(kinds(&changes), Vec::<&str>::new(), "and not again");
}

/// The keys of what this answer of a pull and those after it pass over.
async fn passed_over(phone: &Phone<'_>, mut reply: Value) -> Vec<String> {
    let mut keys = Vec::new();
    loop {
        let here = reply["passed_over"].as_array().into_iter().flatten();
        keys.extend(here.map(|key| key.as_str().unwrap().to_owned()));
        if reply["more"] != json!(true) {
            return keys;
        }
        let body = json!({ "device": phone.device, "now": now(), "operations": [], "pull": true,
            "cursor": reply["cursor"] });
        reply = phone.request("POST", "/api/v1/sync", body.to_string()).await.json();
    }
}

#[tokio::test]
async fn a_department_that_cannot_be_read_takes_nothing_else_from_the_directory() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    set(&office, "department", "sectors", "'{'").await;
    let (changes, _) = phone.pull(None).await;
    let directory = &changes.iter().find(|change| change["kind"] == "directory").unwrap()["body"];
    assert_eq!(directory["departments"], json!([]));
    assert!(!directory["grids"].as_array().unwrap().is_empty());
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.told.iter().any(|words| words.contains("department")), "{report}");
}

#[tokio::test]
async fn a_party_that_cannot_be_read_costs_its_sites_its_people_and_nothing_else() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let party = Party {
        id: office.state.new_id(),
        name: "锦绣物业".into(),
        kind: PartyKind::Enterprise,
        credit_code: None,
        phone: String::new(),
        people: vec![],
        note: String::new(),
        retired: false,
    };
    let site = Site { party: Some(party.of_site()), ..office.site.clone() };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_party(office.office.id, &party).await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    tx.commit().await.unwrap();
    set(&office, "party", "body", "'{' || body").await;
    let form = office.form("ebike-charging");
    let sent = [found(id(), site.id, "堆放杂物"), passing_visit(&phone, &site, &form)];
    for answer in phone.sync(&sent).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    let (changes, _) = phone.pull(None).await;
    let came = changes.iter().find(|change| change["id"] == json!(site.id)).unwrap();
    assert_eq!(came["body"]["party"]["name"], "锦绣物业", "{came}");
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.told.iter().any(|words| words.contains("party")), "{report}");
}

#[tokio::test]
async fn a_database_that_fails_is_no_damaged_row() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let answers = phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
    assert_eq!(outcome_of(&answers[0]), "received");
    office.database.execute("ALTER TABLE hazard RENAME TO hazard_elsewhere").await;
    let photo = operation(json!({ "photo": { "hash": "1".repeat(64), "bytes": 20_000,
        "media_type": "image/jpeg", "width": 1, "height": 1, "at": now(), "by": phone.person } }));
    let body = json!({ "device": phone.device, "now": now(), "operations": [photo], "pull": true });
    let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await.json();
    assert_eq!(outcome_of(&reply["outcomes"][0]), "received", "its receipt counts: {reply}");
    assert_eq!(
        (&reply["pull_failed"], &reply["changes"], reply.get("cursor")),
        (&json!(true), &json!([]), None)
    );
    // Nothing was sent: the failure is the answer.
    let body = json!({ "device": phone.device, "now": now(), "pull": true });
    assert_eq!(phone.request("POST", "/api/v1/sync", body.to_string()).await.status, 500);
    office.database.execute("ALTER TABLE hazard_elsewhere RENAME TO hazard").await;
    let (changes, _) = phone.pull(None).await;
    assert!(kinds(&changes).contains(&"hazard"));
}

#[tokio::test]
async fn a_kind_of_a_later_version_is_passed_over_and_its_copies_stay() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
    // As a newer server on the same database writes it.
    office.database.execute("UPDATE sequence SET last = last + 1 WHERE series = 'change'").await;
    let newest = format!(
        "INSERT INTO change (office, seq, kind, id)
         SELECT office, last, 'patrol', {} FROM sequence WHERE series = 'change'",
        office.database.bytes(b"7")
    );
    office.database.execute(&newest).await;
    let body = json!({ "device": phone.device, "now": now(), "pull": true });
    let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await.json();
    assert!(reply["passed_over"].as_array().unwrap().contains(&json!("patrol/7")), "{reply}");
    let (changes, cursor) = phone.pull(None).await;
    assert!(kinds(&changes).contains(&"hazard"));
    assert!(!kinds(&changes).contains(&"patrol"));
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    assert_eq!(changes, Vec::<Value>::new());
    // A record that the newer server changes is not held up by it.
    phone.sync(&[found(id(), office.site.id, "飞线充电")]).await;
    let (changes, _) = phone.pull(Some(cursor)).await;
    assert_eq!(kinds(&changes), ["hazard"]);
}

#[tokio::test]
async fn whatever_a_phone_says_of_itself_its_operations_are_taken() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    for (app, of_later) in [
        ("0.1.0".to_owned(), json!({ "site": 1, "patrol": 7 })),
        ("x".repeat(5_000), json!({ "site": "newest" })),
        ("line\nbreak \u{1b}[31m".to_owned(), json!([1, 2])),
    ] {
        let operations = [found(id(), office.site.id, "堆放杂物")];
        let body = json!({ "device": phone.device, "now": now(), "operations": operations, "app": app, "reads": of_later });
        let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await.json();
        assert_eq!(outcome_of(&reply["outcomes"][0]), "received", "{reply}");
    }
}

/// A row that a newer server on the same database has written.
#[tokio::test]
async fn a_status_of_a_later_version_takes_no_other_row_from_the_ledger() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    phone.sync(&[found(id(), office.site.id, "堆放杂物"), found(id(), office.site.id, "飞线充电")]).await;
    set(&office, "hazard", "status", "CASE what WHEN '堆放杂物' THEN 'frozen' ELSE status END").await;
    let filter = LedgerFilter::default();
    let page = office.state.store.ledger(office.office.id, &Scope::Office, &filter, now()).await.unwrap();
    assert_eq!((page.total, page.unreadable), (2, 1));
    let shown: Vec<_> = page.rows.iter().map(|row| (row.what.as_str(), row.status)).collect();
    assert_eq!(shown, [("飞线充电", HazardStatusKind::Found)], "and it is not said to be closed");
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(!report.is_clean(), "{report}");
}
