//! What a phone's clock and calendar say.

use super::{actor, clean};
use crate::asker::at_desk;
use crate::office::{TestOffice, command_in, found, id, now, outcome_of, passing_visit, refusal_of};
use chrono::{DateTime, Duration, Utc};
use domain::{id::HazardId, overview::Figure, role::Role};
use serde_json::json;
use server::service::{hazards, overview, visits};

#[tokio::test]
async fn a_day_that_no_calendar_has_is_refused() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let mut never = found(id(), office.site.id, "堆放杂物");
    command_in(&mut never)["due"] = json!("+262142-12-31");
    let answer = &inspector.sync(&[never]).await[0];
    assert_eq!(
        refusal_of(answer)["reason"]["incomplete"]["missing"]["over_limit"]["excess"],
        "day",
        "{answer}"
    );
}

#[tokio::test]
async fn a_phone_whose_clock_is_years_off_is_taken_at_the_offices_time_and_shown_as_such() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    for (year, due) in [(2020, "2020-01-04"), (2031, "2031-01-04"), (1970, "1970-01-04")] {
        let at: DateTime<Utc> = format!("{year}-01-01T02:00:00Z").parse().unwrap();
        let hazard: HazardId = id();
        let mut operation = found(hazard, office.site.id, "堆放杂物");
        operation["at"] = json!(at);
        command_in(&mut operation)["due"] = json!(due);
        assert_eq!(outcome_of(&inspector.sync(&[operation]).await[0]), "received");
        let file = hazards::file(&office.state, &at_desk(&supervisor), hazard).await.unwrap().hazard;
        assert_eq!((file.events[0].at, file.events[0].received_at), (at, Some(now())), "both times are kept");
        assert!(file.events[0].clock_was_wrong());
        assert_eq!((file.found_at, file.due.unwrap().to_string().as_str()), (now(), "2026-11-27"));
        let form = office.form("ebike-charging");
        let mut visit = passing_visit(&inspector, &office.site, &form);
        let sealed = &mut visit["payload"]["submit_visit"];
        sealed["started_at"] = json!(at - Duration::minutes(20));
        sealed["submitted_at"] = json!(at);
        assert_eq!(outcome_of(&inspector.sync(std::slice::from_ref(&visit)).await[0]), "received");
        let id = serde_json::from_value(visit["payload"]["submit_visit"]["id"].clone()).unwrap();
        let summary = office.state.store.visit_summary(office.office.id, id).await.unwrap().unwrap();
        assert_eq!(summary.submitted_at, now());
        let file = visits::file(&office.state, &at_desk(&supervisor), id).await.unwrap();
        assert_eq!((file.visit.submitted_at, file.received_at), (at, now()));
        let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
        assert_eq!(site.last_visit, Some(now()));
    }
    let ledger = hazards::ledger(&office.state, &at_desk(&supervisor), &Default::default()).await.unwrap();
    assert_eq!((ledger.summary.late, ledger.summary.worst_days), (0, 0));
    let overview = overview::read(&office.state, &at_desk(&supervisor)).await.unwrap();
    assert_eq!(overview.count(Figure::WaitingForAssignment), 0, "all came just now");
    // A month without signal is a month.
    let month = now() - Duration::days(30);
    let hazard: HazardId = id();
    let mut operation = found(hazard, office.site.id, "堆放杂物");
    operation["at"] = json!(month);
    command_in(&mut operation)["due"] = json!("2026-11-01");
    assert_eq!(outcome_of(&inspector.sync(&[operation]).await[0]), "received");
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!((stored.found_at, stored.due.unwrap().to_string().as_str()), (month, "2026-11-01"));
    // The ends of all time stop nobody.
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let mut operation = found(id(), office.site.id, "堆放杂物");
        operation["at"] = json!(at);
        let told = inspector.sync(&[operation, found(id(), office.site.id, "飞线")]).await;
        assert_ne!(outcome_of(&told[0]), "retry_after", "{told:?}");
        assert_eq!(outcome_of(&told[1]), "received");
    }
    clean(&office).await;
}
