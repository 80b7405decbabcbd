//! A phone throws away what has ended long ago, and nothing that somebody's work needs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    device::{
        StoreName, Write,
        action_draft::{ActionDraft, BegunAction},
        prune::{needed, prune},
        queue::{About, DeliveryStatus, Queued, RetryState},
    },
    hazard::{Found, Hazard, Issued},
    id::{GridId, HazardId, OperationId, PersonId, VisitId},
    permission::Withheld,
    role::{Actor, ResourceScope, Role, Scope},
    sector::Sector,
    sync::{Reason, Refusal},
    visit::{Tally, VisitNature, VisitOutcome, VisitSummary},
    window::LiveWindow,
};
use serde_json::json;
use uuid::Uuid;

const WINDOW: LiveWindow = LiveWindow { closed_hazards: 60, visits: 90 };

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

/// Closed so many days ago; open where none is said.
fn hazard(n: u128, closed: Option<i64>) -> Hazard {
    let place = ResourceScope {
        grid: GridId(Uuid::nil()),
        site: Uuid::nil().into(),
        department: None,
        sector: Sector::Fire,
    };
    let at = now() - Duration::days(closed.unwrap_or(400));
    let fixed = closed.map(|_| json!({ "photos": ["2".repeat(64)] }));
    let found = json!({ "level": "general", "what": "堆物", "photos": [], "fixed": fixed });
    let found: Found = serde_json::from_value(found).unwrap();
    let by = Actor {
        office: Uuid::nil().into(),
        person: Uuid::nil().into(),
        name: "王芳".to_owned(),
        role: Role::Inspector,
        scope: Scope::Office,
        withheld: Withheld::default(),
        extension_limit: None,
    };
    let issued = Issued { id: Uuid::from_u128(n).into(), at, received_at: None, by: &by };
    Hazard::open(HazardId(Uuid::from_u128(n)), place, None, found, &issued).unwrap()
}

fn visit(n: u128, days: i64) -> VisitSummary {
    VisitSummary {
        id: VisitId(Uuid::from_u128(n)),
        number: format!("JC-2026-{n:06}"),
        site: Uuid::nil().into(),
        nature: VisitNature::Patrol,
        outcome: VisitOutcome::Done,
        forms: vec!["fire-access".into()],
        inspector: Uuid::nil().into(),
        inspector_name: "王芳".into(),
        submitted_at: now() - Duration::days(days),
        tally: Tally::default(),
    }
}

fn queued(about: About, status: DeliveryStatus) -> Queued {
    let id = OperationId(Uuid::nil());
    Queued {
        number: 1,
        owner: PersonId(Uuid::from_u128(77)),
        submission: id,
        operation: id,
        about,
        site: None,
        at: now(),
        bytes: 1,
        hash: String::new(),
        urgent: false,
        status,
    }
}

fn keys(writes: &[Write]) -> Vec<String> {
    let gone = |write: &Write| match write {
        Write::Delete { store: StoreName::Records, key } => key.clone(),
        other => panic!("{other:?}"),
    };
    writes.iter().map(gone).collect()
}

#[test]
fn what_left_the_window_goes_and_what_is_live_stays() {
    let hazards = [hazard(1, None), hazard(2, Some(59)), hazard(3, Some(61))];
    let visits = [visit(4, 89), visit(5, 91)];
    let writes = prune(&WINDOW, &hazards, &visits, &[].into(), now());
    let id = Uuid::from_u128;
    assert_eq!(keys(&writes), [format!("hazard/{}", id(3)), format!("visit/{}", id(5))]);
    assert_eq!(prune(&WINDOW, &hazards, &visits, &[].into(), now() - Duration::days(3)), []);
}

#[test]
fn what_unsent_or_begun_work_is_about_stays_whoever_it_belongs_to() {
    let id = |n| HazardId(Uuid::from_u128(n));
    let refusal = Refusal { reason: Reason::NotAllowed, kept: None, message: String::new() };
    let queued = [
        queued(About::Hazard(id(1)), DeliveryStatus::Waiting(RetryState::default())),
        queued(About::Hazard(id(2)), DeliveryStatus::Refused { refusal }),
        queued(About::Visit(VisitId(Uuid::from_u128(3))), DeliveryStatus::Waiting(RetryState::default())),
    ];
    let begun = [BegunAction { hazard: id(4), command: "reopen".into(), draft: ActionDraft::default() }];
    let needed = needed(&queued, &begun);
    assert_eq!(needed, [id(1), id(2), id(4)].into());
    let hazards = [1, 2, 3, 4].map(|n| hazard(n, Some(300)));
    assert_eq!(keys(&prune(&WINDOW, &hazards, &[], &needed, now())), [format!("hazard/{}", id(3))]);
}
