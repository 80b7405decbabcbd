//! The disk is full: a limit on the size of files stands in for it.

use super::{
    crowd::{Crowd, announcement},
    office::{Database, PASSWORD, TestOffice, found, id},
    phone::HeadlessPhone,
    picture::picture,
    process::Process,
};
use domain::{photo::PhotoHash, role::Role};
use serde_json::Value;

/// Kilobytes of any file.
const LIMIT: u32 = 2048;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_uploads_with_a_reason_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let mut server = Process::limited(office.folder.path(), &office.database.address, &blobs, LIMIT).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    let bytes = picture(vec![7; 3 << 20]);
    let announced = announcement(&phone, &bytes);
    phone.put_photo(bytes.clone(), announced);
    while phone.photo_receipts.is_empty() && phone.misses < 2 {
        phone.step(&server.url, 0.0).await;
    }
    assert_eq!(phone.receipts.len(), 1, "the photo's facts are small");
    let refused = phone.upload_once(&server.url, &PhotoHash::of(&bytes)).await;
    assert_eq!(refused.status(), 507);
    let problem: Value = serde_json::from_str(&refused.text().await.unwrap()).unwrap();
    assert_eq!(problem["code"], "full");
    assert!(problem["words"].as_str().unwrap().contains("空间"), "{problem}");

    // Then the records' own file meets the limit.
    while phone.misses < 4 {
        for _ in 0..50 {
            phone.put(found(id(), office.site.id, &"堆放杂物".repeat(200)));
        }
        phone.step(&server.url, 0.0).await;
    }
    let client = reqwest::Client::new();
    let alive = client.get(format!("{}/healthz", server.url)).send().await.unwrap();
    assert_eq!(alive.status(), 200, "a full disk is no reason to die");
    let again = phone.sync_once(&server.url).await;
    assert_eq!((again.status().as_u16(), again.headers()["retry-after"].as_bytes()), (503, &b"30"[..]));
    server.kill();
    server.unlimit();
    server.start().await;
    let mut crowd = Crowd::of(&office, vec![phone]);
    crowd.work(std::slice::from_ref(&server.url), 0, 5).await;
    crowd.check(&server.url).await;
}
