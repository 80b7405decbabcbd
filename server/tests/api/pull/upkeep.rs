//! The changes themselves: they agree with the records, are mended where they do not, and are swept away in time.

use super::{ago, came, closed, gone, open, set, visited, walker};
use crate::{
    office::{TestOffice, now},
    upkeep::xunan,
};
use chrono::Duration;
use domain::role::Role;
use server::{
    jobs::forget_changes::forget,
    service::{changes::begin_epoch, hazards::rebuild},
    verify::verify,
};
use uuid::Uuid;

async fn told(office: &TestOffice) -> Vec<String> {
    verify(&*office.state.store, &*office.state.blobs).await.unwrap().told
}

/// As it stands in a change.
fn named(office: &TestOffice, id: &str) -> String {
    office.database.bytes(id.parse::<Uuid>().unwrap().as_bytes())
}

async fn is_told(office: &TestOffice, id: &str) -> bool {
    let sql = format!("SELECT kind FROM change WHERE id = {}", named(office, id));
    !office.database.texts(&sql).await.is_empty()
}

async fn forgotten(office: &TestOffice, id: &str) {
    office.database.execute(&format!("DELETE FROM change WHERE id = {}", named(office, id))).await;
}

#[tokio::test]
async fn changes_that_do_not_say_as_the_records_do_are_named_and_mended() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (hazard, lost) = (open(&inspector, &office.site, 3).await, open(&inspector, &office.site, 3).await);
    let (ended, visit) =
        (closed(&inspector, &office.site, 3).await, visited(&inspector, &office.site, 3).await);
    let other = walker(&office, "there", &[office.elsewhere.grid]).await;
    let (_, cursor) = other.pull(None).await;
    assert_eq!(told(&office).await, Vec::<String>::new());
    let (here, there) = (office.site.grid.0.simple(), office.elsewhere.grid.0.simple());
    for sql in [
        // As a bug or a hand in the database would leave it: another grid hears of it, its own does not.
        format!(
            "UPDATE change SET grid = (SELECT grid FROM site WHERE code = 'B1') WHERE id = {}",
            named(&office, &hazard)
        ),
        format!("UPDATE change SET sector = NULL WHERE id = {}", named(&office, &ended)),
    ] {
        office.database.execute(&sql).await;
    }
    forgotten(&office, &lost).await;
    forgotten(&office, &visit).await;
    let told_of = told(&office).await;
    let about =
        |id: &str| told_of.iter().find(|words| words.contains(id)).unwrap_or_else(|| panic!("{told_of:?}"));
    assert!(about(&hazard).contains(&format!("g{here} would not hear of it")), "{told_of:?}");
    assert!(about(&hazard).contains(&format!("g{there} hears of it and does not see it")), "{told_of:?}");
    let sector = office.site.sector.as_str();
    assert!(about(&lost).contains(&format!("g{here}")));
    assert!(about(&ended).contains(&format!("k{sector} would not hear of it")), "{told_of:?}");
    assert_eq!(told_of.len(), 3, "a visit may have been swept away: {told_of:?}");
    assert_eq!(came(&inspector.pull(None).await.0, "hazard"), set([&ended]));

    let mut tx = office.state.store.write().await.unwrap();
    assert_eq!(tx.rebuild_audiences(office.office.id, ago(90)).await.unwrap(), 4);
    tx.commit().await.unwrap();
    assert_eq!(told(&office).await, Vec::<String>::new());
    let (changes, _) = inspector.pull(None).await;
    assert_eq!(came(&changes, "hazard"), set([&hazard, &lost, &ended]));
    assert_eq!(came(&changes, "visit"), set([&visit]));
    let (changes, _) = other.pull(Some(cursor)).await;
    assert_eq!((came(&changes, "hazard"), gone(&changes, "hazard")), (set([]), set([&hazard])));
    let mut tx = office.state.store.write().await.unwrap();
    assert_eq!(tx.rebuild_audiences(office.office.id, ago(90)).await.unwrap(), 0, "nothing is left to mend");
    tx.commit().await.unwrap();

    // So it is mended by hand.
    forgotten(&office, &lost).await;
    assert_eq!(told(&office).await.len(), 1);
    xunan(&office.database, &office.folder.path().join("photos"), &["rebuild"]).await.unwrap();
    assert_eq!(told(&office).await, Vec::<String>::new());
}

/// It holds what the office knows nothing of any more, and would pass over what comes under the same numbers.
#[tokio::test]
async fn a_phone_that_heard_more_than_a_restored_backup_holds_begins_anew() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let kept = open(&inspector, &office.site, 3).await;
    let at_backup =
        office.database.texts("SELECT CAST(last AS TEXT) FROM sequence WHERE series = 'change'").await;
    let lost = open(&inspector, &office.site, 3).await;
    let (_, cursor) = inspector.pull(None).await;
    forgotten(&office, &lost).await;
    let rewound = format!("UPDATE sequence SET last = {} WHERE series = 'change'", at_backup[0]);
    office.database.execute(&rewound).await;
    let (changes, cursor) = inspector.pull(Some(cursor)).await;
    assert_eq!(changes[0]["kind"], "directory", "from the beginning");
    assert_eq!(came(&changes, "hazard"), set([&kept]));
    let next = open(&inspector, &office.site, 3).await;
    assert_eq!(came(&inspector.pull(Some(cursor)).await.0, "hazard"), set([&next]));
}

/// The office has come to where the phone stood, and by the number alone nobody could tell.
#[tokio::test]
async fn a_phone_of_another_epoch_begins_anew_though_the_numbers_have_caught_up() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let kept = open(&inspector, &office.site, 3).await;
    let at_backup =
        office.database.texts("SELECT CAST(last AS TEXT) FROM sequence WHERE series = 'change'").await;
    let lost = open(&inspector, &office.site, 3).await;
    let (_, cursor) = inspector.pull(None).await;
    forgotten(&office, &lost).await;
    let rewound = format!("UPDATE sequence SET last = {} WHERE series = 'change'", at_backup[0]);
    office.database.execute(&rewound).await;
    let mut tx = office.state.store.write().await.unwrap();
    begin_epoch(&mut *tx, office.office.id).await.unwrap();
    tx.commit().await.unwrap();
    let (next, last) = (open(&inspector, &office.site, 3).await, open(&inspector, &office.site, 3).await);
    let (changes, cursor) = inspector.pull(Some(cursor)).await;
    assert_eq!(changes[0]["kind"], "directory", "from the beginning");
    assert_eq!(came(&changes, "hazard"), set([&kept, &next, &last]));
    let (changes, _) = inspector.pull(Some(cursor)).await;
    assert_eq!(changes, Vec::<serde_json::Value>::new(), "and goes on from there");
}

#[tokio::test]
async fn changes_are_swept_away_once_no_phone_can_want_them() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (hazard, ended) =
        (open(&inspector, &office.site, 200).await, closed(&inspector, &office.site, 200).await);
    let visit = visited(&inspector, &office.site, 200).await;
    let (_, cursor) = inspector.pull(None).await;
    // Whoever was here before they were made hears of them, however long ago they ended.
    for days in [0, 30, 60] {
        office.clock.set(now() + Duration::days(days));
        forget(&office.state).await.unwrap();
        assert!(is_told(&office, &ended).await && is_told(&office, &visit).await, "after {days} days");
    }
    office.clock.set(now() + Duration::days(63));
    assert!(forget(&office.state).await.unwrap() > 0);
    assert!(!is_told(&office, &ended).await && !is_told(&office, &visit).await);
    assert!(is_told(&office, &hazard).await, "what is open stays");
    assert_eq!(forget(&office.state).await.unwrap(), 0, "once a day");
    // Nothing is missing where nothing is wanted, and who comes back from then begins anew.
    assert_eq!(told(&office).await, Vec::<String>::new());
    let inspector = office.phone(Role::Inspector).await;
    let (changes, _) = inspector.pull(Some(cursor)).await;
    assert_eq!(changes[0]["kind"], "directory", "from the beginning");
    assert_eq!(came(&changes, "hazard"), set([&hazard]));
}

/// An update that reads more out of all events must not send an office's whole past to every phone.
#[tokio::test]
async fn what_was_swept_away_is_not_announced_because_it_is_folded_anew() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = open(&inspector, &office.site, 200).await;
    let (old, lately) =
        (closed(&inspector, &office.site, 200).await, closed(&inspector, &office.site, 3).await);
    let (_, cursor) = inspector.pull(None).await;
    forgotten(&office, &old).await;
    let as_another_version_had_it =
        "UPDATE hazard SET projection_version = 0, body = replace(body, '楼道', '走廊')";
    office.database.execute(as_another_version_had_it).await;
    let rebuilt = rebuild(&*office.state.store).await.unwrap();
    assert_eq!((rebuilt.folded, rebuilt.changed), (3, 3));
    assert!(!is_told(&office, &old).await);
    let (changes, _) = inspector.pull(Some(cursor)).await;
    assert_eq!(came(&changes, "hazard"), set([&hazard, &lately]));
    assert_eq!(told(&office).await, Vec::<String>::new());
}
