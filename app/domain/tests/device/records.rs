//! Records as they come, whether or not this version understands them.

use super::{answer, enqueued, now, on, receipt, sent, stores};
use domain::{
    device::{
        StoreName, Write,
        apply_response::{Reset, Sent, asked, pulled},
        is_dropped,
        queue::Queued,
    },
    sync::{Cursor, Envelope, Outcome, PullResponse, SyncResponse},
};
use serde_json::{Value, json};

/// What came, as envelopes, of which this version understands the first two only.
fn came() -> Vec<Envelope> {
    let of = |kind: &str, id: &str, schema: u16, body: Value| Envelope {
        kind: kind.into(),
        id: id.into(),
        schema,
        body: Some(body),
    };
    vec![
        of("site", "1", 1, json!({ "name": "锦绣家园" })),
        of("form", "shed@1", 1, json!({ "id": "shed" })),
        of("site", "2", 9, json!({ "name": "明天的场所", "floors": [1] })),
        of("patrol", "3", 1, json!({ "doors": 30 })),
    ]
}

#[test]
fn what_came_is_kept_as_it_came_whether_or_not_it_is_understood() {
    let response = SyncResponse { changes: came(), cursor: Some(Cursor("4.x".into())), ..answer([]) };
    let after = stores(&Sent::default().answered(&response, now(), 0.0).unwrap());
    let kept = |key: &str| after.get(&(StoreName::Records, key.to_owned())).cloned();
    assert_eq!(kept("site/1"), Some(json!({ "schema": 1, "body": { "name": "锦绣家园" } })));
    assert_eq!(kept("site/2"), Some(json!({ "schema": 9, "body": { "name": "明天的场所", "floors": [1] } })));
    assert_eq!(kept("patrol/3"), Some(json!({ "schema": 1, "body": { "doors": 30 } })));
    assert_eq!(after[&(StoreName::Meta, "cursor".to_owned())], json!("4.x"));
    let gone = Envelope { body: None, ..came().remove(3) };
    let response = SyncResponse { changes: vec![gone], ..response };
    let writes = Sent::default().answered(&response, now(), 0.0).unwrap();
    assert!(writes.contains(&Write::delete(StoreName::Records, "patrol/3")));
}

#[test]
fn after_a_reset_only_what_came_is_left_and_what_is_published() {
    let response = SyncResponse { changes: came(), reset: true, more: true, ..answer([]) };
    let first = Sent::default().answered(&response, now(), 0.0).unwrap();
    let reset = on::<Reset>(
        &stores(&first).into_iter().filter(|((_, key), _)| key == "reset").collect(),
        StoreName::Meta,
    );
    let response = SyncResponse { changes: vec![came().remove(0)], ..answer([]) };
    let last =
        Sent { reset: reset.first().cloned(), ..Sent::default() }.answered(&response, now(), 0.0).unwrap();
    let keep = last.iter().find_map(|write| match write {
        Write::RetainOnly { keep } => Some(keep.clone()),
        Write::Put { .. } | Write::Delete { .. } => None,
    });
    let keep = keep.unwrap();
    let left = ["site/1", "site/2", "site/8", "patrol/3", "patrol/4", "form/old@1", "directory/"];
    let left: Vec<_> = left.into_iter().filter(|key| !is_dropped(key, &keep)).collect();
    assert_eq!(left, ["site/1", "site/2", "patrol/3", "form/old@1"]);
}

/// Who sends nothing reads less of the same answer.
#[test]
fn a_pull_writes_down_what_an_answer_to_operations_would() {
    let whole = SyncResponse {
        changes: came(),
        cursor: Some(Cursor("4.x".into())),
        passed_over: vec!["patrol/4".into()],
        ..answer([])
    };
    let again = [
        SyncResponse { reset: true, more: true, ..whole.clone() },
        SyncResponse { reset: true, ..whole.clone() },
        SyncResponse { pull_failed: true, ..whole.clone() },
        SyncResponse { changes: vec![], cursor: None, heard: true, ..whole.clone() },
    ];
    for response in again.into_iter().chain([whole]) {
        let read: PullResponse = serde_json::from_value(serde_json::to_value(&response).unwrap()).unwrap();
        assert_eq!((read.now, read.heard), (response.now, response.heard));
        assert!(read.outcomes.is_empty());
        for reset in [None, Some(Reset::default())] {
            let sent = Sent { reset: reset.clone(), ..Sent::default() };
            assert_eq!(pulled(reset, &read, now()), sent.answered(&response, now(), 0.0));
        }
    }
}

#[test]
fn what_the_server_passed_over_stays_on_the_phone() {
    let response = SyncResponse {
        changes: vec![came().remove(0)],
        reset: true,
        passed_over: vec!["patrol/4".into()],
        ..answer([])
    };
    let writes = Sent::default().answered(&response, now(), 0.0).unwrap();
    let keep = writes.iter().find_map(|write| match write {
        Write::RetainOnly { keep } => Some(keep.clone()),
        Write::Put { .. } | Write::Delete { .. } => None,
    });
    let keep = keep.unwrap();
    assert!(!is_dropped("site/1", &keep) && !is_dropped("patrol/4", &keep));
    assert!(is_dropped("patrol/5", &keep));
}

#[test]
fn what_was_asked_for_fills_a_gap_and_takes_nothing_newer_away() {
    let gone = Envelope { body: None, ..came().remove(0) };
    let envelopes = [came(), vec![gone]].concat();
    let here = ["site/1".to_owned()].into();
    let writes = asked(&envelopes, &here).unwrap();
    let kept = stores(&writes);
    let keys: Vec<_> = kept.keys().map(|(_, key)| key.as_str()).collect();
    assert_eq!(keys, ["form/shed@1", "patrol/3", "site/2"]);
    assert!(writes.iter().all(|write| matches!(write, Write::Put { store: StoreName::Records, .. })));
}

#[test]
fn no_kind_but_the_published_one_lies_in_the_clear() {
    for kind in ["site", "patrol", "form/note", "form_note", "", "/"] {
        let key = Envelope { kind: kind.into(), id: "x".into(), schema: 1, body: None }.key();
        assert!(StoreName::Records.seals(&key), "{key}");
        assert!(is_dropped(&key, &[]), "{key}");
    }
    assert!(!StoreName::Records.seals("form/shed@1"));
}

#[test]
fn a_pull_that_failed_changes_no_record_and_is_asked_for_again() {
    let before = enqueued();
    let queued: Vec<Queued> = on(&before, StoreName::Outbox);
    let outcome = Outcome::Received { receipt: receipt(&queued[0]) };
    let response =
        SyncResponse { pull_failed: true, reset: true, ..answer([(queued[0].operation, outcome)]) };
    let writes = sent(&before).answered(&response, now(), 0.0).unwrap();
    assert!(writes.contains(&Write::delete(StoreName::Outbox, queued[0].key())), "its receipt counts");
    let touches = |write: &Write| match write {
        Write::Put { store, .. } | Write::Delete { store, .. } => {
            matches!(store, StoreName::Meta | StoreName::Records)
        }
        Write::RetainOnly { .. } => true,
    };
    assert!(!writes.iter().any(touches), "{writes:?}");
}
