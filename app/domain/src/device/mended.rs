//! An answer that this version of the phone cannot read whole, because the server is newer.
//!
//! What is not known stops nothing else: a refusal for a reason without a name here is shown in the server's own words, and
//! an outcome without one is waited out. Records come in envelopes, which any version can read.

use crate::{
    receipt::Receipt,
    sync::{Outcome, Reason, Refusal},
};
use serde_json::{Value, json};

/// Seconds until something that was answered in an unknown way is asked again.
const AGAIN: u32 = 3_600;

/// The answer with what can be read of its outcomes. `reads` says whether one can be.
pub fn mended(answer: &str, reads: impl Fn(&Value) -> bool) -> Option<String> {
    let mut answer: Value = serde_json::from_str(answer).ok()?;
    let outcomes = answer.get_mut("outcomes").and_then(Value::as_array_mut)?;
    for outcome in outcomes.iter_mut().filter(|outcome| !reads(outcome)) {
        *outcome = known(outcome);
    }
    Some(answer.to_string())
}

fn known(outcome: &Value) -> Value {
    let operation = outcome.get("operation").cloned().unwrap_or_default();
    let refusal = outcome.get("refusal").filter(|_| outcome.get("outcome") == Some(&json!("refused")));
    let outcome = match refusal {
        Some(refusal) => {
            let word = |name: &str| refusal.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let kept: Option<Receipt> =
                refusal.get("kept").and_then(|kept| serde_json::from_value(kept.clone()).ok());
            let reason = Reason::Malformed { detail: word("reason") };
            Outcome::Refused { refusal: Refusal { reason, kept, words: word("words") } }
        }
        None => Outcome::Later { after_seconds: AGAIN, because: Default::default() },
    };
    let mut known = serde_json::to_value(&outcome).unwrap_or_default();
    if let Some(known) = known.as_object_mut().filter(|_| !operation.is_null()) {
        known.insert("operation".to_owned(), operation);
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Answered, SyncResponse};

    fn reads(outcome: &Value) -> bool {
        serde_json::from_value::<Answered>(outcome.clone()).is_ok()
    }

    #[test]
    fn what_a_newer_server_says_stops_nothing_else() {
        let id = |n: u8| format!("00000000-0000-0000-0000-0000000000{n:02}");
        let answer = json!({ "now": "2026-11-28T00:00:00Z", "outcomes": [
            { "operation": id(1), "outcome": "refused", "refusal": { "reason": "of_tomorrow", "words": "明天才有的理由" } },
            { "operation": id(2), "outcome": "set_free", "why": 7 },
            { "operation": id(3), "outcome": "later", "after_seconds": 60 },
        ], "changes": [
            { "kind": "of_tomorrow", "id": "1", "schema": 7, "body": { "word": "明天" } },
            { "kind": "site", "id": id(9), "schema": 1 },
        ], "cursor": "c" });
        assert!(serde_json::from_value::<SyncResponse>(answer.clone()).is_err());
        let mended = mended(&answer.to_string(), reads).unwrap_or_default();
        let read: SyncResponse = serde_json::from_str(&mended).unwrap_or_else(|error| panic!("{error}"));
        let ids: Vec<_> = read.outcomes.iter().map(|one| one.operation.map(|id| id.to_string())).collect();
        assert_eq!(ids, [1, 2, 3].map(|n| Some(id(n))));
        assert!(
            matches!(&read.outcomes[0].outcome, Outcome::Refused { refusal } if refusal.words == "明天才有的理由")
        );
        assert!(matches!(read.outcomes[1].outcome, Outcome::Later { after_seconds: AGAIN, .. }));
        assert!(matches!(read.outcomes[2].outcome, Outcome::Later { after_seconds: 60, .. }));
        assert_eq!(read.changes.len(), 2);
        assert!(read.cursor.is_some());
    }
}
