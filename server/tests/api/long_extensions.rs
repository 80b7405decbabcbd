//! 延期: a long one is the leader's to grant where the office says so, at the desk and on the phone alike.

use super::{
    asker::{at_desk, said},
    evidence::actor,
    office::{Phone, TestOffice, command, found, id, now, outcome_of, refusal_of},
};
use app::error::AppError;
use chrono::{Days, Duration, NaiveDate};
use domain::{
    audit::{Act, AuditFilter},
    fen::Fen,
    hazard::{ExtensionGrant, ExtensionRequest, HazardCommand, RectificationPlan, RejectedBecause},
    id::HazardId,
    quarantine::QuarantineFilter,
    role::Role,
    settings::SettingsCommand,
    time::office_day,
};
use serde_json::json;
use server::service::{hazards, settings, sync::quarantine};

/// So many days from today.
fn in_days(days: u64) -> NaiveDate {
    office_day(now()) + Days::new(days)
}

fn grant(until: NaiveDate) -> HazardCommand {
    HazardCommand::GrantExtension(ExtensionGrant { until })
}

/// Due in three days, with more time asked for until that day.
async fn asked_for(office: &TestOffice, until: NaiveDate) -> HazardId {
    let (supervisor, contact) = (office.phone(Role::Supervisor).await, office.phone(Role::Enterprise).await);
    let hazard = id();
    let plan = HazardCommand::Assign(RectificationPlan {
        responsible: "物业".to_owned(),
        department: None,
        measures: "清走".to_owned(),
        funds: Fen::ZERO,
        deadline: in_days(3),
        contingency: "巡查".to_owned(),
    });
    let ask = HazardCommand::AskExtension(ExtensionRequest { until, reason: "等配件".to_owned() });
    for (by, operation) in [
        (&supervisor, found(hazard, office.site.id, "堆放杂物")),
        (&supervisor, command(hazard, json!(plan))),
        (&contact, command(hazard, json!(ask))),
    ] {
        assert_eq!(outcome_of(&by.sync(&[operation]).await[0]), "received");
    }
    hazard
}

async fn limit(office: &TestOffice, days: Option<u16>) -> Result<(), AppError> {
    let by = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    let command = SettingsCommand::LimitExtensions { days, was: None };
    said(settings::change(&office.state, &by, &command).await)
}

/// Until when it is due then, or why it is not.
async fn granted(
    phone: &Phone<'_>,
    hazard: HazardId,
    until: NaiveDate,
) -> Result<Option<NaiveDate>, AppError> {
    let by = at_desk(&actor(phone).await);
    let (state, office) = (&phone.office.state, phone.office.office.id);
    let seen = state.store.hazard(office, hazard).await.unwrap().unwrap().events.len();
    said(hazards::act(state, &by, hazard, &grant(until), seen).await).map(|hazard| hazard.due)
}

#[tokio::test]
async fn a_long_extension_is_the_leaders_at_the_desk_and_on_the_phone() {
    let office = TestOffice::open().await;
    let (supervisor, leader) = (office.phone(Role::Supervisor).await, office.phone(Role::Leader).await);
    let until = in_days(34);
    let hazard = asked_for(&office, until).await;
    assert_eq!(granted(&leader, hazard, until).await, Err(AppError::NotAllowed), "nothing is left to them");
    let (_, cursor) = leader.pull(None).await;
    limit(&office, Some(30)).await.unwrap();
    let (changes, _) = leader.pull(Some(cursor)).await;
    let directory = changes.iter().find(|change| change["kind"] == "directory").unwrap();
    assert_eq!(directory["body"]["me"]["extension_limit"], 30, "a phone without signal knows it, too");

    let because = RejectedBecause::LongExtensionReserved { days: 30 };
    let refused = granted(&supervisor, hazard, until).await;
    assert_eq!(refused, Err(AppError::Rejected { because: because.clone() }));
    let answer = &supervisor.sync(&[command(hazard, json!(grant(until)))]).await[0];
    assert_eq!(refusal_of(answer)["reason"], json!({ "rejected": { "because": because } }), "{answer}");
    let words = refusal_of(answer)["message"].as_str().unwrap();
    assert!(words.contains("30 天") && words.contains("分管领导"), "{words}");
    assert_eq!(granted(&leader, hazard, until).await, Ok(Some(until)));

    let shorter = asked_for(&office, until).await;
    let last = in_days(33);
    assert_eq!(granted(&supervisor, shorter, last).await, Ok(Some(last)), "less is theirs");
    limit(&office, None).await.unwrap();
    let free = asked_for(&office, until).await;
    assert_eq!(granted(&supervisor, free, until).await, Ok(Some(until)));
}

#[tokio::test]
async fn no_clock_of_a_phone_is_a_way_round() {
    let office = TestOffice::open().await;
    let supervisor = office.phone(Role::Supervisor).await;
    limit(&office, Some(30)).await.unwrap();
    let until = in_days(10);
    let hazard = asked_for(&office, until).await;
    let mut behind = command(hazard, json!(grant(until)));
    behind["at"] = json!(now() - Duration::days(400));
    let answer = &supervisor.sync(&[behind]).await[0];
    let because = RejectedBecause::LongExtensionReserved { days: 30 };
    assert_eq!(refusal_of(answer)["reason"], json!({ "rejected": { "because": because } }), "{answer}");
    let kept = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(kept.due, Some(in_days(3)));
}

/// What the sender has lost the right to is the administrator's to take in, and no more than it was the sender's.
#[tokio::test]
async fn whoever_takes_work_in_grants_no_long_extension_by_it() {
    let office = TestOffice::open().await;
    limit(&office, Some(30)).await.unwrap();
    let until = in_days(34);
    let hazard = asked_for(&office, until).await;
    let phone = office.phone(Role::CommunityOfficer).await;
    let (store, of) = (&office.state.store, office.office.id);
    let everybody = store.people(of).await.unwrap();
    let mut moved = everybody.into_iter().find(|person| person.id == phone.person).unwrap();
    moved.communities = vec![];
    let mut tx = store.write().await.unwrap();
    tx.put_person(of, &moved, None).await.unwrap();
    tx.commit().await.unwrap();
    let answer = &phone.sync(&[command(hazard, json!(grant(until)))]).await[0];
    assert!(!refusal_of(answer)["kept"].is_null(), "{answer}");
    let admin = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    let waiting = quarantine::list(&office.state, &admin, &QuarantineFilter::default()).await.unwrap().rows;
    quarantine::decide(&office.state, &admin, waiting[0].operation, true).await.unwrap();
    let kept = store.hazard(of, hazard).await.unwrap().unwrap();
    let because = RejectedBecause::LongExtensionReserved { days: 30 };
    assert_eq!((kept.due, kept.events.last().unwrap().rejection()), (Some(in_days(3)), Some(&because)));
}

#[tokio::test]
async fn the_limit_is_told_of_and_what_is_no_limit_is_refused() {
    let office = TestOffice::open().await;
    for days in [0, 366] {
        let refused = limit(&office, Some(days)).await;
        let Err(AppError::Invalid { field, reason }) = refused else { panic!("{refused:?}") };
        assert!(field == "extension_limit" && reason.contains("1 到 365"), "{field}: {reason}");
    }
    limit(&office, Some(15)).await.unwrap();
    let filter = AuditFilter { page: 1, act: Some(Act::Changed), ..AuditFilter::default() };
    let told = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let [entry] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(
        (&entry.before["extension_limit"], &entry.after["extension_limit"]),
        (&json!(null), &json!(15))
    );
    let leader = at_desk(&actor(&office.phone(Role::Leader).await).await);
    let own = SettingsCommand::LimitExtensions { days: None, was: None };
    let done = said(settings::change(&office.state, &leader, &own).await);
    assert_eq!(done, Err(AppError::NotAllowed), "nobody takes it off but the administrator");
}
