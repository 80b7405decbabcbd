//! What commands on the machine do to accounts, keys and files, and what they refuse.

use super::{
    office::{Database, TestOffice, found, id, receipt_of},
    upkeep::busy,
};
use axum::{body::Body, http::Request};
use chrono::Duration;
use clap::Parser;
use domain::{
    audit::{Act, AuditFilter, By},
    place::Office,
    receipt::Receipt,
    role::Role,
};
use server::{cli::Cli, signing::check_any, storage::dump::TABLES};
use std::{fs, os::unix::fs::PermissionsExt, path::Path};

async fn xunan(data: &Path, command: &[&str]) -> anyhow::Result<()> {
    let data = data.display().to_string();
    Cli::try_parse_from(["xunan", "--data", &data].iter().chain(command))?.run().await
}

async fn on(office: &TestOffice, command: &[&str]) -> anyhow::Result<()> {
    let data = office.folder.path().display().to_string();
    let head = ["xunan", "--data", &data, "--database-url", &office.database.address];
    Cli::try_parse_from(head.iter().chain(command))?.run().await
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_mistyped_data_folder_is_refused_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere");
    for command in [
        &["serve"][..],
        &["user", "list"],
        &["user", "passwd", "admin"],
        &["user", "add", "admin", "--name", "李敏"],
        &["import", "people", "a.csv"],
        &["export", "out"],
        &["migrate"],
        &["key", "rotate"],
        &["verify"],
        &["backup", "a.gz"],
    ] {
        let refused = xunan(&nowhere, command).await.unwrap_err().to_string();
        assert!(refused.contains("xunan init"), "{command:?}: {refused}");
        assert!(!nowhere.exists(), "{command:?}");
    }
}

#[tokio::test]
async fn a_first_account_that_is_refused_leaves_no_office() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for wrong in [
        ["user", "add", "li min", "--name", "李敏", "--office", "新城街道"],
        ["user", "add", "limin", "--name", " ", "--office", "新城街道"],
        ["user", "add", "limin", "--name", "李敏", "--office", " "],
    ] {
        xunan(&data, &wrong).await.unwrap_err();
    }
    let other = ["user", "add", "limin", "--name", "李敏", "--role", "inspector", "--office", "新城街道"];
    xunan(&data, &other).await.unwrap_err();
    let store = Database::sqlite(&data).open().await;
    assert_eq!(store.offices().await.unwrap(), []);
    xunan(&data, &["user", "add", "limin", "--name", "李敏", "--office", " 新城街道 "]).await.unwrap();
    let offices = store.offices().await.unwrap();
    assert_eq!(offices.iter().map(|office| office.name.as_str()).collect::<Vec<_>>(), ["新城街道"]);
    assert!(!store.newest_editions(offices[0].id).await.unwrap().is_empty());
    let told = store.audit(offices[0].id, &AuditFilter { page: 1, ..Default::default() }).await.unwrap().rows;
    assert!(told.iter().all(|entry| (entry.act, &entry.by) == (Act::Added, &By::CommandLine)), "{told:?}");
    assert_eq!(told.len(), 2);
}

#[tokio::test]
async fn only_its_owner_reads_what_lies_in_the_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
    xunan(&data, &["user", "add", "limin", "--name", "李敏", "--office", "新城街道"]).await.unwrap();
    assert_eq!(mode(&data), 0o700, "closed, because it is ours");
    assert_eq!([mode(&data.join("xunan.sqlite")), mode(&data.join("secret.key"))], [0o600; 2]);
    fs::set_permissions(data.join("xunan.sqlite"), fs::Permissions::from_mode(0o644)).unwrap();
    xunan(&data, &["user", "list"]).await.unwrap();
    assert_eq!(mode(&data.join("xunan.sqlite")), 0o600, "an older one is closed too");
    let shared = folder.path().join("shared");
    fs::create_dir(&shared).unwrap();
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o1777)).unwrap();
    let refused = xunan(&shared, &["user", "add", "limin", "--name", "李敏", "--office", "新城街道"]).await;
    assert!(refused.unwrap_err().to_string().contains("--data"));
    assert_eq!(mode(&shared), 0o777, "nobody's to close");
}

#[tokio::test]
async fn a_backup_opens_nothing_and_brings_no_session_back() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    assert!(TABLES.iter().all(|table| table.name != "session"));
    let file = office.folder.path().join("a.gz");
    on(&office, &["backup", file.to_str().unwrap()]).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let empty = Database::new(folder.path()).await;
    let data = folder.path().display().to_string();
    let command =
        ["xunan", "--data", &data, "--database-url", &empty.address, "restore", file.to_str().unwrap()];
    Cli::try_parse_from(command).unwrap().run().await.unwrap();
    let store = empty.open().await;
    assert!(store.sessions_of(phone.person, super::office::now()).await.unwrap().is_empty());
    let told = store.audit(office.office.id, &AuditFilter { page: 1, ..Default::default() }).await.unwrap();
    assert!(told.rows.iter().any(|entry| entry.act == Act::Restored));
}

#[tokio::test]
async fn a_new_key_signs_at_once_everywhere_and_old_receipts_stay_proven() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let receipt = async || -> Receipt {
        let answers = phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
        serde_json::from_value(receipt_of(&answers[0]).clone()).unwrap()
    };
    let first = receipt().await;
    on(&office, &["key", "rotate"]).await.unwrap();
    office.clock.set(super::office::now() + Duration::minutes(1));
    let second = receipt().await;
    let key = |receipt: &Receipt| receipt.signature.as_ref().unwrap().key.clone();
    assert_ne!(key(&first), key(&second));
    let shown = office.send(Request::get("/api/v1/receipt-key").body(Body::empty()).unwrap()).await.json();
    assert_eq!(shown["id"], key(&second));
    let keys: Vec<_> =
        shown["keys"].as_array().unwrap().iter().map(|key| key["public"].as_str().unwrap()).collect();
    assert_eq!(keys.len(), 2);
    for receipt in [&first, &second] {
        assert_eq!(check_any(receipt, keys.iter().copied()), Ok(()));
    }
    let forged = Receipt { hash: "00".repeat(32), ..first };
    check_any(&forged, keys.iter().copied()).unwrap_err();
    on(&office, &["verify"]).await.unwrap();
    let told =
        office.state.store.audit(office.office.id, &AuditFilter { page: 1, ..Default::default() }).await;
    assert!(told.unwrap().rows.iter().any(|entry| entry.act == Act::KeyRotated));
}

#[tokio::test]
async fn two_offices_in_one_database_are_verified_and_backed_up() {
    let (office, _) = busy().await;
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_office(&Office { id: id(), name: "另一街道".into(), demo: false }).await.unwrap();
    tx.commit().await.unwrap();
    on(&office, &["verify"]).await.unwrap();
    let file = office.folder.path().join("a.gz");
    on(&office, &["backup", file.to_str().unwrap()]).await.unwrap();
}

#[tokio::test]
async fn a_copy_takes_no_password_as_an_argument() {
    let office = TestOffice::open().await;
    let (from, to) = (office.database.address.clone(), "postgres://xunan:s3cr3t@localhost/city");
    let refused = on(&office, &["copy", "--from", &from, "--to", to]).await.unwrap_err().to_string();
    assert!(refused.contains("XUNAN_COPY_TO") && !refused.contains("s3cr3t"), "{refused}");
    let folder = tempfile::tempdir().unwrap();
    let target = Database::sqlite(folder.path());
    let file = folder.path().join("address");
    fs::write(&file, format!("{}\n", target.address)).unwrap();
    on(&office, &["copy", "--from", &from, "--to-file", file.to_str().unwrap()]).await.unwrap();
    assert_eq!(target.open().await.offices().await.unwrap(), std::slice::from_ref(&office.office));
}
