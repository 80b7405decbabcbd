//! A hazard's row follows from its events, whatever the rules say of them by now.

use super::{
    office::{TestOffice, found, id, outcome_of},
    upkeep::{busy, xunan},
};
use domain::{
    hazard::{EventRecord, Hazard},
    id::HazardId,
    ledger::{LedgerFilter, LedgerPage, LedgerStatusFilter},
    role::{Role, Scope},
};
use server::{
    service::hazards::rebuild,
    storage::Numbers,
    verify::{Report, verify},
};

async fn verified(office: &TestOffice) -> Report {
    verify(&*office.state.store, &*office.state.blobs).await.unwrap()
}

async fn ledger(office: &TestOffice) -> LedgerPage {
    let filter = LedgerFilter { status: LedgerStatusFilter::Any, ..LedgerFilter::default() };
    let now = office.state.now();
    office.state.store.ledger(office.office.id, &Scope::Office, &filter, now).await.unwrap()
}

async fn hazards(office: &TestOffice) -> Vec<Hazard> {
    let mut all = vec![];
    for row in ledger(office).await.rows {
        all.push(office.state.store.hazard(office.office.id, row.id).await.unwrap().unwrap());
    }
    all.sort_by_key(|hazard| hazard.id);
    all
}

/// As an earlier version would have left it, which made less of the events.
#[tokio::test]
async fn what_another_version_folded_is_no_damage_and_is_made_anew() {
    let (office, _) = busy().await;
    let (rows, states) = (ledger(&office).await, hazards(&office).await);
    let phone = office.phone(Role::Supervisor).await;
    let (_, cursor) = phone.pull(None).await;
    for sql in [
        "UPDATE hazard SET projection_version = 0, level = 'major', what = '？', due = NULL, status_since = 0,
             status = 'found', search_key = ''",
        r#"UPDATE hazard SET body = replace(body, '"funds":0', '"funds":9')"#,
    ] {
        office.database.execute(sql).await;
    }
    let report = verified(&office).await;
    assert!(report.is_clean() && report.outdated == 2, "{report}");
    assert!(report.to_string().contains("run xunan rebuild"), "{report}");
    assert_eq!(hazards(&office).await, states, "read from their events");
    assert_ne!(ledger(&office).await, rows, "lists wait for it");

    let rebuilt = rebuild(&*office.state.store).await.unwrap();
    assert_eq!((rebuilt.folded, rebuilt.changed, rebuilt.unreadable), (2, 1, vec![]));
    assert_eq!(ledger(&office).await, rows);
    let report = verified(&office).await;
    assert!(report.is_clean() && report.outdated == 0, "{report}");
    let (changes, _) = phone.pull(Some(cursor)).await;
    assert_eq!(changes.len(), 1, "phones hear of the one whose state is another: {changes:?}");
    // Once more, from the command line, changes nothing.
    xunan(&office.database, &office.folder.path().join("photos"), &["rebuild"]).await.unwrap();
    assert_eq!((ledger(&office).await, hazards(&office).await), (rows, states));
}

/// A major hazard that nobody assigned, put right and accepted by one and the same person.
#[tokio::test]
async fn what_todays_rules_would_refuse_is_no_damage() {
    let office = TestOffice::open().await;
    let (inspector, officer) = (office.phone(Role::Inspector).await, office.phone(Role::Officer).await);
    let known = [
        (3, office.site.grid.to_string()),
        (5, office.site.id.to_string()),
        (0x11, inspector.person.to_string()),
        (0x12, officer.person.to_string()),
    ];
    let stored = include_str!("../../../app/domain/tests/logs/under_laxer_rules.json").to_owned();
    let stored = known
        .into_iter()
        .fold(stored, |stored, (n, id)| stored.replace(&uuid::Uuid::from_u128(n).to_string(), &id));
    let events: Vec<EventRecord> = serde_json::from_str(&stored).unwrap();
    let hazard: HazardId = id();
    let number = Some("XC-2026-000001".to_owned());
    let hazard = Hazard { number, ..Hazard::fold(hazard, events).unwrap() };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_hazards(office.office.id, std::slice::from_ref(&hazard), office.state.now()).await.unwrap();
    let numbers = Numbers { hazard: 1, ..Numbers::default() };
    tx.put_numbers(office.office.id, 2026, &numbers).await.unwrap();
    tx.commit().await.unwrap();
    let report = verified(&office).await;
    assert!(report.is_clean() && report.outdated == 0, "{report}");
    let rebuilt = rebuild(&*office.state.store).await.unwrap();
    assert_eq!((rebuilt.folded, rebuilt.changed), (1, 0));
    assert_eq!(hazards(&office).await, [hazard]);
}

#[tokio::test]
async fn what_cannot_be_read_stays_as_it_is_and_is_named() {
    let (office, _) = busy().await;
    let rows = ledger(&office).await;
    // Damage asks nobody.
    office
        .database
        .execute(if office.database.address.starts_with("sqlite") {
            "DROP TRIGGER hazard_event_stays"
        } else {
            "DROP TRIGGER hazard_event_stays ON hazard_event"
        })
        .await;
    office.database.execute("UPDATE hazard_event SET body = '{' WHERE kind = 'assigned'").await;
    let rebuilt = rebuild(&*office.state.store).await.unwrap();
    assert_eq!((rebuilt.folded, rebuilt.changed, rebuilt.unreadable.len()), (1, 0, 1));
    assert_eq!(ledger(&office).await, rows);
    let damaged = verified(&office).await;
    assert!(damaged.told.iter().any(|told| told.contains("cannot be read")), "{damaged}");
}

/// More than a page of them, while somebody goes on sending.
#[tokio::test]
async fn servers_go_on_while_all_is_made_anew() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let many = || (0..40).map(|_| found(id(), office.site.id, "堆放杂物")).collect::<Vec<_>>();
    for _ in 0..4 {
        phone.sync(&many()).await;
    }
    let sending = async {
        for _ in 0..3 {
            for answer in phone.sync(&many()).await {
                assert_eq!(outcome_of(&answer), "received", "{answer}");
            }
        }
    };
    let (rebuilt, ()) = tokio::join!(rebuild(&*office.state.store), sending);
    assert!(rebuilt.unwrap().folded >= 160);
    assert_eq!(ledger(&office).await.total, 280);
    let report = verified(&office).await;
    assert!(report.is_clean(), "{report}");
}
