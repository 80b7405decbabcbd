//! An answer that this version of the phone cannot read whole, because the server is newer.
//!
//! What is not known stops nothing else: a refusal for a reason without a name here is shown in the server's own words, and
//! an outcome without one is waited out. Records come in envelopes, which any version can read.

use crate::{
    json::{read, read_value, value_of},
    receipt::Receipt,
    sync::{Envelope, OperationResult, Outcome, Reason, Refusal},
};
use serde_json::Value;

/// Seconds until something that was answered in an unknown way is asked again.
const AGAIN: u32 = 3_600;

/// The answer with what can be read of its outcomes; none where nothing can be made of it. `reads` says whether an outcome
/// can be read.
pub fn mended(answer: &str, reads: impl Fn(&Value) -> bool) -> Option<String> {
    let mut answer: Value = read(answer).ok()?;
    for answered in answer.get_mut("outcomes").and_then(Value::as_array_mut).into_iter().flatten() {
        if !reads(answered) {
            *answered = value_of(&known(answered)).ok()?;
        }
    }
    mend_changes(&mut answer)?;
    Some(answer.to_string())
}

/// The same of an answer to nothing that was sent.
pub fn mended_pull(answer: &str) -> Option<String> {
    let mut answer: Value = read(answer).ok()?;
    mend_changes(&mut answer)?;
    Some(answer.to_string())
}

/// Envelopes that are none: what changed is asked for again, the receipts count.
fn mend_changes(answer: &mut Value) -> Option<()> {
    let fields = answer.as_object_mut()?;
    if fields.get("changes").is_some_and(|changes| read_value::<Vec<Envelope>>(changes).is_err()) {
        fields.remove("changes");
        fields.remove("cursor");
        fields.insert("pull_failed".to_owned(), Value::Bool(true));
    }
    Some(())
}

fn known(answered: &Value) -> OperationResult {
    let operation = answered.get("operation").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let outcome = match answered.pointer("/outcome/refused/refusal") {
        Some(refusal) => {
            let words = refusal.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
            let kept: Option<Receipt> = refusal.get("kept").and_then(|kept| read_value(kept).ok());
            let detail = refusal.get("reason").map(word).unwrap_or_default().to_owned();
            Outcome::Refused {
                refusal: Refusal { reason: Reason::Malformed { detail }, kept, message: words },
            }
        }
        None => Outcome::RetryAfter { after_seconds: AGAIN, because: Default::default() },
    };
    OperationResult { operation, outcome }
}

/// By which a variant is told from the others, whatever it holds.
fn word(variant: &Value) -> &str {
    let held = variant.as_object().and_then(|fields| fields.keys().next());
    held.map(String::as_str).or(variant.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{PullResponse, SyncResponse};
    use serde_json::json;

    fn reads(answered: &Value) -> bool {
        serde_json::from_value::<OperationResult>(answered.clone()).is_ok()
    }

    #[test]
    fn what_a_newer_server_says_stops_nothing_else() {
        let id = |n: u8| format!("00000000-0000-0000-0000-0000000000{n:02}");
        let answer = json!({ "now": "2026-11-28T00:00:00Z", "outcomes": [
            { "operation": id(1), "outcome": { "refused": {
                "refusal": { "reason": "of_tomorrow", "message": "明天才有的理由" } } } },
            { "operation": id(2), "outcome": { "set_free": { "why": 7 } } },
            { "operation": id(3), "outcome": { "retry_after": { "after_seconds": 60 } } },
            { "operation": id(4), "outcome": "let_be" },
            { "operation": id(5), "outcome": { "refused": { "refusal": {
                "reason": { "rejected": { "because": { "of_tomorrow": { "height": 30 } } } }, "message": "明天才有的状态" } } } },
        ], "changes": [
            { "kind": "of_tomorrow", "id": "1", "schema": 7, "body": { "word": "明天" } },
            { "kind": "site", "id": id(9), "schema": 1 },
        ], "cursor": "c" });
        assert!(serde_json::from_value::<SyncResponse>(answer.clone()).is_err());
        let mended = mended(&answer.to_string(), reads).unwrap_or_default();
        let read: SyncResponse = serde_json::from_str(&mended).unwrap_or_else(|error| panic!("{error}"));
        let ids: Vec<_> = read.outcomes.iter().map(|one| one.operation.map(|id| id.to_string())).collect();
        assert_eq!(ids, [1, 2, 3, 4, 5].map(|n| Some(id(n))));
        let refused = |one: &OperationResult| match &one.outcome {
            Outcome::Refused { refusal } => (refusal.reason.clone(), refusal.message.clone()),
            other => panic!("{other:?}"),
        };
        let because = |word: &str| Reason::Malformed { detail: word.to_owned() };
        assert_eq!(refused(&read.outcomes[0]), (because("of_tomorrow"), "明天才有的理由".to_owned()));
        assert!(matches!(read.outcomes[1].outcome, Outcome::RetryAfter { after_seconds: AGAIN, .. }));
        assert!(matches!(read.outcomes[2].outcome, Outcome::RetryAfter { after_seconds: 60, .. }));
        assert!(matches!(read.outcomes[3].outcome, Outcome::RetryAfter { after_seconds: AGAIN, .. }));
        assert_eq!(refused(&read.outcomes[4]), (because("rejected"), "明天才有的状态".to_owned()));
        assert_eq!(read.changes.len(), 2);
        assert!(read.cursor.is_some());
    }

    #[test]
    fn envelopes_that_are_none_cost_no_receipt() {
        let answer = json!({ "now": "2026-11-28T00:00:00Z", "outcomes": [
            { "operation": "00000000-0000-0000-0000-000000000001", "outcome": { "retry_after": { "after_seconds": 60 } } },
        ], "changes": [{ "kind": "site", "id": 7 }], "cursor": "c" });
        let mended = mended(&answer.to_string(), reads).unwrap_or_default();
        let read: SyncResponse = serde_json::from_str(&mended).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            (read.outcomes.len(), read.changes.len(), read.cursor, read.pull_failed),
            (1, 0, None, true)
        );
        let mended = mended_pull(&answer.to_string()).unwrap_or_default();
        let read: PullResponse = serde_json::from_str(&mended).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((read.changes.len(), read.cursor, read.pull_failed), (0, None, true));
    }
}
