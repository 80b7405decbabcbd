//! What an answer lets go of, and what it leaves.

use super::{ME, answer, enqueued, now, on, receipt, sent, stores};
use domain::{
    device::{
        StoreName, Write,
        apply_response::Sent,
        connection::ConnectionState,
        plan::{Queue, Step},
        queue::{DeliveryStatus, PhotoRecord, PhotoStatus, Queued},
        submission::{SubmissionRecord, SubmissionState},
    },
    id::OperationId,
    receipt::Receipt,
    sync::{Outcome, Reason, Refusal, SyncResponse},
};
use proptest::prelude::*;
use uuid::Uuid;

#[test]
fn receipts_take_operations_off_and_announce_photos() {
    let before = enqueued();
    let queued: Vec<Queued> = on(&before, StoreName::Outbox);
    let received = |queued: &Queued| (queued.operation, Outcome::Received { receipt: receipt(queued) });
    let writes = sent(&before).answered(&answer(queued.iter().map(received)), now(), 0.0).unwrap();
    let after = stores(&writes);
    assert!(writes.contains(&Write::delete(StoreName::Outbox, queued[0].key())));
    assert!(writes.contains(&Write::delete(StoreName::Operations, queued[1].key())));
    let photos: Vec<PhotoRecord> = on(&after, StoreName::Photos);
    assert!(matches!(photos[0].status, PhotoStatus::Waiting { announced: true, .. }));
    let submissions: Vec<SubmissionRecord> = on(&after, StoreName::Submissions);
    assert_eq!(submissions[0].receipt, Some(receipt(&queued[1])));
    // Everything but the photo's bytes is there: the submission still waits.
    let submission = submissions[0].clone().submission(&[], &[&photos[0]], None);
    assert!(matches!(submission.state, SubmissionState::Waiting { .. }));
    assert_eq!((submission.photos, submission.bytes), ((0, 1), 900));
}

#[test]
fn a_receipt_for_something_else_lets_nothing_go() {
    let before = enqueued();
    let queued: Vec<Queued> = on(&before, StoreName::Outbox);
    let good = receipt(&queued[0]);
    let other_hash = Receipt { hash: "00".into(), ..good.clone() };
    let other_operation = Receipt { operation: queued[1].operation, ..good };
    for receipt in [other_hash, other_operation] {
        for outcome in [
            Outcome::Received { receipt: receipt.clone() },
            Outcome::AlreadyReceived { receipt: receipt.clone() },
        ] {
            let response = answer([(queued[0].operation, outcome)]);
            let writes = sent(&before).answered(&response, now(), 0.0).unwrap();
            assert!(!writes.contains(&Write::delete(StoreName::Outbox, queued[0].key())));
            let still: Vec<Queued> = on(&stores(&writes), StoreName::Outbox);
            assert!(matches!(&still[0].status, DeliveryStatus::Waiting(tries) if tries.tries == 1));
        }
    }
}

#[test]
fn an_answer_to_something_else_is_none() {
    let ids = [1, 2].map(|n| OperationId(Uuid::from_u128(n)));
    let later = Outcome::RetryAfter { after_seconds: 1, because: Default::default() };
    let response = answer(ids.map(|id| (id, later.clone())));
    assert!(Sent::fits(&ids, &response));
    assert!(!Sent::fits(&ids[..1], &response));
    assert!(!Sent::fits(&[ids[1], ids[0]], &response));
}

#[test]
fn what_was_refused_stays_and_its_photo_is_not_sent() {
    let before = enqueued();
    let queued: Vec<Queued> = on(&before, StoreName::Outbox);
    let refusal = Refusal { reason: Reason::NotAllowed, kept: None, message: "…".into() };
    let response = answer([(queued[0].operation, Outcome::Refused { refusal: refusal.clone() })]);
    let after: Vec<Queued> =
        on(&stores(&sent(&before).answered(&response, now(), 0.0).unwrap()), StoreName::Outbox);
    assert_eq!(after[0].status, DeliveryStatus::Refused { refusal });
    let (all, photos): (Vec<Queued>, Vec<PhotoRecord>) =
        (vec![after[0].clone()], on(&before, StoreName::Photos));
    let queue = Queue::of(ME, &all, &photos, Some(now()), ConnectionState::default());
    assert!(matches!(queue.next(now()), Step::WaitUntil(_)));
}

proptest! {
    /// Whatever the server says, an operation leaves the phone only for a receipt that names it.
    #[test]
    fn nothing_is_let_go_without_its_receipt(kind in 0..5, hash_fits: bool, id_fits: bool, more: bool, reset: bool) {
        let before = enqueued();
        let queued: Vec<Queued> = on(&before, StoreName::Outbox);
        let mut given = receipt(&queued[0]);
        if !hash_fits { given.hash = "11".into() }
        if !id_fits { given.operation = queued[1].operation }
        let refusal = Refusal { reason: Reason::NotAllowed, kept: Some(given.clone()), message: String::new() };
        let outcome = match kind {
            0 => Outcome::Received { receipt: given },
            1 => Outcome::AlreadyReceived { receipt: given },
            2 => Outcome::Refused { refusal },
            3 => Outcome::Refused { refusal: Refusal { kept: None, ..refusal } },
            _ => Outcome::RetryAfter { after_seconds: 9, because: Default::default() },
        };
        let response = SyncResponse { more, reset, ..answer([(queued[0].operation, outcome)]) };
        let writes = sent(&before).answered(&response, now(), 0.5).unwrap();
        let let_go = writes.contains(&Write::delete(StoreName::Outbox, queued[0].key()));
        prop_assert_eq!(let_go, kind < 2 && hash_fits && id_fits);
        prop_assert!(!writes.contains(&Write::delete(StoreName::Outbox, queued[1].key())));
    }
}
