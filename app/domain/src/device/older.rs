//! What earlier versions of the app left on the phone, brought to how it is kept now.
//!
//! [`LAYOUT`] counts the ways in which things were kept; the phone remembers which it has and brings everything up to date
//! in one transaction when the app first opens. What an earlier version made is sent as it was made.

use super::{
    Shelf, Write,
    enqueue::queued,
    key,
    queue::{Queued, Standing},
};
use crate::{
    id::{OperationId, PersonId},
    sync::Operation,
};
use serde::Deserialize;
use serde_json::Value;

/// Of what is written now. 1: operations lay whole in the outbox.
pub const LAYOUT: u32 = 2;

/// An operation as layout 1 kept it.
#[derive(Debug, Deserialize)]
struct QueuedV1 {
    number: u64,
    owner: PersonId,
    parcel: OperationId,
    operation: Value,
    standing: Standing,
}

/// Brings the outbox of layout 1, its entries as they lie there, to the present one. What cannot be read stays where it
/// is; nobody's work is thrown away because a program does not understand it.
pub fn from_1<'a>(entries: impl IntoIterator<Item = &'a str>) -> Vec<Write> {
    let mut writes: Vec<Write> = entries.into_iter().filter_map(split).flatten().collect();
    writes.push(Write::put(Shelf::Meta, key::LAYOUT, &LAYOUT));
    writes
}

fn split(entry: &str) -> Option<[Write; 2]> {
    let QueuedV1 { number, owner, parcel, operation: raw, standing } = serde_json::from_str(entry).ok()?;
    let operation: Operation = serde_json::from_value(raw.clone()).ok()?;
    let queued = Queued { standing, ..queued(number, owner, parcel, &operation, &raw) };
    Some([Write::put(Shelf::Operations, queued.key(), &raw), queued.write()])
}
