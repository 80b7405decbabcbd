//! What one request brings, read as far as that goes without the records, outside anybody's turn.

use domain::{
    id::{DeviceId, OperationId, PersonId},
    role::Actor,
    sync::{LARGEST_OPERATION, Operation, Payload, Reason, SCHEMA},
    text::Lang,
};
use serde_json::Value;

/// The operations of one request, and in whose name they come.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    pub actor: Actor,
    /// For the words of refusals.
    pub lang: Lang,
    pub device: DeviceId,
    pub operations: Vec<Incoming>,
    /// Imported by a person who answers for it: no daily quota applies.
    pub vouched: bool,
    /// Who brought them in as a file, where their maker did not send them.
    pub brought_by: Option<PersonId>,
}

impl Batch {
    /// Bytes as they came.
    pub(crate) fn bytes(&self) -> usize {
        self.operations.iter().map(|incoming| incoming.text.len()).sum()
    }

    /// Facts of photos and papers first, in whatever order they came: a record is believed to show only what was told of. And what
    /// opened an order before what was done by it.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = (usize, &Incoming)> {
        let is_told = |incoming: &Incoming| {
            let payload = incoming.read.as_ref().map(|read| &read.payload);
            matches!(payload, Ok(Payload::Photo(_) | Payload::Paper(_) | Payload::OrderOpened { .. }))
        };
        let all = || self.operations.iter().enumerate();
        let told = all().filter(move |(_, incoming)| is_told(incoming));
        told.chain(all().filter(move |(_, incoming)| !is_told(incoming)))
    }
}

/// One operation as it came.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// None where it is too broken to have one.
    pub id: Option<OperationId>,
    /// SHA-256 of `text`, hexadecimal.
    pub hash: String,
    /// As it came, unknown fields included.
    pub text: String,
    pub read: Result<Operation, Reason>,
}

impl Incoming {
    pub(crate) fn of(raw: Value) -> Self {
        let text = raw.to_string();
        Self {
            id: raw.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()),
            hash: Operation::hash_of(&text),
            read: read(raw, &text),
            text,
        }
    }
}

fn read(raw: Value, text: &str) -> Result<Operation, Reason> {
    let bytes = text.len();
    if bytes > LARGEST_OPERATION {
        return Err(Reason::TooLarge { bytes: bytes as u64, most: LARGEST_OPERATION as u64 });
    }
    let schema = raw.get("schema").and_then(Value::as_u64).and_then(|schema| u16::try_from(schema).ok());
    match schema {
        Some(schema) if schema > SCHEMA => Err(Reason::UnknownVersion { schema }),
        Some(_) if text.contains(r"\u0000") && has_nul(&raw) => {
            Err(Reason::Malformed { detail: "a text with U+0000".to_owned() })
        }
        Some(_) => {
            serde_json::from_value(raw).map_err(|error| Reason::Malformed { detail: error.to_string() })
        }
        None => Err(Reason::Malformed { detail: "no schema".to_owned() }),
    }
}

/// A character that no person types and that one of the databases cannot keep. As text it is written `\u0000`, and so is what
/// somebody typed with those signs: whatever has none of it need not be walked.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}
