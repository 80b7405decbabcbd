//! What a phone sends, and what the desk makes of it afterwards.

use crate::office::{TestOffice, at_desk, now};
use domain::{
    hazard::HazardCommand,
    id::{EventId, HazardId, OperationId},
    photo::PhotoHash,
    role::{Actor, Role},
    sync::{Outcome, SyncRequest, SyncResponse},
    text::Lang,
};
use serde_json::{Value, json};
use service::{Error, hazards, sync};
use test_support::work::command;

pub async fn synced(office: &TestOffice, who: &Actor, operations: Vec<Value>) -> SyncResponse {
    let request = SyncRequest {
        device: office.services.new_id(),
        now: now(),
        cursor: None,
        operations,
        pull: true,
        page_bytes: None,
        app: String::new(),
        heartbeat: None,
    };
    let room = office.services.write_queue.room(1024).unwrap();
    sync::handle(&office.services, who, Lang::Zh, request, room).await.unwrap()
}

pub fn report(office: &TestOffice, hazard: HazardId) -> Value {
    let found = json!({ "level": "general", "what": "车棚线缆老化", "photos": [], "due": "2026-11-27" });
    json!({
        "id": office.services.new_id::<OperationId>(), "schema": 1, "at": now(),
        "payload": { "hazard": {
            "hazard": hazard, "event": office.services.new_id::<EventId>(), "site": office.site.id,
            "command": { "report": found },
        } },
    })
}

#[tokio::test]
async fn what_is_sent_twice_happens_once_and_only_those_hear_of_it_who_may() {
    let office = TestOffice::open().await;
    let [wang, li] = &office.inspectors;
    let hazard: HazardId = office.services.new_id();
    let sent = report(&office, hazard);
    let first = synced(&office, wang, vec![sent.clone()]).await;
    assert!(matches!(first.outcomes[0].outcome, Outcome::Received { .. }), "{:?}", first.outcomes);
    let again = synced(&office, wang, vec![sent]).await;
    assert!(matches!(again.outcomes[0].outcome, Outcome::AlreadyReceived { .. }), "{:?}", again.outcomes);
    let file = hazards::file(&office.services, &office.asker(), hazard).await.unwrap();
    assert_eq!(file.hazard.events.len(), 1);
    assert_eq!((file.hazard.place.site, &file.site_name), (office.site.id, &office.site.name));
    let officer = Actor { role: Role::Officer, ..li.clone() };
    let elsewhere = hazards::file(&office.services, &at_desk(&officer), hazard).await;
    assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
    let (here, there) = (synced(&office, wang, vec![]).await, synced(&office, li, vec![]).await);
    assert!(here.changes.len() > there.changes.len(), "{} {}", here.changes.len(), there.changes.len());
}

#[tokio::test]
async fn two_who_look_at_the_same_hazard_do_not_both_assign_it() {
    let office = TestOffice::open().await;
    let hazard: HazardId = office.services.new_id();
    synced(&office, &office.inspectors[0], vec![report(&office, hazard)]).await;
    let assign = command(Role::Supervisor, 0, &PhotoHash::of(b""));
    let assign: HazardCommand = serde_json::from_value(assign).unwrap();
    let supervisor = at_desk(&Actor { role: Role::Supervisor, ..office.administrator.clone() });
    let seen = 1;
    let done = hazards::act(&office.services, &supervisor, hazard, &assign, seen).await.unwrap();
    assert_eq!(done.events.len(), 2);
    let late = hazards::act(&office.services, &supervisor, hazard, &assign, seen).await;
    assert!(matches!(late, Err(Error::Changed)), "{late:?}");
    let inspector = at_desk(&office.inspectors[0]);
    let inspector = hazards::act(&office.services, &inspector, hazard, &assign, 2).await;
    assert!(matches!(inspector, Err(Error::NotAllowed)), "{inspector:?}");
    let elsewhere = at_desk(&Actor { role: Role::Supervisor, ..office.inspectors[1].clone() });
    let elsewhere = hazards::act(&office.services, &elsewhere, hazard, &assign, 2).await;
    assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
}
