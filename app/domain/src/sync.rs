//! # The sync contract
//!
//! A device sends *operations*; the server answers each by itself and sends back what changed since the device's
//! cursor, in the same round trip. Rules that hold everything up:
//!
//! - An [`Operation`] has an id made on the device. The server records it first; a repeat gets the first outcome and the
//!   first receipt, whatever happened between.
//! - One operation's trouble is its own: the rest of the batch and the pull go through.
//! - Records come in [`Envelope`]s: a phone keeps what it does not understand, and goes on with the others. What was
//!   committed is always answered, whatever becomes of the pull.
//! - Order is the server's; the device's time travels along and is kept, never trusted.
//! - Operations stay raw JSON until evaluated, one by one: a batch with a malformed one is a batch with one refusal,
//!   and fields unknown to this version are kept as they came.
//! - A [`Cursor`] is opaque to the device. When what a person may see changes, or the device was away too long, the server
//!   answers with `reset` and the device replaces its records page by page; its own unsent work is untouched.
//! - A device is sent the changes of its own [audiences](crate::audience), and without a cursor only what is
//!   [live](crate::window). The rest it asks for, record by record or as [`EarlierRecords`] of a site.
//!
//! What a device does next, and what it writes down when an answer comes, is decided by [`device`](crate::device).

mod directory;
mod operation;
mod outcome;
mod problem;
mod record;
mod response;
mod sign_in;

pub use directory::{Directory, DirectoryHead, EarlierRecords, PhotoReceipt, SiteKindInfo, Unpacking};
pub use operation::{
    Cursor, LARGEST_BATCH, LARGEST_OPERATION, LARGEST_PAGE, Operation, Payload, SCHEMA, SyncRequest,
};
pub use outcome::{OperationResult, Outcome, Postponed, Reason, Refusal};
pub use problem::Problem;
pub(crate) use record::readable;
pub use record::{
    Envelope, RecordKind, StoredRecord, SyncRecord, form_id, is_published, key, keys_of, kind_of,
    parse_form_id, record_key,
};
pub use response::{PullResponse, SyncResponse};
pub use sign_in::{Credentials, Due, NewPassword, SignedIn};
