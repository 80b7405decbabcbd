//! The disk is nearly full, or full: a reserve that is never kept, a limit on the size of files, and a small disk in memory.

use super::{
    load_spike::{LoadSpike, announcement},
    office::{Database, PASSWORD, TestOffice, found, id},
    phone::HeadlessPhone,
    process::{self, Process},
};
use domain::{photo::PhotoHash, role::Role};
use serde_json::Value;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use test_support::picture::picture;

/// Kilobytes of any file.
const LIMIT: u32 = 4096;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_uploads_with_a_reason_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let mut server = Process::limited(office.folder.path(), &office.database.address, &blobs, LIMIT).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    let bytes = picture(vec![7; 5 << 20]);
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
    assert!(problem["detail"].as_str().unwrap().contains("空间"), "{problem}");

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
    let mut load_spike = LoadSpike::of(&office, vec![phone]);
    load_spike.work(std::slice::from_ref(&server.url), 0, 5).await;
    load_spike.check(&server.url).await;
}

async fn get(url: &str, path: &str) -> (u16, String) {
    let reply = reqwest::get(format!("{url}{path}")).await.unwrap();
    (reply.status().as_u16(), reply.text().await.unwrap())
}

/// Below the reserve.
#[tokio::test(flavor = "multi_thread")]
async fn photos_stop_before_the_disk_is_full_and_records_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let all = [("XUNAN_DISK_RESERVE", "100%".to_owned())];
    let mut server = Process::serve_with(office.folder.path(), &office.database.address, &blobs, &all).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    let bytes = picture(vec![7; 3000]);
    let announced = announcement(&phone, &bytes);
    phone.put_photo(bytes.clone(), announced);
    phone.put(found(id(), office.site.id, "堆放杂物"));
    phone.step(&server.url, 0.0).await;
    assert_eq!(phone.receipts.len(), 2, "records are small");
    let refused = phone.upload_once(&server.url, &PhotoHash::of(&bytes)).await;
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].as_bytes()), (507, &b"600"[..]));
    let problem: Value = serde_json::from_str(&refused.text().await.unwrap()).unwrap();
    assert_eq!(problem["code"], "full");
    let (status, ready) = get(&server.url, "/readyz").await;
    assert!(status == 200 && ready.starts_with("degraded"), "{status} {ready}");
    let (_, figures) = get(&server.url, "/metrics").await;
    for figure in ["xunan_disk_free_bytes", "xunan_disk_reserve_bytes"] {
        for holds in ["photos", "records"] {
            assert!(figures.contains(&format!("{figure}{{holds=\"{holds}\"}} ")), "{figure} {holds}");
        }
    }
    // Somebody makes room.
    server.stop();
    let mut server = Process::serve(office.folder.path(), &office.database.address, &blobs).await;
    assert_eq!(get(&server.url, "/readyz").await, (200, "ok".to_owned()));
    let mut load_spike = LoadSpike::of(&office, vec![phone]);
    load_spike.work(std::slice::from_ref(&server.url), 0, 5).await;
    load_spike.check(&server.url).await;
    server.stop();
}

/// A disk of 32 MB in memory; gone with it.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where this account may not make one.
    fn at(folder: &Path) -> Option<Self> {
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"]).arg(folder).output();
        mount.is_ok_and(|done| done.status.success()).then(|| Self(folder.to_owned()))
    }

    /// To its last byte.
    fn fill(&self) -> PathBuf {
        let path = self.0.join("filler");
        let mut file = File::create(&path).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            while file.write_all(&vec![1; size]).is_ok() {}
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn xunan(office: &TestOffice, words: &[&str]) -> Output {
    let data = office.folder.path().join("data");
    let photos = format!("file://{}", office.folder.path().join("photos").display());
    let mut command = Command::new(process::program());
    command.args([
        "--data",
        &data.display().to_string(),
        "--database-url",
        &office.database.address,
        "--blobs",
        &photos,
    ]);
    command.args(words).output().unwrap()
}

/// Not a byte is left, and the power was cut.
#[tokio::test(flavor = "multi_thread")]
async fn a_disk_without_a_byte_left_can_be_read_looked_over_and_backed_up_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::at(folder.path()) else {
        println!("this account may not mount a disk: nothing was tried");
        return;
    };
    let database = Database::sqlite(folder.path());
    let mut office = TestOffice::on(database, folder).await;
    office.state.store.close().await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let mut server = Process::serve(office.folder.path(), &office.database.address, &blobs).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    for _ in 0..30 {
        phone.put(found(id(), office.site.id, &"堆放杂物".repeat(100)));
    }
    while phone.receipts.len() < 30 {
        phone.step(&server.url, 0.0).await;
    }
    let filler = disk.fill();
    phone.put(found(id(), office.site.id, "放不下了"));
    assert_eq!(phone.sync_once(&server.url).await.status().as_u16(), 503);
    assert_eq!(get(&server.url, "/readyz").await.0, 503);
    server.kill();
    // Where the last one stood was room again; now there is none for the next.
    fs::remove_file(&filler).unwrap();
    fs::remove_file(office.folder.path().join("xunan.sqlite-shm")).unwrap();
    let filler = disk.fill();
    let verified = xunan(&office, &["verify"]);
    let said = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert!(verified.status.success() && said.contains("hazard  30\n"), "{verified:?}");
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("all.gz");
    let backed_up = xunan(&office, &["backup", &file.display().to_string()]);
    assert!(backed_up.status.success() && file.exists(), "{backed_up:?}");
    // A server starts, shows what is there, and says that it can take nothing.
    server.start().await;
    assert_eq!(get(&server.url, "/readyz").await.0, 503);
    assert_eq!(phone.sync_once(&server.url).await.status().as_u16(), 503);
    assert_eq!(phone.read_once(&server.url).await.status().as_u16(), 200);
    server.kill();
    fs::remove_file(&filler).unwrap();
    server.start().await;
    office.state.store = office.database.open().await;
    let mut load_spike = LoadSpike::of(&office, vec![phone]);
    load_spike.work(std::slice::from_ref(&server.url), 0, 5).await;
    load_spike.check(&server.url).await;
    server.kill();
}

/// Files that a writer has not finished, everywhere below.
fn drafts(photos: &Path) -> Vec<PathBuf> {
    let fans = fs::read_dir(photos).into_iter().flatten().flatten();
    let files = fans.flat_map(|fan| fs::read_dir(fan.path()).into_iter().flatten().flatten());
    files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "tmp")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_killed_servers_left_half_written_goes_when_the_next_one_starts() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let photos = office.folder.path().join("photos");
    let blobs = format!("file://{}", photos.display());
    let mut server = Process::serve(office.folder.path(), &office.database.address, &blobs).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    for shade in 0..6 {
        let bytes = picture(vec![shade; 3 << 20]);
        let announced = announcement(&phone, &bytes);
        phone.put_photo(bytes, announced);
    }
    for patience in [40, 90, 140, 190] {
        let cut = std::time::Duration::from_millis(patience);
        let _ = tokio::time::timeout(cut, async {
            loop {
                phone.step(&server.url, 0.0).await;
            }
        })
        .await;
        server.kill();
        server.start().await;
    }
    server.kill();
    // As a kill between creating and renaming leaves it, whether or not one of these met that moment.
    fs::create_dir_all(photos.join("ab")).unwrap();
    fs::write(photos.join("ab").join("abcdef.0123.tmp"), "half of it").unwrap();
    let left = drafts(&photos);
    for path in &left {
        let file = File::options().write(true).open(path).unwrap();
        let written = file.metadata().unwrap().modified().unwrap();
        file.set_modified(written - std::time::Duration::from_hours(2)).unwrap();
    }
    println!("{} left", left.len());
    server.start().await;
    let begun = std::time::Instant::now();
    while !drafts(&photos).is_empty() {
        assert!(begun.elapsed().as_secs() < 20, "they stay: {:?}", drafts(&photos));
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let mut load_spike = LoadSpike::of(&office, vec![phone]);
    load_spike.work(std::slice::from_ref(&server.url), 0, 5).await;
    load_spike.check(&server.url).await;
}
