//! Work that waits for the administrator's word.

use super::{founded, id, now, office};
use chrono::Duration;
use domain::{
    id::OperationId,
    list::ListFilter,
    quarantine::{Decision, QuarantineFilter, QuarantineState, QuarantinedOperation},
    receipt::Receipt,
    sync::{Operation, Outcome, Reason, Refusal},
};
use serde_json::{Value, json};
use storage::{NewOperation, Store, StoredOperation};
use tokio::sync::mpsc;
use uuid::Uuid;

fn raw(n: u128) -> Value {
    let command =
        json!({ "report": { "level": "general", "what": "堆物", "photos": [], "due": "2026-11-27" } });
    let hazard = json!({ "hazard": Uuid::from_u128(51), "event": Uuid::from_u128(n), "site": Uuid::from_u128(21), "command": command });
    json!({ "id": Uuid::from_u128(n), "schema": 1, "at": now(), "payload": { "hazard": hazard } })
}

fn receipt(n: u128) -> Receipt {
    Receipt {
        number: format!("HZ-2026-{n:06}"),
        operation: id(n),
        hash: "ab".to_owned(),
        at: now(),
        signature: None,
    }
}

/// Refused, and kept all the same.
fn refused(n: u128) -> Outcome {
    let refusal =
        Refusal { reason: Reason::NotAllowed, kept: Some(receipt(n)), message: "已搁置".to_owned() };
    Outcome::Refused { refusal }
}

fn operation(n: u128, brought_by: Option<u128>) -> NewOperation {
    NewOperation {
        id: id(n),
        office: office(),
        person: id(32),
        device: id(41),
        schema: 1,
        at: now(),
        received_at: now(),
        hash: "ab".to_owned(),
        raw: raw(n).to_string(),
        outcome: refused(n),
        brought_by: brought_by.map(id),
    }
}

fn waiting(n: u128) -> QuarantinedOperation {
    let made: Operation = serde_json::from_value(raw(n)).unwrap();
    QuarantinedOperation {
        operation: made.id,
        person_name: "李明".to_owned(),
        made_at: made.at,
        payload: made.payload,
        reason: Reason::NotAllowed,
        number: receipt(n).number,
        received_at: now(),
        decision: None,
        brought_by: None,
    }
}

pub async fn what_is_quarantined_waits_until_it_is_decided(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.record(&[operation(71, None), operation(72, Some(31)), operation(73, None)]).await.unwrap();
    tx.put_quarantine(office(), &[waiting(71), waiting(72), waiting(73)]).await.unwrap();
    tx.commit().await.unwrap();
    let brought = QuarantinedOperation { brought_by: Some("王芳".to_owned()), ..waiting(72) };
    let all = QuarantineFilter::default();
    let page = store.quarantine(office(), &all).await.unwrap();
    assert_eq!((page.rows, page.total), (vec![waiting(71), brought.clone(), waiting(73)], 3));
    let beyond = store.quarantine(office(), &all.at_page(2)).await.unwrap();
    assert_eq!((beyond.rows, beyond.total), (vec![], 3));
    assert_eq!(store.quarantine(id(2), &all).await.unwrap().total, 0, "another office's");

    let at = |hours| now() + Duration::hours(hours);
    let (taken, left): (OperationId, OperationId) = (id(71), id(72));
    let mut tx = store.write().await.unwrap();
    let came =
        StoredOperation { person: id(32), device: id(41), received_at: now(), raw: raw(71).to_string() };
    assert_eq!(tx.quarantine(office(), taken).await.unwrap(), Some(came));
    assert_eq!(tx.quarantine(id(2), taken).await.unwrap(), None);
    tx.decide_quarantine(office(), taken, "主任", at(1), true).await.unwrap();
    tx.decide_quarantine(office(), left, "主任", at(2), false).await.unwrap();
    // Whoever decides again, later, changes nothing.
    tx.decide_quarantine(office(), taken, "别人", at(3), false).await.unwrap();
    assert_eq!(tx.quarantine(office(), taken).await.unwrap(), None);
    let recorded = tx.recorded(&[taken, left]).await.unwrap();
    assert_eq!(recorded[&taken].outcome, Outcome::Received { receipt: receipt(71) });
    assert_eq!(recorded[&left].outcome, refused(72));
    tx.commit().await.unwrap();
    let decided = |row: QuarantinedOperation, hours, taken| {
        let decision = Decision { at: at(hours), by: "主任".to_owned(), taken };
        QuarantinedOperation { decision: Some(decision), ..row }
    };
    let rows = [waiting(73), decided(brought, 2, false), decided(waiting(71), 1, true)];
    assert_eq!(store.quarantine(office(), &all).await.unwrap().rows, rows, "then the newest decision first");
    for (state, expected) in QuarantineState::ALL.into_iter().zip([&rows[..1], &rows[2..], &rows[1..2]]) {
        let filter = QuarantineFilter { state: Some(state), ..all };
        let page = store.quarantine(office(), &filter).await.unwrap();
        assert_eq!((page.rows.as_slice(), page.total), (expected, 1), "{state:?}");
    }
    let (to, mut file) = mpsc::channel(8);
    assert_eq!(store.send_quarantine(office(), &all, 9, to).await.unwrap(), 0);
    for row in rows {
        assert_eq!(file.recv().await, Some(row));
    }
    assert_eq!(file.recv().await, None);
}
