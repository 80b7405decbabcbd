//! What people at work do to hazards, and what the store has of it in the end.

use domain::{id::OperationId, photo::PhotoHash, role::Role, sync::Outcome};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use storage::{Store, dump::Row};
use tokio::sync::mpsc;

/// A command of somebody of this role, by a die of [`COMMANDS`] sides, with this photo where it takes one: nobody accepts what was
/// not told of. Fitting or not: what does not fit is kept and refused.
pub fn command(role: Role, die: usize, after: &PhotoHash) -> Value {
    match (role, die) {
        (Role::Officer | Role::Supervisor, 0) => json!({ "assign": { "responsible": "物业",
            "measures": "清走", "funds": 0, "deadline": "2026-12-01", "contingency": "巡查" } }),
        (Role::Officer | Role::Supervisor, 1) => json!({ "accept": {} }),
        _ => json!({ "rectify": { "photos": [after] } }),
    }
}

pub const COMMANDS: usize = 3;

/// Receipt numbers of all operations in the store.
pub async fn stored(store: &dyn Store) -> BTreeMap<OperationId, String> {
    let (to, mut rows) = mpsc::channel::<Row>(64);
    let read = async {
        let mut stored = BTreeMap::new();
        while let Some(row) = rows.recv().await {
            if row.table.name == "operation" {
                let outcome: Outcome = serde_json::from_str(row.text("outcome").unwrap()).unwrap();
                let receipt = match outcome {
                    Outcome::Received { receipt } | Outcome::AlreadyReceived { receipt } => receipt,
                    Outcome::Refused { refusal } => refusal.kept.unwrap(),
                    Outcome::RetryAfter { .. } => panic!("{row:?}"),
                };
                stored.insert(OperationId(row.id("id").unwrap()), receipt.number);
            }
        }
        stored
    };
    let (dumped, stored) = tokio::join!(store.dump(to), read);
    dumped.unwrap();
    stored
}
