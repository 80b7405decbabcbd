//! What an administrator does to all records at once: back up, restore, verify, copy, bring up to date.

use super::{
    office::{
        Database, Phone, TestOffice, answer_in, command, command_in, found, id, outcome_of, passing_visit,
    },
    photos::{announce, jpeg},
};
use clap::Parser;
use domain::{photo::PhotoHash, role::Role};
use serde_json::json;
use server::{
    archive,
    blobs::{Blobs, Variant, folder::FolderBlobs},
    cli::Cli,
    storage::{ChangeQuery, Store, dump::TABLES},
    verify::{Report, verify},
};
use std::{collections::BTreeSet, fs, path::Path};
use test_support::s3;

/// Runs a command of the binary on these addresses.
pub async fn xunan(database: &Database, photos: &Path, command: &[&str]) -> anyhow::Result<()> {
    let photos = format!("file://{}", photos.display());
    let data = photos.trim_start_matches("file://").to_owned();
    let head = ["xunan", "--data", &data, "--database-url", &database.address, "--blobs", &photos];
    Cli::try_parse_from(head.iter().chain(command))?.run().await
}

/// An office with a hazard half way through its loop, one put right on the spot, a visit, all with photos: one that
/// came and one that did not.
pub async fn busy() -> (TestOffice, PhotoHash) {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = id();
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-11-28", "contingency": "巡查" } });
    let hash = photo(&inspector, 10).await;
    let (other, awaited) = announce(&inspector, &jpeg(20));
    let mut visit = passing_visit(&inspector, &office.site, &office.form("ebike-charging"));
    answer_in(&mut visit)["photos"] = json!([hash]);
    let mut one = found(hazard, office.site.id, "堆放杂物");
    command_in(&mut one)["photos"] = json!([hash]);
    let mut on_the_spot = found(id(), office.site.id, "飞线充电");
    let fixed = command_in(&mut on_the_spot);
    fixed["photos"] = json!([hash]);
    fixed["fixed"] = json!({ "photos": [other] });
    for answer in inspector.sync(&[awaited, one, on_the_spot, visit]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    office.phone(Role::Officer).await.sync(&[command(hazard, plan)]).await;
    (office, hash)
}

async fn photo(phone: &Phone<'_>, shade: u8) -> PhotoHash {
    let bytes = jpeg(shade);
    let (hash, announced) = announce(phone, &bytes);
    phone.sync(&[announced]).await;
    phone.upload_whole(bytes).await;
    hash
}

fn photos(office: &TestOffice) -> std::path::PathBuf {
    office.folder.path().join("photos")
}

async fn verified(office: &TestOffice) -> Report {
    verify(&*office.state.store, &*office.state.blobs).await.unwrap()
}

#[tokio::test]
async fn a_backup_brings_everything_back_into_an_empty_database() {
    let (office, hash) = busy().await;
    let before = archive::contents(&*office.state.store).await.unwrap();
    let file = office.folder.path().join("backup.jsonl.gz");
    let name = file.to_str().unwrap();
    xunan(&office.database, &photos(&office), &["backup", name]).await.unwrap();
    let again = xunan(&office.database, &photos(&office), &["restore", name]).await;
    assert!(again.unwrap_err().to_string().contains("holds an office already"));

    let folder = tempfile::tempdir().unwrap();
    let empty = Database::new(folder.path()).await;
    xunan(&empty, &photos(&office), &["restore", name]).await.unwrap();
    xunan(&empty, &photos(&office), &["verify"]).await.unwrap();
    let there = archive::contents(&*empty.open().await).await.unwrap();
    assert_eq!(there.rows, before.rows + 1, "everything, and the entry that it was restored");
    let epoch = async |store: &dyn Store| {
        let query = ChangeQuery { audiences: vec![], after: 0, live: None, limit: 1 };
        store.changes(office.office.id, &query).await.unwrap().epoch
    };
    let (was, is) = (epoch(&*office.state.store).await, epoch(&*empty.open().await).await);
    assert_ne!(was, is, "every phone begins anew");
    assert!(empty.open().await.attachment(office.office.id, &hash).await.unwrap().is_some());
}

#[tokio::test]
async fn a_backup_that_breaks_off_leaves_the_last_one_as_it_was() {
    let (office, _) = busy().await;
    let file = office.folder.path().join("backup.jsonl.gz");
    let name = file.to_str().unwrap();
    xunan(&office.database, &photos(&office), &["backup", name]).await.unwrap();
    let before = fs::read(&file).unwrap();
    // A row in the middle of it that cannot be read.
    let unreadable = if office.database.address.starts_with("sqlite") {
        "UPDATE attachment SET body = CAST(x'ff' AS TEXT)"
    } else {
        "ALTER TABLE attachment RENAME COLUMN body TO facts"
    };
    office.database.execute(unreadable).await;
    xunan(&office.database, &photos(&office), &["backup", name]).await.unwrap_err();
    assert_eq!(fs::read(&file).unwrap(), before);
    assert!(!office.folder.path().join("backup.jsonl.gz.part").exists());
}

#[tokio::test]
async fn a_mistyped_database_is_not_an_empty_one() {
    let (office, _) = busy().await;
    let folder = tempfile::tempdir().unwrap();
    let nowhere = Database::sqlite(&folder.path().join("nowhere"));
    let file = folder.path().join("backup.jsonl.gz");
    for command in [&["verify"][..], &["backup", file.to_str().unwrap()], &["export", "out"]] {
        xunan(&nowhere, &photos(&office), command).await.unwrap_err();
    }
    let empty = Database::new(folder.path()).await;
    drop(empty.open().await);
    xunan(&empty, &photos(&office), &["verify"]).await.unwrap_err();
    xunan(&empty, &photos(&office), &["backup", file.to_str().unwrap()]).await.unwrap_err();
    assert!(!file.exists());
}

#[tokio::test]
async fn a_restore_is_not_resumed_into_another_installation() {
    let (office, _) = busy().await;
    let other = TestOffice::open().await;
    let file = office.folder.path().join("backup.jsonl.gz");
    let name = file.to_str().unwrap();
    xunan(&office.database, &photos(&office), &["backup", name]).await.unwrap();
    let before = archive::contents(&*other.state.store).await.unwrap();
    let resumed = xunan(&other.database, &photos(&other), &["restore", name, "--resume"]).await;
    assert!(resumed.unwrap_err().to_string().contains("an office that is not in the file"));
    assert_eq!(archive::contents(&*other.state.store).await.unwrap(), before);
    // Into its own it goes on, which changes nothing where nothing was missing.
    xunan(&office.database, &photos(&office), &["restore", name, "--resume"]).await.unwrap();
}

#[tokio::test]
async fn a_backup_cut_short_or_altered_is_refused_before_anything_is_written() {
    let (office, _) = busy().await;
    let file = office.folder.path().join("backup.jsonl.gz");
    xunan(&office.database, &photos(&office), &["backup", file.to_str().unwrap()]).await.unwrap();
    let whole = fs::read(&file).unwrap();
    let mut altered = whole.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    for damaged in [&whole[..whole.len() - 20], &whole[..whole.len() / 2], &altered, b"not a backup"] {
        fs::write(&file, damaged).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let empty = Database::new(folder.path()).await;
        xunan(&empty, &photos(&office), &["restore", file.to_str().unwrap()]).await.unwrap_err();
        assert_eq!(empty.open().await.offices().await.unwrap(), []);
    }
}

#[tokio::test]
async fn what_is_whole_is_found_whole_and_what_is_on_its_way_is_no_damage() {
    let (office, _) = busy().await;
    let report = verified(&office).await;
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.photos, report.awaited), (1, 1));
    assert_eq!((report.rows["hazard_event"], report.rows["visit"]), (3, 1));
}

#[tokio::test]
async fn every_kind_of_damage_is_found_and_told() {
    let (office, hash) = busy().await;
    let raw = "UPDATE operation SET raw = replace(raw, '堆放杂物', '堆放什物')";
    let state = r#"UPDATE hazard SET body = replace(body, '"funds":0', '"funds":9')"#;
    let series = "UPDATE sequence SET last = 0 WHERE series = 'receipt'";
    let shown = "UPDATE hazard SET status = 'closed'";
    let unreadable = "UPDATE site SET body = '{' WHERE code = 'B1'";
    for (sql, words) in [
        (raw, "not what was received"),
        (state, "its events fold to another state"),
        (series, "the series stands at 0"),
        (shown, "lists show something else"),
        (unreadable, "cannot be read"),
    ] {
        office.database.execute(sql).await;
        let report = verified(&office).await;
        assert!(report.told.iter().any(|told| told.contains(words)), "{words}: {report}");
    }
    let file = photos(&office).join(&hash.as_str()[..2]).join(hash.as_str());
    fs::write(&file, jpeg(11)).unwrap();
    assert!(verified(&office).await.told.iter().any(|told| told.contains("has other bytes")));
    fs::remove_file(&file).unwrap();
    let report = verified(&office).await;
    assert!(report.told.iter().any(|told| told.contains("was received and is gone")), "{report}");
    let failed = xunan(&office.database, &photos(&office), &["verify"]).await;
    assert!(failed.unwrap_err().to_string().contains("damaged"));
}

/// To each database; the second time from half of it, as an interrupted copy leaves it.
#[tokio::test]
async fn a_copy_has_the_same_records_and_goes_on_where_it_was_interrupted() {
    let (office, _) = busy().await;
    let source = &*office.state.store;
    let folder = tempfile::tempdir().unwrap();
    for target in [Database::sqlite(folder.path()), Database::postgres().await] {
        let store = target.open().await;
        let (to, mut rows) = tokio::sync::mpsc::channel(1);
        let (on, some) = tokio::sync::mpsc::channel(1);
        let half = async {
            for _ in 0..20 {
                on.send(rows.recv().await.unwrap()).await.unwrap();
            }
            drop((rows, on));
        };
        let (_, loaded, ()) = tokio::join!(source.dump(to), store.load(some), half);
        assert_eq!(loaded.unwrap(), 20);
        let addresses = ["copy", "--from", &office.database.address, "--to", &target.address];
        xunan(&office.database, &photos(&office), &addresses).await.unwrap();
        assert_eq!(archive::contents(&*store).await.unwrap(), archive::contents(source).await.unwrap());
    }
    let other = TestOffice::open().await;
    let addresses = ["copy", "--from", &office.database.address, "--to", &other.database.address];
    let refused = xunan(&office.database, &photos(&office), &addresses).await;
    assert!(refused.unwrap_err().to_string().contains("an office that is not in the source"));
}

#[tokio::test]
async fn photos_are_copied_whole_and_once() {
    let (office, hash) = busy().await;
    let bytes = office.state.blobs.get(&hash, Variant::Original).await.unwrap().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let there = FolderBlobs::open(folder.path()).unwrap();
    let target = Database::sqlite(folder.path());
    let (from, to) =
        (format!("file://{}", photos(&office).display()), format!("file://{}", folder.path().display()));
    let addresses = ["copy", "--from", &office.database.address, "--to", &target.address];
    let addresses: Vec<_> =
        addresses.into_iter().chain(["--photos-from", &from, "--photos-to", &to]).collect();
    xunan(&office.database, &photos(&office), &addresses).await.unwrap();
    assert_eq!(there.get(&hash, Variant::Original).await.unwrap(), Some(bytes.clone()));
    assert!(verify(&*target.open().await, &there).await.unwrap().is_clean());
    // The same into a bucket, by the same code.
    let bucket = s3::bucket().blobs();
    assert_eq!(bucket.get(&hash, Variant::Original).await.unwrap(), None);
    bucket.put(&hash, Variant::Original, &bytes).await.unwrap();
    assert!(verify(&*office.state.store, &bucket).await.unwrap().is_clean());
}

/// A new table or column must be carried too.
#[tokio::test]
async fn every_table_and_column_is_carried() {
    let office = TestOffice::open().await;
    let columns = if office.database.address.starts_with("sqlite") {
        "SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
    };
    let there: BTreeSet<_> = office.database.texts(columns).await.into_iter().collect();
    let there: BTreeSet<_> = there.into_iter().filter(|name| !name.starts_with("_sqlx")).collect();
    let carried = TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| format!("{}.{}", table.name, column.name)));
    let mut carried: BTreeSet<_> = carried.collect();
    // What is forgotten, what phones send again, what matters for a day, what is made again from the photos, and when what
    // recurs was last done. Who is signed in stays here: a backup opens nothing.
    let left = [
        "session.",
        "push_subscription.",
        "sign_in_try.",
        "spent_puzzle.",
        "upload.",
        "quota.",
        "import_plan.",
        "job_schedule.",
        "photo_fingerprint.",
        "photo_key.",
        "photo_alike.",
    ];
    let is_left = |name: &&String| left.iter().any(|table| name.starts_with(table));
    carried.extend(there.iter().filter(is_left).cloned().collect::<Vec<_>>());
    assert_eq!(carried, there);
}
