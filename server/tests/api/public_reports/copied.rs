//! What people without an account sent goes along where an installation moves.

use super::{
    super::{office::Database, photos::jpeg, upkeep::xunan},
    desk, ids, placed, said, sent_from, solved,
};
use domain::role::Role;
use server::{
    blobs::{Blobs as _, Variant, folder::FolderBlobs},
    service::public_reports::{self, Sent},
    verify::verify,
};

#[tokio::test]
async fn all_photos_of_a_report_that_is_no_hazard_yet_are_copied() {
    let office = placed().await;
    let sent = solved(&office, said("占着消防通道摆摊")).await;
    let photos = [10, 120, 240].into_iter().map(|shade| jpeg(shade).into()).collect();
    sent_from(&office, "192.0.2.1", Sent { photos, ..sent }).await.unwrap();
    let by = desk(&office, Role::Supervisor).await;
    let [(id, 1)] = ids(&office, &by).await[..] else { panic!("one report") };
    let shown = public_reports::file(&office.state, &by, id).await.unwrap().report.photos;
    assert_eq!(shown.len(), 3);

    let (here, folder) = (office.folder.path().join("photos"), tempfile::tempdir().unwrap());
    let target = Database::sqlite(folder.path());
    let (from, to) = (format!("file://{}", here.display()), format!("file://{}", folder.path().display()));
    let records = ["copy", "--from", &office.database.address, "--to", &target.address];
    let command: Vec<_> = records.into_iter().chain(["--photos-from", &from, "--photos-to", &to]).collect();
    xunan(&office.database, &here, &command).await.unwrap();
    let there = FolderBlobs::open(folder.path()).unwrap();
    for photo in &shown {
        let bytes = office.state.blobs.get(photo, Variant::Original).await.unwrap();
        assert!(bytes.is_some());
        assert_eq!(there.get(photo, Variant::Original).await.unwrap(), bytes, "{photo}");
    }
    let verified = async || verify(&*target.open().await, &there).await.unwrap();
    let report = verified().await;
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.photos, 3);
    there.delete(&shown[2], Variant::Original).await.unwrap();
    let report = verified().await;
    assert!(report.told.iter().any(|told| told.contains(shown[2].as_str())), "{report}");
}
