//! Nothing is closed by a photo before its maker told of it.

use super::{actor, clean, plan, reported};
use crate::{
    asker::{at_desk, said},
    office::{TestOffice, because_of, command, command_in, found, id, outcome_of},
    photos::{announce, jpeg},
};
use app::error::AppError;
use domain::{
    hazard::{Evidence, HazardCommand, HazardStatusKind},
    id::HazardId,
    role::Role,
};
use serde_json::json;
use server::service::hazards;

#[tokio::test]
async fn nothing_is_closed_on_the_spot_before_its_photo_is_told_of() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (hash, announced) = announce(&inspector, &jpeg(10));
    let hazard: HazardId = id();
    let mut fixed = found(hazard, office.site.id, "堆放杂物");
    command_in(&mut fixed)["fixed"] = json!({ "photos": [hash] });
    let waits = &inspector.sync(std::slice::from_ref(&fixed)).await[0];
    assert_eq!(because_of(waits), "photo_facts", "{waits}");
    assert_eq!(office.state.store.hazard(office.office.id, hazard).await.unwrap(), None);
    // Somebody else's word is not its maker's.
    let enterprise = office.phone(Role::Enterprise).await;
    enterprise.sync(&[announce(&enterprise, &jpeg(10)).1]).await;
    assert_eq!(outcome_of(&inspector.sync(std::slice::from_ref(&fixed)).await[0]), "retry_after");
    // In whatever order the two come.
    for answer in inspector.sync(&[fixed, announced]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.status.kind(), HazardStatusKind::Closed);
    assert_eq!(stored.number.as_deref(), Some("XC-2026-000001"));
    clean(&office).await;
}

#[tokio::test]
async fn nothing_is_accepted_by_photos_that_nobody_told_of() {
    let office = TestOffice::open().await;
    let (supervisor, officer) = (office.phone(Role::Supervisor).await, office.phone(Role::Officer).await);
    let enterprise = office.phone(Role::Enterprise).await;
    let hazard = reported(&supervisor, &office.site).await;
    supervisor.sync(&[command(hazard, json!(plan(None, "2026-12-01")))]).await;
    let (hash, announced) = announce(&enterprise, &jpeg(10));
    let rectified = command(hazard, json!({ "rectify": { "photos": [hash] } }));
    assert_eq!(outcome_of(&enterprise.sync(&[rectified]).await[0]), "received");
    // Somebody else's word is not the author's.
    officer.sync(&[announce(&officer, &jpeg(10)).1]).await;
    let accepted = command(hazard, json!({ "accept": {} }));
    let waits = &officer.sync(std::slice::from_ref(&accepted)).await[0];
    assert_eq!(because_of(waits), "photo_facts", "{waits}");
    let accept = || HazardCommand::Accept(Evidence { note: String::new(), photos: vec![] });
    let refused =
        said(hazards::act(&office.state, &at_desk(&actor(&supervisor).await), hazard, &accept(), 3).await);
    assert!(matches!(&refused, Err(AppError::Invalid { field, .. }) if field == "note"), "{refused:?}");
    assert_eq!(outcome_of(&enterprise.sync(&[announced]).await[0]), "received");
    assert_eq!(outcome_of(&officer.sync(&[accepted]).await[0]), "received");
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.status.kind(), HazardStatusKind::Closed);
    clean(&office).await;
}
