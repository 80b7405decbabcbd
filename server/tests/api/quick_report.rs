//! 随手报: a hazard that no visit found, from the phone that reports it to the desk's ledger.

use super::{
    evidence::{actor, clean},
    office::{TestOffice, command_in, found, id, outcome_of, reason_of, refusal_of},
    pages::Desk,
};
use crate::asker::at_desk;
use domain::{
    hazard::{Hazard, HazardStatus},
    id::{HazardId, SiteId},
    ledger::{LedgerFilter, LedgerStatusFilter},
    place::Location,
    quarantine::QuarantineFilter,
    role::Role,
};
use serde_json::{Value, json};
use server::service::{hazards, sync::quarantine};

/// As the phone sends it: no visit, no form, no day, and where the person stood.
fn reported(hazard: HazardId, site: SiteId) -> Value {
    let mut report = found(hazard, site, "消防通道停放机动车");
    let said = command_in(&mut report).as_object_mut().unwrap();
    said.remove("due");
    said.insert(
        "location".to_owned(),
        json!({ "latitude": 34.8712, "longitude": 113.6205, "accuracy": 6.5 }),
    );
    report
}

#[tokio::test]
async fn a_report_without_a_visit_reaches_the_ledger_and_every_phone_with_its_place() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let by = actor(&office.phone(Role::Supervisor).await).await;
    let hazard: HazardId = id();
    let sent = [reported(hazard, office.site.id)];
    assert_eq!(outcome_of(&inspector.sync(&sent).await[0]), "received");
    assert_eq!(outcome_of(&inspector.sync(&sent).await[0]), "already_received", "made once");

    let here = Location { latitude: 34.8712, longitude: 113.6205, accuracy: Some(6.5) };
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!((&stored.status, stored.due), (&HazardStatus::Found, None));
    assert_eq!((stored.found.location, stored.found.visit, &stored.found.form), (Some(here), None, &None));
    let (changes, _) = inspector.pull(None).await;
    let change = changes.iter().find(|change| change["id"] == json!(hazard)).unwrap();
    let pulled: Hazard = serde_json::from_value(change["body"].clone()).unwrap();
    assert_eq!(pulled.found.location, Some(here));

    let filter = LedgerFilter { page: 1, ..LedgerFilter::of(LedgerStatusFilter::ToAssign) };
    let listed = hazards::ledger(&office.state, &at_desk(&by), &filter).await.unwrap();
    assert_eq!(listed.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [hazard]);
    let desk = Desk::of(&office);
    let page = desk.seat(Role::Supervisor).await.page(&format!("/office/hazards/{hazard}")).await.text();
    assert!(page.contains("消防通道停放机动车") && page.contains("随手报"), "{page}");
    clean(&office).await;
}

#[tokio::test]
async fn nobody_reports_out_of_their_scope_and_the_phone_is_told_so() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard: HazardId = id();
    let answer = &inspector.sync(&[reported(hazard, office.elsewhere.id)]).await[0];
    assert_eq!(reason_of(answer), "not_allowed", "{answer}");
    let message = refusal_of(answer)["message"].as_str().unwrap();
    assert!(!message.is_empty(), "{answer}");
    assert!(refusal_of(answer)["kept"].is_object(), "it may be a right that was lost: {answer}");
    assert_eq!(office.state.store.hazard(office.office.id, hazard).await.unwrap(), None);
    let admin = actor(&office.phone(Role::Administrator).await).await;
    let waiting =
        quarantine::list(&office.state, &at_desk(&admin), &QuarantineFilter::default()).await.unwrap();
    let told = serde_json::to_string(&waiting.rows).unwrap();
    assert!(told.contains("消防通道停放机动车") && !told.contains("34.8712"), "what, and not where: {told}");

    // What a role may do nowhere is not for the administrator to allow.
    let enterprise = office.phone(Role::Enterprise).await;
    let answer = &enterprise.sync(&[reported(id(), office.site.id)]).await[0];
    assert_eq!(reason_of(answer), "not_allowed", "{answer}");
    assert!(refusal_of(answer)["kept"].is_null(), "{answer}");
    clean(&office).await;
}

#[tokio::test]
async fn a_report_from_off_the_earth_or_without_words_is_refused_as_incomplete() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let mut off = reported(id(), office.site.id);
    command_in(&mut off)["location"]["latitude"] = json!(91.5);
    let mut wordless = reported(id(), office.site.id);
    command_in(&mut wordless)["what"] = json!(" ");
    let answers = inspector.sync(&[off, wordless]).await;
    let missing = |at: usize| &refusal_of(&answers[at])["reason"]["incomplete"]["missing"];
    assert_eq!(missing(0)["over_limit"]["field"], "latitude", "{answers:?}");
    assert_eq!(*missing(1), json!("what"), "{answers:?}");
}
