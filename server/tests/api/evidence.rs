//! What a command says of other records is held against them: a visit that found a hazard, a department, a duplicate,
//! a day, a photo that proves.

mod damaged;
mod days;
mod photos;
pub mod visits;

use super::{
    office::{Phone, TestOffice, command, found, id, outcome_of, reason_of, refusal_of},
    photos::jpeg,
};
use crate::asker::{at_desk, said};
use app::error::AppError;
use domain::{
    fen::Fen,
    hazard::{HazardCommand, Merger, RectificationPlan},
    id::{DepartmentId, HazardId},
    photo::PhotoHash,
    role::{Actor, Role},
    site::Site,
};
use serde_json::{Value, json};
use server::{
    service::{hazards, sites},
    verify::verify,
};

pub(super) async fn actor(phone: &Phone<'_>) -> Actor {
    serde_json::from_value(phone.request("GET", "/api/v1/session", "").await.json()["actor"].clone()).unwrap()
}

pub(super) async fn clean(office: &TestOffice) {
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
}

fn is_unfounded(answer: &Value, claim: &str) {
    assert_eq!(reason_of(answer), "unfounded", "{answer}");
    let refusal = refusal_of(answer);
    assert_eq!(refusal["reason"]["unfounded"]["claim"], claim, "{answer}");
    assert!(refusal["kept"].is_null() && !refusal["message"].as_str().unwrap().is_empty());
}

fn plan(department: Option<DepartmentId>, deadline: &str) -> HazardCommand {
    HazardCommand::Assign(RectificationPlan {
        responsible: "物业".into(),
        department,
        measures: "清走".into(),
        funds: Fen::ZERO,
        deadline: deadline.parse().unwrap(),
        contingency: "巡查".into(),
    })
}

fn merge(into: HazardId) -> HazardCommand {
    HazardCommand::Merge(Merger { into })
}

async fn reported(phone: &Phone<'_>, site: &Site) -> HazardId {
    let hazard = id();
    assert_eq!(outcome_of(&phone.sync(&[found(hazard, site.id, "堆放杂物")]).await[0]), "received");
    hazard
}

/// By the phone and by the desk: what it claims, and the desk's field that is marked.
#[tokio::test]
async fn phone_and_desk_refuse_alike_what_is_not_so() {
    let office = TestOffice::open().await;
    let (supervisor, officer) = (office.phone(Role::Supervisor).await, office.phone(Role::Officer).await);
    let here = reported(&supervisor, &office.site).await;
    let elsewhere = reported(&supervisor, &office.elsewhere).await;
    let gone = reported(&supervisor, &office.site).await;
    let target = reported(&supervisor, &office.site).await;
    assert_eq!(outcome_of(&supervisor.sync(&[command(gone, json!(merge(target)))]).await[0]), "received");
    let cases = [
        (&supervisor, plan(Some(id()), "2026-12-01"), "department", "department"),
        (&supervisor, plan(None, "2026-11-01"), "day_past", "deadline"),
        (&supervisor, merge(id()), "no_such_hazard", "into"),
        (&officer, merge(elsewhere), "no_such_hazard", "into"),
        (&supervisor, merge(gone), "target_moved", "into"),
    ];
    for (who, claim, word, field) in cases {
        is_unfounded(&who.sync(&[command(here, json!(claim))]).await[0], word);
        let refused = said(hazards::act(&office.state, &at_desk(&actor(who).await), here, &claim, 1).await);
        assert!(
            matches!(&refused, Err(AppError::Invalid { field: marked, .. }) if marked == field),
            "{refused:?}"
        );
    }
    // Into itself, and round in a circle.
    let itself = supervisor.sync(&[command(here, json!(merge(here)))]).await;
    assert_eq!(refusal_of(&itself[0])["reason"]["rejected"]["because"], "into_itself");
    is_unfounded(&supervisor.sync(&[command(target, json!(merge(gone)))]).await[0], "target_moved");
    let stored = office.state.store.hazard(office.office.id, here).await.unwrap().unwrap();
    assert_eq!(stored.events.len(), 2, "only what did not fit is in the log");
    clean(&office).await;
}

#[tokio::test]
async fn an_event_that_is_known_is_no_other_command() {
    let office = TestOffice::open().await;
    let (supervisor, enterprise) =
        (office.phone(Role::Supervisor).await, office.phone(Role::Enterprise).await);
    let hazard = reported(&supervisor, &office.site).await;
    supervisor.sync(&[command(hazard, json!(plan(None, "2026-12-01")))]).await;
    let rectified = |shade| json!({ "rectify": { "photos": [PhotoHash::of(&jpeg(shade))] } });
    let first = command(hazard, rectified(10));
    assert_eq!(outcome_of(&enterprise.sync(std::slice::from_ref(&first)).await[0]), "received");
    let mut other = command(hazard, rectified(20));
    other["payload"]["hazard"]["event"] = first["payload"]["hazard"]["event"].clone();
    let refused = &enterprise.sync(&[other]).await[0];
    assert_eq!(reason_of(refused), "id_reused", "{refused}");
    assert!(refusal_of(refused)["kept"].is_null(), "what the log does not take gets no receipt");
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.events.len(), 3);
    clean(&office).await;
}

#[tokio::test]
async fn records_are_found_by_what_they_are_called_and_an_ambiguous_word_gives_them_all() {
    let office = TestOffice::open().await;
    let supervisor = office.phone(Role::Supervisor).await;
    let mut tx = office.state.store.write().await.unwrap();
    for n in 0..60 {
        let site = Site {
            id: id(),
            code: format!("QZ-{n:03}"),
            name: "清真市场 QZ-AA".into(),
            ..office.site.clone()
        };
        tx.put_site(office.office.id, &site).await.unwrap();
    }
    let wanted = Site {
        id: id(),
        code: "QZ-AA".into(),
        name: "中原市场".into(),
        pinyin: "zz".into(),
        ..office.site.clone()
    };
    tx.put_site(office.office.id, &wanted).await.unwrap();
    tx.commit().await.unwrap();
    let actor = actor(&supervisor).await;
    let found_sites = sites::of_code(&office.state, &at_desk(&actor), "QZ-AA").await.unwrap();
    assert_eq!(found_sites, [(wanted.id, "QZ-AA".to_owned())]);
    assert_eq!(
        sites::of_code(&office.state, &at_desk(&actor), "qz-aa").await.unwrap()[0].1,
        "QZ-AA",
        "told, to be asked about"
    );
    assert_eq!(sites::of_code(&office.state, &at_desk(&actor), "QZ").await.unwrap(), []);
    for _ in 0..12 {
        reported(&supervisor, &office.site).await;
    }
    let numbers = async |word: &str| -> Vec<String> {
        let found = hazards::of_number(&office.state, &at_desk(&actor), word).await.unwrap();
        found.into_iter().map(|(_, number)| number).collect()
    };
    assert_eq!(numbers("02").await, ["XC-2026-000002"]);
    assert_eq!(numbers("2").await, ["XC-2026-000012", "XC-2026-000002"]);
    assert_eq!(numbers("xc-2026-000001").await, ["XC-2026-000001"]);
    assert_eq!(numbers("%").await, Vec::<String>::new());
}
