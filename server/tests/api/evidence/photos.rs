//! Nothing is closed by a photo before its maker told of it.

use super::{actor, clean, desk, plan, reported};
use crate::{
    office::{TestOffice, deed, found, id},
    photos::{announce, jpeg},
};
use app::{backend::Backend, error::Fault};
use domain::{hazard::Deed, id::HazardId, role::Role};
use serde_json::json;

#[tokio::test]
async fn nothing_is_closed_on_the_spot_before_its_photo_is_told_of() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (hash, announced) = announce(&inspector, &jpeg(10));
    let hazard: HazardId = id();
    let mut fixed = found(hazard, office.site.id, "堆放杂物");
    fixed["payload"]["deed"]["fixed"] = json!({ "photos": [hash] });
    let waits = &inspector.sync(std::slice::from_ref(&fixed)).await[0];
    assert_eq!((&waits["outcome"], &waits["because"]), (&json!("later"), &json!("photo_facts")), "{waits}");
    assert_eq!(office.state.store.hazard(office.office.id, hazard).await.unwrap(), None);
    // Somebody else's word is not its maker's.
    let enterprise = office.phone(Role::Enterprise).await;
    enterprise.sync(&[announce(&enterprise, &jpeg(10)).1]).await;
    assert_eq!(inspector.sync(std::slice::from_ref(&fixed)).await[0]["outcome"], "later");
    // In whatever order the two come.
    for answer in inspector.sync(&[fixed, announced]).await {
        assert_eq!(answer["outcome"], "received", "{answer}");
    }
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!((stored.stage.word(), stored.number.as_deref()), ("closed", Some("XC-2026-000001")));
    clean(&office).await;
}

#[tokio::test]
async fn nothing_is_accepted_by_photos_that_nobody_told_of() {
    let office = TestOffice::open().await;
    let (supervisor, officer) = (office.phone(Role::Supervisor).await, office.phone(Role::Officer).await);
    let enterprise = office.phone(Role::Enterprise).await;
    let hazard = reported(&supervisor, &office.site).await;
    supervisor.sync(&[deed(hazard, json!(plan(None, "2026-12-01")))]).await;
    let (hash, announced) = announce(&enterprise, &jpeg(10));
    let rectified = deed(hazard, json!({ "type": "rectified", "photos": [hash] }));
    assert_eq!(enterprise.sync(&[rectified]).await[0]["outcome"], "received");
    // Somebody else's word is not the author's.
    officer.sync(&[announce(&officer, &jpeg(10)).1]).await;
    let accepted = deed(hazard, json!({ "type": "accepted" }));
    let waits = &officer.sync(std::slice::from_ref(&accepted)).await[0];
    assert_eq!((&waits["outcome"], &waits["because"]), (&json!("later"), &json!("photo_facts")), "{waits}");
    let at_desk = || Deed::Accepted { note: String::new(), photos: vec![] };
    let refused = desk(&office).act(&actor(&supervisor).await, hazard, at_desk(), 3).await;
    assert!(matches!(&refused, Err(Fault::Invalid { field, .. }) if field == "note"), "{refused:?}");
    assert_eq!(enterprise.sync(&[announced]).await[0]["outcome"], "received");
    assert_eq!(officer.sync(&[accepted]).await[0]["outcome"], "received");
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.stage.word(), "closed");
    clean(&office).await;
}
