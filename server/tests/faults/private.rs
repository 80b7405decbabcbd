//! On a machine whose accounts read what the others write, as most are set up: what the program makes is its owner's alone.

use super::{
    load_spike::announcement,
    office::{Database, PASSWORD, TestOffice, id},
    phone::HeadlessPhone,
    process::{self, OPEN, Process},
};
use domain::role::Role;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use test_support::picture::picture;

fn xunan(office: &TestOffice, blobs: &str, words: &[&str]) -> Output {
    let data = office.folder.path().join("data").display().to_string();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{OPEN}exec \"$@\""), "sh", &process::program()]);
    command.args(["--data", &data, "--database-url", &office.database.address, "--blobs", blobs]);
    command.args(words).output().unwrap()
}

/// Everything below, and its mode.
fn below(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut modes = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = fs::metadata(&path).unwrap();
        if about.is_dir() {
            modes.extend(below(&path));
        }
        modes.push((path, about.permissions().mode() & 0o777));
    }
    modes
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_backups_and_exports_are_their_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let data = office.folder.path().join("data");
    let blobs = format!("file://{}", data.join("photos").display());
    let mut server = Process::serve(office.folder.path(), &office.database.address, &blobs).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    let bytes = picture("bytes of a photo");
    let announced = announcement(&phone, &bytes);
    phone.put_photo(bytes, announced);
    while phone.photo_receipts.is_empty() && phone.misses < 5 {
        phone.step(&server.url, 0.0).await;
    }
    assert_eq!(phone.photo_receipts.len(), 1, "{} misses", phone.misses);
    server.stop();
    let (backup, lists) = (data.join("all.gz"), data.join("lists"));
    for words in [["backup", &backup.display().to_string()], ["export", &lists.display().to_string()]] {
        let done = xunan(&office, &blobs, &words);
        assert!(done.status.success(), "{done:?}");
    }
    let modes = below(&data);
    for made in [backup, lists.join("people.csv"), data.join("secret.key"), data.join("photos")] {
        assert!(modes.iter().any(|(path, _)| *path == made), "{} is not there", made.display());
    }
    let photos = modes.iter().filter(|(path, _)| path.starts_with(data.join("photos"))).count();
    assert!(photos >= 3, "the folder, the one in it, and the photo: {modes:?}");
    let open: Vec<_> = modes.iter().filter(|(_, mode)| mode & 0o077 != 0).collect();
    assert!(open.is_empty(), "{open:?}");
}
