//! What the desk refuses a phone is refused, and the other way round: both ask by one way.

use super::office::{Phone, TestOffice, command, found, id, outcome_of, reason_of, refusal_of};
use crate::asker::{at_desk, said};
use app::error::AppError;
use domain::{
    fen::Fen,
    form::ResponsibleKind,
    hazard::{
        Evidence, ExtensionGrant, ExtensionRefusal, ExtensionRequest, Found, HazardCommand,
        HazardCommandKind, HazardStatusKind, Listing, Merger, RectificationPlan, Referral, Reopening, Return,
        Suspension, SuspensionLift,
    },
    id::HazardId,
    photo::PhotoHash,
    role::{Actor, Role},
    severity::Severity,
};
use serde_json::{Value, json};
use server::service::hazards;

fn text(empty: bool) -> String {
    if empty { " ".to_owned() } else { "堆放杂物".to_owned() }
}

/// One of each kind; with nothing in it where that can be, if `empty`.
fn one(kind: HazardCommandKind, hazard: HazardId, empty: bool) -> HazardCommand {
    let day = "2026-12-01".parse().unwrap();
    let photos = if empty { vec![] } else { vec![PhotoHash::of(b"after")] };
    let evidence = Evidence { note: String::new(), photos: photos.clone() };
    match kind {
        HazardCommandKind::Report => HazardCommand::Report(Found {
            level: Severity::General,
            what: text(empty),
            basis: String::new(),
            due: None,
            responsible: String::new(),
            responsible_kind: ResponsibleKind::Site,
            photos: vec![],
            location: None,
            visit: None,
            form: None,
            question: None,
            from_public: false,
            fixed: None,
        }),
        HazardCommandKind::Assign => HazardCommand::Assign(RectificationPlan {
            responsible: "物业".to_owned(),
            department: None,
            measures: text(empty),
            funds: Fen::ZERO,
            deadline: day,
            contingency: "巡查".to_owned(),
        }),
        HazardCommandKind::Rectify => HazardCommand::Rectify(evidence),
        HazardCommandKind::AskExtension => {
            HazardCommand::AskExtension(ExtensionRequest { until: day, reason: text(empty) })
        }
        HazardCommandKind::GrantExtension => HazardCommand::GrantExtension(ExtensionGrant { until: day }),
        HazardCommandKind::RefuseExtension => {
            HazardCommand::RefuseExtension(ExtensionRefusal { reason: text(empty) })
        }
        HazardCommandKind::Accept => HazardCommand::Accept(Evidence { photos: vec![], ..evidence }),
        HazardCommandKind::Return => {
            HazardCommand::Return(Return { reason: text(empty), deadline: day, photos: vec![] })
        }
        HazardCommandKind::List => HazardCommand::List(Listing { by_authority: text(empty) }),
        HazardCommandKind::Suspend => HazardCommand::Suspend(Suspension { what: text(empty) }),
        HazardCommandKind::LiftSuspension => {
            HazardCommand::LiftSuspension(SuspensionLift { reason: text(empty) })
        }
        HazardCommandKind::Refer => {
            HazardCommand::Refer(Referral { authority: text(empty), reason: text(empty) })
        }
        // Into itself where it is empty, else into nothing.
        HazardCommandKind::Merge => HazardCommand::Merge(Merger { into: if empty { hazard } else { id() } }),
        HazardCommandKind::Reopen => HazardCommand::Reopen(Reopening { reason: text(empty), due: None }),
    }
}

async fn actor(phone: &Phone<'_>) -> Actor {
    serde_json::from_value(phone.request("GET", "/api/v1/session", "").await.json()["actor"].clone()).unwrap()
}

/// What the desk said, held against what the phone was answered.
fn assert_alike(fault: &AppError, answer: &Value, of_what: &str) {
    if outcome_of(answer) == "retry_after" {
        // A phone waits for what is on its way; at the desk a person is told.
        assert!(matches!(fault, AppError::Invalid { field, .. } if field == "note"), "{of_what}: {fault:?}");
        return;
    }
    let refusal = refusal_of(answer);
    let reason = match fault {
        AppError::Incomplete { missing } => json!({ "incomplete": { "missing": missing } }),
        AppError::Rejected { because } => json!({ "rejected": { "because": because } }),
        AppError::NotAllowed => json!("not_allowed"),
        AppError::Invalid { reason, .. } => {
            assert_eq!(reason_of(answer), "unfounded", "{of_what}: {answer}");
            assert_eq!(refusal["message"], json!(reason), "{of_what}");
            return;
        }
        other => panic!("{of_what}: {other:?}"),
    };
    assert_eq!(refusal["reason"], reason, "{of_what}");
}

/// A hazard that has come so far.
async fn brought_to(office: &TestOffice, status: HazardStatusKind) -> HazardId {
    let (supervisor, enterprise) =
        (office.phone(Role::Supervisor).await, office.phone(Role::Enterprise).await);
    let hazard = id();
    let say = |kind| command(hazard, json!(one(kind, hazard, false)));
    let mut steps = vec![(&supervisor, found(hazard, office.site.id, "堆放杂物"))];
    match status {
        HazardStatusKind::Found => {}
        HazardStatusKind::Assigned => steps.push((&supervisor, say(HazardCommandKind::Assign))),
        HazardStatusKind::Rectified => {
            steps.push((&supervisor, say(HazardCommandKind::Assign)));
            steps.push((&enterprise, say(HazardCommandKind::Rectify)));
        }
        HazardStatusKind::Referred => steps.push((&supervisor, say(HazardCommandKind::Refer))),
        HazardStatusKind::AcceptedOnce | HazardStatusKind::Closed | HazardStatusKind::Merged => {
            unreachable!("{status:?}")
        }
    }
    for (by, operation) in steps {
        assert_eq!(outcome_of(&by.sync(&[operation]).await[0]), "received");
    }
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.status.kind(), status);
    hazard
}

#[tokio::test]
async fn desk_and_phone_refuse_the_same_for_the_same_reason() {
    let office = TestOffice::open().await;
    let supervisor = office.phone(Role::Supervisor).await;
    let actor = actor(&supervisor).await;
    let (mut refused, mut done) = (0, 0);
    for status in [
        HazardStatusKind::Found,
        HazardStatusKind::Assigned,
        HazardStatusKind::Rectified,
        HazardStatusKind::Referred,
    ] {
        let mut hazard = brought_to(&office, status).await;
        for (kind, empty) in HazardCommandKind::ALL.iter().flat_map(|kind| [(*kind, false), (*kind, true)]) {
            let of_what = format!("{kind:?} of what is {status:?}, empty: {empty}");
            let wanted = one(kind, hazard, empty);
            let seen = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
            match said(
                hazards::act(&office.state, &at_desk(&actor), hazard, &wanted, seen.events.len()).await,
            ) {
                Ok(_) => {
                    done += 1;
                    hazard = brought_to(&office, status).await;
                }
                Err(fault) => {
                    refused += 1;
                    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
                    assert_eq!(stored, seen, "{of_what}: refused without a trace");
                    let answer = supervisor.sync(&[command(hazard, json!(wanted))]).await;
                    assert_ne!(outcome_of(&answer[0]), "received", "{of_what}: the desk said {fault:?}");
                    assert_alike(&fault, &answer[0], &of_what);
                }
            }
        }
    }
    assert!(refused > 60 && done > 5, "{refused} refused, {done} done");
}

/// What a role may not do at all.
#[tokio::test]
async fn desk_and_phone_ask_the_same_right() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Enterprise).await;
    let actor = actor(&phone).await;
    for kind in HazardCommandKind::ALL.iter().copied() {
        let hazard = brought_to(&office, HazardStatusKind::Assigned).await;
        let may = actor.role.may(kind.row().permission);
        let answer = phone.sync(&[command(hazard, json!(one(kind, hazard, false)))]).await;
        let is_refused = outcome_of(&answer[0]) == "refused" && reason_of(&answer[0]) == "not_allowed";
        assert_eq!(is_refused, !may, "{kind:?}: {}", answer[0]);
        let told =
            said(hazards::act(&office.state, &at_desk(&actor), hazard, &one(kind, hazard, false), 2).await);
        assert_eq!(told.unwrap_err(), AppError::NotAllowed, "who has no desk does nothing there");
    }
}
