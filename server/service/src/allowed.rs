//! Whether a role may do it at all. Where in the office it may, each use case asks of the record.

use crate::error::Error;
use domain::role::{Action, Actor};

/// [`Error::NotAllowed`] unless the role may.
pub fn allow(actor: &Actor, action: Action) -> Result<(), Error> {
    if actor.role.may(action) { Ok(()) } else { Err(Error::NotAllowed) }
}
