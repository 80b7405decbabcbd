//! The photo storage is slow, or away.

use super::{
    load_spike::announcement,
    office::{Database, PASSWORD, TestOffice, found, id},
    phone::HeadlessPhone,
    process::Process,
};
use domain::{photo::PhotoHash, role::Role};
use server::blobs::{Blobs, Variant};
use std::{net::TcpListener, time::Duration};
use test_support::{picture::picture, s3};
use tokio::time::timeout;

#[tokio::test(flavor = "multi_thread")]
async fn while_the_bucket_is_silent_answers_are_synced_and_photos_wait() {
    // Takes connections and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(folder.path()).await;
    let office = TestOffice::on(database, folder).await;
    let mut server =
        Process::serve_s3(office.folder.path(), &office.database.address, "photos", &endpoint).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    let bytes = picture("a photo");
    let hash = PhotoHash::of(&bytes);
    let announced = announcement(&phone, &bytes);
    phone.put_photo(bytes.clone(), announced);
    while phone.receipts.is_empty() {
        phone.step(&server.url, 0.0).await;
    }
    let mut other = HeadlessPhone::sign_in(&server.url, Role::Officer.as_str(), PASSWORD, id()).await;
    other.put(found(id(), office.site.id, "堆放杂物"));
    let upload = phone.upload_once(&server.url, &hash);
    let sync = timeout(Duration::from_secs(5), async {
        while !other.is_quiet() {
            other.step(&server.url, 0.0).await;
        }
    });
    // The upload hangs for as long as the storage is given; the other phone is done long before.
    tokio::select! {
        biased;
        synced = sync => synced.unwrap(),
        answer = upload => panic!("{answer:?} before the other phone was done"),
    }
    server.kill();
    let bucket = s3::bucket();
    server.change_s3(&bucket.endpoint, &bucket.name);
    server.start().await;
    let drain = async {
        while !phone.is_quiet() {
            phone.step(&server.url, 0.0).await;
        }
    };
    timeout(Duration::from_mins(1), drain).await.expect("the photo arrives");
    assert_eq!(bucket.blobs().get(&hash, Variant::Original).await.unwrap(), Some(bytes));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_bucket_is_away_uploads_are_put_off() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(folder.path()).await;
    let office = TestOffice::on(database, folder).await;
    let (folder, address) = (office.folder.path(), &office.database.address);
    let server = Process::serve_s3(folder, address, "photos", &format!("http://{gone}")).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    let bytes = picture("a photo");
    let hash = PhotoHash::of(&bytes);
    let announced = announcement(&phone, &bytes);
    phone.put_photo(bytes, announced);
    while phone.receipts.is_empty() {
        phone.step(&server.url, 0.0).await;
    }
    let put_off = phone.upload_once(&server.url, &hash).await;
    assert_eq!((put_off.status().as_u16(), put_off.headers()["retry-after"].as_bytes()), (503, &b"30"[..]));
    let ready = reqwest::get(format!("{}/readyz", server.url)).await.unwrap();
    assert_eq!(ready.status(), 503);
}
